"""The receipts of a household: looked at, printed again, voided with a reason (F2)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from deskapp.base.i18n import say
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.staff import Action, may
from deskapp.gui.movein.asks import Ask, Given
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import bubble
from deskapp.gui.widgets.naming import named
from deskapp.services.movein import payments
from deskapp.services.movein.record_views import FeesView, ReceiptView


class ReceiptsRow(QWidget):
    """One receipt is chosen, and something done with it; hidden while there is none.

    Signals:
        voided: the number of a receipt that another may replace.
    """

    voided = Signal(str)

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.choice = QComboBox()
        named(self.choice, "movein.fees.receipt", say("movein.panel.receipts"))
        row.addWidget(labelled(say("movein.panel.receipts"), self.choice), 1)
        self.preview = self._button("preview", partial(self._paper, False))
        self.print = self._button("print", partial(self._paper, True))
        self.void = self._button("void", self._void)
        for button in (self.preview, self.print, self.void):
            row.addWidget(button)
        self._receipts: dict[str, ReceiptView] = {}
        self.choice.currentIndexChanged.connect(self._chosen)
        self.hide()

    def _button(self, code: str, slot: object) -> QPushButton:
        button = QPushButton(say(f"movein.panel.receipt.{code}"))
        named(button, f"movein.fees.receipt.{code}", button.text())
        button.clicked.connect(slot)
        return button

    def show_fees(self, found: FeesView) -> None:
        """The receipts of a house, the newest first; one that has just come is the one meant."""
        fresh = {receipt.number for receipt in found.receipts} - set(self._receipts)
        chosen = None if fresh else self.choice.currentData()
        self._receipts = {receipt.number: receipt for receipt in found.receipts}
        self.choice.blockSignals(True)
        self.choice.clear()
        for receipt in reversed(found.receipts):
            self.choice.addItem(_line(receipt), receipt.number)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)) if self._receipts else -1)
        self.choice.blockSignals(False)
        self.setVisible(bool(found.receipts))
        self._chosen()

    def _chosen(self) -> None:
        receipt = self._receipts.get(str(self.choice.currentData()))
        gone = receipt is not None and receipt.voided_at is not None
        why = say("movein.panel.receipt.voided_already") if gone else ""
        self.void.setEnabled(receipt is not None and not gone)
        self.void.setToolTip(bubble(why))
        self.void.setAccessibleDescription(why)

    def _paper(self, at_once: bool) -> None:
        if self.choice.currentData():
            self._page.paper_wanted.emit(str(self.choice.currentData()), at_once)

    def _void(self) -> None:
        number, controller = str(self.choice.currentData()), self._page.controller
        needs: tuple[Need, ...] = (Need.REASON, Need.SUPERVISOR)
        if may(controller.desk.member.role, Action.FEES_VOID):
            needs = (Need.REASON,)

        def voided(found: FeesView) -> None:
            self._page.fill(found)
            self.voided.emit(number)

        def go(given: Given) -> None:
            answer = given.answer
            controller.record(
                ("void", number, given),
                lambda command: payments.void_receipt(
                    controller.desk, command, number, answer.reason, answer.approval
                ),
                voided,
            )

        self._page.asks.emit(Ask("receipt.void", f"{self.void.text()} {number}", needs), go)


def _line(receipt: ReceiptView) -> str:
    method = say(f"fees.method.{receipt.method}")
    parts = [receipt.number, f"¥{receipt.amount:,.2f}", method, receipt.payer]
    if receipt.voided_at is not None:
        parts.append(say("movein.panel.receipt.voided", reason=receipt.void_reason))
    return "  ".join(parts)
