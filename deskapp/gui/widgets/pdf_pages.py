"""The pages of a PDF as pictures.

Pages are drawn by pypdfium2, the engine that QtPdf has inside: QtPdf comes apart from the whole PySide6 only
with a version that cannot be used on Python 3.11 (see pyproject.toml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


class PdfPages:
    """The pages of one document, drawn when they are asked for. To be used on one thread."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument  # with the first paper that is looked at, not with the window

        self._document: PdfDocument = PdfDocument(data)
        self._sizes: dict[int, QSizeF] = {}

    def __len__(self) -> int:
        return len(self._document)

    def points(self, number: int) -> QSizeF:
        """Width and height of a page in points of 1/72 inch."""
        if number not in self._sizes:
            self._sizes[number] = QSizeF(*self._document.get_page_size(number))
        return self._sizes[number]

    def picture(self, number: int, dots: float) -> QImage:
        """A page at so many dots a point."""
        page = self._document[number]
        try:
            bitmap = page.render(scale=dots, rev_byteorder=True, prefer_bgrx=True)
            form = QImage.Format.Format_RGBX8888
            drawn = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
            return drawn.copy()  # the bitmap's memory ends with it
        finally:
            page.close()

    def close(self) -> None:
        """Gives the document's memory back."""
        self._document.close()
