"""The small estate, as for the other services."""

from tests.services.conftest import small_estate

__all__ = ["small_estate"]
