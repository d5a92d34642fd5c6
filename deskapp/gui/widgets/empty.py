"""What stands where there is nothing yet: a sentence and its next step (design: look and feel)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from deskapp.gui import theme
from deskapp.gui.widgets.naming import named, push_button, text_label

BIG = 40
NARROWEST, WIDEST = 160, 440


class EmptyState(QWidget):
    """Icon, sentence, button.

    Signals:
        wanted: the next step was asked for.
    """

    wanted = Signal()

    def __init__(
        self,
        object_name: str,
        sentence: str,
        *,
        icon: str = "fa6s.inbox",
        next_step: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, object_name, sentence)
        self._icon_name = icon
        self._icon = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._icon.setMinimumHeight(BIG)
        self.sentence = named(
            text_label(sentence, wrap=True, role="muted", parent=self), f"{object_name}.text", sentence
        )
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = push_button(f"{object_name}.next", next_step, parent=self)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setSpacing(theme.tokens().unit)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.button.setVisible(bool(next_step))  # once it has a parent: before, it would be a window
        self._fit_sentence()

    def set_sentence(self, sentence: str) -> None:
        """Says something else."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.setAccessibleName(sentence)
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        """As wide as it may be and as high as its lines: a layout gives a centred label a guess."""
        width = min(WIDEST, max(NARROWEST, self.width() - 4 * theme.tokens().unit))
        self.sentence.setFixedSize(width, self.sentence.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The narrowest, not what the sentence was last fitted to: a window can become smaller again."""
        room = 2 * self.sentence.fontMetrics().lineSpacing() + BIG + 4 * theme.tokens().unit
        return QSize(max(NARROWEST, self.button.sizeHint().width()) + 4 * theme.tokens().unit, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sentence()

    def _draw_icon(self) -> None:
        icon = theme.icon(self._icon_name, "muted")
        self._icon.setPixmap(icon.pixmap(QSize(BIG, BIG), self.devicePixelRatioF()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and self.isVisible():
            self._draw_icon()  # only then: while a window is put together its look changes many times
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_sentence()
        super().changeEvent(event)
