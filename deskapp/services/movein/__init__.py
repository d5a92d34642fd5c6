"""The move-in day: arrivals, queues, the stations and what each of them records (M)."""
