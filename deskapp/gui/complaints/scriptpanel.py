"""The script beside the form: one step at a time in big type, never blocking anything (C8, C9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import language, say
from deskapp.domain.complaints.script import Ask, Field, Mood, Phase, Side
from deskapp.domain.complaints.session import Shown
from deskapp.domain.datatable import Label
from deskapp.gui.complaints.talk import Talk
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.choices import ChoiceList
from deskapp.gui.widgets.naming import caption, discard, named, push_button, text_label
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar, key_text

SECOND = 1000
STEERING = {"back": "Alt+Left", "playbook": "Alt+T", "other": "Alt+O", "leave": "Alt+0"}
MOST_KEYS = 9
"""Ways on that have a key of their own."""


class ScriptPanel(QWidget):
    """What to say, to do and to ask now, and the ways on.

    Args:
        keys_in: the widget inside which Alt and a digit take a way on, the whole intake page.

    Signals:
        begun: the clerk wants to be led (again).
    """

    begun = Signal()

    def __init__(self, talk: Talk, keys_in: QWidget | None = None) -> None:
        super().__init__()
        named(self, "complaints.script", say("complaints.panel.script.title"))
        self.talk = talk
        self._asked: dict[Field, tuple[QLabel, QLineEdit]] = {}
        self._said: list[QLabel] = []
        self._shows: tuple[object, ...] = ()
        self._phase = named(text_label(role="section"), "complaints.script.phase")
        self._time = named(
            text_label(role="muted"), "complaints.script.time", say("complaints.panel.script.time")
        )
        self.moods = ChoiceList(
            "complaints.script.mood",
            [(mood.value, say(f"complaints.code.mood.{mood.value}")) for mood in Mood],
            spoken=say("complaints.panel.script.mood_now"),
        )
        self._mood_label = named(text_label(role="muted"), "complaints.script.mood.label")
        self._title = named(text_label(wrap=True, role="muted"), "complaints.script.step")
        self._room = QWidget()
        self._body = QVBoxLayout(self._room)
        self.ways = OutcomeBar("complaints.script.way", panel=keys_in or self)
        self.steering = QWidget()
        self._steer_buttons: dict[str, QPushButton] = {}
        for code, key in STEERING.items():
            button = push_button(f"complaints.script.{code}", "", role="quiet")
            button.clicked.connect(lambda _=False, code=code: self._steer(code))
            self._steer_buttons[code] = button
            shortcut = QShortcut(QKeySequence(key), keys_in or self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda code=code: self._steer_by_key(code))
        self._lay_out()
        self._tick = QTimer(self, interval=SECOND)
        self._tick.timeout.connect(self._say_time)
        self.ways.chosen.connect(self._go)
        self.moods.changed.connect(self._feel)
        talk.moved.connect(self.show_step)
        self.show_step()

    def _lay_out(self) -> None:
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, 0, unit, 0)
        column.setSpacing(unit)
        head = QHBoxLayout()
        head.addWidget(self._phase)
        head.addStretch(1)
        head.addWidget(self._time)
        column.addLayout(head)
        mood = QHBoxLayout()
        mood.addWidget(self._mood_label)
        mood.addWidget(self.moods, 1)
        column.addLayout(mood)
        column.addWidget(self._title)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(unit // 2)
        area = QScrollArea()
        named(area, "complaints.script.area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(self._room)
        column.addWidget(area, 1)
        column.addWidget(self.ways)
        steer = QHBoxLayout(self.steering)
        steer.setContentsMargins(0, 0, 0, 0)
        for button in self._steer_buttons.values():
            steer.addWidget(button)
        steer.addStretch(1)
        column.addWidget(self.steering)

    # -- showing

    def show_step(self) -> None:
        """Shows where the talk stands; a field that is being typed into stays as it is."""
        step = self.talk.shown()
        running = self.talk.running
        self._say_head(step)
        self._say_time()
        key = (step, running, self.talk.topic, language())
        if key != self._shows:
            same_place = bool(self._shows) and step is not None and self._same_place(step)
            self._shows = key
            if same_place and running and step is not None:
                self._say_again(step)
            else:
                self._rebuild(step if running else None)
            self._offer(step if running else None)
        self._steer_keys(running)

    def _same_place(self, step: Shown) -> bool:
        """Whether only the spoken lines may have changed, by an answer that stands in them."""
        before = self._shows[0]
        return (
            isinstance(before, Shown)
            and before.ref == step.ref
            and replace(before.lines, say=(), ask=()) == replace(step.lines, say=(), ask=())
            and len(before.lines.say) == len(step.lines.say)
            and [ask.field for ask in before.lines.ask] == [ask.field for ask in step.lines.ask]
            and self._shows[1:] == (self.talk.running, self.talk.topic, language())
        )

    def _say_again(self, step: Shown) -> None:
        """The lines with what was answered meanwhile; no field is touched that is being typed into."""
        for label, line in zip(self._said, step.lines.say, strict=True):
            label.setText(f"“{line}”")
        for ask in step.lines.ask:
            self._asked[ask.field][0].setText(f"“{ask.line}”")
            self.show_answer(ask.field, self._answer(ask.field))

    def _answer(self, field: Field) -> str:
        session = self.talk.session
        return session.answers.get(field, "") if session is not None else ""

    def _say_head(self, step: Shown | None) -> None:
        session = self.talk.session
        for each in (self.moods, self._mood_label):
            each.setVisible(session is not None)
        if step is None or session is None:
            self._phase.setText(say("complaints.panel.script.title"))
            self._title.setText(say("complaints.panel.script.not_begun"))
            return
        if self.talk.running:
            phase = say(f"complaints.code.phase.{step.phase.value}")
            self._phase.setText(
                say("complaints.panel.script.phase", number=step.number, of=len(Phase), phase=phase)
            )
            self._title.setText(self._title_of(step))
        else:
            self._phase.setText(
                say("complaints.panel.script.left" if session.left else "complaints.panel.script.ended")
            )
            self._title.setText(say("complaints.panel.script.left_hint"))
        ending = not self.talk.running or step.final
        self._mood_label.setText(
            say("complaints.panel.script.mood_after" if ending else "complaints.panel.script.mood_now")
        )
        mood = session.mood if self.talk.running else session.mood_after  # open until the clerk says it
        self.moods.blockSignals(True)
        self.moods.set_value(mood.value if mood is not None else None)
        self.moods.blockSignals(False)

    def _title_of(self, step: Shown) -> str:
        script = self.talk.script()
        title = _word(step.title)
        if script is None or not script.playbook:
            return title
        side = say(f"complaints.code.side.{script.side.value}")
        return say("complaints.panel.script.step_of", script=_word(script.title), side=side, step=title)

    def _say_time(self) -> None:
        seconds = self.talk.seconds()
        self._time.setText(f"{seconds // 60:02d}:{seconds % 60:02d}" if self.talk.session else "")

    def _rebuild(self, step: Shown | None) -> None:
        while self._body.count():
            item = self._body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        self._asked, self._said = {}, []
        if step is not None:
            for line in step.lines.say:
                self._said.append(text_label(f"“{line}”", wrap=True, role="spoken"))
                self._put(self._said[-1])
            self._lines("do", step.lines.do)
            for ask in step.lines.ask:
                self._ask(ask)
            self._lines("dont", step.lines.dont)
            self._can_and_cannot()
            if step.lines.aid is not None:
                self._put(
                    named(text_label(_word(step.lines.aid), wrap=True, role="muted"), "complaints.script.aid")
                )
        self._body.addStretch(1)

    def _lines(self, code: str, lines: Sequence[Label]) -> None:
        if not lines:
            return
        role = "danger" if code in ("dont", "never") else "muted"
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 4, 0, 0)
        word = text_label(say(f"complaints.panel.script.{code}"), role=role)
        word.setMinimumWidth(max(48, word.sizeHint().width()))
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        text = text_label("\n".join(f"· {_word(line)}" for line in lines), wrap=True)
        row.addWidget(named(text, f"complaints.script.{code}"), 1)
        self._put(block)

    def _ask(self, ask: Ask) -> None:
        line = text_label(f"“{ask.line}”", wrap=True, role="spoken")
        edit = named(QLineEdit(), f"complaints.script.ask.{ask.field.value}", ask.line)
        edit.setPlaceholderText(say(f"complaints.code.field.{ask.field.value}"))
        edit.setText(self._answer(ask.field))
        edit.textEdited.connect(lambda text, field=ask.field: self.talk.answer(field, text))
        edit.returnPressed.connect(lambda: self.focusNextChild())
        self._asked[ask.field] = (line, edit)
        self._put(line)
        self._put(edit)

    def _can_and_cannot(self) -> None:
        """In a playbook: what the desk can do and what not, whom else to ask, what must never be done."""
        script = self.talk.script()
        if script is None or not script.playbook:
            return
        self._lines("can", script.can)
        self._lines("cannot", script.cannot)
        self._lines("ask_whom", script.ask_whom)
        self._lines("never", script.never)

    def _put(self, widget: QWidget) -> None:
        """Shows it at once: its layout would only do so later, and the clerk types meanwhile."""
        self._body.addWidget(widget)
        widget.show()

    def show_answer(self, field: Field, text: str) -> None:
        """What was typed in the form stands in the field of the script too."""
        found = self._asked.get(field)
        if found is not None and not found[1].hasFocus() and found[1].text() != text:
            found[1].setText(text)

    # -- ways on

    def _offer(self, step: Shown | None) -> None:
        if step is None:
            again = self.talk.session is not None
            word = say("complaints.panel.script.resume" if again else "complaints.panel.script.begin")
            self.ways.set_outcomes([Outcome("begin", word, "Alt+1", role="primary")])
            return
        offered = [
            Outcome(
                f"{at}",
                _word(branch.label),
                f"Alt+{at}" if at <= MOST_KEYS else "",
                role="primary" if at == 1 else "",
            )
            for at, branch in enumerate(step.branches, 1)
        ]
        self.ways.set_outcomes(offered)

    def _steer_keys(self, running: bool) -> None:
        """Back, to the playbook, to the other side, out of the script: whatever is possible here."""
        step, script = self.talk.shown(), self.talk.script()
        self.steering.setVisible(running)
        if not running or step is None or script is None:
            return
        playbook, other = self.talk.playbook(), self.talk.other_side()
        to_playbook = playbook is not None and script is not playbook
        to_other = other is not None and bool(script.playbook)
        words = {
            "back": say("complaints.panel.script.back"),
            "playbook": say("complaints.panel.script.to_playbook", script=_word(playbook.title))
            if playbook
            else "",
            "other": say(
                "complaints.panel.script.to_complainant"
                if script.side is Side.OTHER_PARTY
                else "complaints.panel.script.to_other"
            ),
            "leave": say("complaints.panel.script.end" if step.final else "complaints.panel.script.leave"),
        }
        possible = {"back": step.can_go_back, "playbook": to_playbook, "other": to_other, "leave": True}
        for code, button in self._steer_buttons.items():
            text = f"{words[code]}  {key_text(STEERING[code])}"
            button.setText(caption(text))
            button.setAccessibleName(words[code])
            button.setVisible(possible[code])

    def _steer_by_key(self, code: str) -> None:
        if self.steering.isVisible() and self._steer_buttons[code].isVisible():
            self._steer(code)

    def _go(self, key: str) -> None:
        if key == "begin":
            if self.talk.session is None:
                self.begun.emit()
            else:
                self.talk.resume()
            return
        step = self.talk.shown()
        if step is not None and self.talk.running:
            self.talk.follow(step.branches[int(key) - 1])

    def _steer(self, key: str) -> None:
        if key == "back":
            self.talk.back()
        elif key == "leave":
            self.talk.leave()
        elif key == "playbook" and (playbook := self.talk.playbook()) is not None:
            self.talk.enter(playbook)
        elif key == "other" and (other := self.talk.other_side()) is not None:
            self.talk.enter(other)

    def _feel(self) -> None:
        mood = self.moods.value()
        if mood:
            self.talk.feel(Mood(mood))

    def showEvent(self, event: QShowEvent) -> None:
        self._say_time()
        self._tick.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)


def _word(label: Label) -> str:
    return label.in_language(language())
