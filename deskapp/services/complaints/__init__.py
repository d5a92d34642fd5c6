"""Use cases of the complaint desk: intake, clocks, same matter, handling to the end."""
