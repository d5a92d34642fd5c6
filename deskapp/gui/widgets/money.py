"""An amount of money, exact to the fen (F1, F2)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from deskapp.base.i18n import say
from deskapp.gui.widgets.naming import named

FEN = Decimal("0.01")
LONGEST = 9
"""Digits before the point: no fee of one household reaches a thousand million yuan."""
_PLAIN = re.compile(r"(\d*)(?:\.(\d*))?")
_GROUPED = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?")
_SIGNS = str.maketrans("。，、", ".,,")


class NotMoney(ValueError):
    """What was typed is no amount; its argument is the key of the sentence."""


def read_money(typed: str) -> Decimal | None:
    """An amount in yuan from what a person types: full-width digits, ``¥``, ``元``, commas by thousands.

    Returns:
        Exact to the fen; None where nothing is typed.

    Raises:
        NotMoney: not a number, below the fen, or too long.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS))
    text = re.sub(r"\s", "", text).lstrip("¥").removesuffix("元")
    if not text:
        return None
    found = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if found is None or text == "." or not text.isascii():
        raise NotMoney("widgets.money.not_a_number")
    whole, part = found[1].replace(",", "").lstrip("0"), (found[2] or "").rstrip("0")
    if len(whole) > LONGEST:
        raise NotMoney("widgets.money.too_long")
    if len(part) > 2:
        raise NotMoney("widgets.money.below_fen")
    return Decimal(f"{whole or '0'}.{part or '0'}").quantize(FEN)


def written(amount: Decimal) -> str:
    """An amount as it is shown: thousands apart, two places."""
    return f"{amount:,.2f}"


class MoneyEdit(QLineEdit):
    """A field for an amount in yuan, right-aligned; what is typed stays as typed until the focus goes.

    Signals:
        changed: the text changed.
    """

    changed = Signal()

    def __init__(self, object_name: str = "", spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, spoken)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("0.00")
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setMaxLength(24)
        self.textChanged.connect(lambda: self.changed.emit())
        self.editingFinished.connect(self._tidy)

    def value(self) -> Decimal | None:
        """The amount; None while there is none, or none that can be read."""
        try:
            return read_money(self.text())
        except NotMoney:
            return None

    def set_value(self, amount: Decimal | None) -> None:
        """Shows an amount."""
        self.setText("" if amount is None else written(amount))

    def problem(self) -> str:
        """Why what was typed is no amount; "" where it is one or empty."""
        try:
            read_money(self.text())
        except NotMoney as reason:
            return say(str(reason))
        return ""

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def draft(self) -> Any:
        """The text as typed, right or not."""
        return self.text()

    def restore(self, kept: Any) -> None:
        """Shows the text of a draft."""
        if isinstance(kept, str):
            self.setText(kept)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _tidy(self) -> None:
        amount = self.value()
        if amount is not None and self.text() != written(amount):
            self.setText(written(amount))
