"""Station ⑤: charges with their reasons, what becomes of each, money and receipts (M6 ⑤, F1, F2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.fees import ChargeAct, ChargeState
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Action, may
from deskapp.gui.movein.asks import Ask, Given
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.arearow import AreaRow
from deskapp.gui.movein.pages.offers import OffersRow
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pages.payment import PaymentForm
from deskapp.gui.movein.pages.receipts import ReceiptsRow
from deskapp.gui.movein.wording import bubble, day_text
from deskapp.gui.widgets.naming import named, text_label
from deskapp.services.changes import Done
from deskapp.services.desk import Desk
from deskapp.services.movein import fees
from deskapp.services.movein.payments import PAYABLE
from deskapp.services.movein.record_views import ChargeView, FeesView

COLUMNS = ("pay", "title", "period", "amount", "open", "state")
CHARGE = Qt.ItemDataRole.UserRole + 1

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _ChargeDeed:
    """Something that can become of a charge.

    Attributes:
        act: what the rules call it; None for declining, which has its own condition.
        right: the right it needs; who has it gives no supervisor's word.
    """

    code: str
    act: ChargeAct | None
    needs: tuple[Need, ...]
    right: Action | None
    call: Callable[[Desk, str, ChargeView, Given], Done[FeesView]]


def _reasoned(
    function: Callable[[Desk, str, int, int, str], Done[FeesView]],
) -> Callable[..., Done[FeesView]]:
    return lambda desk, c, charge, given: function(
        desk, c, charge.charge_id, charge.version, given.answer.reason
    )


def _supervised(function: Callable[..., Done[FeesView]]) -> Callable[..., Done[FeesView]]:
    return lambda desk, c, charge, given: function(
        desk, c, charge.charge_id, charge.version, given.answer.reason, given.answer.approval
    )


def _defer(desk: Desk, command: str, charge: ChargeView, given: Given) -> Done[FeesView]:
    if given.answer.new_day is None:
        raise Refused("movein.need.new_day")
    return fees.defer(
        desk,
        command,
        charge.charge_id,
        charge.version,
        given.answer.new_day,
        given.answer.reason,
        given.answer.approval,
    )


def _decline(desk: Desk, command: str, charge: ChargeView, given: Given) -> Done[FeesView]:
    return fees.decline(desk, command, charge.charge_id, charge.version)


R, D, S = Need.REASON, Need.NEW_DAY, Need.SUPERVISOR
DEEDS = (
    _ChargeDeed("defer", ChargeAct.DEFER, (D, R, S), Action.FEES_DEFER, _defer),
    _ChargeDeed("dispute", ChargeAct.DISPUTE, (R,), None, _reasoned(fees.mark_disputed)),
    _ChargeDeed("settle", ChargeAct.SETTLE, (R,), None, _reasoned(fees.settle_dispute)),
    _ChargeDeed(
        "to_developer",
        ChargeAct.TO_DEVELOPER,
        (R, S),
        Action.FEES_DEFER,
        _supervised(fees.charge_to_developer),
    ),
    _ChargeDeed("from_developer", ChargeAct.FROM_DEVELOPER, (R,), None, _reasoned(fees.back_from_developer)),
    _ChargeDeed("decline", None, (), None, _decline),
    _ChargeDeed("void", ChargeAct.VOID, (R, S), Action.FEES_VOID, _supervised(fees.void_charge)),
)


class FeesPage(StationPage):
    """Charges above, payment below them, receipts and further fees at the foot."""

    station = Station.FEES

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self.area = AreaRow(self)
        self.column.addWidget(self.area)
        self.table = self._table()
        self.column.addWidget(self.table, 1)
        self.why = text_label(wrap=True)
        self.why.setProperty("role", "muted")
        self.why.setObjectName("movein.fees.why")
        self.column.addWidget(self.why)
        self.column.addLayout(self._deed_buttons())
        self.sum = text_label()
        self.sum.setProperty("role", "section")
        self.column.addWidget(self.sum)
        self.payment = PaymentForm(self)
        self.column.addWidget(self.payment)
        self.offers = OffersRow(self)
        self.receipts = ReceiptsRow(self)
        self.receipts.voided.connect(self.payment.offer_replacement)
        self.column.addWidget(self.receipts)
        self.column.addWidget(self.offers)
        self.payment.typed.connect(self.typed)
        self.found: FeesView | None = None

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        named(table, "movein.fees.charges", say("movein.panel.fees.charges"))
        table.setHorizontalHeaderLabels([say(f"movein.panel.fees.column.{c}") for c in COLUMNS])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for amount in ("amount", "open"):
            heading = table.horizontalHeaderItem(COLUMNS.index(amount))
            assert heading is not None
            heading.setTextAlignment(RIGHT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("title"), QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._selected)
        table.itemChanged.connect(lambda _: self._ticked())
        return table

    def _deed_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        for deed in DEEDS:
            button = QPushButton(say(f"movein.panel.fees.deed.{deed.code}"))
            named(button, f"movein.fees.{deed.code}", button.text())
            button.clicked.connect(partial(self._deed, deed))
            self.buttons[deed.code] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def first(self) -> QWidget | None:
        return self.table

    def empty(self) -> None:
        self.found = None
        self.area.empty()
        self.table.setRowCount(0)
        self.payment.empty()

    def refresh(self) -> None:
        if self.view is not None:
            self.payment.show_view(self.view)

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read("fees", lambda: fees.fees_view(desk, view.house_id), self.fill)

    def fill(self, found: FeesView) -> None:
        """Shows the bill as it stands; ticks and the selected row stay."""
        if self.view is None or found.house_id != self.view.house_id:
            return
        old = self.found
        ticked = {each.charge_id for each in self.ticked()}
        could_pay = [c for c in old.charges if _payable(c)] if old else []
        unticked = {c.charge_id for c in could_pay} - ticked
        selected = self.selected()
        self.found = found
        self.table.blockSignals(True)
        self.table.setRowCount(len(found.charges))
        for at, charge in enumerate(found.charges):
            payable = _payable(charge)
            was_open = charge.charge_id not in unticked
            self._show_charge(at, charge, ticked=payable and was_open, payable=payable)
            if selected is not None and charge.charge_id == selected.charge_id:
                self.table.selectRow(at)
        self.table.blockSignals(False)
        self.sum.setText(
            say(
                "movein.panel.fees.sum",
                total=f"{found.total:,.2f}",
                paid=f"{found.paid:,.2f}",
                open=f"{found.open:,.2f}",
            )
        )
        self.area.show_fees(found)
        self.receipts.show_fees(found)
        self.offers.show_fees(found)
        self._selected()
        self._ticked()
        self.loaded()

    def _show_charge(self, at: int, charge: ChargeView, *, ticked: bool, payable: bool) -> None:
        period = ""
        if charge.period_from is not None and charge.period_to is not None:
            period = f"{day_text(charge.period_from)} – {day_text(charge.period_to)}"
        rest = f"{charge.open:,.2f}" if charge.state is not ChargeState.VOID else "–"
        state = say(f"fees.state.{charge.state.value}")
        if charge.until is not None:
            state = f"{state} {day_text(charge.until)}"
        texts = ("", charge.title, period, f"{charge.amount:,.2f}", rest, state)
        why = "\n".join(part for part in (charge.title, charge.why, charge.reason) if part)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(CHARGE, charge.charge_id)
            item.setToolTip(bubble(why))
            if COLUMNS[column] in ("amount", "open"):
                item.setTextAlignment(RIGHT)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            if COLUMNS[column] == "pay" and payable:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setFlags(flags)
            self.table.setItem(at, column, item)

    def ticked(self) -> tuple[ChargeView, ...]:
        """The charges to be paid now."""
        found = self.found
        if found is None:
            return ()
        on = set()
        for at in range(self.table.rowCount()):
            item = self.table.item(at, 0)
            if item is not None and item.checkState() is Qt.CheckState.Checked:
                on.add(item.data(CHARGE))
        return tuple(c for c in found.charges if c.charge_id in on)

    def selected(self) -> ChargeView | None:
        """The charge whose row is chosen."""
        found, at = self.found, self.table.currentRow()
        item = self.table.item(at, 0) if at >= 0 else None
        if found is None or item is None:
            return None
        return next((c for c in found.charges if c.charge_id == item.data(CHARGE)), None)

    def _ticked(self) -> None:
        if self.found is not None:
            self.payment.show_bill(replace(self.found, charges=self.ticked()))

    def _selected(self) -> None:
        charge = self.selected()
        reasons = (charge.why, charge.reason if charge.reason != "-" else "") if charge is not None else ()
        self.why.setText(
            "  ".join(part for part in reasons if part) or say("movein.panel.fees.choose_charge")
        )
        for deed in DEEDS:
            why = _why_not(deed, charge)
            button = self.buttons[deed.code]
            button.setEnabled(not why)
            button.setToolTip(bubble(why))
            button.setAccessibleDescription(why)

    def _deed(self, deed: _ChargeDeed) -> None:
        charge, controller = self.selected(), self.controller
        if charge is None:
            return
        needs = deed.needs
        if deed.right is not None and may(controller.desk.member.role, deed.right):
            needs = tuple(need for need in needs if need is not Need.SUPERVISOR)
        title = say("widgets.pair", name=self.buttons[deed.code].text(), text=charge.title)

        def go(given: Given) -> None:
            controller.record(
                ("charge", charge.charge_id, charge.version, deed.code, given),
                lambda command: deed.call(controller.desk, command, charge, given),
                self.fill,
            )

        ask = Ask(f"charge.{deed.code}", title, needs, day_key="movein.panel.fees.defer_until")
        self.asks.emit(ask, go)

    def values(self) -> dict[str, Any]:
        return self.payment.values()

    def restore(self, values: dict[str, Any]) -> None:
        self.payment.restore(values)


def _why_not(deed: _ChargeDeed, charge: ChargeView | None) -> str:
    """Why a deed is not possible with the charge chosen, a sentence; "" when it is."""
    if charge is None:
        return say("movein.panel.fees.choose_charge")
    if deed.act is None and charge.state is ChargeState.DUE:
        return "" if charge.declinable else say("movein.panel.fees.must_be_paid", title=charge.title)
    if deed.act in charge.acts:
        return ""
    if deed.act is ChargeAct.VOID and charge.paid:
        return say("movein.panel.fees.void_receipt_first", title=charge.title)
    word, state = say(f"movein.panel.fees.deed.{deed.code}"), say(f"fees.state.{charge.state.value}")
    return say("movein.panel.fees.deed_not_now", title=charge.title, deed=word, state=state)


def _payable(charge: ChargeView) -> bool:
    return charge.state in PAYABLE and charge.open > 0
