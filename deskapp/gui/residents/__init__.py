"""The archive: one file a household, the way to it, and the rosters it comes from (A1, A2, A6)."""
