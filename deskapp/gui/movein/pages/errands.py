"""Errands taken over for the household, at any time: papers in and out one by one (M8)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.clock import day_of
from deskapp.base.i18n import language, say
from deskapp.domain.errands import Direction, ErrandMatter, planned
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.movein.pieces import EnterForm, day_edit, day_in, labelled, put_day
from deskapp.gui.movein.wording import day_text
from deskapp.gui.widgets.money import MoneyEdit
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.services.changes import Done
from deskapp.services.movein import errands
from deskapp.services.movein.errands import ErrandIn, ErrandPaperIn, ErrandTaken
from deskapp.services.movein.record_views import ErrandPaperView, ErrandView
from deskapp.services.movein.signatures import SignatureIn
from deskapp.services.movein.views import PassView


class ErrandsPage(StationPage):
    """The form of a new errand to the left, those taken to the right."""

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self._dirty = False
        row = QHBoxLayout()
        self.column.addLayout(row, 1)
        row.addWidget(self._form(), 1)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scrolled(self._list, "movein.errands.list"), 1)
        self._chosen()

    def _form(self) -> QWidget:
        form = EnterForm()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        self.matter, self.client, self.fee = QComboBox(), QLineEdit(), MoneyEdit("movein.errand.fee")
        self.matter.setEditable(True)
        for each in self._matters:
            self.matter.addItem(each.title.in_language(language()), each.code)
        self.promised = day_edit(day_of(self.controller.desk.now()), day_of(self.controller.desk.now()))
        grid = QGridLayout()
        column.addLayout(grid)
        for at, (widget, code) in enumerate(
            ((self.matter, "matter"), (self.client, "client"), (self.promised, "promised"), (self.fee, "fee"))
        ):
            text = say(f"movein.panel.errand.{code}")
            named(widget, f"movein.errand.{code}", text)
            grid.addWidget(labelled(text, widget), at // 2, at % 2)
        self.papers_in, self.papers_out = QPlainTextEdit(), QPlainTextEdit()
        lists = QHBoxLayout()
        column.addLayout(lists, 1)
        for edit, code in ((self.papers_in, "papers_in"), (self.papers_out, "papers_out")):
            text = say(f"movein.panel.errand.{code}")
            named(edit, f"movein.errand.{code}", text)
            edit.setTabChangesFocus(True)
            half = QVBoxLayout()
            half.addWidget(text_label(text))
            half.addWidget(edit)
            lists.addLayout(half)
            edit.textChanged.connect(self._touched)
        self.take = QPushButton(say("movein.panel.errand.take"))
        named(self.take, "movein.errand.take", self.take.text())
        self.take.setMinimumHeight(40)
        column.addWidget(self.take)
        self.take.clicked.connect(self._take)
        form.entered.connect(self._take)
        self.matter.activated.connect(self._chosen)
        self.matter.editTextChanged.connect(self._touched)
        self.client.textEdited.connect(self._touched)
        return form

    @property
    def _matters(self) -> tuple[ErrandMatter, ...]:
        return self.controller.desk.rules.errands

    def writable(self, view: PassView) -> bool:
        return True

    def _chosen(self) -> None:
        code = self.matter.currentData()
        matter = next((each for each in self._matters if each.code == code), None)
        if matter is None:
            return
        papers, day = planned(matter, day_of(self.controller.desk.now()))
        self.papers_in.setPlainText("\n".join(p.name for p in papers if p.direction is Direction.IN))
        self.papers_out.setPlainText("\n".join(p.name for p in papers if p.direction is Direction.OUT))
        put_day(self.promised, day.isoformat())
        self.fee.set_value(matter.fee)
        if (line := self.matter.lineEdit()) is not None:
            line.setCursorPosition(0)  # a long matter is read from its beginning
        self._dirty = False

    def first(self) -> QWidget | None:
        return self.matter

    def empty(self) -> None:
        self.client.clear()
        self._chosen()
        self._show(())

    def refresh(self) -> None:
        if self.view is not None and not self.client.text():
            self.client.setText(self.view.attendee)

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read("errands", lambda: errands.errands_view(desk, view.house_id), self._show)

    def _show(self, found: tuple[ErrandView, ...]) -> None:
        clear(self._rows)
        if not found:
            self._rows.addWidget(text_label(say("movein.panel.errand.none"), wrap=True))
        for each in found:
            self._rows.addWidget(self._card(each))
        self._rows.addStretch(1)
        self.loaded()

    def _card(self, each: ErrandView) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 8)
        state = say(f"errands.state.{each.state}")
        until = say("movein.panel.errand.until", day=day_text(each.promised))
        head = f"{each.number}  {each.matter}  {state}  {until}"
        title = text_label(head, wrap=True)
        title.setProperty("role", "section")
        column.addWidget(title)
        for at, paper in enumerate(each.papers):
            column.addLayout(self._paper(each, at, paper))
        row = QHBoxLayout()
        column.addLayout(row)
        desk = self.controller.desk
        acts: dict[str, Callable[[str], Done[ErrandView]]] = {
            "finish": lambda c: errands.finish_errand(desk, c, each.errand_id, each.version),
            "reopen": lambda c: errands.reopen_errand(desk, c, each.errand_id, each.version),
            "give_back": lambda c: errands.errand_returned(
                desk, c, each.errand_id, each.version, SignatureIn(self.client.text())
            ),
        }
        for act, call in acts.items():
            if act in each.acts:
                button = QPushButton(say(f"errands.act.{act}"))
                named(button, f"movein.errand.{each.number}.{act}", told_of(each.number, button.text()))
                button.clicked.connect(partial(self._do, (act, each.errand_id, each.version), call))
                row.addWidget(button)
        row.addStretch(1)
        return card

    def _paper(self, each: ErrandView, at: int, paper: ErrandPaperView) -> QHBoxLayout:
        row = QHBoxLayout()
        direction = say(f"errands.direction.{paper.direction}")
        row.addWidget(text_label(f"{direction}  {paper.name}", wrap=True), 1)
        desk = self.controller.desk
        if paper.in_at is None:
            code, call = "arrived", errands.paper_arrived
        elif paper.out_at is None:
            code, call = "given", errands.paper_given
        else:
            row.addWidget(text_label(say("movein.panel.errand.paper_back")))
            return row
        button = QPushButton(say(f"movein.panel.errand.paper_{code}"))
        named(button, f"movein.errand.{each.number}.paper.{at}", told_of(button.text(), paper.name))
        button.setEnabled(each.state != "returned")
        step = lambda command: call(desk, command, each.errand_id, each.version, at)  # noqa: E731
        button.clicked.connect(partial(self._do, (code, each.errand_id, each.version, at), step))
        row.addWidget(button)
        return row

    def _do(self, key: tuple[object, ...], call: Callable[[str], Done[Any]]) -> None:
        self.controller.record(("errand", *key), call, lambda _: self.reload())

    def values(self) -> dict[str, Any]:
        if not self._dirty:
            return {}
        return {
            "matter": self.matter.currentText(),
            "client": self.client.text(),
            "papers": [self.papers_in.toPlainText(), self.papers_out.toPlainText()],
            "promised": day_in(self.promised).isoformat(),
            "fee": self.fee.draft(),
        }

    def restore(self, values: dict[str, Any]) -> None:
        self.matter.setEditText(str(values.get("matter", "")))
        self.client.setText(str(values.get("client", "")))
        papers_in, papers_out = values.get("papers", ("", ""))
        self.papers_in.setPlainText(str(papers_in))
        self.papers_out.setPlainText(str(papers_out))
        put_day(self.promised, values.get("promised"))
        self.fee.restore(values.get("fee"))

    def _touched(self) -> None:
        self._dirty = True
        self.typed.emit()

    def _take(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is None:
            return
        fee = self.fee.value()
        if fee is None:
            self.controller.said.emit(say("movein.panel.errand.fee_wrong"), "warning")
            return
        papers = [(name, Direction.IN) for name in _lines(self.papers_in)]
        papers += [(name, Direction.OUT) for name in _lines(self.papers_out)]
        given = ErrandIn(
            matter=self.matter.currentText(),
            papers=tuple(ErrandPaperIn(name, direction) for name, direction in papers),
            promised=day_in(self.promised),
            client=self.client.text(),
            client_role=view.attendee_role if self.client.text() == view.attendee else "owner",
            fee=fee,
        )

        def taken(value: ErrandTaken) -> None:
            self._dirty = False
            self.reload()
            self.controller.issued.emit((value.document,))

        self.controller.record(
            ("errand", view.house_id, given),
            lambda command: errands.take_errand(desk, command, view.house_id, given),
            taken,
        )


def _lines(edit: QPlainTextEdit) -> list[str]:
    return [text.strip() for text in edit.toPlainText().splitlines() if text.strip()]
