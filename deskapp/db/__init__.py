"""Rows, queries, the unit of work and what keeps them safe. SQLAlchemy lives here and in services."""
