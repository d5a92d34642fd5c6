"""The photos of a ticket, small in a row; one that is pressed is shown large below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.widgets.naming import discard, named, push_button
from deskapp.services.attachments import load

SMALL = QSize(64, 64)
LARGE = 420
"""Pixels of the longer side of a photo that is looked at."""


class PhotoRow(QWidget):
    """Evidence that came with the ticket (C3)."""

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.ticket.photos", say("complaints.panel.photos.title"))
        self._controller = controller
        self._shown: tuple[str, ...] = ()
        self.large = named(QLabel(), "complaints.ticket.photo", say("complaints.panel.photos.title"))
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        column.addWidget(self.large)
        self.large.hide()
        self.hide()

    def show_photos(self, photos: Sequence[str]) -> None:
        """Reads photos by their hash and shows them; the same ones are not read again."""
        if tuple(photos) == self._shown:
            return
        self._shown = tuple(photos)
        self.large.hide()
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        self.setVisible(bool(photos))
        desk, wanted = self._controller.desk, self._shown
        if wanted:
            self._controller.read(
                "photos", lambda: (wanted, [load(desk, photo) for photo in wanted]), self._found
            )

    def _found(self, answer: tuple[tuple[str, ...], list[bytes]]) -> None:
        wanted, bodies = answer
        if wanted != self._shown:
            return
        for number, body in enumerate(bodies, 1):
            pixmap = QPixmap()
            if pixmap.loadFromData(body):
                self._row.insertWidget(number - 1, self._button(number, pixmap))

    def _button(self, number: int, pixmap: QPixmap) -> QPushButton:
        words = say("complaints.panel.photos.number", number=number)
        button = push_button(f"complaints.ticket.photos.{number}", words)
        button.setIcon(QIcon(pixmap))
        button.setIconSize(SMALL)
        button.setCheckable(True)
        button.clicked.connect(lambda on: self._look(button, pixmap if on else None))
        button.show()
        return button

    def _look(self, pressed: QPushButton, pixmap: QPixmap | None) -> None:
        for button in self.findChildren(QPushButton):
            button.setChecked(button is pressed and pixmap is not None)
        self.large.setVisible(pixmap is not None)
        if pixmap is not None:
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.large.setPixmap(pixmap.scaled(LARGE, LARGE, keep, smooth))
