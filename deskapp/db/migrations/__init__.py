"""Alembic's scripts: each brings an older database to the next revision."""
