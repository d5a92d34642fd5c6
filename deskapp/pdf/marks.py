"""Where people sign and stamp."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.domain.documents import Signature
from deskapp.pdf.album import Album
from deskapp.pdf.flow import Strip
from deskapp.pdf.form import MM, Space
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.template import as_day
from deskapp.pdf.wrap import wrapped

EMPTY_DATE = "年     月     日"
SEAL = "（盖章处）"
_EDGE = 4.0


def signature_strip(
    spaces: Sequence[tuple[Space, Signature | None]],
    album: Album,
    *,
    left: float,
    width: float,
    height: float,
    size: float,
) -> Strip:
    """Spaces side by side, each with its label, what was signed on the screen, and the day.

    A space that nobody signed on the screen stays free for a pen, its day too.
    """
    each = width / len(spaces)
    labels = [wrapped(_label(space, signed), each - 2 * _EDGE, size) for space, signed in spaces]
    height = max(height, (max(map(len, labels)) + 2) * size * 1.36 + 10 * MM)

    def draw(sheet: Sheet, top: float) -> None:
        for n, (space, signed) in enumerate(spaces):
            x = left + n * each
            sheet.box(x, top, each, height, stroke=0.5)
            sheet.lines(x + _EDGE, top + 3, labels[n], size, size * 1.36, each - 2 * _EDGE)
            above = 3 + len(labels[n]) * size * 1.36
            below = size * 1.8
            if signed and signed.picture:
                draw_stroke(
                    sheet,
                    album,
                    signed.picture,
                    (x + _EDGE, top + above, each - 2 * _EDGE, height - above - below),
                )
            if space.seal:
                sheet.text(x + each - _EDGE, top + height - below - 5, SEAL, size - 1, align="right")
            day = as_day(signed.signed_at) if signed and signed.signed_at else EMPTY_DATE
            sheet.text(x + each - _EDGE, top + height - size * 0.6, day, size, align="right")

    return Strip(height, draw)


def _label(space: Space, signed: Signature | None) -> str:
    return f"{space.label}：{signed.name}" if signed and signed.name else f"{space.label}："


def draw_stroke(sheet: Sheet, album: Album, sha256: str, room: tuple[float, float, float, float]) -> None:
    """The signature as large as its space allows; a line of text if it cannot be shown."""
    x, y, width, height = room
    picture = album.stroke(sha256)
    if picture is None:
        sheet.text(x, y + height / 2, "签名图像无法显示", 8)
        return
    scale = min(width / picture.width, height / picture.height, 0.5)
    w, h = picture.width * scale, picture.height * scale
    sheet.picture(picture.name, x + (width - w) / 2, y + (height - h) / 2, w, h)
