"""Documents of identity and phones (P4): what decides is checked, what is merely odd is noted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


class IdKind(StrEnum):
    """Kinds of identity documents (P4); the values are stored."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_PERMANENT_RESIDENT = "foreign_permanent_resident"
    USCC = "uscc"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """What a document number says.

    Attributes:
        kind: kind it was checked as.
        number: as it is kept: no spaces, half width, capitals.
        code: why it is refused (``identity.empty``, ``identity.length``, ``identity.characters``,
            ``identity.date``, ``identity.checksum``, ``identity.format``); None if it stands.
        notes: what is odd but right (``identity.region``, ``identity.age``); never a reason to refuse (P4).
        birth_date: the holder's, where the number tells it.
    """

    kind: IdKind
    number: str
    code: str | None = None
    notes: tuple[str, ...] = ()
    birth_date: date | None = None

    @property
    def ok(self) -> bool:
        """Whether the number stands."""
        return self.code is None


class PhoneKind(StrEnum):
    """Kinds of phone numbers (P4)."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class PhoneCheck:
    """A phone number as it is kept: ``19900000007``, ``027-85551234-801``, ``400-820-8820``, ``+8529…``.

    Attributes:
        number: the text as received where ``code`` is set.
        code: ``phone.empty`` or ``phone.format``; None if it stands.
    """

    number: str
    kind: PhoneKind | None = None
    code: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the number stands."""
        return self.code is None


OLDEST = 120
"""Years of age above which a birth date is noted as odd."""

_PATTERNS = {
    IdKind.PASSPORT: re.compile(r"[A-Z]{1,3}\d{5,9}|\d{7,9}|(?=.*\d)[A-Z0-9]{6,12}", re.ASCII),
    IdKind.HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?", re.ASCII),
    IdKind.TAIWAN_PERMIT: re.compile(r"\d{8}(?:\d{2}(?:\(?[A-Z0-9]\)?)?)?", re.ASCII),
}
_FIRST_PERMANENT = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")

_EXTENSION = r"(?:(?:-|转|EXT\.?|分机|X|#)-?(\d{1,6}))?"
_MOBILE = re.compile(r"(?:\+?86-?|0086-?)?(1[3-9]\d{9})", re.ASCII)
_AREA = r"0?(?:10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(rf"(?:(?:\+?86-?|0086-?)?({_AREA})-?)?([2-8]\d{{6,7}}){_EXTENSION}", re.ASCII)
_SERVICE = re.compile(
    rf"([48]00)-?(\d{{3}})-?(\d{{4}}){_EXTENSION}|(95\d{{3,4}}|12\d{{3}}|1[0-2]\d)", re.ASCII
)
_FOREIGN = re.compile(r"(?:\+|00)(?!86)([1-9]\d{0,2}(?:-?\d){6,13})", re.ASCII)


def compact(text: str) -> str:
    """A document number as it is kept: half width, capitals, no spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    return re.sub(r"\s", "", folded).lstrip("'`")


def guess_kind(text: str) -> IdKind:
    """The kind that a number looks like; a roster does not say it (A6)."""
    number = compact(text)
    if len(number) == 18 and re.fullmatch(r"[0-9A-Z]{18}", number):
        if number[0] == "9" and _looks_foreign(number):
            return IdKind.FOREIGN_PERMANENT_RESIDENT
        dated = number[:14].isdigit() and number[0] != "9" and _date(number[6:14]) is not None
        person = re.fullmatch(r"[1-8]\d{16}[0-9X]", number) or (dated and not uscc.is_valid(number))
        return IdKind.RESIDENT_ID if person else IdKind.USCC
    if _FIRST_PERMANENT.fullmatch(number):
        return IdKind.FOREIGN_PERMANENT_RESIDENT
    if number.isdigit() and len(number) > 12:
        return IdKind.RESIDENT_ID  # one with digits too few or too many, to be refused as such
    for kind in (IdKind.HK_MACAO_PERMIT, IdKind.TAIWAN_PERMIT, IdKind.PASSPORT):
        if _PATTERNS[kind].fullmatch(number):
            return kind
    return IdKind.OTHER


def check_identity(kind: IdKind, text: str, *, today: date, look_up_region: bool = True) -> IdentityCheck:
    """Checks a number as one of a kind (P4).

    Args:
        kind: what document it is said to be.
        text: the number in any writing.
        today: nobody is born after it.
        look_up_region: whether an unknown region is noted; the list of regions takes 0.2 s to load.
    """
    number = compact(text)
    if not number:
        return IdentityCheck(kind, "", "identity.empty")
    if kind is IdKind.RESIDENT_ID:
        return _resident(number, today, look_up_region)
    if kind is IdKind.USCC:
        return IdentityCheck(kind, number, _uscc_problem(number))
    if kind is IdKind.FOREIGN_PERMANENT_RESIDENT:
        return _permanent(number, today)
    if kind is IdKind.OTHER:
        return IdentityCheck(kind, number, "identity.length" if len(number) > 40 else None)
    return IdentityCheck(kind, number, None if _PATTERNS[kind].fullmatch(number) else "identity.format")


def normalise_phone(text: str) -> PhoneCheck:
    """One phone number: mobile, landline with extension, 400, with or without +86, in any width (P4)."""
    if plain := _MOBILE.fullmatch(text):
        return PhoneCheck(plain[1], PhoneKind.MOBILE)
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    folded = re.sub(r"\s+", "", folded.replace("(", "").replace(")", "-").replace(".", "-")).strip("'`-:;,")
    if not folded:
        return PhoneCheck("", None, "phone.empty")
    if mobile := _MOBILE.fullmatch(re.sub(r"(?<=\d)-(?=\d)", "", folded)):
        return PhoneCheck(mobile[1], PhoneKind.MOBILE)
    if service := _SERVICE.fullmatch(folded):
        number = "-".join(part for part in service.groups() if part)
        return PhoneCheck(number, PhoneKind.SERVICE)
    if foreign := _FOREIGN.fullmatch(folded):
        return PhoneCheck(f"+{foreign[1].replace('-', '')}", PhoneKind.FOREIGN)
    if (landline := _LANDLINE.fullmatch(folded)) and _area_fits(folded, landline[1]):
        area = f"0{landline[1].lstrip('0')}" if landline[1] else ""
        return PhoneCheck("-".join(filter(None, (area, landline[2], landline[3]))), PhoneKind.LANDLINE)
    return PhoneCheck(text.strip(), None, "phone.format")


def split_phones(cell: str) -> tuple[PhoneCheck, ...]:
    """The phones of a cell, in order; a landline written with spaces is one number (A6)."""
    found: list[PhoneCheck] = []
    for piece in re.split(r"[、,\uff0c;\uff1b/\uff0f|\n\r]+", cell):
        whole = normalise_phone(piece)
        if whole.code == "phone.empty":
            continue
        parts = [] if whole.ok else [normalise_phone(part) for part in piece.split()]
        several = len(parts) > 1 and all(part.ok for part in parts)
        found.extend(parts if several else [whole])
    return tuple(found)


def phone_digits(number: str) -> str:
    """The digits a person dials, without country prefix and extension; what the search looks at."""
    check = normalise_phone(number)
    if check.kind is PhoneKind.LANDLINE:
        return "".join(part for part in check.number.split("-") if len(part) >= 7 or part.startswith("0"))
    return re.sub(r"[^0-9]", "", check.number)


def _resident(number: str, today: date, look_up_region: bool) -> IdentityCheck:
    kind = IdKind.RESIDENT_ID
    if len(number) != 18:
        return IdentityCheck(kind, number, "identity.length")
    if not re.fullmatch(r"\d{17}[0-9X]", number, re.ASCII):
        return IdentityCheck(kind, number, "identity.characters")
    born = _date(number[6:14])
    if born is None or born > today or born.year < 1800:
        return IdentityCheck(kind, number, "identity.date")
    # Only checksum and date decide: python-stdnum's own validate() also refuses regions it does not know
    # for the year of birth, and such numbers are real (P4).
    if number[-1] != ric.calc_check_digit(number):
        return IdentityCheck(kind, number, "identity.checksum", birth_date=born)
    notes: tuple[str, ...] = ("identity.region",) if look_up_region and not _region_known(number[:14]) else ()
    if today.year - born.year > OLDEST:
        notes += ("identity.age",)
    return IdentityCheck(kind, number, None, notes, born)


def _permanent(number: str, today: date) -> IdentityCheck:
    """Permanent residents hold three letters and twelve digits, since 2023 eighteen digits from 9."""
    kind = IdKind.FOREIGN_PERMANENT_RESIDENT
    if _FIRST_PERMANENT.fullmatch(number):
        born = _date(_full_year(number[7:13], today))
        return IdentityCheck(kind, number, None, birth_date=born)
    if len(number) not in (15, 18):
        return IdentityCheck(kind, number, "identity.length")
    if not re.fullmatch(r"9\d{16}[0-9X]", number, re.ASCII):
        return IdentityCheck(kind, number, "identity.characters")
    born = _date(number[6:14])
    if born is None or born > today:
        return IdentityCheck(kind, number, "identity.date")
    wrong = number[-1] != ric.calc_check_digit(number)
    return IdentityCheck(kind, number, "identity.checksum" if wrong else None, birth_date=born)


def _looks_foreign(number: str) -> bool:
    """Whether an 18-digit number beginning with 9 is a person's and not a company's."""
    if not re.fullmatch(r"9\d{16}[0-9X]", number, re.ASCII) or _date(number[6:14]) is None:
        return False
    return number[-1] == ric.calc_check_digit(number) or not uscc.is_valid(number)


def _uscc_problem(number: str) -> str | None:
    if len(number) != 18:
        return "identity.length"
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", number, re.ASCII):
        return "identity.characters"
    return None if number[-1] == uscc.calc_check_digit(number) else "identity.checksum"


def _full_year(six: str, today: date) -> str:
    century = today.year // 100 - (int(six[:2]) > today.year % 100)
    return f"{century}{six}"


def _date(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _region_known(region_and_birth: str) -> bool:
    try:
        ric.get_birth_place(f"{region_and_birth}0000")
    except (ValidationError, KeyError):  # KeyError: a known province with a county that is not on the list
        return False
    return True


def _area_fits(folded: str, area: str | None) -> bool:
    """An area code without its 0 is only certain where the country code or a dash sets it apart."""
    return area is None or area.startswith("0") or folded.startswith(("+86", "0086", "86", f"{area}-"))
