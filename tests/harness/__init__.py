"""What the tests stand on: a throw-away PostgreSQL, a watch over logs, threads and windows, the models."""
