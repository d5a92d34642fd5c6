"""The script beside the form: one step at a time in big type, never blocking anything (C8, C9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import language, say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.script import Field, Mood, Phase, Side
from deskapp.domain.complaints.session import Shown
from deskapp.gui.complaints.scriptlines import StepLines
from deskapp.gui.complaints.talk import Talk
from deskapp.gui.complaints.wording import word
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.choices import ChoiceList
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import caption, named, push_button, text_label
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar, key_text
from deskapp.gui.widgets.scrolling import ScrollingPart
from deskapp.gui.widgets.tabbing import follow_in_order, stops_of

SECOND = 1000
STEERING = {"back": "Alt+Left", "playbook": "Alt+T", "other": "Alt+O", "leave": "Alt+0"}
MOST_KEYS = 9
"""Ways on that have a key of their own."""
LOW = 380
"""Pixels of height below which lines and ways on do not have room at once, as at 150 % on a counter PC."""
WIDTH = 560
"""Pixels it asks for beside a form: three ways on in a row."""


class ScriptPanel(QWidget):
    """What to say, to do and to ask now, and the ways on.

    Args:
        keys_in: the widget inside which Alt and a digit take a way on, the whole intake page.

    Signals:
        begun: the clerk wants to be led (again).
    """

    begun = Signal()

    def __init__(
        self,
        object_name: str,
        talk: Talk,
        rules: ComplaintRules,
        now: Callable[[], datetime],
        keys_in: QWidget | None = None,
    ) -> None:
        super().__init__()
        named(self, object_name, say("complaints.panel.script.title"))
        self.talk = talk
        self._shows: tuple[object, ...] = ()
        self._phase = named(text_label(role="section"), f"{object_name}.phase")
        self._time = named(
            text_label(role="muted"), f"{object_name}.time", say("complaints.panel.script.time")
        )
        self.moods = ChoiceList(
            f"{object_name}.mood",
            [(mood.value, say(f"complaints.code.mood.{mood.value}")) for mood in Mood],
            spoken=say("complaints.panel.script.mood_now"),
        )
        self._mood_label = named(text_label(role="muted"), f"{object_name}.mood.label")
        self._title = named(text_label(wrap=True, role="muted"), f"{object_name}.step")
        self.lines = StepLines(object_name, rules, now)
        self.ways = OutcomeBar(f"{object_name}.way", panel=keys_in or self)
        self.steering = QWidget()
        self._steer_buttons: dict[str, QPushButton] = {}
        for code, key in STEERING.items():
            self._steer_buttons[code] = self._steer_button(code, key, keys_in or self)
        self._lay_out()
        self._tick = QTimer(self, interval=SECOND)
        self._tick.timeout.connect(self._say_time)
        self.lines.answered.connect(talk.answer)
        self.ways.chosen.connect(self._go)
        self.moods.changed.connect(self._feel)
        talk.moved.connect(self.show_step)
        self.show_step()

    def _steer_button(self, code: str, key: str, keys_in: QWidget) -> QPushButton:
        button = push_button(f"{self.objectName()}.{code}", "", role="quiet")
        button.clicked.connect(lambda: self._steer(code))
        shortcut = QShortcut(QKeySequence(key), keys_in)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._steer_by_key(code))
        return button

    def _lay_out(self) -> None:
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, 0, unit, 0)
        column.setSpacing(unit)
        head = QHBoxLayout()
        head.addWidget(self._phase, 1)
        head.addWidget(self._time)
        column.addLayout(head)
        mood = QHBoxLayout()
        mood.addWidget(self._mood_label)
        mood.addWidget(self.moods, 1)
        column.addLayout(mood)
        column.addWidget(self._title)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self.lines, 1)
        self.area = ScrollingPart(f"{self.objectName()}.area", inside)
        column.addWidget(self.area, 1)
        self._outside = column
        self._low = False
        column.addWidget(self.ways)
        steer = FlowLayout(self.steering)  # wraps: words of another length never push the form aside
        for button in self._steer_buttons.values():
            steer.addWidget(button)
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
            led = step if running else None
            another = self._place(key) != self._place(self._shows)
            self._shows = key
            had_focus = self._has_focus()
            session = self.talk.session
            self.lines.show_step(led, self.talk.script(), session.answers if session is not None else {})
            self._offer(led)
            follow_in_order(self.stops())
            if another:
                self.area.verticalScrollBar().setValue(0)
                if had_focus:
                    self.focus_question()
        self._steer_keys(running)

    @staticmethod
    def _place(key: tuple[object, ...]) -> object:
        step = key[0] if key else None
        return (step.ref, key[1]) if isinstance(step, Shown) else None

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def focus_question(self) -> None:
        """To the first question without an answer, else to the first way on."""
        asks, ways = self.lines.asks, self.ways.outcomes()
        if asks is not None and asks.focus_open():
            return
        way = self.ways.button(ways[0].key) if ways else self._steer_buttons["leave"]
        way.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """What Tab reaches here, in its order: mood, questions, ways on, steering."""
        parts: tuple[QWidget | None, ...] = (self.moods, self.lines.asks, self.ways, self.steering)
        return [stop for part in parts if part is not None for stop in stops_of(part)]

    def show_answer(self, field: Field, text: str) -> None:
        """What was typed in the form stands in the field of the script too."""
        self.lines.show_answer(field, text)

    def _say_head(self, step: Shown | None) -> None:
        session = self.talk.session
        for each in (self.moods, self._mood_label):
            each.setVisible(session is not None)
        if step is None or session is None:
            self._phase.setText(say("complaints.panel.script.title"))
            self._say_title(say("complaints.panel.script.not_begun"))
            return
        if self.talk.running:
            phase = say(f"complaints.code.phase.{step.phase.value}")
            self._phase.setText(
                say(
                    "complaints.panel.script.phase",
                    number=step.number, of=len(Phase), phase=phase, step=word(step.title),
                )
            )  # fmt: skip
            self._say_title(self._playbook_title())
        else:
            self._phase.setText(
                say("complaints.panel.script.left" if session.left else "complaints.panel.script.ended")
            )
            self._say_title(say("complaints.panel.script.left_hint"))
        ending = not self.talk.running or step.final
        self._mood_label.setText(
            say("complaints.panel.script.mood_after" if ending else "complaints.panel.script.mood_now")
        )
        mood = session.mood if self.talk.running else session.mood_after  # open until the clerk says it
        self.moods.blockSignals(True)
        self.moods.set_value(mood.value if mood is not None else None)
        self.moods.blockSignals(False)

    def _say_title(self, text: str) -> None:
        self._title.setText(text)
        self._title.setVisible(bool(text))

    def _playbook_title(self) -> str:
        """Which playbook, and to whom one talks; "" in the base script."""
        script = self.talk.script()
        return word(script.title) if script is not None and script.playbook else ""

    def _say_time(self) -> None:
        seconds = self.talk.seconds()
        self._time.setText(f"{seconds // 60:02d}:{seconds % 60:02d}" if self.talk.session else "")

    # -- ways on

    def _offer(self, step: Shown | None) -> None:
        if step is None:
            again = self.talk.session is not None
            text = say("complaints.panel.script.resume" if again else "complaints.panel.script.begin")
            self.ways.set_outcomes([Outcome("begin", text, "Alt+1", role="primary")])
            return
        offered = [
            Outcome(
                f"{at}",
                word(branch.label),
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
            "playbook": say("complaints.panel.script.to_playbook"),
            "other": say(
                "complaints.panel.script.to_complainant"
                if self.talk.side() is Side.OTHER_PARTY
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
        self._steer_buttons["playbook"].setToolTip(word(playbook.title) if playbook is not None else "")

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the ways on scroll with the lines: what is to be said is seen first."""
        super().resizeEvent(event)
        low = self.height() < LOW
        if low != self._low:
            self._low = low
            for part in (self.ways, self.steering):
                (self._inside if low else self._outside).addWidget(part)

    def showEvent(self, event: QShowEvent) -> None:
        self._say_time()
        self._tick.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)
