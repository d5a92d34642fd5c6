"""Rows as the values of the complaint desk's papers: what a paper holds is decided here, not how it looks."""

from deskapp.services.complaints.values.bulletin import bulletin_values, names_and_labels
from deskapp.services.complaints.values.incident import loss_values, message_values, report_values
from deskapp.services.complaints.values.neighbours import dispute_values
from deskapp.services.complaints.values.ticket import call_back_values, complaint_values, feedback_values

__all__ = [
    "bulletin_values",
    "call_back_values",
    "complaint_values",
    "dispute_values",
    "feedback_values",
    "loss_values",
    "message_values",
    "names_and_labels",
    "report_values",
]
