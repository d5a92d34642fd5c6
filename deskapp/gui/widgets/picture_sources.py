"""Where pictures come from: files chosen or dropped, a picture or files pasted with Ctrl+V (M10, A8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from deskapp.base.i18n import say
from deskapp.gui.widgets.picture_reading import NotAPicture, jpeg, made_small, read_picture

PATTERN = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff"


@dataclass(frozen=True, slots=True)
class Source:
    """One picture that is not read yet.

    Attributes:
        name: for the sentence that it cannot be taken.
        read: reads it, on any thread; raises `NotAPicture`.
    """

    name: str
    read: Callable[[], QImage]


def of_files(files: Iterable[Path]) -> tuple[Source, ...]:
    """The pictures in files, or what claims to be one."""
    return tuple(Source(file.name, partial(read_picture, file)) for file in files)


def held_by(held: QMimeData) -> tuple[Source, ...]:
    """What was dropped or pasted: files, else a picture as a screenshot is; empty where it is neither."""
    files = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    if files:
        return of_files(files)
    image = QImage(held.imageData()) if held.hasImage() else QImage()
    return () if image.isNull() else (Source(say("widgets.photos.pasted"), lambda: image),)


def kept_of(source: Source) -> bytes | str:
    """A picture as it is kept, small and upright; a sentence where it cannot be taken. On any thread."""
    try:
        return jpeg(made_small(source.read()))
    except NotAPicture as reason:
        return say(str(reason), name=source.name)


def may_hold(held: QMimeData) -> bool:
    """Whether it is worth letting it drop."""
    return held.hasUrls() or held.hasImage()


def ask_for_pictures(parent: QWidget, *, several: bool = True) -> list[Path]:
    """Lets the clerk choose files; none when she thinks better of it."""
    words = f"{say('widgets.photos')} ({PATTERN} {PATTERN.upper()})"
    title = say("widgets.photos.add")
    if several:
        chosen, _filter = QFileDialog.getOpenFileNames(parent, title, "", words)
    else:
        one, _filter = QFileDialog.getOpenFileName(parent, title, "", words)
        chosen = [one] if one else []
    return [Path(file) for file in chosen]


class PasteHere(QObject):
    """Ctrl+V anywhere in an area is for its pictures; text is still pasted into a field of text.

    Args:
        area: with all its fields in it by now.
        take: gets what the clipboard holds, be it a picture or not.
    """

    def __init__(self, area: QWidget, take: Callable[[QMimeData], None]) -> None:
        super().__init__(area)
        self._take = take
        area.installEventFilter(self)
        for each in area.findChildren(QWidget):  # a list of choices would search for the key
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the key from a field of text where the clipboard holds a picture or files."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        held = QApplication.clipboard().mimeData()
        if isinstance(watched, QLineEdit | QPlainTextEdit) and not _is_no_text(held):
            return False
        self._take(held)
        return True


def _is_no_text(held: QMimeData) -> bool:
    files = any(url.isLocalFile() for url in held.urls())  # their names stand beside them as text
    return files or (held.hasImage() and not held.hasText())
