"""Documents freeze to JSON and come back equal; the digest stands still (design rule 3)."""

from __future__ import annotations

import dataclasses
import json
import typing
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.base.clock import CHINA
from deskapp.domain import documents
from deskapp.domain.documents import (
    FORMS,
    Attendee,
    FeeLine,
    FeeReceipt,
    House,
    Issue,
    KeyLine,
    KeysReceipt,
    MisfitError,
    Pass,
    Record,
    digest,
    from_json,
    to_json,
)

TEXT = st.text(max_size=12)
PLAIN: dict[type, st.SearchStrategy[object]] = {
    str: TEXT,
    int: st.integers(0, 999),
    bool: st.booleans(),
    Decimal: st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    ),
    date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    datetime: st.datetimes(timezones=st.just(CHINA)),
}


def any_of(kind: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Any value of a document type, by its declared fields."""
    if kind in PLAIN:
        return PLAIN[kind]
    if typing.get_origin(kind) is tuple:
        return st.lists(any_of(typing.get_args(kind)[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{name: any_of(hint) for name, hint in hints.items()})
    inner = next(a for a in typing.get_args(kind) if a is not type(None))
    return st.none() | any_of(inner)


def receipt(**changes: typing.Any) -> FeeReceipt:
    whole: dict[str, typing.Any] = {
        "house": House(label="3栋1906"),
        "payer": "陈<b>强</b>",
        "lines": (FeeLine(name="物业服务费", amount=Decimal("325.04")),),
        "total": Decimal("325.04"),
        "method": "cash",
        "payee": "周敏",
    }
    return FeeReceipt(**(whole | changes))


def issue(**changes: typing.Any) -> Issue:
    whole: dict[str, typing.Any] = {
        "estate": "望湖",
        "company": "物业",
        "form": "fee-receipt",
        "form_version": 1,
        "issued_at": datetime(2026, 11, 3, 9, 30, tzinfo=CHINA),
        "issuer": "周敏",
        "number": "SJ-2026-000001",
    }
    return Issue(**(whole | changes))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_form_comes_back_equal_through_json_text(form: str, data: st.DataObject) -> None:
    value = data.draw(any_of(FORMS[form]))
    again = from_json(form, json.loads(json.dumps(to_json(value))))
    assert again == value
    assert to_json(again) == to_json(value)  # Decimal("1.0") == Decimal("1.00"): the text must agree too


def test_every_type_a_document_may_hold_is_exported() -> None:
    for name in documents.__all__:
        assert getattr(documents, name) is not None


def test_zero_against_a_default_of_one_is_kept() -> None:
    value = documents.PapersReceipt(
        house=House(label="1"),
        receiver=Attendee(name="李&王"),
        papers=(documents.Paper(name="手册", copies=0),),
    )
    assert from_json("papers-receipt", to_json(value)).papers[0].copies == 0


def test_empty_fields_are_left_out_so_that_new_fields_keep_old_digests() -> None:
    assert to_json(receipt()).keys() == {"house", "payer", "lines", "total", "method", "payee"}


def test_exponent_of_an_amount_survives() -> None:
    assert str(from_json("fee-receipt", to_json(receipt(total=Decimal("1.500")))).total) == "1.500"


@pytest.mark.parametrize(
    ("form", "change", "where"),
    [
        ("fee-receipt", {"stray": 1}, "stray"),
        ("fee-receipt", {"total": 3.5}, "total"),
        ("fee-receipt", {"total": "NaN3x"}, "total"),
        ("fee-receipt", {"payer": None}, "payer"),
        ("fee-receipt", {"lines": {}}, "lines"),
        ("fee-receipt", {"lines": [{"name": "x"}]}, "lines.0"),
        ("fee-receipt", {"house": {"label": "1", "area": 3}}, "house.area"),
        ("fee-receipt", {"house": "1"}, "house"),
    ],
)
def test_json_that_does_not_fit_names_the_field(form: str, change: dict[str, object], where: str) -> None:
    with pytest.raises(MisfitError) as caught:
        from_json(form, to_json(receipt()) | change)
    assert caught.value.where == where


def test_bool_is_no_number_and_number_no_bool() -> None:
    keys = to_json(
        KeysReceipt(house=House(label="1"), receiver=Attendee(name="a"), keys=(KeyLine(kind="k", count=2),))
    )
    keys["keys"][0]["count"] = True
    with pytest.raises(MisfitError):
        from_json("keys-receipt", keys)


def test_a_time_without_zone_is_refused() -> None:
    value = Pass(
        queue_number="A1",
        day=date(2026, 11, 3),
        house=House(label="1"),
        attendee=Attendee(name="a"),
        arrived_at=datetime(2026, 11, 3, 9),  # noqa: DTZ001 the fault under test
    )
    with pytest.raises(ValueError, match="zone"):
        to_json(value)


def test_floats_and_infinite_amounts_are_refused() -> None:
    with pytest.raises(TypeError):
        to_json(receipt(total=1.5))
    with pytest.raises(ValueError):
        to_json(receipt(total=Decimal("NaN")))
    with pytest.raises(TypeError):
        to_json("text")


def test_digest_is_stable_and_sees_every_change() -> None:
    first = digest(Record(issue(), receipt()))
    assert first == digest(Record(issue(), receipt()))
    assert len(first) == 64
    assert first != digest(Record(issue(), receipt(total=Decimal("325.05"))))
    assert first != digest(Record(issue(issued_at=issue().issued_at + timedelta(seconds=1)), receipt()))


def test_heading_comes_back() -> None:
    again = documents.thaw_issue(documents.freeze(issue(drill=True)))
    assert again == issue(drill=True)
