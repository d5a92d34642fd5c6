"""The move-in panel: reception and all stations for one clerk, or one station's queue (M1, M4-M8)."""
