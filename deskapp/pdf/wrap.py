"""Breaking text into lines: Chinese between any two characters but for punctuation, Latin between words."""

from __future__ import annotations

import re
from functools import lru_cache

from deskapp.pdf.typeface import character_widths, width_of

NOT_FIRST = frozenset("。，、；：？！）〕】》〉」』”’…—·％%‰℃㎡²³,.;:?!)]}>°ー々～")
"""What may not begin a line (避头), after GB/T 15834."""
NOT_LAST = frozenset("（〔【《〈「『“‘([{<¥￥$#№")
"""What may not end a line (避尾)."""

_CARRIED = 24

_PIECES = re.compile(r"[A-Za-z0-9À-ɏЀ-ӿ.@_'’/+:,\-]*[A-Za-z0-9À-ɏЀ-ӿ]|[ \t]+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text of the given size in a column of the given width, both in points.

    A line break in the text is kept; an empty text is one empty line. What is too wide to stand on a line
    of its own (a long word, a number of eighty digits) is broken where the column ends.
    """
    room = width * 1000 / size + 0.5
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\t", " ").splitlines() or [""]:
        if width_of(paragraph, bold) <= room:
            lines.append(paragraph)
        else:
            lines += _lines(paragraph, room, bold)
    return tuple(lines)


def _lines(paragraph: str, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(paragraph, room, bold):
        need = width_of(piece, bold)
        if used + need > room and line:
            if piece.isspace():
                need, piece = 0, ""
            line, carried = _split_before(line, piece)
            lines.append(line.rstrip(" "))
            line, used = carried, width_of(carried, bold)
        line, used = line + piece, used + need
    if line or not lines:
        lines.append(line.rstrip(" "))
    return lines


def _split_before(line: str, piece: str) -> tuple[str, str]:
    """Where to end a line that ``piece`` no longer fits on: the line, and what it hands to the next.

    No word is broken for it, and no more than `_CARRIED` characters go to the next line: a row of
    dots cannot empty the line.
    """
    if not piece:
        return line, ""
    following = piece
    for at in range(len(line), max(0, len(line) - _CARRIED), -1):
        before, after = line[at - 1], following[0]
        if after not in NOT_FIRST and before not in NOT_LAST and not (_in_word(before) and _in_word(after)):
            return line[:at], line[at:]
        following = before
    return line, ""


def _in_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _pieces(paragraph: str, room: float, bold: bool) -> list[str]:
    """Words and single characters, none wider than a line."""
    found: list[str] = []
    widths = character_widths(bold)
    for piece in _PIECES.findall(paragraph):
        if len(piece) == 1 or width_of(piece, bold) <= room:
            found.append(piece)
            continue
        part, used = "", 0
        for char in piece:
            if part and used + widths[char] > room:
                found.append(part)
                part, used = "", 0
            part, used = part + char, used + widths[char]
        found.append(part)
    return found
