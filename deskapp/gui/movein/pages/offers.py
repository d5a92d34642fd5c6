"""Fees that are not on the bill and can be put there (F1; voided and charged again, M6 ⑤)."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from deskapp.base.i18n import say
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import bubble
from deskapp.gui.widgets.naming import named
from deskapp.services.movein import fees
from deskapp.services.movein.record_views import FeesView


class OffersRow(QWidget):
    """One further fee and how many pieces of it; hidden while there is none."""

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.choice, self.pieces = QComboBox(), QSpinBox()
        self.pieces.setRange(1, fees.MOST_PIECES)
        named(self.choice, "movein.fees.offer", say("movein.panel.offers"))
        named(self.pieces, "movein.fees.offer.pieces", say("movein.panel.offer_pieces"))
        row.addWidget(labelled(say("movein.panel.offers"), self.choice), 1)
        row.addWidget(labelled(say("movein.panel.offer_pieces"), self.pieces))
        self.add = QPushButton(say("movein.panel.offer_add"))
        named(self.add, "movein.fees.offer.add", self.add.text())
        self.add.clicked.connect(self._add)
        row.addWidget(self.add)
        self.hide()

    def show_fees(self, found: FeesView) -> None:
        """The fees that could be put on the bill."""
        codes = [offer.item for offer in found.offers]
        if codes != [self.choice.itemData(at) for at in range(self.choice.count())]:
            self.choice.clear()
            for offer in found.offers:
                self.choice.addItem(f"{offer.title}  ¥{offer.unit_price:,.2f}", offer.item)
            self.choice.setToolTip(
                bubble("\n".join(say("widgets.pair", name=o.title, text=o.why) for o in found.offers))
            )
        self.setVisible(bool(codes))

    def _add(self) -> None:
        view, controller = self._page.view, self._page.controller
        if view is None or not self.choice.currentData():
            return
        item, pieces = str(self.choice.currentData()), self.pieces.value()
        controller.record(
            ("offer", view.house_id, item, pieces),
            lambda command: fees.add_charge(controller.desk, command, view.house_id, item, pieces),
            self._page.fill,
        )
