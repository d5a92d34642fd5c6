"""Pictures made fit to be kept: small, upright, freed of what the camera wrote into them (A8)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter

LONGEST = 1600
"""Pixels of the long side that are kept: a crack is seen, a database is not filled."""
QUALITY = 85
LARGEST_FILE = 40 * 1024 * 1024
LARGEST_PICTURE = 120_000_000
"""Bytes and pixels that are read at all; a small file can unfold into a picture that fills the memory."""
FORMATS = frozenset({b"jpeg", b"png", b"webp", b"bmp", b"gif", b"tiff"})
"""Pictures made of pixels; what can hold scripts or pages (svg, pdf) is none."""


class NotAPicture(ValueError):
    """A file cannot be taken; its argument is the key of the sentence."""


def read_picture(file: Path) -> QImage:
    """The picture in a file, upright as its camera was held, at most twice as large as is kept.

    Raises:
        NotAPicture: it is no picture, too large, or cannot be read.
    """
    try:
        size = file.stat().st_size
    except OSError as error:
        raise NotAPicture("widgets.photos.unreadable") from error
    if size > LARGEST_FILE:
        raise NotAPicture("widgets.photos.too_large")
    reader = QImageReader(str(file))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead() or bytes(reader.format().data()) not in FORMATS:
        raise NotAPicture("widgets.photos.no_picture")
    whole = reader.size()
    if whole.width() * whole.height() > LARGEST_PICTURE:
        raise NotAPicture("widgets.photos.too_large")
    if max(whole.width(), whole.height()) > 2 * LONGEST and bytes(reader.format().data()) == b"jpeg":
        reader.setScaledSize(whole.scaled(_square(2 * LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise NotAPicture("widgets.photos.no_picture")
    return picture


def made_small(picture: QImage) -> QImage:
    """The picture on white, at most `LONGEST` pixels a side, with nothing of the camera's words in it."""
    size = picture.size()
    if max(size.width(), size.height()) > LONGEST:
        size = size.scaled(_square(LONGEST), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    if picture.colorSpace().isValid() and picture.colorSpace() != QColorSpace(
        QColorSpace.NamedColorSpace.SRgb
    ):
        picture = picture.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    picture.setDevicePixelRatio(1)
    clean = QImage(size, QImage.Format.Format_RGB32)
    clean.fill(Qt.GlobalColor.white)
    painter = QPainter(clean)
    painter.drawImage(0, 0, picture)
    painter.end()
    return clean


def shown_at(data: bytes, side: int) -> QImage:
    """A picture that is kept, at most so many pixels a side; null for one that cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if max(whole.width(), whole.height()) > side:
        reader.setScaledSize(whole.scaled(_square(side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def jpeg(picture: QImage) -> bytes:
    """A picture as the bytes of a JPEG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    writer.write(picture)
    return bytes(buffer.data().data())


def _square(side: int) -> QSize:
    return QSize(side, side)
