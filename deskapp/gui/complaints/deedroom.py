"""The column of what can be done: buttons in groups, and in their place the form of the one being done."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.complaints.asked import Answers, Deed, DeedGroup
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedform import DeedForm
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import discard, named, push_button, text_label, with_property
from deskapp.gui.widgets.scrolling import ScrollingPart
from deskapp.gui.widgets.sections import Section


class DeedRoom(QStackedWidget):
    """Offers deeds about one subject and sends them.

    Signals:
        done: the deed and what its service answered.
        typed: something was typed into a form, or a form was left.
        followed: a way in the note that is no deed, such as a section of the subject's file.
        conflicted: somebody else changed the subject first; what was typed stays.
        room_wanted: what a deed opens in place of a form (`Deed.opens`).
    """

    done = Signal(object, object)
    typed = Signal()
    followed = Signal(str)
    conflicted = Signal()
    room_wanted = Signal(str)

    def __init__(self, object_name: str, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, object_name)
        self._controller = controller
        self._subject: Any = None
        self._key: tuple[Hashable, ...] = ()
        self.form: DeedForm | None = None
        self._kept: dict[str, dict[str, Any]] = {}
        self._groups: list[QWidget] = []
        self._codes: list[tuple[str, str]] = []
        self._buttons: dict[str, QPushButton] = {}
        self._offered: tuple[DeedGroup, ...] = ()
        self.note: QLabel = named(text_label(wrap=True, role="warning"), f"{object_name}.note")
        inside, self._form_room = QWidget(), QWidget()
        self._deeds = QVBoxLayout(inside)
        self._deeds.setContentsMargins(8, 0, 0, 0)
        self._deeds.addWidget(self.note)
        self.note.setTextFormat(Qt.TextFormat.RichText)
        self.note.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.note.linkActivated.connect(self._follow)
        self.note.hide()
        self._deeds.addStretch(1)
        self._room = QVBoxLayout(self._form_room)
        self._room.setContentsMargins(8, 0, 0, 0)
        self._room.addStretch(1)
        self.addWidget(scrolled(inside, f"{object_name}.area"))
        self.addWidget(scrolled(self._form_room, f"{object_name}.form_area"))

    # -- offering

    def show_subject(self, subject: Any, key: tuple[Hashable, ...], groups: Sequence[DeedGroup]) -> None:
        """Offers what can be done now; a form that is open stays open.

        Args:
            subject: handed to the deeds' calls.
            key: id of the subject; with another one, forms of the last are put away.
        """
        if key[:1] != self._key[:1]:
            self._close_form()
            self._kept = {}
        self._subject, self._key, self._offered = subject, key, tuple(groups)
        codes = [(group.code, deed.code) for group in groups for deed in group.deeds]
        if codes != self._codes:
            self._codes = codes
            self._rebuild()
        for deed in (deed for group in groups for deed in group.deeds):
            self._dress(deed)

    def _rebuild(self) -> None:
        """Other buttons than before; as long as they are the same, focus and place stay where they are."""
        for old in self._groups:
            self._deeds.removeWidget(old)
            discard(old)
        self._groups, self._buttons = [], {}
        for group in self._offered:
            if group.deeds:
                self._show_group(group)

    def focus_first(self) -> None:
        """The first thing that can be done has the focus."""
        for group in self._offered:
            for deed in group.deeds:
                if not deed.why_not:
                    self._buttons[deed.code].setFocus()
                    return

    def _show_group(self, group: DeedGroup) -> None:
        section = Section(f"complaints.deeds.{group.code}", say(f"complaints.panel.deeds.{group.code}"))
        room = QWidget()
        flow = FlowLayout(room, gap=6)
        for deed in group.deeds:
            flow.addWidget(self._button(deed))
        section.body.addWidget(room)
        self._deeds.insertWidget(self._deeds.count() - 1, section)
        self._groups.append(section)
        section.show()

    def _button(self, deed: Deed) -> QWidget:
        code = deed.code
        button = push_button(f"complaints.deed.{code}", deed.title, role=deed.role)
        button.clicked.connect(lambda: self._press(code))
        self._buttons[code] = button
        return button

    def _dress(self, deed: Deed) -> None:
        """A deed that cannot be done now is greyed, and says why on hover and when it is clicked."""
        button = self._buttons[deed.code]
        button.setToolTip(deed.why_not)
        button.setAccessibleDescription(deed.why_not)
        with_property(button, "blocked", "true" if deed.why_not else "false")

    def _press(self, code: str) -> None:
        for deed in (deed for group in self._offered for deed in group.deeds):
            if deed.code == code:
                self.do(deed)
                return

    def say_note(self, rich: str, plain: str) -> None:
        """A sentence above the deeds, whose links lead to them; "" takes it away.

        Args:
            plain: the same for who hears it.
        """
        self.note.setText(rich)
        self.note.setAccessibleName(plain)
        self.note.setVisible(bool(rich))

    def _follow(self, code: str) -> None:
        if code in self._buttons:
            self._press(code)
        else:
            self.followed.emit(code)

    # -- doing

    def do(self, deed: Deed) -> None:
        """Does a deed, or asks first what it needs."""
        if deed.why_not:
            self._controller.said.emit(deed.why_not, "info")
        elif deed.opens:
            self._leave_form()
            self.room_wanted.emit(deed.opens)
        elif deed.asks:
            self._open_form(deed)
        else:
            self._send(deed, {}, None)

    def _open_form(self, deed: Deed) -> None:
        self._leave_form()
        form = DeedForm(deed, self._controller.rules.phrases, self._controller.now)
        self.form = form
        self._room.insertWidget(0, form)
        form.restore(self._kept.get(deed.code, {}))
        form.given.connect(lambda given: self._send(deed, given, form))
        form.left.connect(self._leave_form)
        form.typed.connect(self.typed)
        self.setCurrentIndex(1)
        form.show()
        form.focus_first()

    def _leave_form(self) -> None:
        """Back to the buttons; what was typed is offered when the form is opened again."""
        if self.form is None:
            return
        values, code = self.form.values(), self.form.deed.code
        if values:
            self._kept[code] = values
        self._close_form()
        if code in self._buttons:
            self._buttons[code].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()
        self.typed.emit()

    def _close_form(self) -> None:
        if self.form is not None:
            self._room.removeWidget(self.form)
            discard(self.form)
            self.form = None
        self.setCurrentIndex(0)

    def _send(self, deed: Deed, given: Answers, form: DeedForm | None) -> None:
        subject, desk = self._subject, self._controller.desk

        def failed(error: DeskError) -> None:
            if form is not None and self.form is form:
                form.refuse(error)
            else:
                self._controller.tell(error)

        self._controller.command(
            (deed.code, *self._key, hash(repr(sorted(given.items())))),
            lambda command: deed.call(desk, command, subject, given),
            lambda value: self._sent(deed, value),
            failed=failed,
            busy=form.confirm if form is not None else None,
            conflicted=self.conflicted.emit,
        )

    def _sent(self, deed: Deed, value: Any) -> None:
        self._kept.pop(deed.code, None)
        if self.form is not None and self.form.deed.code == deed.code:
            self._close_form()
        self.typed.emit()
        self.done.emit(deed, value)

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps: every form that was begun."""
        kept = dict(self._kept)
        if self.form is not None and (values := self.form.values()):
            kept[self.form.deed.code] = values
        return kept

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back: the first of its forms is opened again."""
        self._kept = {code: values for code, values in kept.items() if isinstance(values, dict)}
        for deed in (deed for group in self._offered for deed in group.deeds):
            if deed.code in self._kept and not deed.why_not:
                self._open_form(deed)
                return


def scrolled(inside: QWidget, name: str) -> ScrollingPart:
    """A part that can be reached whole on a small screen."""
    return ScrollingPart(name, inside)
