"""What a step of the script shows: lines to say in big type, what to do, to ask and not to do (C8, C9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.script import Field, Lines, Script
from deskapp.domain.complaints.session import Shown
from deskapp.domain.datatable import Label
from deskapp.domain.law import Law
from deskapp.gui.complaints.scriptasks import AskedFields
from deskapp.gui.complaints.wording import word
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import clear, named, text_label

WARNING_LISTS = ("dont", "never")


class StepLines(QWidget):
    """One step, rebuilt only when it is another one: a field that is being typed into stays as it is.

    Signals:
        answered: (field, text) as it was typed here.
    """

    answered = Signal(object, str)

    def __init__(self, object_name: str, rules: ComplaintRules, now: Callable[[], datetime]) -> None:
        super().__init__()
        named(self, f"{object_name}.lines")
        self._name = object_name
        self._rules, self._now = rules, now
        self._laws = {law.code: law for law in rules.laws}
        self._step: Shown | None = None
        self._said: list[QLabel] = []
        self.asks: AskedFields | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(tokens().unit // 2)

    def show_step(self, step: Shown | None, script: Script | None, answers: Mapping[Field, str]) -> None:
        """Shows a step with what was answered; None shows nothing."""
        if step is not None and self._step is not None and _same(self._step, step):
            self._say_again(step)
        else:
            self._rebuild(step, script)
        self._step = step
        if step is not None:
            for ask in step.lines.ask:
                self.show_answer(ask.field, answers.get(ask.field, ""))

    def show_answer(self, field: Field, text: str) -> None:
        """What was typed in the form stands in the field of the script too."""
        if self.asks is not None:
            self.asks.show_answer(field, text)

    def _say_again(self, step: Shown) -> None:
        for label, line in zip(self._said, step.lines.say, strict=True):
            label.setText(f"“{line}”")
        if self.asks is not None:
            self.asks.ask_again(step.lines.ask)

    def _rebuild(self, step: Shown | None, script: Script | None) -> None:
        clear(self._body)
        self._said, self.asks = [], None
        if step is not None:
            self._fill(step.lines, script)
        self._body.addStretch(1)

    def _fill(self, lines: Lines, script: Script | None) -> None:
        for line in lines.say:
            self._said.append(text_label(f"“{line}”", wrap=True, role="spoken"))
            self._put(self._said[-1])
        if lines.aid is not None:
            self._put(named(text_label(word(lines.aid), wrap=True, role="muted"), f"{self._name}.aid"))
        self._put_list("do", lines.do)
        if lines.ask:
            self.asks = AskedFields(f"{self._name}.ask", lines.ask, self._rules.phrases, self._now)
            self.asks.typed.connect(self.answered)
            self._put(self.asks)
        self._put_list("dont", lines.dont)
        if script is not None and script.playbook:
            self._guidance(script)

    def _guidance(self, script: Script) -> None:
        """In a playbook: what is never done, what the desk can do and what not, whom else to ask, the law."""
        self._put_list("never", script.never)
        laws = [self._laws[code] for code in script.laws if code in self._laws]
        tips = "\n".join(f"{law.citation} {word(law.says)}" for law in laws)
        blocks = (
            self._list("can", script.can),
            self._list("cannot", script.cannot),
            self._list("ask_whom", script.ask_whom),
            self._list("law", [_law(law) for law in laws], tips),
        )
        beside = QWidget()
        grid = QGridLayout(beside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens().unit)
        grid.setVerticalSpacing(0)
        for number, block in enumerate(block for block in blocks if block is not None):
            grid.addWidget(block, *divmod(number, 2), Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number % 2, 1)
        self._put(beside)

    def _put_list(self, code: str, lines: Sequence[Label]) -> None:
        block = self._list(code, lines)
        if block is not None:
            self._put(block)

    def _list(self, code: str, lines: Sequence[Label], tip: str = "") -> QWidget | None:
        if not lines:
            return None
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 4, 0, 0)
        title = text_label(
            say(f"complaints.panel.script.{code}"), role="danger" if code in WARNING_LISTS else "muted"
        )
        title.setMinimumWidth(max(48, title.sizeHint().width()))
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        text = text_label("\n".join(f"· {word(line)}" for line in lines), wrap=True)
        text.setToolTip(tip)
        row.addWidget(named(text, f"{self._name}.{code}"), 1)
        return block

    def _put(self, widget: QWidget) -> None:
        """Shows it at once: its layout would only do so later, and the clerk types meanwhile."""
        self._body.addWidget(widget)
        widget.show()


def _same(before: Shown, step: Shown) -> bool:
    """Whether only the spoken lines may have changed, by an answer that stands in them."""
    return (
        before.ref == step.ref
        and replace(before.lines, say=(), ask=()) == replace(step.lines, say=(), ask=())
        and len(before.lines.say) == len(step.lines.say)
        and [ask.field for ask in before.lines.ask] == [ask.field for ask in step.lines.ask]
    )


def _law(law: Law) -> Label:
    """What a law is about and where it stands; one that nobody has checked says so."""
    unsure = "" if law.printable else say("complaints.panel.script.law_unchecked")
    return Label(f"{law.about.zh}：{law.citation}{unsure}", f"{law.about.en}: {law.citation}{unsure}")
