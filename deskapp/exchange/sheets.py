"""Opens files of sheets: workbooks by calamine, text by the csv module; says what a wrong file is."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from deskapp.base.errors import Refused
from deskapp.domain.roster import MOST_ROWS, Sheet

MOST_BYTES = 30_000_000
"""Size of a file; a roster of 10,000 households has about one million."""
_MOST_UNPACKED = 400_000_000
_MOST_CELLS = 4_000_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_OTHER_KINDS = (*_PICTURES, b"%PDF", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format 3")
_BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
_DELIMITERS = ",\t;|"


@dataclass(slots=True)
class SheetFile:
    """An open file of sheets.

    Attributes:
        visible: names of the sheets a person sees, in order.
        hidden: names of those hidden, which are left alone (A6).
    """

    filename: str
    visible: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    _book: CalamineWorkbook | None = None
    _read: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """The cells of a sheet.

        Raises:
            Refused: ``roster.damaged`` if it cannot be read.
        """
        if name not in self._read:
            assert self._book is not None
            try:
                with _panic_is_damage():
                    found = self._book.get_sheet_by_name(name)
                    rows = found.to_python(skip_empty_area=False)
                    merged = found.merged_cell_ranges or ()
            except CalamineError as error:
                raise Refused("roster.damaged", file=self.filename) from error
            self._read[name] = Sheet(name, rows, merged)
        return self._read[name]


@contextmanager
def open_sheets(data: bytes, filename: str) -> Iterator[SheetFile]:
    """Opens a workbook or a text of rows.

    Raises:
        Refused: ``roster.empty``, ``roster.too_large``, ``roster.not_a_sheet`` (a picture, a letter),
            ``roster.damaged`` (cut off, unreadable), ``roster.password``.
    """
    if not data.strip():
        raise Refused("roster.empty")
    if len(data) > MOST_BYTES:
        raise Refused("roster.too_large", most=MOST_BYTES // 1_000_000)
    if data.startswith(_ZIP):
        _check_package(data, filename)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Refused("roster.password", file=filename)
    elif data.startswith(_OTHER_KINDS) or _is_markup(data):
        raise Refused("roster.not_a_sheet", file=filename)
    else:
        yield SheetFile(filename, ("",), _read={"": Sheet("", _text_rows(data, filename))})
        return
    with _workbook(data, filename) as book:
        sheets = [meta for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
        shown = tuple(meta.name for meta in sheets if meta.visible is SheetVisibleEnum.Visible)
        yield SheetFile(filename, shown, tuple(meta.name for meta in sheets if meta.name not in shown), book)


@contextmanager
def _workbook(data: bytes, filename: str) -> Iterator[CalamineWorkbook]:
    try:
        with _panic_is_damage():
            book = load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise Refused("roster.password", file=filename) from error
    except (CalamineError, ValueError) as error:
        whole = data.startswith(_ZIP) or _is_cut_off_or_book(data)
        raise Refused("roster.damaged" if whole else "roster.not_a_sheet", file=filename) from error
    try:
        yield book
    finally:
        book.close()


@contextmanager
def _panic_is_damage() -> Iterator[None]:
    """A few spoilt workbooks make the reader panic, which Python sees as an exception beside `Exception`."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise CalamineError(str(error)) from error
        raise


def _is_cut_off_or_book(container: bytes) -> bool:
    """Whether an old container that cannot be read is one of a workbook; old letters are such containers too.

    Its header gives the sector of the directory, which stands near the end and is lost when a file is cut.
    """
    directory = (int.from_bytes(container[48:52], "little") + 1) * 512
    names = (name.encode("utf-16-le") for name in ("Workbook", "Book"))
    return directory >= len(container) or any(name in container for name in names)


def _check_package(data: bytes, filename: str) -> None:
    """Refuses a cut off or falsified archive, one of another kind, and one that unpacks without bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise Refused("roster.too_large", most=MOST_BYTES // 1_000_000)
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise Refused("roster.not_a_sheet", file=filename)
            for entry in entries:
                content = package.read(entry)  # to the end, so that a changed byte shows
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                    _check_extent(content)
    except _BROKEN_PACKAGE as error:
        raise Refused("roster.damaged", file=filename) from error
    except RuntimeError as error:  # zipfile's word for an entry behind a password
        raise Refused("roster.password", file=filename) from error


def _check_extent(sheet: bytes) -> None:
    """Refuses a sheet whose filled cells span more than the machine can hold as a table.

    A space typed into the last cell of a sheet spans seventeen thousand million; the stated dimension also
    counts cells that only have a colour, so it decides only when it is small.
    """
    stated = re.search(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"', sheet[:4000])
    if stated and _cells(stated[1], int(stated[2])) <= _MOST_CELLS:
        return
    filled = re.findall(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>', sheet)
    columns = max((column for column, _ in filled), key=lambda name: (len(name), name), default=b"A")
    if _cells(columns, max((int(row) for _, row in filled), default=1)) > _MOST_CELLS:
        raise Refused("roster.too_many_rows", most=MOST_ROWS)


def _cells(column: bytes, row: int) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number * row


def _is_markup(data: bytes) -> bool:
    """A web page or XML: some systems export these under the name of a workbook."""
    head = data[:200].lstrip(codecs.BOM_UTF8).lstrip().lower()
    return head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table"))


def _text_rows(data: bytes, filename: str) -> list[list[str]]:
    text = _decoded(data, filename)
    delimiter = max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in text.splitlines()[:10]))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Refused("roster.damaged", file=filename) from error


def _decoded(data: bytes, filename: str) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Refused("roster.damaged", file=filename) from error
    if b"\x00" in data:
        raise Refused("roster.not_a_sheet", file=filename)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - 3 and any(byte > 127 for byte in data[: error.start])
        if cut_off:
            raise Refused("roster.damaged", file=filename) from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - 3
        raise Refused("roster.damaged" if cut_off else "roster.not_a_sheet", file=filename) from error
