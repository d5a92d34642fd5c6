"""Qt models that several panels share: rows held in memory, and a window on rows held elsewhere."""
