"""The small estate, for stories told from end to end on both databases."""

from tests.services.conftest import small_estate

__all__ = ["small_estate"]
