"""What one cell of a roster says (A6): numbers with units, money in words, dates in any usual writing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from deskapp.domain.places import numeral

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
"""A cell as a spreadsheet gives it; "" and None are empty."""

EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number; the rest of a longer one is lost."""

_KEPT_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_AFTER_MARK = re.compile(r"[+0-9A-Z]")
_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1950, 1, 1), date(2099, 12, 31)
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?", re.ASCII)
_IN_WORDS = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
_AREA = re.compile(rf"约?({_NUMBER})(?:m2|m\^2|平方米|平米|平方|平|m²|sqm)?", re.IGNORECASE)
_SETTLED = re.compile(
    r"(?:房款|尾款|余款|全款|全额)?(?:已|全部|均已|都已)*(?:结清|付清|交清|缴清|全款|付全款|交齐|到账)(?:房款|尾款|余款)?"
    r"|(?:房款|尾款)?(?:无欠款|无尾款|无欠|不欠|无|没有)|paid|settled|clear(?:ed)?|none"
)
_OWED = re.compile(
    rf"(?:尚|还|仍)?(?:欠缴|欠付|未付|未交|未缴|剩余|余|欠)?(?:购房款|房款|尾款|余款|款|首付)?(?:尚欠|欠|为|余)?[::]?(?:约为)?"
    rf"(?:人民币|rmb|cny|¥|¥)?(?:({_NUMBER})万)?(?:({_NUMBER})千)?({_NUMBER})?(?:元|圆|块)?(?:整|人民币|未付|未交|未缴|未结)?"
)


def cell_text(cell: Cell) -> str:
    """The text of a cell on one line: whole numbers without ``.0``, no control characters."""
    if not isinstance(cell, str):
        return plain_text(cell)
    if not cell:
        return ""
    if cell.isprintable() and cell[0] not in "='` " and "  " not in cell:
        return cell.rstrip()  # nearly every cell
    text = plain_text(cell)
    spaced = "".join(" " if unicodedata.category(mark) in ("Cc", "Cs") else mark for mark in text)
    return re.sub(r"\s+", " ", spaced).strip()


def plain_text(cell: Cell) -> str:
    """The text of a cell as it stands, without the tricks that keep it text: ``="01"``, ``'01``."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float | Decimal):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    text = str(cell).strip()
    if wrapped := _KEPT_TEXT.fullmatch(text):
        text = wrapped[1]
    return text[1:] if text[:1] in ("'", "`") and _AFTER_MARK.match(text, 1) else text


def rounded_number(cell: Cell) -> bool:
    """Whether a number has more digits than a spreadsheet keeps, so that its end is not to be trusted."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float | Decimal):
        return bool(abs(cell) >= 10**EXACT_DIGITS)
    text = unicodedata.normalize("NFKC", str(cell or "")).strip()
    return _EXPONENT.fullmatch(text) is not None


def read_date(cell: Cell) -> date | None:
    """A day in any usual writing: ``2026-12-04``, ``2026年12月4日``, ``20261204``, 46360, in words.

    Raises:
        ValueError: it is there and no day, or none between 1950 and 2099.
    """
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    text = unicodedata.normalize("NFKC", cell_text(cell))
    if not text or text in "-—/无":
        return None
    if serial := _SERIAL.fullmatch(text):
        return _plausible(_EXCEL_EPOCH + timedelta(days=int(serial[1])))
    text = _IN_WORDS.sub(lambda run: numeral(run[0]), text) if "年" in text else text
    if found := _DATE.fullmatch(text) or _EIGHT.fullmatch(text):
        return _plausible(date(int(found[1]), int(found[2]), int(found[3])))
    raise ValueError(text)


def read_area(cell: Cell) -> Decimal | None:
    """Square metres, with or without a unit: ``118.26㎡``.

    Raises:
        ValueError: it is there and no area.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell_text(cell)))
    if not text or text in "-—/无":
        return None
    found = _AREA.fullmatch(text)
    area = _decimal(found[1]) if found else None
    if area is None or not 0 < area < 100_000:
        raise ValueError(text)
    return area


def read_balance(cell: Cell, unit: Decimal = Decimal(1)) -> Decimal | None:
    """Yuan still owed to the developer: ``欠尾款4万元`` is 40000, ``已结清`` is 0, empty is not known.

    Args:
        cell: the cell.
        unit: yuan in one unit of a bare number; the heading may say 万元.

    Raises:
        ValueError: it says something else, for instance ``未结清`` without an amount.
    """
    text = re.sub(r"[\s,\uff0c;。!]", "", unicodedata.normalize("NFKC", cell_text(cell)).lower())
    if not text:
        return None
    if text in "-—/" or _SETTLED.fullmatch(text):
        return Decimal(0)
    bare = re.fullmatch(r"[¥¥]?(\d+(?:\.\d+)?)", text, re.ASCII)
    if bare:
        return Decimal(bare[1]) * unit
    text = re.sub(r"[一二两三四五六七八九十]+(?=[万千])", lambda run: numeral(run[0]), text)
    found = _OWED.fullmatch(text)
    if not found or not any(found.groups()):
        raise ValueError(text)
    parts = [_decimal(part) or Decimal(0) for part in found.groups()]
    return parts[0] * 10000 + parts[1] * 1000 + parts[2]


def _number_text(number: float | Decimal) -> str:
    if isinstance(number, Decimal):
        return format(number, "f")
    if number == int(number) and abs(number) < 10**EXACT_DIGITS:
        return str(int(number))
    return format(number, f".{EXACT_DIGITS}g")


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return None


def _plausible(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(day.isoformat())
    return day
