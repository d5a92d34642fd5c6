"""The move-in rules: stations, their outcomes, the household's way, the queue, the key gate (M1-M7)."""
