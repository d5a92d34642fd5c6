"""The head of intake: who stands here, whether anything is open with him, by which way he came (C2)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deskapp.base.i18n import say
from deskapp.gui.complaints.callerbar import CallerBar
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import named, push_button, text_label


class IntakeHead(QWidget):
    """One row, two where the window is narrow.

    Attributes:
        who: the household, or what to do first. nothing_open: said where nothing is.
        nobody: the button for anonymous callers and people from outside.
    """

    def __init__(self, bar: CallerBar) -> None:
        super().__init__()
        named(self, "complaints.intake.head")
        self.bar = bar
        self.who = named(text_label(role="title"), "complaints.intake.who")
        self.nothing_open = named(
            text_label(say("complaints.panel.open_here.none"), role="good"), "complaints.open_here.none"
        )
        self.nobody = push_button(
            "complaints.intake.nobody", say("complaints.panel.intake.nobody"), role="quiet"
        )
        flow = FlowLayout(self, gap=12)
        for part in (self.who, self.nothing_open, bar, self.nobody):
            part.setMinimumHeight(tokens().row)
            flow.addWidget(part)

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab reaches here, in its order."""
        return (self.bar.caller, self.bar.phone, self.bar.channel, self.nobody)
