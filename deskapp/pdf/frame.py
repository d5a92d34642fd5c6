"""What every page has around its body: heading, foot, and the marks of drill, reprint and void."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.domain.documents import Copy, Issue
from deskapp.pdf.album import Album
from deskapp.pdf.form import MM, Banner, Form, Part
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.template import as_moment
from deskapp.pdf.typeface import width_of
from deskapp.pdf.wrap import wrapped

WORDS = "编号出具时间经办人第页共校验()/: 0123456789abcdef-年月日"
"""The frame's own characters, for the fonts (see `subset`)."""

DRILL, VOID = "演练", "作废"
_SMALL = 7.5
_HOUSE_SIZES = (11.0, 8.0)
_FOOT = 4.6 * MM


@dataclass(frozen=True, slots=True)
class Frame:
    """Heading and foot of one document's pages.

    Attributes:
        check: the first twelve digits of the record's digest.
    """

    form: Form
    issue: Issue
    copy: Copy
    album: Album
    check: str

    @property
    def qr_text(self) -> str:
        """What the QR says: the number (the form's code where there is none) and the check digits."""
        return f"{self.issue.number or self.issue.form} {self.check}"

    @property
    def left(self) -> float:
        return self.form.margins[3]

    @property
    def width(self) -> float:
        return self.form.width - self.form.margins[1] - self.form.margins[3]

    @property
    def bottom(self) -> float:
        """Where the body ends."""
        return self.form.height - self.form.margins[2] - _FOOT - (_SMALL * 1.6 if self.form.note else 0)

    def first(self, sheet: Sheet, part: Part) -> float:
        """The whole heading but for the tags; returns where the body begins."""
        self._across(sheet)
        top, side = self.form.margins[0], 17 * MM
        below = top + side
        if not any(isinstance(block, Banner) for block in self.form.blocks):
            sheet.qr(self.left + self.width - side, top, side, self.qr_text)
        size = 17.0 if self.form.width > 150 * MM else 14.0
        middle = self.left + self.width / 2
        wide = min(width_of(self.form.title, bold=True) * size / 1000, self.width * 0.5)
        sheet.text(middle, top + size * 1.25, self.form.title, size, bold=True, align="center")
        sheet.text(middle, top + size * 2.1, self.form.subtitle, 9.5, align="center")
        room = (self.width - wide) / 2 - 4 * MM
        below = max(below, self._house(sheet, top, room))
        sheet.tags_at = below + 1.2 * MM
        return self._line(sheet, sheet.tags_at, part)

    def _across(self, sheet: Sheet) -> None:
        """What must not be overlooked: a drill, a void."""
        marks = [DRILL] if self.issue.drill else []
        marks += [VOID] if self.copy.voided_because is not None else []
        size = min(self.form.width, self.form.height) * 0.36 / max(1, len(marks))
        for n, mark in enumerate(marks, 1):
            sheet.across(mark, size, n / (len(marks) + 1))

    def _house(self, sheet: Sheet, top: float, room: float) -> float:
        """Logo, estate and company at the left; returns where they end."""
        x, y = self.left, top
        logo = self.album.photo(self.issue.logo) if self.issue.logo else None
        if logo is not None:
            high = min(9 * MM, room * 0.5 * logo.height / logo.width)
            sheet.picture(logo.name, x, y, high * logo.width / logo.height, high)
            y += high + 2
        for text, size in zip((self.issue.estate, self.issue.company), _HOUSE_SIZES, strict=True):
            lines = wrapped(text, room, size)
            sheet.lines(x, y, lines, size, size * 1.3, room)
            y += len(lines) * size * 1.3
        return y

    def _line(self, sheet: Sheet, top: float, part: Part) -> float:
        """Number, time of issue and issuer over a rule; returns where the body begins."""
        right = self._tags(part)[-1][0]
        lead = 9 * 1.4
        number = f"编号 {self.issue.number}" if self.issue.number else ""
        sheet.text(self.left, top + 9, number, 10.5)
        taken = width_of(number) * 10.5 / 1000 + (6 * MM if number else 0)
        said = f"出具时间 {as_moment(self.issue.issued_at)}   经办人 {self.issue.issuer}"
        lines = wrapped(said, right - self.left - taken - 2 * MM, 9)
        sheet.lines(self.left + taken, top, lines, 9, lead, 0)
        y = top + max(len(lines) * lead, 13) + 2
        if self.copy.voided_because is not None:
            lines = wrapped(f"作废原因：{self.copy.voided_because}", self.width - 8, 9)
            sheet.box(self.left, y, self.width, len(lines) * lead + 4, stroke=1)
            sheet.lines(self.left + 4, y + 2, lines, 9, lead, self.width)
            y += len(lines) * lead + 6
        sheet.rule(self.left, y, self.width, 1)
        return y + 4

    def _tags(self, part: Part) -> list[tuple[float, float, str]]:
        """The part's name and the mark of a reprint, from the right: left end, width, text."""
        x, found = self.left + self.width, []
        for text in (part.name, f"补打 ({self.copy.reprint})" if self.copy.reprint else ""):
            if text:
                wide = width_of(text) * 9 / 1000 + 8
                found.append((x - wide, wide, text))
                x -= wide + 4
        return found

    def later(self, sheet: Sheet) -> float:
        """The short heading of the pages after the first, but for the tags."""
        self._across(sheet)
        top = sheet.tags_at = self.form.margins[0]
        named = f"{self.form.title}   {self.issue.number}   {self.issue.estate}"
        sheet.text(self.left, top + 9, _cut(named, self.width * 0.7, 9), 9)
        sheet.rule(self.left, top + 15, self.width, 1)
        return top + 19

    def part_and_page(self, sheet: Sheet, part: Part, page: int, pages: int) -> None:
        """What differs from part to part and from page to page: tags and foot line."""
        for x, wide, text in self._tags(part):
            sheet.box(x, sheet.tags_at - 1, wide, 13, stroke=0.8)
            sheet.text(x + 4, sheet.tags_at + 8.8, text, 9)
        y = self.form.height - self.form.margins[2]
        sheet.rule(self.left, y - _FOOT + 2.5, self.width, 0.5)
        sheet.text(self.left, y - _FOOT - 1, self.form.note, _SMALL + 0.5)
        sheet.text(self.left, y - 1, _cut(self.issue.contact, self.width * 0.38, _SMALL), _SMALL)
        sheet.text(self.left + self.width / 2, y - 1, f"第 {page} 页 / 共 {pages} 页", _SMALL, align="center")
        last = f"{self.issue.number} 校验 {self.check} {part.name}".strip()
        sheet.text(self.left + self.width, y - 1, last, _SMALL, align="right")


def _cut(text: str, width: float, size: float) -> str:
    """As much of a text as one line holds, with … where it goes on."""
    lines = wrapped(text, width, size)
    return lines[0] if len(lines) == 1 else f"{lines[0]}…"
