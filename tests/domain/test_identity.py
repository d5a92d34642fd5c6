"""Documents of identity and phones (P4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.identity import (
    IdKind,
    PhoneKind,
    check_identity,
    guess_kind,
    normalise_phone,
    phone_digits,
    split_phones,
)

TODAY = date(2026, 12, 4)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident(region: str, born: date, order: str = "000") -> str:
    """A resident number with the checksum of GB 11643, worked out by the standard's own table."""
    first = f"{region}{born:%Y%m%d}{order}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]


births = st.dates(date(1920, 1, 1), TODAY)
regions = st.integers(110000, 829999).map(str)


@given(regions, births)
def test_checksum_and_date_decide_whatever_the_region(region: str, born: date) -> None:
    number = resident(region, born)
    check = check_identity(guess_kind(number), number, today=TODAY)
    assert check.ok
    assert check.kind is IdKind.RESIDENT_ID
    assert check.birth_date == born


@given(regions, births, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(region: str, born: date, position: int, by: int) -> None:
    number = resident(region, born)
    digit = 10 if number[position] == "X" else int(number[position])
    wrong = number[:position] + str((digit + by) % 10) + number[position + 1 :]
    if wrong == number:
        return
    assert not check_identity(IdKind.RESIDENT_ID, wrong, today=TODAY).ok


def test_an_unknown_region_is_only_noted() -> None:
    unknown = check_identity(IdKind.RESIDENT_ID, resident("829999", date(1990, 1, 1)), today=TODAY)
    assert unknown.ok
    assert unknown.notes == ("identity.region",)
    known = check_identity(IdKind.RESIDENT_ID, resident("110105", date(1990, 1, 1)), today=TODAY)
    assert known.notes == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "identity.empty"),
        ("1101051990010100", "identity.length"),
        ("1101051990010100011", "identity.length"),
        ("11010519900101A00X", "identity.characters"),
        ("110105199013010004", "identity.date"),
        ("110105199002300004", "identity.date"),
        ("110105202612050004", "identity.date"),
        ("110105000001010004", "identity.date"),
        ("110105199001010001", "identity.checksum"),
        ("١١٠١٠٥١٩٩٠٠١٠١٠٠٠٤", "identity.characters"),
    ],
)
def test_what_is_refused_and_why(text: str, code: str) -> None:
    assert check_identity(IdKind.RESIDENT_ID, text, today=TODAY).code == code


def test_writing_does_not_matter() -> None:
    number = resident("430104", date(1983, 1, 21))
    assert number.endswith("X")
    for text in (
        number.lower(),
        f" {number[:6]} {number[6:14]} {number[14:]} ",
        "４３" + number[2:],
        "'" + number,
    ):
        assert check_identity(IdKind.RESIDENT_ID, text, today=TODAY).number == number


def test_nobody_is_born_tomorrow_and_the_very_old_are_noted() -> None:
    tomorrow = resident("110105", TODAY + timedelta(days=1))
    assert check_identity(IdKind.RESIDENT_ID, tomorrow, today=TODAY).code == "identity.date"
    old = check_identity(IdKind.RESIDENT_ID, resident("110105", date(1900, 1, 1)), today=TODAY)
    assert old.ok
    assert "identity.age" in old.notes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("91110000600037341L", IdKind.USCC),
        ("E12345678", IdKind.PASSPORT),
        ("H1234567800", IdKind.HK_MACAO_PERMIT),
        ("12345678", IdKind.TAIWAN_PERMIT),
        ("CHN110199001011", IdKind.FOREIGN_PERMANENT_RESIDENT),
        ("9" + resident("911124", date(1981, 8, 3))[1:], IdKind.FOREIGN_PERMANENT_RESIDENT),
        ("军官证 000123", IdKind.OTHER),
    ],
)
def test_other_documents_are_told_apart_and_stand(text: str, kind: IdKind) -> None:
    assert guess_kind(text) is kind
    assert check_identity(kind, text, today=TODAY).ok


def test_a_companys_code_has_its_own_checksum() -> None:
    assert check_identity(IdKind.USCC, "91110000600037341M", today=TODAY).code == "identity.checksum"
    assert check_identity(IdKind.USCC, "9111000060003734IL", today=TODAY).code == "identity.characters"
    assert check_identity(IdKind.USCC, "9111", today=TODAY).code == "identity.length"
    assert check_identity(IdKind.PASSPORT, "护照", today=TODAY).code == "identity.format"
    assert check_identity(IdKind.OTHER, "x" * 41, today=TODAY).code == "identity.length"
    assert check_identity(IdKind.FOREIGN_PERMANENT_RESIDENT, "9" * 18, today=TODAY).code == "identity.date"


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        *(
            (text, "19900000007", PhoneKind.MOBILE)
            for text in ("19900000007", "+86 199 0000 0007", "86-19900000007")
        ),
        *(
            (text, "19900000007", PhoneKind.MOBILE)
            for text in ("１９９００００0007", "199-0000-0007", "'19900000007")
        ),
        *(
            (text, "027-85551234", PhoneKind.LANDLINE)
            for text in ("027-85551234", "027 85551234", "(027)85551234")
        ),
        *(
            (text, "027-85551234", PhoneKind.LANDLINE)
            for text in ("02785551234", "+86 27 85551234", "0086-27-85551234")
        ),
        *(
            (text, "027-85551234-801", PhoneKind.LANDLINE)
            for text in ("027-85551234-801", "02785551234转801")
        ),
        ("0711-3551234", "0711-3551234", PhoneKind.LANDLINE),
        ("85551234", "85551234", PhoneKind.LANDLINE),
        ("4008208820", "400-820-8820", PhoneKind.SERVICE),
        ("400 820 8820", "400-820-8820", PhoneKind.SERVICE),
        ("95588", "95588", PhoneKind.SERVICE),
        ("+852 9123 4567", "+85291234567", PhoneKind.FOREIGN),
        ("001-212-555-1234", "+12125551234", PhoneKind.FOREIGN),
    ],
)
def test_phones_in_every_writing(text: str, number: str, kind: PhoneKind) -> None:
    check = normalise_phone(text)
    assert (check.number, check.kind, check.code) == (number, kind, None)
    assert normalise_phone(check.number) == check, "what is kept is read back the same"


@pytest.mark.parametrize(
    "text", ["无", "1990000000", "199000000071", "2785551234", "1.99E+10", "=1+1", "١٩٩٠٠٠٠٠٠٠٧"]
)
def test_what_is_no_phone_is_kept_as_received(text: str) -> None:
    check = normalise_phone(text)
    assert check.code == "phone.format"
    assert check.number == text


def test_several_phones_in_a_cell() -> None:
    numbers = [
        check.number
        for check in split_phones("19900000007、027 85551234/19900000008 19900000009;\n400-820-8820")
    ]
    assert numbers == ["19900000007", "027-85551234", "19900000008", "19900000009", "400-820-8820"]
    assert split_phones(" 、 ") == ()


def test_dialled_digits_leave_out_the_extension() -> None:
    assert phone_digits("027-85551234-801") == "02785551234"
    assert phone_digits("+86 19900000007") == "19900000007"
    assert phone_digits("无") == ""


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert check_identity(guess_kind(text), text, today=TODAY).kind in IdKind
    assert normalise_phone(text).ok == (normalise_phone(text).kind is not None)
