"""Photos to go with a record: chosen, dropped or pasted (M10, A8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import discard, named, push_button, text_label
from deskapp.gui.widgets.picture_reading import NotAPicture, jpeg, made_small
from deskapp.gui.widgets.picture_sources import (
    PasteHere,
    Source,
    ask_for_pictures,
    held_by,
    may_hold,
    of_files,
)

THUMBNAIL = QSize(96, 72)
MOST = 12


@dataclass(eq=False, slots=True)
class _Shot:
    """One photo; without data while it is still being read."""

    name: str
    tile: Tile
    done: Event = field(default_factory=Event)
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    shot: _Shot
    data: bytes = b""
    thumbnail: QImage | None = None
    fault: str = ""


class _Arrival(QObject):
    """Tells of a picture that was read; lives as long as the reading, however soon its strip is gone."""

    arrived = Signal()


class Tile(QFrame):
    """A thumbnail with its button to take it away.

    Signals:
        removed: by the button, or by Delete while it has the focus.
    """

    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = QLabel(say("widgets.photos.reading"), alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(THUMBNAIL)
        self.remove = push_button("", say("widgets.photos.remove"), role="quiet")
        self.remove.clicked.connect(self.removed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picture)
        column.addWidget(self.remove)

    def number(self, object_name: str, number: int) -> None:
        """Names it by its place, counted from 1."""
        named(self, f"{object_name}.{number}", say("widgets.photos.number", number=number))
        self.picture.setAccessibleName(self.accessibleName())
        words = say("widgets.photos.remove_number", number=number)
        named(self.remove, f"{object_name}.{number}.remove", words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class PhotoStrip(QWidget):
    """Thumbnails and a button to add one; files are read in the background.

    Args:
        most: how many can be kept.
        choose: answers the files chosen; a test or the tour puts its own here.

    Signals:
        changed: a photo came or went.
        refused: a sentence: why a file cannot be taken; it is also said below the photos.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        object_name: str = "",
        parent: QWidget | None = None,
        *,
        most: int = MOST,
        choose: Callable[[QWidget], Iterable[Path]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._most, self._choose_files = most, choose or ask_for_pictures
        self._shots: list[_Shot] = []
        self._read: SimpleQueue[_Read] = SimpleQueue()
        self._arrival = _Arrival()
        self._arrival.arrived.connect(self._collect, Qt.ConnectionType.QueuedConnection)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add = push_button("", say("widgets.photos.add"), icon="fa6s.camera")
        self.add.clicked.connect(lambda: self.take_files(self._choose_files(self)))
        self._hint = text_label(say("widgets.photos.hint"), role="muted")
        self._hint.setMinimumHeight(theme.tokens().row)
        self._fault = text_label(wrap=True, role="danger")
        self._fault.hide()
        row = QWidget()
        self._flow = FlowLayout(row, gap=theme.tokens().unit)
        self._flow.addWidget(self.add)
        self._flow.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        column.addWidget(self._fault)
        self.setFocusProxy(self.add)
        named(self, object_name, say("widgets.photos"))

    def setObjectName(self, name: str | Any) -> None:
        """The parts are named after the whole: ``….add``, ``….1``, ``….1.remove``, ``….refused``."""
        super().setObjectName(name)
        self.add.setObjectName(f"{name}.add")
        self._fault.setObjectName(f"{name}.refused")
        self._number()

    def photos(self) -> tuple[bytes, ...]:
        """The photos as JPEG, in the order they came; one still being read is waited for, not lost."""
        for shot in self._shots:
            shot.done.wait()
        self._collect()
        return tuple(shot.data for shot in self._shots if shot.data is not None)

    def value(self) -> tuple[bytes, ...]:
        """The same as `photos`."""
        return self.photos()

    def set_value(self, photos: Iterable[bytes]) -> None:
        """Shows photos kept before."""
        self.clear()
        for data in photos:
            self._take(Source("", partial(_from_bytes, data)), data)

    def clear(self) -> None:
        """Takes every photo away."""
        self._fault.hide()
        for shot in list(self._shots):
            self._remove(shot)

    def take_files(self, files: Iterable[Path]) -> None:
        """Adds files; one that cannot be taken is said, the others are taken."""
        self._fault.hide()
        for source in of_files(files):
            self._take(source)

    def _take(self, source: Source, kept: bytes = b"") -> None:
        if len(self._shots) >= self._most:
            self._refuse(say("widgets.photos.enough", most=self._most))
            return
        shot = _Shot(source.name, Tile(self))
        shot.tile.removed.connect(lambda: self._remove(shot))
        self._flow.addWidget(shot.tile)
        shot.tile.show()
        self._shots.append(shot)
        self._number()
        into, arrival = self._read, self._arrival
        QThreadPool.globalInstance().start(lambda: _work(shot, source.read, kept, into, arrival))

    def _collect(self) -> None:
        came = False
        while not self._read.empty():
            read = self._read.get()
            if read.shot not in self._shots:
                continue
            came = True
            if read.thumbnail is None:
                self._remove(read.shot)
                self._refuse(say(read.fault, name=read.shot.name))
                continue
            read.shot.data = read.data
            pixmap = QPixmap.fromImage(read.thumbnail)
            pixmap.setDevicePixelRatio(max(pixmap.width() / THUMBNAIL.width(), 1.0))
            read.shot.tile.picture.setPixmap(_fitting(pixmap))
        if came:
            self.changed.emit()

    def _remove(self, shot: _Shot) -> None:
        if shot not in self._shots:
            return
        at = self._shots.index(shot)
        had_focus = shot.tile.isAncestorOf(QApplication.focusWidget() or self)
        self._shots.remove(shot)
        self._flow.removeWidget(shot.tile)
        discard(shot.tile)
        self._number()
        if had_focus:
            left = self._shots[min(at, len(self._shots) - 1)].tile.remove if self._shots else self.add
            left.setFocus()
        if shot.data is not None:
            self.changed.emit()

    def _number(self) -> None:
        for number, shot in enumerate(self._shots, 1):
            shot.tile.number(self.objectName(), number)
        self._hint.setVisible(not self._shots)

    def _refuse(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setAccessibleName(sentence)
        self._fault.show()
        self.refused.emit(sentence)

    def problem(self) -> str:
        """Nothing: what cannot be taken is not in it."""
        return ""

    def is_blank(self) -> bool:
        """Whether there is no photo."""
        return not self._shots

    def draft(self) -> Any:
        """The photos that were read, as they will be taken; a draft keeps each in a file of its own, once."""
        return [shot.data for shot in self._shots if shot.data is not None] or None

    def restore(self, kept: Any) -> None:
        """Shows the photos of a draft; one that could no longer be read is left out."""
        if isinstance(kept, list):
            self.set_value(data for data in kept if isinstance(data, bytes))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_mime(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_mime(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def take_mime(self, held: QMimeData) -> None:
        """Adds what was dropped or pasted: files, else a picture."""
        self._fault.hide()
        sources = held_by(held)
        for source in sources:
            self._take(source)
        if not sources:
            self._refuse(say("widgets.photos.nothing_there"))

    def take_pastes_of(self, area: QWidget) -> None:
        """Ctrl+V in any field of a form that has photos is for them, where it is no text."""
        PasteHere(area, self.take_mime)


def _work(
    shot: _Shot, read: Callable[[], QImage], kept: bytes, into: SimpleQueue[_Read], arrival: _Arrival
) -> None:
    """On another thread: touches no widget. What was made small before is not made worse again."""
    try:
        small = made_small(read())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        into.put(_Read(shot, kept or jpeg(small), small.scaled(THUMBNAIL * 2, keep, smooth)))
    except NotAPicture as reason:
        into.put(_Read(shot, fault=str(reason)))
    finally:
        shot.done.set()
    arrival.arrived.emit()


def _from_bytes(data: bytes) -> QImage:
    image = QImage.fromData(data)
    if image.isNull():
        raise NotAPicture("widgets.photos.no_picture")
    return image


def _fitting(pixmap: QPixmap) -> QPixmap:
    """Keeps a tall picture inside the tile as well."""
    tall = pixmap.height() / THUMBNAIL.height()
    pixmap.setDevicePixelRatio(max(pixmap.devicePixelRatio(), tall))
    return pixmap
