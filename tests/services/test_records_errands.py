"""Errands, escorts, signatures and rights on both databases (M8, M11, S2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import Errand, Signature
from deskapp.domain.errands import Direction
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import PaperState
from deskapp.services import documents
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    errands,
    escorts,
    fees,
    keys,
    line,
    papers,
    passes,
    signatures,
)
from deskapp.services.movein.errands import ErrandIn, ErrandPaperIn
from deskapp.services.movein.signatures import SignatureIn
from deskapp.services.movein.views import PassView
from tests.services.estates import house_id, on_day
from tests.services.records import arrived, at, money, new, picture, signed

DAY = date(2026, 12, 10)


def missing(desk: Desk, view: PassView, code: str) -> tuple[Need, ...]:
    fresh = passes.pass_view(desk, view.pass_id)
    return next(choice.missing for choice in fresh.choices if choice.outcome.code == code)


GAS = ErrandIn(
    "代办燃气开户",
    (
        ErrandPaperIn("身份证原件", Direction.IN),
        ErrandPaperIn("合同复印件", Direction.IN, 2, original=False),
        ErrandPaperIn("燃气卡", Direction.OUT),
    ),
    DAY,
    "王䶮",
    fee=Decimal("30.00"),
)


def test_an_errand_ends_when_every_paper_is_back(small_estate: Desk) -> None:
    view, command = arrived(small_estate), new()
    signature = SignatureIn("王䶮", "owner", "screen", picture(4))
    for _ in range(2):
        taken = errands.take_errand(small_estate, command, view.house_id, GAS, signature).value
    assert taken.document.number == taken.view.number == "WT-2026-000001"
    bill = fees.fees_view(small_estate, view.house_id)
    assert [c.amount for c in bill.charges if c.item == "errand"] == [money("30.00")]
    row = taken.view
    assert [bool(p.in_at) for p in row.papers] == [True, True, False]
    row = errands.finish_errand(small_estate, new(), row.errand_id, row.version).value
    row = errands.paper_arrived(small_estate, new(), row.errand_id, row.version, 2).value
    with pytest.raises(Refused) as told:
        errands.errand_returned(small_estate, new(), row.errand_id, row.version, signature)
    assert told.value.code == "errands.papers_held"
    assert "身份证原件" in told.value.sentence()
    assert "燃气卡" in told.value.sentence()
    for place in (0, 2):
        row = errands.paper_given(small_estate, new(), row.errand_id, row.version, place).value
    with pytest.raises(Refused) as told:
        errands.paper_given(small_estate, new(), row.errand_id, row.version, 0)
    assert told.value.code == "errands.paper_not_now"
    row = errands.errand_returned(small_estate, new(), row.errand_id, row.version, signature).value
    assert (row.state, row.acts) == ("returned", frozenset())
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Errand)) == 1
        records = list(session.scalars(select(Signature.record).order_by(Signature.id)))
    assert records == ["errand", "errand_return"]
    assert errands.open_errands(small_estate) == ()
    assert documents.preview(small_estate, "WT-2026-000001").missing == ()


def test_a_late_errand_says_by_how_much(small_estate: Desk) -> None:
    view = arrived(small_estate)
    errands.take_errand(small_estate, new(), view.house_id, replace(GAS, fee=Decimal(0)))
    later = on_day(small_estate, days=9)
    (late,) = errands.open_errands(later)
    assert late.late_days == 3
    other = on_day(small_estate, days=9, desk_name="前台2", number="1002")
    errands.finish_errand(other, new(), late.errand_id, late.version)
    with pytest.raises(Conflict) as told:
        errands.finish_errand(later, new(), late.errand_id, late.version)
    assert "前台2" in told.value.sentence()
    with pytest.raises(Refused):
        errands.paper_given(later, new(), late.errand_id, late.version + 1, 99)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(GAS, matter=" "), "errands.matter_missing"),
        (replace(GAS, promised=date(2026, 1, 1)), "errands.promise_in_past"),
        (replace(GAS, fee=Decimal("-1")), "errands.fee_negative"),
        (replace(GAS, fee=Decimal("0.001")), "fees.amount_not_in_fen"),
        (replace(GAS, client=""), "name.empty"),
        (replace(GAS, papers=(ErrandPaperIn(" ", Direction.IN),)), "errands.paper_nameless"),
        (replace(GAS, papers=(ErrandPaperIn("合同", Direction.IN, 0),)), "errands.paper_nameless"),
    ],
)
def test_an_errand_that_cannot_be_is_refused(small_estate: Desk, given: ErrandIn, code: str) -> None:
    with pytest.raises(Refused) as told:
        errands.take_errand(small_estate, new(), house_id(small_estate, "1#1单元101"), given)
    assert told.value.code == code
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_an_escort_is_with_one_household_at_a_time(small_estate: Desk) -> None:
    first = at(small_estate, Station.INSPECTION)
    second = at(small_estate, Station.INSPECTION, "1#1单元102")
    pool = escorts.escorts(small_estate)
    assert [each.free for each in pool] == [True, True]
    person = pool[0]
    pool = escorts.assign_escort(small_estate, new(), first.pass_id, person.staff_id).value
    busy = next(each for each in pool if each.staff_id == person.staff_id)
    assert (busy.pass_id, busy.label, busy.since) == (first.pass_id, "1#1单元101", small_estate.now())
    assert pool[-1] == busy
    with pytest.raises(Refused) as told:
        escorts.assign_escort(small_estate, new(), second.pass_id, person.staff_id)
    assert told.value.code == "escorts.busy"
    for staff_id in (small_estate.member.id, 77):
        with pytest.raises(Refused) as told:
            escorts.assign_escort(small_estate, new(), second.pass_id, staff_id)
        assert told.value.code == "escorts.not_one"
    pool = escorts.assign_escort(small_estate, new(), first.pass_id, 0).value
    assert all(each.free for each in pool)
    escorts.assign_escort(small_estate, new(), second.pass_id, person.staff_id)
    view = passes.pass_view(small_estate, second.pass_id)
    line.hold(small_estate, new(), view.pass_id, view.version, "接电话")
    assert all(each.free for each in escorts.escorts(small_estate))


def test_a_signature_on_paper_is_scanned_back(small_estate: Desk) -> None:
    view = at(small_estate, Station.KEYS)
    done = signatures.sign(small_estate, new(), view.house_id, view.pass_id, "keys", "owner", "王䶮", "paper")
    assert Need.SIGNATURE not in missing(small_estate, view, "all_keys")
    with pytest.raises(Refused) as told:
        signatures.scan_back(small_estate, new(), done.value.signature_id, b"GIF89a", "scan.gif")
    assert told.value.code == "attachment.not_known"
    scanned = signatures.scan_back(
        small_estate, new(), done.value.signature_id, b"%PDF-1.4 scan", "scan.pdf"
    ).value
    assert (scanned.method, bool(scanned.picture)) == ("scan", True)
    signatures.revoke(small_estate, new(), scanned.signature_id, "签错人")
    assert Need.SIGNATURE in missing(small_estate, view, "all_keys")


@pytest.mark.parametrize(
    ("record", "role", "name", "method", "data", "code"),
    [
        ("moon", "owner", "王䶮", "paper", None, "records.no_record"),
        ("keys", "stranger", "王䶮", "paper", None, "signature.role"),
        ("keys", "owner", " ", "paper", None, "name.empty"),
        ("keys", "owner", "王䶮", "screen", None, "signature.no_picture"),
        ("keys", "owner", "王䶮", "screen", b"%PDF-1.4", "attachment.not_a_picture"),
        ("keys", "owner", "王䶮", "telepathy", b"x", "signature.no_picture"),
    ],
)
def test_a_signature_that_is_none_is_refused(
    small_estate: Desk, record: str, role: str, name: str, method: str, data: bytes | None, code: str
) -> None:
    view = arrived(small_estate)
    with pytest.raises(Refused) as told:
        signatures.sign(small_estate, new(), view.house_id, view.pass_id, record, role, name, method, data)
    assert told.value.code == code
    assert signatures.signatures_of(small_estate, view.house_id) == ()


def test_signing_for_the_property_does_not_bind_the_household(small_estate: Desk) -> None:
    view = at(small_estate, Station.KEYS)
    signed(small_estate, view, "keys", "property", "林晓")
    assert Need.SIGNATURE in missing(small_estate, view, "all_keys")


def test_somebody_who_only_reads_records_nothing(small_estate: Desk) -> None:
    view = at(small_estate, Station.PAPERS)
    auditor = on_day(small_estate, number="6001")
    for attempt in (
        lambda: papers.hand_all(auditor, new(), view.pass_id),
        lambda: keys.hand_all_keys(auditor, new(), view.pass_id),
        lambda: escorts.assign_escort(auditor, new(), view.pass_id, 1),
        lambda: fees.add_charge(auditor, new(), view.house_id, "fitout_pass"),
    ):
        with pytest.raises(Refused) as told:
            attempt()
        assert told.value.code == "staff.no_right"
    assert papers.papers_view(auditor, view.pass_id).lines[0].state is PaperState.DUE
