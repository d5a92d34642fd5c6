"""The complaint panel: what falls due, intake, the file of a ticket, incidents, the month (C, L10, L11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.session import Session
from deskapp.gui.complaints.clocklist import ClockListPage
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.halfdone import INTAKE, HalfDone
from deskapp.gui.complaints.incidentpage import IncidentPage
from deskapp.gui.complaints.intake import IntakePage
from deskapp.gui.complaints.month import MonthPage
from deskapp.gui.complaints.taking import HOW, Taken
from deskapp.gui.complaints.ticket import TicketPage
from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.gui.widgets.draftkeeping import DraftKeeper, Kept, Typed, offer_left_over
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.paperdesk import PaperDesk
from deskapp.services.changes import Changes
from deskapp.services.complaints.browse import by_number
from deskapp.services.complaints.duelist import Only
from deskapp.services.complaints.rules import rules
from deskapp.services.desk import Desk

_NUMBER = re.compile(r"TS-\d{4}-\d{6}(?!\d)", re.IGNORECASE | re.ASCII)
TICKET = "complaints.ticket."
INCIDENT, MONTH = "complaints.incident.", "complaints.month."
"""How the keys of drafts begin."""
PAGES = ("list", "intake", "ticket", "incident", "month")
KINDS = ("ticket", "promise", "clock", "incident", "dispatch")
"""Kinds of changes that this panel shows."""


class ComplaintsPanel(Panel):
    """The pages, one at a time; they are built when the rules have been read.

    Attributes:
        built: whether that has happened.
    """

    key = "complaints"
    title_key = "complaints.panel.title"
    icon_name = "fa6s.comments"

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaints")
        self.controller = ComplaintsController(desk, runner, self)
        self.messages = MessageBar("complaints.messages")
        self.stack = QStackedWidget()
        self._tabs = {
            code: push_button(f"complaints.page.{code}", say(f"complaints.panel.page.{code}"))
            for code in PAGES
        }
        self._waits = named(text_label(say("complaints.panel.reading"), role="muted"), "complaints.reading")
        self.stack.addWidget(self._waits)
        self._then: list[tuple[Callable[[Any], None], Any]] = []
        self._offered: set[str] = set()
        self._before_paper = self._came_from = "list"
        self._carry: tuple[str, str, Session | None] | None = None
        self._going_on: dict[str, Any] | None = None
        self.built = False
        self._lay_out()
        self.controller.said.connect(self.said)
        self.controller.read("rules", lambda: rules(desk), self._build)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for code, button in self._tabs.items():
            button.setCheckable(True)
            button.setEnabled(False)
            button.setToolTip(say("complaints.panel.no_ticket_open") if code == "ticket" else "")
            button.clicked.connect(lambda _on, code=code: self.show_page(code))
            head.addWidget(button)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)

    def _build(self, _rules: ComplaintRules) -> None:
        controller = self.controller
        self.list, self.intake = ClockListPage(controller), IntakePage(controller)
        self.ticket, self.incident = TicketPage(controller), IncidentPage(controller)
        self.month, self.papers = MonthPage(controller), PaperDesk(controller)
        self._pages: dict[str, QWidget] = {
            "list": self.list,
            "intake": self.intake,
            "ticket": self.ticket,
            "incident": self.incident,
            "month": self.month,
        }
        for page in (*self._pages.values(), self.papers):
            self.stack.addWidget(page)
        self.drafts = DraftKeeper(controller, self._typed_now, self)
        self._join()
        self.built = True
        for code in ("list", "intake", "incident", "month"):
            self._tabs[code].setEnabled(True)
        self.show_page("list")
        self.drafts.left_over((INTAKE, TICKET, INCIDENT), self._offer_left_over)
        for act, value in self._then:
            act(value)
        self._then = []

    def _join(self) -> None:
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self.new_ticket)
        self.list.opened.connect(self.open_ticket)
        self.list.new_wanted.connect(self.new_ticket)
        self.intake.opened.connect(self.open_ticket)
        self.intake.taken.connect(self._taken)
        self.intake.typed.connect(self.drafts.typed)
        self.half_done = HalfDone(self.intake, self.drafts, self.messages, lambda: self.show_page("intake"))
        self.intake.original_wanted.connect(self._open_original)
        self.ticket.typed.connect(self.drafts.typed)
        self.ticket.shown.connect(self._ticket_shown)
        self.ticket.left.connect(lambda: self.show_page(self._came_from))
        self.ticket.carried_over.connect(self._carried_over)
        self.ticket.opened.connect(self.open_ticket)
        self.ticket.paper_wanted.connect(self._paper)
        self.ticket.household_wanted.connect(self.household_wanted)
        self.ticket.incident_wanted.connect(self.open_incident)
        self.incident.opened.connect(self.open_ticket)
        self.incident.paper_wanted.connect(self._paper)
        self.incident.typed.connect(self.drafts.typed)
        self.month.typed.connect(self.drafts.typed)
        self.month.paper_wanted.connect(self._paper)
        self.papers.ended.connect(self._back_from_paper)

    # -- pages

    def show_page(self, code: str) -> None:
        """Brings a page to the front."""
        self.drafts.keep()
        self.stack.setCurrentWidget(self._pages[code])
        for each, button in self._tabs.items():
            button.setChecked(each == code)
        if code == "month":
            self.drafts.find(self._month_key(), self._offer)
        self._before_paper = code
        self.hinted.emit(say("complaints.panel.hint.intake") if code == "intake" else "")

    def new_ticket(self) -> None:
        """A new ticket: first comes who (C2)."""
        if self.built:
            self.show_page("intake")
            self.search_wanted.emit()

    def open_ticket(self, ticket_id: int) -> None:
        """Opens the file of a ticket."""
        self.drafts.keep()
        front = next((code for code, page in self._pages.items() if page is self.stack.currentWidget()), "")
        self._came_from = front if front in ("list", "intake", "incident") else self._came_from
        self.ticket.open(ticket_id)

    def _open_original(self, ticket_id: int) -> None:
        """He comes about an open matter: what was told so far goes along, to be noted there (C2)."""
        told, talk = self.intake.told(), self.intake.talk
        led = None if talk.untouched else talk.ended()
        how = HOW.get(self.intake.form.who.chosen_channel(), "counter")
        self._carry = (told, how, led) if told or led is not None else None
        self.open_ticket(ticket_id)

    def _carried_over(self) -> None:
        self.drafts.drop(f"{INTAKE}{self.intake.house_id}")
        self.intake.clear()

    def open_incident(self, incident_id: int) -> None:
        """Shows a matter of many."""
        self.incident.open(incident_id)
        self.show_page("incident")
        self.drafts.find(f"{INCIDENT}{incident_id}", self._offer)

    def _ticket_shown(self, first: bool) -> None:
        self._tabs["ticket"].setEnabled(True)
        self._tabs["ticket"].setToolTip("")
        if first:
            self.show_page("ticket")
            self.ticket.deeds.focus_first()
            if self._going_on is not None:
                self.ticket.restore(self._going_on)
            elif self._carry is not None:
                self.ticket.take_over(*self._carry)
            else:
                self.drafts.find(f"{TICKET}{self.ticket.ticket_id}", self._offer)
            self._carry = self._going_on = None

    def _taken(self, taken: Taken) -> None:
        for key in ("draft", "aside"):
            self.messages.clear(key)
        self.drafts.drop(f"{INTAKE}{taken.view.form.house_id or 0}")
        self.said.emit(say("complaints.panel.taken", number=taken.view.number), "done")
        if taken.trouble is not None:
            self.controller.tell(taken.trouble)
        self._came_from = "list"
        self.ticket.show_view(taken.view, first=True)
        if taken.paper is not None:
            self._paper(taken.paper.number)
            self.papers.print_number(taken.paper.number)

    def _paper(self, number: str) -> None:
        self.papers.show_number(number)
        self.stack.setCurrentWidget(self.papers)

    def _back_from_paper(self) -> None:
        self.show_page(self._before_paper)

    # -- what the shell asks (Panel)

    def show_household(self, house_id: int) -> None:
        if not self.built:
            self._then.append((self.show_household, house_id))
            return
        self.show_page("intake")
        self.intake.show_house(house_id)
        self.drafts.find(f"{INTAKE}{house_id}", self.half_done.go_on_with)

    def show_due(self, *, late: bool = False) -> None:
        if not self.built:
            self._then.append((lambda wanted: self.show_due(late=wanted), late))
            return
        self.show_page("list")
        self.list.show_only(Only.LATE if late else Only.ALL)

    def scan(self, text: str) -> bool:
        """A ticket's number, typed or scanned from its paper."""
        found = _NUMBER.match(text.strip())
        if found is None:
            return False
        number, desk = found[0].upper(), self.controller.desk
        self.controller.read("number", lambda: by_number(desk, number), self._open_when_built)
        return True

    def _open_when_built(self, ticket_id: int) -> None:
        if self.built:
            self.open_ticket(ticket_id)
        else:
            self._then.append((self.open_ticket, ticket_id))

    def changed(self, changes: Changes) -> None:
        if not self.built or not any(changes.touch(kind) for kind in KINDS):
            return
        if self.list.isVisible():
            self.list.reload()
        if self.intake.isVisible():
            self.intake.reload_open()
        self.ticket.changed(changes)
        self.incident.changed(changes)

    def shown(self) -> None:
        if self.built and self.list.isVisible():
            self.list.reload()

    def keep_draft(self) -> None:
        if self.built:
            self.drafts.keep_at_once()

    def place(self) -> dict[str, Any] | None:
        if not self.built:
            return None
        incident = self.incident.view
        return {
            "page": self._before_paper,
            "house": self.intake.house_id,
            "intake": self.intake.values(),
            "ticket": self.ticket.ticket_id,
            "deeds": self.ticket.values(),
            "incident": incident.brief.incident_id if incident is not None else 0,
        }

    def go_on_at(self, place: dict[str, Any]) -> None:
        if not self.built:
            self._then.append((self.go_on_at, place))
            return
        page = place["page"]
        if place["house"] or place["intake"]:
            self.intake.take_up(place["house"], place["intake"], going_on=True)
        if page == "ticket" and place["ticket"]:
            self._going_on = place["deeds"]
            self.open_ticket(place["ticket"])
        elif page == "incident" and place["incident"]:
            self.open_incident(place["incident"])
        else:
            self.show_page(page)

    # -- drafts

    def _typed_now(self) -> Typed | None:
        found = self._on_the_page()
        if found is not None and not found[2] and found[0] in self._offered:
            return None  # nothing typed beside a draft that is offered: it stays
        return found

    def _on_the_page(self) -> Typed | None:
        if self.stack.currentWidget() is self.intake:
            title = self.intake.label or say("complaints.panel.intake.title")
            return f"{INTAKE}{self.intake.house_id}", title, self.intake.values()
        if self.stack.currentWidget() is self.ticket and self.ticket.ticket_id:
            return f"{TICKET}{self.ticket.ticket_id}", self.ticket.number, self.ticket.values()
        if self.stack.currentWidget() is self.incident and self.incident.view is not None:
            brief = self.incident.view.brief
            return f"{INCIDENT}{brief.incident_id}", brief.number, self.incident.deeds.values()
        if self.stack.currentWidget() is self.month:
            return self._month_key(), f"{self.month.month:%Y-%m}", self.month.values()
        return None

    def _month_key(self) -> str:
        return f"{MONTH}{self.month.month:%Y%m}"

    def _offer(self, kept: Kept | None) -> None:
        if kept is not None:
            self._offered.add(kept.key)
        self.drafts.offer(self.messages, kept, self._put_back)

    def _put_back(self, kept: Kept) -> None:
        self._offered.discard(kept.key)
        if kept.key == f"{INTAKE}{self.intake.house_id}":
            self.intake.restore(kept.values)
        elif kept.key == f"{TICKET}{self.ticket.ticket_id}":
            self.show_page("ticket")
            self.ticket.restore(kept.values)
        elif kept.key.startswith(INCIDENT):
            self.incident.deeds.restore(kept.values)
        elif kept.key == self._month_key():
            self.month.restore(kept.values)

    def _offer_left_over(self, left: tuple[Kept, ...]) -> None:
        """After a crash or a power cut: what was not finished is offered."""
        if not self.intake.house_id and not self.ticket.ticket_id and not self.intake.values():
            offer_left_over(self.messages, left, self._open_left_over)

    def _open_left_over(self, kept: Kept) -> None:
        if kept.key.startswith(TICKET):
            self.open_ticket(kept.subject)
        elif kept.key.startswith(INCIDENT):
            self.open_incident(kept.subject)
        elif kept.subject:
            self.show_household(kept.subject)
        else:
            self.show_page("intake")
            self.intake.take_up(0, kept.values)
