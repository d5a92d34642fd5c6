"""The form of a ticket: what is asked once and never again (C1, C3, C4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Grounds, Kind, Nature, Place, Target, Topic
from deskapp.domain.complaints.script import Field
from deskapp.gui.complaints.callerbar import CallerBar
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.intakemore import DETAILS, MoreFields, box_of
from deskapp.gui.complaints.momentedit import MomentEdit, narrow
from deskapp.gui.complaints.phraseedit import PhraseEdit, plain_text
from deskapp.gui.complaints.promiserows import OFFERS, PromiseRows
from deskapp.gui.complaints.similarstrip import SimilarStrip
from deskapp.gui.complaints.taking import DESK_ITSELF, Wanted
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.choices import ChoiceList
from deskapp.gui.widgets.fields import FieldForm
from deskapp.services.complaints.views import FactsIn, PromiseIn, TicketIn

LONGEST_MATTER = 120


class IntakeForm(QWidget):
    """Everything that is written down of a ticket.

    Signals:
        typed: something changed.
        paused: the time to keep a draft and to look for similar tickets.
        sorted_anew: kind, topic or target changed, on which clocks and script rest.
    """

    typed = Signal()
    paused = Signal()
    sorted_anew = Signal()

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        self._controller = controller
        classes, phrases = controller.rules.classes, controller.rules.phrases
        self.kind = ChoiceList(
            options=[(kind.code, word(kind.label)) for kind in classes.kinds],
            spoken=say("complaints.panel.intake.kind"),
        )
        self.matter, self.story = QLineEdit(), plain_text("", "", 2)
        self.matter.setMaxLength(LONGEST_MATTER)
        self.target = box_of(classes.targets)
        self.topic = _topic_box(controller)
        self.place = box_of(classes.places)
        self.against, self.where, self.wish = QLineEdit(), QLineEdit(), QLineEdit()
        self.event_at = MomentEdit(now=controller.now, past=True)
        self.reply = PhraseEdit(phrases=phrases, lines=1)
        departments = [word(one.label) for one in controller.rules.departments]
        self.department, self.person = QComboBox(), QLineEdit()
        narrow(self.department)
        self.department.addItem(say("complaints.panel.intake.desk_itself"), DESK_ITSELF)
        for one in controller.rules.departments:
            self.department.addItem(word(one.label), one.code)
        self.next_contact = MomentEdit(now=controller.now, offers=[say(key) for key in OFFERS])
        self.main = FieldForm("complaints.intake", columns=6)
        self.promises = PromiseRows("complaints.intake.promise", phrases, departments, controller.now)
        self.similar = SimilarStrip()
        self.similar.follows = self.story
        self.promises.follows = self.next_contact.edit
        self.more = MoreFields(controller)
        self.who = CallerBar(classes.channels)
        self._department_is_hers = self._dispatching = False
        self._topic_is_hers = self._proposing = False
        self._proposed_target: Any = None
        self._lay_out()
        self._join()
        self.clear()

    def _lay_out(self) -> None:
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("kind", self.kind, 6),
            ("matter", self.matter, 6),
            ("story", self.story, 6),
            ("target", self.target, 2),
            ("topic", self.topic, 2),
            ("place", self.place, 2),
            ("against", self.against, 2),
            ("where", self.where, 2),
            ("event_at", self.event_at, 2),
            ("wish", self.wish, 3),
            ("reply", self.reply, 3),
            ("department", self.department, 2),
            ("person", self.person, 2),
            ("next_contact", self.next_contact, 2),
        )
        for key, widget, span in fields:
            label = say(f"complaints.panel.intake.{key}")
            self.main.add(key, label, widget, required=key == "matter", span=span)
            if key == "story":
                self.main.add_beside(self.similar, span=6)  # below what is typed: it moves nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        for part in (self.main, self.promises, self.more):
            column.addWidget(part)
        column.addStretch(1)

    def _join(self) -> None:
        for source in (self.main, self.more):
            source.changed.connect(self.typed)
            source.paused.connect(self.paused)
        self.who.changed.connect(self.typed)
        self.more.photos.take_pastes_of(self)
        self.kind.changed.connect(self._propose_department)
        self.kind.changed.connect(self._sort_conduct)
        self.department.currentIndexChanged.connect(self._department_chosen)
        self.promises.changed.connect(self.typed)
        self.kind.changed.connect(self.sorted_anew)
        self.topic.currentIndexChanged.connect(self._topic_chosen)
        self.target.currentIndexChanged.connect(lambda _: self.sorted_anew.emit())
        self.matter.textChanged.connect(self._propose_topic)
        self.story.textChanged.connect(self._told)

    def _told(self) -> None:
        self.more.show_hints(self.text())
        self._propose_topic()

    # -- what the words say

    def text(self) -> str:
        """Matter and story."""
        return f"{self.matter.text()} {self.story.toPlainText()}".strip()

    def chosen_topic(self) -> Topic | None:
        """The topic on the form."""
        return self._controller.rules.topic(str(self.topic.currentData() or ""))

    def chosen_kind(self) -> Kind:
        """The kind on the form."""
        return Kind(self.kind.value() or Kind.COMPLAINT.value)

    def chosen_target(self) -> Target | None:
        """Against whom it goes."""
        code = self.target.currentData()
        return Target(code) if code else None

    def _propose_topic(self) -> None:
        """While the clerk has chosen no topic, the words choose one; a choice of hers is left alone."""
        if self._topic_is_hers:
            return
        found = self._controller.rules.matcher.topics_of(self.text())
        at = self.topic.findData(found[0]) if found else 0
        if at != self.topic.currentIndex():
            self._proposing = True
            self.topic.setCurrentIndex(max(at, 0))
            self._proposing = False

    def _propose_department(self) -> None:
        """A repair goes to who repairs, unless the clerk has given it to somebody (``departments.toml``)."""
        if self._department_is_hers:
            return
        kind = self.chosen_kind()
        found = next(
            (one.code for one in self._controller.rules.departments if kind in one.kinds), DESK_ITSELF
        )
        self._dispatching = True
        self.department.setCurrentIndex(max(self.department.findData(found), 0))
        self._dispatching = False

    def _department_chosen(self) -> None:
        self._department_is_hers = self._department_is_hers or not self._dispatching

    def _topic_chosen(self) -> None:
        topic = self.chosen_topic()
        if not self._proposing:
            self._topic_is_hers = topic is not None
        if topic is not None and not self._target_is_hers():
            self.target.setCurrentIndex(max(self.target.findData(topic.target.value), 0))
        self._proposed_target = self.target.currentData()
        self._sort_conduct()
        self.sorted_anew.emit()

    def _sort_conduct(self) -> None:
        """Only a complaint about staff asks for a signature; praise of them does not."""
        topic = self.chosen_topic() if self.chosen_kind() is Kind.COMPLAINT else None
        self.more.sort_conduct(topic.code if topic is not None else "")

    def _target_is_hers(self) -> bool:
        return bool(self.target.currentData()) and self.target.currentData() != self._proposed_target

    # -- as a whole

    def clear(self) -> None:
        """An empty form for the next one."""
        self._topic_is_hers = self._proposing = False
        self._proposed_target = None
        self.kind.set_value(Kind.COMPLAINT.value)
        for edit in (self.matter, self.against, self.where, self.wish, self.person):
            edit.clear()
        self.story.setPlainText("")
        for box in (self.target, self.topic, self.place, self.department):
            box.setCurrentIndex(0)
        self._topic_is_hers = self._department_is_hers = False
        self._propose_department()
        self.reply.set_value("")
        self.event_at.set_text("")
        self.next_contact.set_text("")
        self.promises.restore([])
        self.more.clear()
        self.who.clear()
        self.main.clear_faults()

    def is_blank(self) -> bool:
        """Whether nothing was written."""
        written = (self.matter, self.against, self.where, self.wish, self.person)
        return (
            not any(edit.text().strip() for edit in written)
            and not self.story.toPlainText().strip()
            and self.reply.is_blank()
            and self.promises.is_blank()
            and self.more.is_blank()
            and self.who.is_blank()
        )

    def check(self) -> bool:
        """Whether it can be taken; says at the fields why not."""
        parts = [self.more.check(), self.promises.check(), self.main.check(), self._check_phone()]
        return all(parts)  # every part says what is wrong; the focus ends at the topmost

    def _check_phone(self) -> bool:
        fault = self.who.fault()
        if fault:
            self._controller.said.emit(fault, "warning")
            self.who.phone.setFocus()
        return not fault

    def ticket_in(self, house_id: int | None) -> TicketIn:
        """What the services take; promises without all their parts were refused by `check`."""
        more, person = self.more.answers(), self.who.person()
        place = self.place.currentData()
        return TicketIn(
            kind=self.chosen_kind(),
            channel=self.who.chosen_channel(),
            house_id=house_id,
            person_id=person.person_id if person is not None else None,
            caller=self.who.caller.currentText().strip(),
            phone=self.who.phone.text().strip(),
            matter=self.matter.text().strip(),
            story=self.story.toPlainText().strip(),
            against=self.against.text().strip(),
            place=Place(place) if place else None,
            place_text=self.where.text().strip(),
            topic=str(self.topic.currentData() or ""),
            cause=more["cause"],
            target=self.chosen_target(),
            nature=Nature(more["nature"]) if more["nature"] else None,
            grounds=Grounds(more["grounds"]) if more["grounds"] else None,
            wish=self.wish.text().strip(),
            event_at=self.event_at.value(),
            details={key: more[key] for key in DETAILS if more[key]},
            facts=self.facts(more),
            promises=tuple(PromiseIn(one.text, one.who, one.due) for one in self.promises.value()),
            next_contact=self.next_contact.value(),
            photos=self.more.photos.value(),
            signature=more["signature"],
        )

    def wanted(self, house_id: int) -> Wanted:
        """Everything of the form as one act; 0 for nobody's house."""
        joined = self.similar.joined
        return Wanted(
            form=self.ticket_in(house_id or None),
            reply=self.reply.value().strip(),
            department=str(self.department.currentData()),
            person=self.person.text().strip(),
            joined=joined.ticket_id if joined is not None else 0,
        )

    def facts(self, more: dict[str, Any]) -> FactsIn:
        """What decides severity (C5)."""
        ticked = set(more["facts"])
        return FactsIn(
            affected=more["affected_count"],
            press="press" in ticked,
            crowd=more["crowd_count"],
            injury="injury" in ticked,
            danger="danger" in ticked,
            loss=more["loss_amount"] or Decimal(0),
        )

    def values(self) -> dict[str, Any]:
        """What a draft keeps."""
        return {
            "main": self.main.values(),
            "more": self.more.values(),
            "who": self.who.values(),
            "department_is_hers": self._department_is_hers,
            "promises": self.promises.draft(),
            "topic_is_hers": self._topic_is_hers,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows what a draft kept."""
        self._topic_is_hers = bool(kept.get("topic_is_hers"))
        self._department_is_hers = bool(kept.get("department_is_hers"))
        self.main.restore(kept.get("main", {}))
        self.who.restore(kept.get("who", {}))
        self.more.restore(kept.get("more", {}))
        self.promises.restore(kept.get("promises"))

    # -- answers of the script

    def take_answer(self, field: Field, text: str) -> None:
        """What was answered at the script stands in the form (C8)."""
        edits: dict[Field, QLineEdit] = {
            Field.MATTER: self.matter,
            Field.AGAINST: self.against,
            Field.PLACE: self.where,
            Field.WISH: self.wish,
        }
        if field is Field.CALLER:
            self.who.caller.setEditText(text)
        elif field in edits:
            edits[field].setText(text)
        elif field is Field.STORY:
            self.story.setPlainText(text)
        elif field is Field.REPLY:
            self.reply.set_value(text)
        elif field is Field.EVENT_AT:
            self.event_at.set_text(text)
        elif field is Field.NEXT_CONTACT:
            self.next_contact.set_text(text)
        elif field in (Field.ACTION, Field.OWNER, Field.DUE):
            self._take_promise(field, text)
        else:
            self.more.take_answer(field, text)

    def _take_promise(self, field: Field, text: str) -> None:
        row = self.promises.rows[0] if self.promises.rows else self.promises.add_row()
        if field is Field.ACTION:
            row.text.set_value(text)
        elif field is Field.OWNER:
            row.who.setEditText(text)
        else:
            row.due.set_text(text)

    def answers(self) -> dict[Field, str]:
        """What stands in the form, for the lines of the script that name it."""
        row = self.promises.rows[0] if self.promises.rows else None
        return {
            Field.MATTER: self.matter.text(),
            Field.STORY: self.story.toPlainText(),
            Field.AGAINST: self.against.text(),
            Field.PLACE: self.where.text(),
            Field.WISH: self.wish.text(),
            Field.REPLY: self.reply.value(),
            Field.EVENT_AT: self.event_at.text(),
            Field.NEXT_CONTACT: self.next_contact.text(),
            Field.ACTION: row.text.value() if row else "",
            Field.OWNER: row.who.currentText() if row else "",
            Field.DUE: row.due.text() if row else "",
            Field.CALLER: self.who.caller.currentText(),
            **self.more.script_answers(),
        }


def _topic_box(controller: ComplaintsController) -> QComboBox:
    box = QComboBox()
    narrow(box)
    box.addItem(say("complaints.panel.intake.open_choice"), "")
    for topic in controller.rules.classes.topics:
        box.addItem(word(topic.label), topic.code)
    box.setMaxVisibleItems(20)
    return box
