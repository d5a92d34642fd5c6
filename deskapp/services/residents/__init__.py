"""The archive of each household 一户一档: finding it, its people, its roster, its file (P, A1, A2, A6)."""
