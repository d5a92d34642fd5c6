"""Files in and out: rosters are read, registers and rejected rows are written."""
