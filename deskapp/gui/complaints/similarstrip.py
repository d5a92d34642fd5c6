"""Similar open tickets, offered while the clerk types; joined they are one matter (C11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.complaints.wording import short_moment
from deskapp.gui.widgets.naming import discard, named, push_button, text_label
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.tabbing import follow_in_order, stops_of
from deskapp.services.complaints.views import SimilarHit

SHOWN = 3
JOIN_KEY = "Alt+J"


class SimilarStrip(QWidget):
    """One line a ticket with why it is alike; one of them can be chosen as the same matter.

    Attributes:
        follows: after which field Tab comes to it.

    Signals:
        changed: another one is chosen, or none.
        opened: one is to be looked at (its id).
    """

    changed = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "complaints.similar", say("complaints.panel.similar.title"))
        self.follows: QWidget | None = None
        self.joined: SimilarHit | None = None
        self.hits: tuple[SimilarHit, ...] = ()
        self._head = named(text_label(role="section"), "complaints.similar.count")
        self._answer = named(text_label(wrap=True, role="warning"), "complaints.similar.answer")
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._head)
        self._column.addWidget(self._answer)
        self._answer.hide()
        self.hide()
        self._now: datetime | None = None
        key = QShortcut(QKeySequence(JOIN_KEY), self)
        key.activated.connect(self.join_likest)

    def join_likest(self) -> None:
        """By one key: the likest is the same matter, or after all none is."""
        if self.hits and self._now is not None:
            self._choose(None if self.joined is not None else self.hits[0], self._now)

    def show_hits(self, hits: Sequence[SimilarHit], now: datetime) -> None:
        """Shows what is alike; a choice that is still offered stays."""
        self.hits, self._now = tuple(hits), now
        if self.joined is not None and self.joined.ticket_id not in {hit.ticket_id for hit in hits}:
            self.hits = (self.joined, *self.hits)
        for row in self._rows:
            self._column.removeWidget(row)
            discard(row)
        self._rows = []
        self._head.setText(say("complaints.panel.similar.count", n=len(self.hits)))
        for hit in self.hits[:SHOWN]:
            row = self._row(hit, now)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()
        self._say_answer()
        self.setVisible(bool(self.hits))
        if self.follows is not None:
            follow_in_order((self.follows, *stops_of(self)))

    def _row(self, hit: SimilarHit, now: datetime) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        why = listed(say(f"complaints.code.likeness.{each.value}") for each in hit.why)
        at = short_moment(hit.received_at, now)
        text = say(
            "complaints.panel.similar.line",
            number=hit.number, label=hit.label, matter=hit.matter, at=at, why=why,
        )  # fmt: skip
        if hit.incident is not None:
            text = f"{text} · " + say("complaints.panel.similar.households", n=hit.incident.households)
        line.addWidget(named(text_label(text, wrap=True), f"complaints.similar.{hit.number}.line", text), 1)
        look = push_button(
            f"complaints.similar.{hit.number}.look", say("complaints.panel.similar.look"), role="quiet"
        )
        look.clicked.connect(lambda: self.opened.emit(hit.ticket_id))
        line.addWidget(look)
        meant = self.joined or self.hits[0]
        by_key = hit.ticket_id == meant.ticket_id
        words = say("complaints.panel.similar.join_by_key" if by_key else "complaints.panel.similar.join")
        join = push_button(f"complaints.similar.{hit.number}.join", words)
        join.setCheckable(True)
        join.setChecked(self.joined is not None and self.joined.ticket_id == hit.ticket_id)
        join.clicked.connect(lambda on: self._choose(hit if on else None, now))
        line.addWidget(join)
        return row

    def _choose(self, hit: SimilarHit | None, now: datetime) -> None:
        self.joined = hit
        self.show_hits(self.hits, now)
        self.changed.emit()

    def _say_answer(self) -> None:
        """The agreed answer of the likest incident is read out to this caller, too (C11)."""
        found = [hit.incident for hit in self.hits if hit.incident is not None and hit.incident.agreed_answer]
        if self.joined is not None and self.joined.incident is not None:
            found = [self.joined.incident]
        answer = found[0].agreed_answer if found else ""
        self._answer.setText(say("complaints.panel.similar.answer", answer=answer) if answer else "")
        self._answer.setVisible(bool(answer))

    def clear(self) -> None:
        """Nothing is alike."""
        self.joined = None
        self.hits = ()
        self.hide()
