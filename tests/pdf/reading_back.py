"""Reading a PDF back, with a reader that is not the writer."""

from __future__ import annotations

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without line breaks and blanks, which a reader places as it likes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return "".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """A text as `pages_of` gives it."""
    return "".join(text.split())


def picture_of(pdf: bytes, page: int = 0, scale: float = 1.0) -> tuple[int, int, bytes]:
    """A page drawn in grey: width, height, one byte a pixel."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=scale).to_pil().convert("L")
        return image.width, image.height, image.tobytes()
    finally:
        document.close()
