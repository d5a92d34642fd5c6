"""The complaint panel: clocks by urgency, intake beside the script, the file of a ticket, the month."""
