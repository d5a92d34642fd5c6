"""Why a clock runs out when it does, stretch by stretch: which hours counted and which not (C6, L10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.base.clock import CHINA
from deskapp.base.i18n import say
from deskapp.domain.complaints.clocks import Span, Why
from deskapp.gui.complaints.wording import left_text, listed, moment_text, word
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.tables import RowTable

DAY = timedelta(days=1)
SHOWN_ROWS = 7


class SpanView(QWidget):
    """One clock explained: a sentence, and the stretches of its time in their order.

    Args:
        object_name: beginning of the names.
        causes: code -> name of what a case may wait for.
    """

    def __init__(self, object_name: str, causes: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        named(self, object_name, say("complaints.panel.why.title"))
        self._causes = causes
        self.headline = named(text_label(wrap=True), f"{object_name}.headline")
        self.provisional = named(text_label(wrap=True, role="warning"), f"{object_name}.provisional")
        self.model: RowsModel[Span] = RowsModel(
            [
                Column(say("complaints.panel.why.from"), lambda span: moment_text(span.began), 150),
                Column(say("complaints.panel.why.to"), lambda span: moment_text(span.ended), 150),
                Column(say("complaints.panel.why.counts"), _counts, 90),
                Column(say("complaints.panel.why.reason"), self.reason, 0),
            ]
        )
        self.table = RowTable(f"{object_name}.spans", say("complaints.panel.why.title"), self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.headline)
        column.addWidget(self.provisional)
        column.addWidget(self.table, 100)
        column.addStretch(1)  # what is left where there is no table
        self.provisional.hide()

    def show_clock(
        self, name: str, due: datetime, spans: Sequence[Span], now: datetime, *, provisional: bool = False
    ) -> None:
        """Explains a clock."""
        at = moment_text(due)
        self.headline.setText(
            say("complaints.panel.why.headline", clock=name, at=at, left=left_text(due, now))
        )
        years = sorted({span.began.astimezone(CHINA).year for span in spans if span.provisional})
        self.provisional.setText(
            say("complaints.panel.why.provisional", years=listed(map(str, years))) if provisional else ""
        )
        self.provisional.setVisible(provisional)
        self.model.show_rows(spans)

    def reason(self, span: Span) -> str:
        """Why a stretch counted or not."""
        more = word(span.holiday) if span.holiday is not None else ""
        if span.why is Why.WAITING:
            more = self._causes().get(span.cause, span.cause)
        text = say(f"complaints.code.span.{span.why.value}")
        text = say("complaints.panel.why.more", reason=text, more=more) if more else text
        return say("complaints.panel.why.not_official", reason=text) if span.provisional else text


def _counts(span: Span) -> str:
    return say("complaints.panel.why.counted" if span.counted else "complaints.panel.why.not_counted")
