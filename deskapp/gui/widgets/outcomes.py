"""The outcomes of a station as big buttons with their keys; what cannot be done says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton, QWidget

from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import discard, named

AFTER_A_LETTER = 60
"""Milliseconds a single letter waits for company: a scanner's come quicker, and mean no outcome (L7)."""
PADDING, GAP, RADIUS, NARROWEST = 12, 12, 6, 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """One button.

    Attributes:
        key: stable code, given by `OutcomeBar.chosen`.
        caption: what it does, in the language shown.
        shortcut: as `QKeySequence` reads it: ``Return``, ``Esc``, ``F5``, ``Ctrl+P``, ``D``.
        enabled: whether it can be done now.
        reason: why not, a sentence; shown on hover and with the focus.
        role: ``primary`` for the usual next step, ``danger`` for what hurts.
    """

    key: str
    caption: str
    shortcut: str = ""
    enabled: bool = True
    reason: str = ""
    role: str = ""


class OutcomeButton(QPushButton):
    """A button 48 px high. Greyed, it still takes the focus and the mouse, so that it can say why."""

    explained = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._outcome = Outcome("", "")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def outcome(self) -> Outcome:
        """What it shows."""
        return self._outcome

    def show_outcome(self, outcome: Outcome, object_name: str) -> None:
        """Shows an outcome; the same button may show another later."""
        self._outcome = outcome
        named(self, object_name, outcome.caption)
        self.setProperty("blocked", not outcome.enabled)
        self.setToolTip("" if outcome.enabled else plain_tip(outcome.reason))
        hint = key_text(outcome.shortcut)
        self.setAccessibleDescription(hint if outcome.enabled else outcome.reason)
        if self.hasFocus():
            self.explained.emit(self._reason())
        self.updateGeometry()
        self.update()

    def _reason(self) -> str:
        return "" if self._outcome.enabled else self._outcome.reason

    def sizeHint(self) -> QSize:
        words, keys = self._metrics()
        hint = key_text(self._outcome.shortcut)
        beside = keys.horizontalAdvance(hint) + GAP if hint else 0
        text = _width_in_two_lines(words, self._outcome.caption)
        return QSize(max(NARROWEST, text + beside + 2 * PADDING + 4), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self._height())

    def _height(self) -> int:
        words, _ = self._metrics()
        return max(theme.tokens().station_button, 2 * words.lineSpacing() + theme.tokens().unit)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        bold = self.font()
        bold.setBold(True)
        small = self.font()
        small.setPointSizeF(max(8.0, small.pointSizeF() - 1.5))
        return QFontMetrics(bold), QFontMetrics(small)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, text, edge = self._colours(look)
        focused = self.hasFocus()
        width = 2 if focused else 1
        rect = self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(QColor(self._focus_edge(look) if focused else edge), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        self._draw_words(painter, text, look)
        painter.end()

    def _able(self) -> bool:
        return self._outcome.enabled and self.isEnabled()

    def _colours(self, look: theme.Tokens) -> tuple[str, str, str]:
        """Ground, text and edge."""
        if not self._able():
            return look.surface, look.muted, look.line
        if self._outcome.role == "primary":
            return look.accent, look.on_accent, look.accent
        text = look.danger if self._outcome.role == "danger" else look.text
        if self.isDown():
            return look.selection, text, look.accent
        return look.raised, text, look.accent if self.underMouse() else look.line

    def _focus_edge(self, look: theme.Tokens) -> str:
        return look.text if self._able() and self._outcome.role == "primary" else look.focus

    def _draw_words(self, painter: QPainter, text: str, look: theme.Tokens) -> None:
        inside = self.rect().adjusted(PADDING, 2, -PADDING, -2)
        hint = key_text(self._outcome.shortcut)
        if hint:
            small = self.font()
            small.setPointSizeF(max(8.0, small.pointSizeF() - 1.5))
            painter.setFont(small)
            muted = text if self._outcome.role == "primary" and self._able() else look.muted
            painter.setPen(QColor(muted))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, right, hint)
            inside.setRight(inside.right() - QFontMetrics(small).horizontalAdvance(hint) - GAP)
        words = self.font()
        words.setBold(self._outcome.role == "primary" and self._able())
        painter.setFont(words)
        painter.setPen(QColor(text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, left | Qt.TextFlag.TextWordWrap, self._outcome.caption)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        self.explained.emit(self._reason())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        self.explained.emit("")
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.explained.emit(self._reason())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.explained.emit("")
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A slow answer is clicked twice: the second click does nothing (L9)."""
        event.accept()


class OutcomeBar(QWidget):
    """Every outcome as a button, in rows of like width.

    Function keys and keys with Alt or Ctrl work wherever the focus is in the window while ``panel`` is seen;
    single letters and Enter inside ``panel`` only, and where no field uses them
    itself, and Enter on a button presses that button. The Enter that ends a scan is not seen here.

    Signals:
        chosen: key of an outcome that can be done now.
        explained: why the outcome under the mouse or the focus cannot be done, "" for nothing to say.
    """

    chosen = Signal(str)
    explained = Signal(str)

    def __init__(
        self,
        object_name: str,
        outcomes: Sequence[Outcome] = (),
        *,
        panel: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, object_name, say("widgets.outcomes.name"))
        self._panel = panel or self
        self._flow = FlowLayout(self, even=True, gap=theme.tokens().unit)
        self._buttons: dict[str, OutcomeButton] = {}
        self._shortcuts: list[QShortcut] = []
        self._plain: dict[QKeyCombination, str] = {}
        self._letter = ""
        self._alone = QTimer(self, singleShot=True, interval=AFTER_A_LETTER)
        self._alone.timeout.connect(self._letter_stood_alone)
        self._panel.installEventFilter(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_outcomes(outcomes)

    def outcomes(self) -> tuple[Outcome, ...]:
        """What is shown."""
        return tuple(button.outcome() for button in self._buttons.values())

    def button(self, key: str) -> OutcomeButton:
        """The button of an outcome.

        Raises:
            KeyError: it is not shown.
        """
        return self._buttons[key]

    def set_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Shows these; a button whose key stays keeps its place in the chain of focus."""
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), None)
        if list(self._buttons) != [outcome.key for outcome in outcomes]:
            self._rebuild([outcome.key for outcome in outcomes])
        for outcome in outcomes:
            self._buttons[outcome.key].show_outcome(outcome, f"{self.objectName()}.{outcome.key}")
        if focused in self._buttons:
            self._buttons[focused].setFocus()
        self._set_keys(outcomes)

    def focus_primary(self) -> bool:
        """The focus on what Enter means; False where nothing is meant."""
        for outcome in self.outcomes():
            if outcome.role == "primary":
                self.button(outcome.key).setFocus()
                return True
        return False

    def choose(self, key: str) -> None:
        """As if its button were pressed: chosen, or explained where it cannot be done."""
        button = self._buttons.get(key)
        if button is None or not button.isEnabled():
            return
        outcome = button.outcome()
        if outcome.enabled:
            self.chosen.emit(key)
        else:
            self.explained.emit(outcome.reason)

    def _rebuild(self, keys: list[str]) -> None:
        for old in self._buttons.values():
            self._flow.removeWidget(old)
            discard(old)
        self._buttons = {key: self._make(key) for key in keys}

    def _make(self, key: str) -> OutcomeButton:
        button = OutcomeButton(self)
        button.clicked.connect(lambda: self.choose(key))
        button.explained.connect(self.explained)
        self._flow.addWidget(button)
        button.show()  # a layout shows it only later, and until then it could not take the focus
        return button

    def _set_keys(self, outcomes: Sequence[Outcome]) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)  # at once; two alike would be ambiguous until the old one is gone
            shortcut.deleteLater()
        self._shortcuts, self._plain = [], {}
        for outcome in outcomes:
            if outcome.shortcut:
                self._set_key(outcome.key, QKeySequence(outcome.shortcut))

    def _set_key(self, key: str, keys: QKeySequence) -> None:
        first: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs do not know it
        if first.keyboardModifiers() == Qt.KeyboardModifier.NoModifier and not _is_function(first.key()):
            self._plain[first] = key
            return
        shortcut = QShortcut(keys, self._panel)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)  # from the search box too, while it is seen
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self._by_key(key))
        self._shortcuts.append(shortcut)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the plain keys that reach the panel, because no field of it wanted them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._panel:
            return self._plain_key(event)
        return super().eventFilter(watched, event)

    def _plain_key(self, event: QKeyEvent) -> bool:
        self._alone.stop()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
        key = self._plain.get(QKeyCombination(modifiers, pressed))
        if key is None or event.isAutoRepeat() or not self.isVisible():
            return False
        if pressed == Qt.Key.Key_Return and _press_focused(self._panel):
            return True
        if event.text().isprintable() and event.text():
            self._letter = key
            self._alone.start()
        else:
            self._by_key(key)
        return True

    def _letter_stood_alone(self) -> None:
        self._by_key(self._letter)

    def _by_key(self, key: str) -> None:
        if self.isVisible() and self.isEnabled():
            self.choose(key)


def _width_in_two_lines(words: QFontMetrics, text: str) -> int:
    """Pixels a caption needs: in one line while it is short, else in two."""
    whole = words.horizontalAdvance(text)
    width = words.horizontalAdvance("中" * 8)
    while width < whole:
        box = words.boundingRect(QRect(0, 0, width, 999), Qt.TextFlag.TextWordWrap, text)
        if box.height() < 2.5 * words.lineSpacing() and box.width() <= width:
            return width
        width += PADDING
    return whole


def _is_function(key: Qt.Key) -> bool:
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def _press_focused(panel: QWidget) -> bool:
    """Presses the button that has the focus: Enter on "Add a photo" must not close the station."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QPushButton | QToolButton) and panel.isAncestorOf(focus):
        QAbstractButton.click(focus)
        return True
    return False


_ON_THE_KEY = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def key_text(shortcut: str) -> str:
    """A shortcut as it stands on the keyboard: ``Enter`` for Return, ``Esc``, ``Ctrl+P``, ``Alt+←``."""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(_ON_THE_KEY.get(part, part) for part in text.split("+"))


def plain_tip(text: str) -> str:
    """A text for a tooltip, in which markup stays text."""
    return "<span>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</span>" if text else ""
