"""Rows as the values of the printed forms (M8): what a paper holds is decided here, how it looks is not."""

from deskapp.services.movein.values.arrival import owner_card_values, pass_values
from deskapp.services.movein.values.handover import handover_values
from deskapp.services.movein.values.inspection import inspection_values, order_values, register_values
from deskapp.services.movein.values.notice import early_notice_values, notice_values
from deskapp.services.movein.values.receipts import (
    errand_values,
    keys_values,
    moved_keys_values,
    papers_values,
    receipt_values,
)

__all__ = [
    "early_notice_values",
    "errand_values",
    "handover_values",
    "inspection_values",
    "keys_values",
    "moved_keys_values",
    "notice_values",
    "order_values",
    "owner_card_values",
    "papers_values",
    "pass_values",
    "receipt_values",
    "register_values",
]
