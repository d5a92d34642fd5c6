"""The pages of the stations: what is shown and written down while a household stands there (M6, M8)."""
