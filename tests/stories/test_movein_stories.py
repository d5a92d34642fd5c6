"""Stories of the move-in that must come out right (requirements Z3, Z17, Z23)."""

from __future__ import annotations

from datetime import timedelta

from deskapp.base.clock import day_of
from deskapp.domain.fees import PaymentMethod
from deskapp.domain.keys import Custody, KeyMove
from deskapp.domain.movein.flow import PassState
from deskapp.services.desk import Desk
from deskapp.services.documents import printed
from deskapp.services.keeping import check
from deskapp.services.movein import keys, papers, payments
from deskapp.services.movein.arrivals import find_reception
from deskapp.services.movein.fees import fees_view
from deskapp.services.movein.signatures import SignatureIn
from deskapp.services.movein.views import Answer
from deskapp.services.opening import PROGRAM
from tests.services.estates import house_id, on_day
from tests.services.test_whole_way import text_of
from tests.walk import Walk


def arrived_at_keys(desk: Desk, label: str) -> Walk:
    walk = Walk(desk, house_id(desk, label))
    walk.arrive()
    for station in (walk.notice, walk.documents, walk.inspect, walk.papers, walk.pay):
        station()
    walk.serve()
    return walk


def test_z17_a_key_kept_for_repair_comes_back_against_a_signature(small_estate: Desk) -> None:
    walk = arrived_at_keys(small_estate, "1#1单元101")
    door = keys.keys_view(small_estate, walk.house_id).lines[0]
    until = day_of(small_estate.now()) + timedelta(days=7)
    custody = Custody("维修陈工", "客厅地面空鼓返修", until)
    walk.command(
        "keep", keys.set_keys, walk.pass_id, door.kind, door.version, door.total - 1, 1, custody=custody
    )
    walk.command("rest", keys.hand_all_keys, walk.pass_id)
    walk.sign("keys")
    closed = walk.close("some_kept")
    assert closed.view.state is PassState.DONE
    receipt = next(paper for paper in closed.documents if paper.form == "handover")
    text = text_of(printed(small_estate, "p", receipt.number).value.pdf)
    assert "客厅地面空鼓返修" in text

    later = on_day(small_estate, days=6)
    kept = keys.keys_view(later, walk.house_id).lines[0]
    assert (kept.kept, kept.keeper) == (1, "维修陈工")
    moved = keys.move_keys(
        later,
        "back",
        walk.house_id,
        kept.kind,
        kept.version,
        KeyMove.RETURN,
        1,
        SignatureIn("王䶮", "owner", "paper"),
    ).value
    assert moved.view.all_handed
    assert "王䶮" in text_of(printed(later, "p2", moved.document.number).value.pdf)
    assert check(later.staffed_by(PROGRAM)) == ()


def test_z23_the_printer_dies_and_the_receipt_is_reprinted_next_door(small_estate: Desk) -> None:
    walk = Walk(small_estate, house_id(small_estate, "1#1单元101"))
    walk.arrive()
    for station in (walk.notice, walk.documents, walk.inspect, walk.papers):
        station()
    walk.serve()
    owed = fees_view(small_estate, walk.house_id)
    taken = payments.take_payment(
        small_estate,
        "pay",
        walk.house_id,
        payments.spread(owed, owed.open),
        method=PaymentMethod.CASH,
        payer="王䶮",
    ).value
    number = taken.document.number
    first = printed(small_estate, "print-at-5", number).value  # handed to a printer that is on fire
    assert first.reprint == 0
    next_door = on_day(small_estate, desk_name="前台2", number="1002")
    again = printed(next_door, "print-at-6", number).value
    assert (again.number, again.sha256, again.reprint) == (number, first.sha256, 1)
    assert "补打" in text_of(again.pdf)
    assert len(fees_view(next_door, walk.house_id).receipts) == 1
    assert walk.close("paid").view.at.value == "keys"


def test_z3_a_refused_convention_stands_on_every_screen_ever_after(small_estate: Desk) -> None:
    walk = Walk(small_estate, house_id(small_estate, "1#1单元101"))
    walk.arrive()
    for station in (walk.notice, walk.documents, walk.inspect):
        station()
    walk.serve()
    walk.command("pack", papers.hand_all, walk.pass_id)
    walk.sign("papers")
    reservations = ("不同意第十二条关于封阳台的约定", "露台归属另议 <b>&")
    walk.close("convention_refused", Answer(reservations=reservations))
    walk.pay()
    walk.take_keys()
    years_later = on_day(small_estate, days=900, number="1002")
    marks = find_reception(years_later, walk.house_id).marks
    refused = next(mark for mark in marks if mark.code == "convention_refused")
    for text in reservations:
        assert text in refused.text
