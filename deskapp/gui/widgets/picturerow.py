"""Photos on record, small in a row; one that is pressed is shown large below them, until pressed again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.controller import Controller
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import clear, named, push_button
from deskapp.gui.widgets.picture_reading import shown_at
from deskapp.services.attachments import load
from deskapp.services.desk import Desk

SMALL = QSize(64, 48)
LARGE = 480


class PictureRow(QWidget):
    """Photos by their hash; they are read in the background, and nothing is there while there are none.

    Args:
        seen: small pictures read before, by their hash, for rows that are laid out anew often.
        large: pixels of the longer side of a photo that is looked at.

    Signals:
        looked: a photo was opened or put away.
    """

    looked = Signal()

    def __init__(
        self,
        object_name: str,
        controller: Controller,
        seen: dict[str, QImage] | None = None,
        large: int = LARGE,
    ) -> None:
        super().__init__()
        named(self, object_name, say("widgets.photos"))
        self._controller, self._seen = controller, {} if seen is None else seen
        self._side = large
        self._shown: tuple[str, ...] = ()
        self._open = ""
        self.large = named(QLabel(), f"{object_name}.large")
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap=theme.tokens().unit // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().unit // 2)
        column.addWidget(self._row)
        column.addWidget(self.large)
        self.large.hide()
        self.hide()

    def show_photos(self, photos: Sequence[str]) -> None:
        """Shows the photos of these hashes; the same ones are not read again."""
        if tuple(photos) == self._shown:
            return
        self._shown = tuple(photos)
        self._put_away()
        clear(self._flow)
        self.setVisible(bool(photos))
        wanted = tuple(photo for photo in self._shown if photo not in self._seen)
        if wanted:
            desk, side = self._controller.desk, 2 * SMALL.width()
            name = f"{self.objectName()}.small"
            self._controller.read(
                name, lambda: {each: _read(desk, each, side) for each in wanted}, self._found, owner=self
            )
        else:
            self._fill()

    def _found(self, small: dict[str, QImage]) -> None:
        self._seen.update(small)
        if all(photo in self._seen for photo in self._shown):
            self._fill()

    def _fill(self) -> None:
        for number, photo in enumerate(self._shown, 1):
            self._flow.addWidget(self._button(number, photo))

    def _button(self, number: int, photo: str) -> QPushButton:
        image = self._seen[photo]
        button = push_button(f"{self.objectName()}.{number}", "")
        button.setAccessibleName(say("widgets.photos.number", number=number))
        if image.isNull():
            button.setText(say("widgets.photos.lost"))
            button.setEnabled(False)
        else:
            button.setIcon(QIcon(QPixmap.fromImage(image)))
            button.setIconSize(SMALL)
            button.setToolTip(say("widgets.photos.look"))
            button.setCheckable(True)
            button.clicked.connect(lambda on: self._look(photo) if on else self._put_away())
        button.show()
        return button

    def _buttons(self) -> list[QPushButton]:
        return [button for button in self._row.findChildren(QPushButton) if button.objectName()]

    def _look(self, photo: str) -> None:
        self._open = photo
        for at, button in enumerate(self._buttons()):
            button.setChecked(self._shown[at] == photo)
        desk, side = self._controller.desk, round(self._side * self.devicePixelRatioF())
        name = f"{self.objectName()}.large"
        self._controller.read(
            name, lambda: _read(desk, photo, side), lambda image: self._show_large(photo, image), owner=self
        )

    def _show_large(self, photo: str, image: QImage) -> None:
        if photo != self._open or image.isNull():
            return
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.large.setPixmap(QPixmap.fromImage(image))
        self.large.setAccessibleName(say("widgets.photos.number", number=self._shown.index(photo) + 1))
        self.large.show()
        self.looked.emit()

    def _put_away(self) -> None:
        self._open = ""
        for button in self._buttons():
            button.setChecked(False)
        if not self.large.isHidden():
            self.large.hide()
            self.looked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the large photo away first."""
        if event.key() == Qt.Key.Key_Escape and self._open:
            event.accept()
            self._put_away()
            return
        super().keyPressEvent(event)


def _read(desk: Desk, photo: str, side: int) -> QImage:
    """On another thread; null for a photo that is gone or not what was kept."""
    try:
        return shown_at(load(desk, photo), side)
    except WorldError:
        return QImage()
