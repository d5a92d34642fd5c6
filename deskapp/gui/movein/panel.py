"""The move-in panel, for one clerk with all stations or for one station's queue (M1, M5, wireframes)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.asks import BY_CODE, Given, ask_for_act, ask_for_choice, why_not_act
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.foot import Foot
from deskapp.gui.movein.issued import IssuedStrip
from deskapp.gui.movein.queue import QueueView
from deskapp.gui.movein.sides import Sides
from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.gui.widgets.draftkeeping import DraftKeeper, Kept, Typed, offer_left_over
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named

if TYPE_CHECKING:
    from deskapp.gui.movein import answerform, household, reception
    from deskapp.gui.movein.answerform import Scene
    from deskapp.gui.movein.household import HouseholdView
    from deskapp.gui.movein.reception import ReceptionPage
    from deskapp.gui.widgets import paperdesk
    from deskapp.gui.widgets.paperdesk import PaperDesk
    from deskapp.services.changes import Changes
    from deskapp.services.desk import Desk
    from deskapp.services.movein.views import PassView, ReceptionView
    from deskapp.services.residents import search
    from deskapp.services.residents.search import Hit
else:
    answerform, household, reception = later("deskapp.gui.movein", "answerform", "household", "reception")
    (paperdesk,) = later("deskapp.gui.widgets", "paperdesk")
    (search,) = later("deskapp.services.residents", "search")

_CODE = re.compile(r"[A-Z]{2}-\d{4}-\d{6}(\W.*)?|[A-Z]\d{3,4}", re.IGNORECASE | re.ASCII)
OF_PASS, OF_HOUSE = "movein.pass.", "movein.house."
"""How the keys of drafts begin."""


class MoveInPanel(Panel):
    """Left the queue, right the one household, below its outcomes.

    The pages at the right are made when they are first wanted: what is seen at a start is the queue, and
    nobody before one.
    """

    key = "movein"
    title_key = "movein.panel.title"
    icon_name = "fa6s.key"

    def __init__(
        self, desk: Desk, runner: Runner, station: Station | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("movein")
        self.controller = MoveinController(desk, runner, station, self)
        self.drafts = DraftKeeper(self.controller, self._typed_now, self)
        self.messages = MessageBar("movein.messages", self)
        self.issued = IssuedStrip(self)
        self.sides = Sides(self)
        self.queue = QueueView(self.controller, self, self.sides.left)
        self.goes_on = QCheckBox(say("movein.panel.goes_on"), self.sides.left)
        self.right = self.sides.right
        self._nobody = self._nobody_here()
        self.foot = Foot(self.controller, self, self._scene)
        self._reception: ReceptionPage | None = None
        self._household: HouseholdView | None = None
        self._papers: PaperDesk | None = None
        self._shown_pass = 0
        self._lay_out()
        self._join()
        self.controller.start()
        self.drafts.left_over((OF_PASS, OF_HOUSE), self._offer_left_over)

    # -- the pages at the right

    @property
    def reception(self) -> ReceptionPage:
        """The page of a house without a number."""
        if self._reception is None:
            self._reception = page = reception.ReceptionPage(self.controller)
            page.typed.connect(self.drafts.typed)
            self.right.addWidget(page)
        return self._reception

    @property
    def household(self) -> HouseholdView:
        """The page of a household on its way."""
        if self._household is None:
            self._household = page = household.HouseholdView(self.controller)
            self.controller.records_stale.connect(page.reload)
            page.arrived.connect(self._focus)
            page.file_wanted.connect(self.household_wanted)
            page.asks.connect(self.foot.ask)
            page.paper_wanted.connect(self._paper)
            page.typed.connect(self.drafts.typed)
            self.right.addWidget(page)
        return self._household

    @property
    def papers(self) -> PaperDesk:
        """The page on which a paper is looked at and printed."""
        if self._papers is None:
            self._papers = page = paperdesk.PaperDesk(self.controller)
            page.ended.connect(self._back_from_paper)
            self.right.addWidget(page)
        return self._papers

    # -- layout

    def _nobody_here(self) -> EmptyState:
        alone = self.controller.station is None
        sentence = say("movein.panel.nobody_all" if alone else "movein.panel.nobody_station")
        return EmptyState("movein.nobody", sentence, icon="fa6s.house-user", parent=self.right)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.messages)
        column.addWidget(self.issued)
        self._lay_out_left(self.sides.left)
        self.right.addWidget(self._nobody)
        column.addWidget(self.sides, 1)
        column.addWidget(self.foot)

    def _lay_out_left(self, left: QWidget) -> None:
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.queue, 1)
        named(self.goes_on, "movein.goes_on", self.goes_on.text())
        self.goes_on.setChecked(self.controller.goes_on)
        row = QHBoxLayout()
        row.addWidget(self.goes_on)
        column.addLayout(row)
        if self.controller.station is not None:
            self.goes_on.hide()

    def _join(self) -> None:
        controller = self.controller
        controller.shown.connect(self._show_view)
        controller.reception_shown.connect(self._show_reception)
        controller.said.connect(self._say)
        controller.issued.connect(self.issued.show_papers)
        controller.accepted.connect(self._accepted)
        self.queue.act_wanted.connect(self._act)
        self.queue.next_wanted.connect(controller.call_next)
        self.queue.hinted.connect(self.hinted)
        self.queue.again.connect(self.sides.look_right)
        self.goes_on.toggled.connect(self._set_goes_on)
        self.issued.wanted.connect(self._paper)
        self.foot.hinted.connect(self.hinted)
        self.foot.left.connect(self._put_aside)
        self.foot.typed.connect(self.drafts.typed)

    # -- what the shell asks (Panel)

    def show_household(self, house_id: int) -> None:
        self.open_house(house_id)

    def scan(self, text: str) -> bool:
        if not _CODE.fullmatch(text.strip()):
            return False
        self.controller.open_number(text.strip(), self._unknown_number)
        return True

    def changed(self, changes: Changes) -> None:
        self.controller.changed(changes)

    def take_focus(self) -> bool:
        if self.controller.station is None:
            return False
        self.queue.bar.button("next").setFocus()  # a helper at a station begins with the queue
        return True

    def shown(self) -> None:
        self.controller.refresh_boards()

    def keep_draft(self) -> None:
        self.drafts.keep_at_once()

    # -- what is before one

    def open_house(self, house_id: int) -> None:
        """Shows a household by its house."""
        self.drafts.keep()
        self.controller.open_house(house_id)

    def _unknown_number(self, text: str) -> None:
        """No pass of this number: another paper of a household, such as its receipt."""

        def found(hits: tuple[Hit, ...]) -> None:
            house = next((hit.house_id for hit in hits if hit.house_id), 0)
            if house:
                self.controller.open_house(house)
            else:
                self._say(say("movein.panel.unknown_number", text=text), "warning")

        desk = self.controller.desk
        self.controller.read("find_number", lambda: search.find(desk, text), found)

    def _show_view(self, view: PassView | None) -> None:
        other = (view.pass_id if view else 0) != self._shown_pass
        if other:
            self.drafts.keep()  # of the household that stood here until now
            self._shown_pass = view.pass_id if view else 0
            self.messages.clear("draft")
        self.foot.show_view(view)
        self.queue.show_view(view)
        if view is None:
            self.right.setCurrentWidget(self._nobody)
            self.sides.show_right("")
            return
        self.household.show_view(view)
        if other or self.right.currentWidget() is not self._papers:
            self.right.setCurrentWidget(self.household)
        begun = why_not_act(BY_CODE["serve"], view) != ""
        self.sides.show_right(self.household.title, looked_at=begun)
        if other:
            self.drafts.find(f"{OF_PASS}{view.pass_id}", self._offer)

    def _focus(self) -> None:
        """The next natural thing has the focus: the outcome Enter means, else where the page begins."""
        if not self.foot.focus_natural() and not self.queue.focus_natural():
            self.household.focus_first()

    def _show_reception(self, house: ReceptionView | None) -> None:
        if house is None:
            return
        self.issued.show_papers(())
        self.reception.show_house(house)
        self.right.setCurrentWidget(self.reception)
        self.sides.show_right(house.label)
        self.drafts.find(f"{OF_HOUSE}{house.house_id}", self._offer)

    def _accepted(self, code: str) -> None:
        if code in ("next", "act.serve"):
            self.issued.show_papers(())
        if code == "act.serve":
            self.sides.look_right()
        elif self.controller.station is not None and code.startswith(("act.", "outcome.")):
            self.queue.focus_natural()
        elif code.startswith("outcome.") and self._done_with():
            self.search_wanted.emit()
        self.drafts.typed()

    def _done_with(self) -> bool:
        """Whether the household needs nothing here now, so that the next one is searched."""
        view = self.controller.view
        return view is not None and view.state not in (PassState.WAITING, PassState.SERVING)

    def _set_goes_on(self, on: bool) -> None:
        self.controller.goes_on = on and self.controller.station is None

    def _put_aside(self) -> None:
        """Esc: what was typed is kept, the household stays where it is on its way."""
        self.drafts.keep()
        self.controller.leave()
        self._say(say("movein.panel.kept"), "info")

    # -- doing

    def _act(self, code: str) -> None:
        each, view = BY_CODE[code], self.controller.view
        if view is None or why_not_act(each, view):
            return
        ask = ask_for_act(each, view)
        if ask.empty:
            self.controller.act(each, Given.nothing())
        else:
            self.foot.ask(ask, lambda given: self.controller.act(each, given))

    def _scene(self) -> Scene | None:
        view, desk = self.controller.view, self.controller.desk
        if view is None:
            return None
        page = self.household.shown_page
        lacking = page.lacking() if page is not None else ()
        return answerform.Scene(view, day_of(desk.now()), self.controller.supervisors, lacking)

    def _say(self, sentence: str, kind: str) -> None:
        self.said.emit(sentence, kind)

    def _paper(self, number: str, at_once: bool) -> None:
        if at_once:
            self.papers.print_number(number)
            return
        self.papers.show_number(number)
        self.right.setCurrentWidget(self.papers)

    def _back_from_paper(self) -> None:
        if self.controller.view is not None:
            self.right.setCurrentWidget(self.household)
        elif self.controller.reception is not None:
            self.right.setCurrentWidget(self.reception)
        else:
            self.right.setCurrentWidget(self._nobody)

    # -- drafts

    def _typed_now(self) -> Typed | None:
        """Key, title and values of what is half filled in for the household shown."""
        if self._shown_pass:
            page = self.household
            values: dict[str, Any] = {}
            if pages := page.values():
                values["pages"] = pages
            if forms := self.foot.values():
                values["forms"] = forms
            return f"{OF_PASS}{self._shown_pass}", page.title, values
        house = self._reception.house if self._reception is not None else None
        if house is not None and self.controller.reception is not None:
            typed = self.reception.values()
            return f"{OF_HOUSE}{house.house_id}", house.label, {"reception": typed} if typed else {}
        return None

    def _offer(self, kept: Kept | None) -> None:
        self.drafts.offer(self.messages, kept, self._put_back)

    def _put_back(self, kept: Kept) -> None:
        if kept.key == f"{OF_PASS}{self._shown_pass}":
            self.household.put_back(kept.values.get("pages", {}))
            forms = kept.values.get("forms", {})
            self.foot.restore(forms)
            for code in forms:
                self._reopen_form(code)
        elif kept.key.startswith(OF_HOUSE):
            self.reception.restore(kept.values.get("reception", {}))

    def _reopen_form(self, code: str) -> None:
        kind, _, name = code.partition(".")
        view = self.controller.view
        if view is None:
            return
        if kind == "act" and name in BY_CODE:
            self._act(name)
        for choice in view.choices:
            if kind == "outcome" and choice.outcome.code == name and not choice.missing:
                self.foot.ask(ask_for_choice(choice), lambda given: self.controller.close(name, given))

    def _offer_left_over(self, left: tuple[Kept, ...]) -> None:
        """After a crash or a power cut: what was not finished is offered."""
        if not self._shown_pass:
            offer_left_over(self.messages, left, self._open_left_over)

    def _open_left_over(self, kept: Kept) -> None:
        if kept.key.startswith(OF_PASS):
            self.controller.open_pass(kept.subject)
        else:
            self.controller.open_house(kept.subject)
