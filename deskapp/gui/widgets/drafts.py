"""What a draft keeps of an input, of ours or of Qt's (design rule 4)."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget


@runtime_checkable
class Input(Protocol):
    """What the widgets of this package have in common."""

    changed: Any  # a Signal without arguments

    def value(self) -> Any:
        """What was typed or chosen, as the services take it; None where it is blank or not right."""

    def problem(self) -> str:
        """Why what was typed cannot be taken, a sentence; "" where it can or nothing was typed."""

    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""

    def draft(self) -> Any:
        """What a draft keeps, as JSON has it; None for nothing."""

    def restore(self, kept: Any) -> None:
        """Shows what a draft kept; what it cannot read it leaves."""


def value_of(widget: QWidget) -> Any:
    """The value of an input: text without spaces around, data of the item chosen, ticked or not."""
    match widget:
        case QLineEdit() if not isinstance(widget, Input):
            return widget.text().strip()
        case QPlainTextEdit():
            return widget.toPlainText().strip()
        case QComboBox():
            data = widget.currentData()
            return widget.currentText().strip() if data is None or widget.isEditable() else data
        case QAbstractButton():
            return widget.isChecked()
    return _ours(widget).value()


def draft_of(widget: QWidget) -> Any:
    """What a draft keeps of it; never a secret (S1)."""
    if isinstance(widget, Input):
        return widget.draft()
    if isinstance(widget, QLineEdit):
        return None if widget.echoMode() != QLineEdit.EchoMode.Normal else widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.isEditable() else widget.currentData()
    return value_of(widget)


def restore_into(widget: QWidget, kept: Any) -> None:
    """Shows what a draft kept; what does not fit is left alone."""
    match widget:
        case Input():
            widget.restore(kept)
        case QLineEdit() if isinstance(kept, str):
            widget.setText(kept)
        case QPlainTextEdit() if isinstance(kept, str):
            widget.setPlainText(kept)
        case QComboBox() if widget.isEditable() and isinstance(kept, str):
            widget.setEditText(kept)
        case QComboBox() if widget.findData(kept) >= 0:
            widget.setCurrentIndex(widget.findData(kept))
        case QAbstractButton() if isinstance(kept, bool):
            widget.setChecked(kept)


def is_blank(widget: QWidget) -> bool:
    """Whether nothing was typed; for a tick, whether it is not set."""
    return widget.is_blank() if isinstance(widget, Input) else value_of(widget) in ("", None, False)


def problem_of(widget: QWidget) -> str:
    """Why it cannot be taken as it is, a sentence or ""."""
    return widget.problem() if isinstance(widget, Input) else ""


def change_of(widget: QWidget) -> SignalInstance:
    """The signal that its content changed."""
    match widget:
        case QLineEdit() if not isinstance(widget, Input):
            return widget.textChanged
        case QPlainTextEdit():
            return widget.textChanged
        case QComboBox():
            return widget.editTextChanged if widget.isEditable() else widget.currentIndexChanged
        case QAbstractButton():
            return widget.toggled
    found: SignalInstance = _ours(widget).changed
    return found


def _ours(widget: QWidget) -> Input:
    if not isinstance(widget, Input):
        raise TypeError(f"{type(widget).__name__} is no input a form can hold")
    return widget
