"""One matter of many: the agreed answer, the households, the tickets, who was told (C11, C18)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.complaints.asked import Deed
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedroom import DeedRoom, scrolled
from deskapp.gui.complaints.incidentdeeds import correction_deed, incident_groups, told_deed
from deskapp.gui.complaints.paperdeeds import bulletin_deed
from deskapp.gui.complaints.wording import short_moment
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.naming import clear, named, push_button, text_label
from deskapp.gui.widgets.sections import Section
from deskapp.gui.widgets.spoken_time import exact
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.changes import Changes
from deskapp.services.complaints.family import MessageView, messages
from deskapp.services.complaints.incidents import AffectedView, IncidentView, incident, incidents
from deskapp.services.complaints.papers import bulletin_draft, issue_message_list
from deskapp.services.complaints.views import IncidentBrief, TicketLine
from deskapp.services.movein.views import DocumentRef

RIGHT = 440
TABLE_HEIGHT = 190


class IncidentPage(QWidget):
    """The incidents that are open, one of them whole.

    Signals:
        opened: a ticket of it is wanted (its id).
        typed: something was typed into a form.
        paper_wanted: number of a paper to be looked at.
    """

    opened = Signal(object)
    typed = Signal()
    paper_wanted = Signal(str)

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.incident", say("complaints.panel.page.incident"))
        self._controller = controller
        self.view: IncidentView | None = None
        self._wanted = 0
        self.told: tuple[MessageView, ...] = ()
        self.which = named(QComboBox(), "complaints.incident.which", say("complaints.panel.incident.which"))
        self._head = named(text_label(wrap=True, role="title"), "complaints.incident.head")
        self._answer = named(text_label(wrap=True, role="warning"), "complaints.incident.answer")
        self._scene = named(text_label(wrap=True), "complaints.incident.scene")
        self.affected: RowsModel[AffectedView] = RowsModel(
            self._affected_columns(), key=lambda row: row.house_id
        )
        self.tickets: RowsModel[TicketLine] = RowsModel(self._ticket_columns(), key=lambda row: row.ticket_id)
        self.register = RowTable(
            "complaints.incident.affected", say("complaints.panel.incident.affected"), self.affected
        )
        self.list = RowTable(
            "complaints.incident.tickets", say("complaints.panel.incident.tickets"), self.tickets
        )
        self._messages = Section("complaints.incident.messages", say("complaints.panel.incident.messages"))
        self.deeds = DeedRoom("complaints.incident.deeds", controller)
        self.bulletin = push_button("complaints.incident.bulletin", say("complaints.panel.file.bulletin"))
        self._empty = EmptyState(
            "complaints.incident.empty", say("complaints.panel.incident.empty"), icon="fa6s.people-group"
        )
        self._lay_out()
        self._join()

    # -- layout

    def _affected_columns(self) -> list[Column[AffectedView]]:
        def told_or_came(row: AffectedView) -> str:
            return short_moment(row.came_at, self._controller.now()) if row.came_at else ""

        return [
            Column(say("complaints.panel.list.house"), lambda row: row.label, 130),
            Column(say("complaints.panel.incident.came"), told_or_came, 100),
            Column(say("complaints.panel.incident.loss_what"), lambda row: row.description, 0),
            Column(say("complaints.panel.incident.loss"), lambda row: _money(row.loss), 90, number=True),
            Column(say("complaints.panel.incident.claim"), lambda row: _money(row.claim), 90, number=True),
            Column(say("complaints.panel.incident.paid"), lambda row: _money(row.paid), 90, number=True),
            Column(say("complaints.panel.incident.signed"), _signed, 120, tip=self._signed_when),
        ]

    @staticmethod
    def _signed_when(row: AffectedView) -> str:
        return f"{_signed(row)} {exact(row.signed_at)}" if row.signed_at else ""

    def _ticket_columns(self) -> list[Column[TicketLine]]:
        def received(row: TicketLine) -> str:
            return short_moment(row.received_at, self._controller.now())

        return [
            Column(say("complaints.panel.list.number"), lambda row: row.number, 150),
            Column(say("complaints.panel.incident.came"), received, 100, tip=lambda r: exact(r.received_at)),
            Column(say("complaints.panel.list.house"), lambda row: row.label or row.caller, 130),
            Column(say("complaints.panel.list.matter"), lambda row: row.matter, 0),
            Column(
                say("complaints.panel.list.state"),
                lambda row: say(f"complaints.code.state.{row.state.value}"),
                110,
            ),
        ]

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for label in (self._head, self._answer, self._scene):
            column.addWidget(label)
        for table, title in (
            (self.register, "complaints.panel.incident.affected"),
            (self.list, "complaints.panel.incident.tickets"),
        ):
            table.setMinimumHeight(TABLE_HEIGHT)
            section = Section(f"{table.objectName()}.section", say(title))
            section.body.addWidget(table)
            column.addWidget(section)
        column.addWidget(self._messages)
        column.addStretch(1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("complaints.incident.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(scrolled(inside, "complaints.incident.area"))
        parts.addWidget(self.deeds)
        parts.setStretchFactor(0, 1)
        parts.setSizes([1366 - RIGHT, RIGHT])
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty)
        self.stack.addWidget(parts)
        row = QHBoxLayout()
        row.addWidget(self.which, 1)
        row.addWidget(self.bulletin)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        outer.addWidget(self.stack, 1)
        self.which.hide()
        self.bulletin.hide()

    def _join(self) -> None:
        self.which.activated.connect(lambda _: self.open(int(self.which.currentData())))
        self.list.opened.connect(lambda row: self.opened.emit(row.ticket_id))
        self.register.marked.connect(lambda _: self._offer())
        self.bulletin.clicked.connect(self._word_bulletin)
        self.deeds.done.connect(self._done)
        self.deeds.typed.connect(self.typed)
        self.deeds.conflicted.connect(self.reload)

    # -- reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def open(self, incident_id: int) -> None:
        """Shows an incident."""
        self._wanted = incident_id
        desk = self._controller.desk
        self._controller.read(
            "incident", lambda: (incident(desk, incident_id), messages(desk, incident_id)), self._show
        )

    def reload(self) -> None:
        """Reads the list and the incident that is open."""
        desk = self._controller.desk
        self._controller.read("incidents", lambda: incidents(desk), self._show_list)

    def changed(self, changes: Changes) -> None:
        """Changed here or elsewhere."""
        if self.isVisible() and any(changes.touch(kind) for kind in ("incident", "ticket", "document")):
            self.reload()

    def _show_list(self, found: tuple[IncidentBrief, ...]) -> None:
        shown = {brief.incident_id for brief in found}
        self.which.blockSignals(True)
        self.which.clear()
        for brief in found:
            text = say(
                "complaints.panel.incident.line",
                number=brief.number, title=brief.title, n=brief.households,
            )  # fmt: skip
            self.which.addItem(text, brief.incident_id)
        if self.view is not None and self.view.brief.incident_id not in shown:
            brief = self.view.brief
            self.which.addItem(f"{brief.number} {brief.title}", brief.incident_id)
        self.which.setCurrentIndex(self.which.findData(self._wanted))
        self.which.blockSignals(False)
        self.which.setVisible(self.which.count() > 0)
        if self._wanted:
            self.open(self._wanted)
        elif found:
            self.open(found[0].incident_id)

    def _show(self, answer: tuple[IncidentView, tuple[MessageView, ...]]) -> None:
        view, told = answer
        if view.brief.incident_id != self._wanted:
            return
        self.view, self.told = view, told
        brief = view.brief
        at = self.which.findData(brief.incident_id)
        if at >= 0:
            self.which.setCurrentIndex(at)
        self._head.setText(
            say(
                "complaints.panel.incident.head",
                number=brief.number, title=brief.title, n=brief.households, affected=len(view.affected),
            )
        )  # fmt: skip
        answer_text = brief.agreed_answer or say("complaints.panel.incident.no_answer")
        self._answer.setText(say("complaints.panel.similar.answer", answer=answer_text))
        self._say_scene(view)
        self.affected.show_rows(view.affected)
        self.tickets.show_rows(view.tickets)
        self._show_messages(told)
        self._offer()
        self.stack.setCurrentIndex(1)
        self.bulletin.show()
        self._head.setToolTip(exact(view.opened_at))

    def _say_scene(self, view: IncidentView) -> None:
        parts = []
        if view.spokesman:
            parts.append(say("complaints.panel.incident.spokesman", who=view.spokesman))
        for one in view.authorities:
            at = short_moment(one.told_at, self._controller.now()) if one.told_at else ""
            parts.append(" ".join(part for part in (one.name, one.contact, at) if part))
        parts += [part for part in (view.cause, view.next_step) if part]
        self._scene.setText(" · ".join(parts))
        self._scene.setVisible(bool(parts))

    def _show_messages(self, told: tuple[MessageView, ...]) -> None:
        clear(self._messages.body)
        for message in reversed(told):
            self._messages.body.addWidget(self._message(message))
            for one in message.recipients:
                if one.told_at is None:
                    self._messages.body.addWidget(self._recipient(message, one.house_id))
        self._messages.setVisible(bool(told))

    def _message(self, message: MessageView) -> QWidget:
        now = self._controller.now()
        done = sum(one.told_at is not None for one in message.recipients)
        text = say(
            "complaints.panel.incident.message",
            at=short_moment(message.made_at, now), text=message.text, done=done, n=len(message.recipients),
        )  # fmt: skip
        button = push_button(
            f"complaints.incident.message.{message.message_id}.correct",
            say("complaints.panel.deed.correct"),
            role="quiet",
        )
        button.clicked.connect(lambda: self.deeds.do(correction_deed(message)))
        printed = push_button(
            f"complaints.incident.message.{message.message_id}.list",
            say("complaints.panel.paper_of.message-list"),
            role="quiet",
        )
        printed.clicked.connect(lambda: self._print_list(message.message_id, printed))
        return _row(text_label(text, wrap=True), button, printed)

    def _print_list(self, message_id: int, button: QWidget) -> None:
        """The list on paper, to be called or walked through."""
        desk = self._controller.desk
        self._controller.command(
            ("message-list", message_id),
            lambda command: issue_message_list(desk, command, message_id),
            lambda paper: self.paper_wanted.emit(paper.number),
            busy=button,
        )

    def _recipient(self, message: MessageView, house_id: int) -> QWidget:
        one = next(one for one in message.recipients if one.house_id == house_id)
        text = " ".join(part for part in (one.label, one.names, one.phone_masked) if part)
        button = push_button(
            f"complaints.incident.message.{message.message_id}.{house_id}.told",
            say("complaints.panel.deed.told"),
            role="quiet",
        )
        button.clicked.connect(lambda: self.deeds.do(told_deed(message.message_id, house_id)))
        return _row(text_label(say("complaints.panel.incident.not_told", who=text), wrap=True), button)

    # -- doing

    def _offer(self) -> None:
        view = self.view
        if view is not None:
            marked = self.register.current()
            key = (view.brief.incident_id, view.version, marked.house_id if marked else 0)
            self.deeds.show_subject(view, key, incident_groups(self._controller, view, marked))

    def _word_bulletin(self) -> None:
        view, desk = self.view, self._controller.desk
        if view is not None:
            number = view.brief.incident_id
            self._controller.read(
                "bulletin",
                lambda: bulletin_draft(desk, number),
                lambda draft: self.deeds.do(bulletin_deed(number, draft)),
            )

    def _done(self, deed: Deed, value: Any) -> None:
        self._controller.said.emit(say("complaints.panel.done", deed=deed.title), "done")
        self.reload()
        if isinstance(value, DocumentRef):
            self.paper_wanted.emit(value.number)


def _signed(row: AffectedView) -> str:
    if not row.signed_by:
        return ""
    where = "here" if row.signature else "on_paper"
    return say(f"complaints.panel.incident.signed_{where}", who=row.signed_by)


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}" if amount else ""


def _row(label: QWidget, *buttons: QWidget) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(label, 1)
    for button in buttons:
        across.addWidget(button)
    return row
