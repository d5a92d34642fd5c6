"""The rules of complaints, repairs and requests (C): pure functions over values and data files."""
