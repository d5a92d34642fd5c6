"""Taking money: amount, method, payer, reference; a part may be paid, a voided receipt replaced (F2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.domain.fees import PaymentMethod
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import EnterForm, labelled
from deskapp.gui.widgets.money import MoneyEdit
from deskapp.gui.widgets.naming import named
from deskapp.services.movein import payments
from deskapp.services.movein.record_views import FeesView, PaymentTaken
from deskapp.services.movein.views import PassView


class PaymentForm(EnterForm):
    """One payment for the charges ticked; what is typed stays until it is taken.

    Signals:
        typed: payer or reference changed.
    """

    typed = Signal()

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self.amount, self.method = MoneyEdit("movein.fees.pay.amount"), QComboBox()
        self.payer, self.reference = QComboBox(), QLineEdit()
        self.payer.setEditable(True)
        self.reference.setMaxLength(payments.LONGEST_REFERENCE)
        self.reference.setPlaceholderText(say("movein.panel.pay.reference_hint"))
        for method in PaymentMethod:
            self.method.addItem(say(f"fees.method.{method.value}"), method.value)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        fields: tuple[tuple[QWidget, str], ...] = (
            (self.amount, "amount"),
            (self.method, "method"),
            (self.payer, "payer"),
            (self.reference, "reference"),
        )
        stretch = {"amount": 2, "method": 1, "payer": 2, "reference": 3}
        for at, (widget, code) in enumerate(fields):
            text = say(f"movein.panel.pay.{code}")
            named(widget, f"movein.fees.pay.{code}", text)
            widget.setMinimumWidth(80)
            grid.addWidget(labelled(text, widget), 0, at)
            grid.setColumnStretch(at, stretch[code])
        self.take = QPushButton(say("movein.panel.pay.take"))
        named(self.take, "movein.fees.take", self.take.text())
        self.take.setMinimumHeight(40)
        grid.addWidget(self.take, 0, len(fields))
        self.instead = QCheckBox()
        self.instead.setObjectName("movein.fees.pay.replaces")
        grid.addWidget(self.instead, 1, 0, 1, len(fields))
        self.instead.hide()
        self._replaces = ""
        self._due: Decimal | None = None
        self._bill: FeesView | None = None
        self.take.clicked.connect(self._take)
        self.entered.connect(self.take.click)
        self.payer.editTextChanged.connect(self.typed)
        self.reference.textChanged.connect(self.typed)

    def show_view(self, view: PassView) -> None:
        """Offers attendee and owners as payers."""
        names = list(dict.fromkeys([view.attendee, *(owner.name for owner in view.owners)]))
        if [self.payer.itemText(at) for at in range(self.payer.count())] != names:
            self.payer.clear()
            self.payer.addItems(names)

    def show_bill(self, bill: FeesView) -> None:
        """The bill with the charges ticked, and no others; the cashier may take less than they come to."""
        self._bill = bill
        amount = sum((charge.open for charge in bill.charges), Decimal("0.00"))
        if amount != self._due:  # what the cashier typed stands until the bill itself is another
            self._due = amount
            self.amount.set_value(amount)
        self.take.setEnabled(amount > 0)

    def offer_replacement(self, number: str) -> None:
        """The next receipt may stand for a voided one."""
        self._replaces = number
        text = say("movein.panel.pay.replaces", number=number)
        self.instead.setText(text)
        self.instead.setAccessibleName(text)
        self.instead.setChecked(bool(number))
        self.instead.setVisible(bool(number))

    def empty(self) -> None:
        """Another household: nothing of the last one stays."""
        self._due = self._bill = None
        self.reference.clear()
        self.payer.clear()
        self.offer_replacement("")

    def _take(self) -> None:
        page, desk = self._page, self._page.controller.desk
        bill, view, amount = self._bill, page.view, self.amount.value()
        if bill is None or view is None:
            return
        if amount is None:
            wrong = self.amount.problem() or say("movein.panel.pay.amount_wrong")
            page.controller.said.emit(wrong, "warning")
            return
        try:
            parts = payments.spread(bill, amount)
        except DeskError as error:
            page.controller.tell(error)
            return
        method, payer = PaymentMethod(self.method.currentData()), self.payer.currentText()
        reference = self.reference.text()
        replaces = self._replaces if self.instead.isChecked() else ""

        def taken(value: PaymentTaken) -> None:
            self.reference.clear()
            self.offer_replacement("")
            page.fill(value.fees)
            page.controller.issued.emit((value.document,))

        page.controller.record(
            ("pay", view.house_id, parts, method, payer, reference, replaces),
            lambda command: payments.take_payment(
                desk,
                command,
                view.house_id,
                parts,
                method=method,
                payer=payer,
                reference=reference,
                replaces=replaces,
            ),
            taken,
        )

    def values(self) -> dict[str, Any]:
        """Payer and reference as typed."""
        if not self.reference.text():
            return {}
        return {"payer": self.payer.currentText(), "reference": self.reference.text()}

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back."""
        self.payer.setEditText(str(values.get("payer", "")))
        self.reference.setText(str(values.get("reference", "")))
