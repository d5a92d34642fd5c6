"""What people copy before they press Ctrl+V: a screenshot, a file, words, nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget


def picture(width: int = 90, height: int = 60) -> QImage:
    """A photo, blue all over."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    return image


def saved(path: Path) -> Path:
    """Another in a file."""
    assert picture(120, 80).save(str(path))
    return path


def copy_picture() -> None:
    """A screenshot, or what a telephone sent over."""
    QApplication.clipboard().setImage(picture())


def copy_file(path: Path) -> None:
    """A file of the explorer; its path stands beside it as text, as explorers do."""
    QApplication.clipboard().setMimeData(_files(path))


def copy_words(text: str) -> None:
    """Words."""
    QApplication.clipboard().setText(text)


def drop(widget: QWidget, path: Path) -> bool:
    """Drops a file on a widget; False where it does not take it."""
    held, middle = _files(path), widget.rect().center()
    actions, mouse, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(middle, actions, held, mouse, none)
    entering.ignore()
    QApplication.sendEvent(widget, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), actions, held, mouse, none))
    return True


def _files(path: Path) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    held.setText(str(path))
    return held
