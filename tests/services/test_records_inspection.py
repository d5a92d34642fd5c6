"""Station ③ on both databases: the sheet, defects with photos, meters, rounds, signatures (M6, M10, I1)."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import Attachment, Document, History
from deskapp.db.tables.stations import Defect, MeterReading
from deskapp.domain.defects import DefectAct, DefectState
from deskapp.domain.documents import from_json
from deskapp.domain.inspection import Finding, ResponsibleParty, Severity, Trade
from deskapp.domain.meters import Meter
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.services import attachments, documents
from deskapp.services.desk import Desk
from deskapp.services.movein import defects, inspection, line, meters, passes, register, signatures
from deskapp.services.movein.defects import DefectIn
from deskapp.services.movein.record_views import InspectionView
from deskapp.services.movein.register import DefectFilter, Standing
from deskapp.services.movein.views import Answer, PassView
from tests.services.estates import house_id, on_day
from tests.services.records import HOLLOW, at, close, new, picture, read_all, serving, signed


def in_order(desk: Desk, view: PassView) -> InspectionView:
    """Every room decided as in order."""
    sheet = inspection.inspection_view(desk, view.pass_id)
    for room, _ in sheet.rooms:
        sheet = inspection.room_in_order(desk, new(), view.pass_id, room).value
    return sheet


def missing(desk: Desk, view: PassView, code: str) -> tuple[Need, ...]:
    """What an outcome still lacks."""
    fresh = passes.pass_view(desk, view.pass_id)
    return next(choice.missing for choice in fresh.choices if choice.outcome.code == code)


def test_a_house_in_order_is_accepted_when_all_is_on_record(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    assert missing(small_estate, view, "accepted") == (Need.METERS, Need.SHEET, Need.SIGNATURE)
    sheet = in_order(small_estate, view)
    assert sheet.unchecked == 0
    assert {item.finding for item in sheet.lines} == {Finding.IN_ORDER}
    read_all(small_estate, view)
    signed(small_estate, view, "inspection")
    assert missing(small_estate, view, "accepted") == ()
    assert missing(small_estate, view, "accepted_with_defects") == (Need.DEFECTS,)
    closed = close(small_estate, view, "accepted")
    (paper,) = closed.documents
    assert (paper.form, paper.number) == ("inspection", "YF-2026-000001")
    assert inspection.inspection_view(small_estate, view.pass_id).ended_at is not None


def test_findings_are_merged_and_a_slip_can_be_taken_back(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    keys = [item.key for item in inspection.inspection_view(small_estate, view.pass_id).lines[:3]]
    first = dict.fromkeys(keys[:2], Finding.IN_ORDER)
    inspection.set_findings(small_estate, new(), view.pass_id, first)
    sheet = inspection.set_findings(
        small_estate, new(), view.pass_id, {keys[0]: Finding.UNCHECKED, keys[2]: Finding.DEFECT}
    ).value
    assert [item.finding for item in sheet.lines[:3]] == [
        Finding.UNCHECKED,
        Finding.IN_ORDER,
        Finding.DEFECT,
    ]
    with pytest.raises(Refused) as told:
        inspection.set_findings(small_estate, new(), view.pass_id, {"moon.crater": Finding.IN_ORDER})
    assert told.value.code == "inspection.no_item"
    with pytest.raises(Refused):
        inspection.room_in_order(small_estate, new(), view.pass_id, "cellar")


def test_two_desks_write_into_one_sheet_at_once_and_lose_nothing(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    keys = [item.key for item in inspection.inspection_view(small_estate, view.pass_id).lines[:12]]

    def tick(mine: list[str]) -> None:
        for key in mine:
            inspection.set_findings(small_estate, new(), view.pass_id, {key: Finding.IN_ORDER})

    with ThreadPoolExecutor(2) as desks:
        for done in [desks.submit(tick, keys[::2]), desks.submit(tick, keys[1::2])]:
            done.result()
    sheet = inspection.inspection_view(small_estate, view.pass_id)
    assert {item.key for item in sheet.lines if item.finding is Finding.IN_ORDER} == set(keys)


def test_an_item_found_defective_must_be_described(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    sheet = in_order(small_estate, view)
    key = sheet.lines[5].key
    inspection.set_findings(small_estate, new(), view.pass_id, {key: Finding.DEFECT})
    assert Need.SHEET in missing(small_estate, view, "accepted_with_defects")
    assert Need.NO_DEFECTS in missing(small_estate, view, "accepted")
    defects.add_defect(small_estate, new(), view.pass_id, replace(HOLLOW, item=key))
    assert Need.SHEET not in missing(small_estate, view, "accepted_with_defects")


def test_a_defect_takes_place_trade_party_and_deadline_from_the_rules(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    item = next(i for i in in_order(small_estate, view).lines if i.trade is Trade.WALLS)
    given = replace(HOLLOW, item=item.key)
    done = defects.add_defect(small_estate, new(), view.pass_id, given, (picture(1), picture(2)))
    (defect,) = done.value.defects
    assert (defect.room, defect.trade, defect.number) == (item.room, Trade.WALLS, "01")
    assert defect.party is small_estate.rules.checklist.trade(Trade.WALLS).party
    days = small_estate.rules.checklist.repair_days[Severity.MAJOR]
    assert defect.due == small_estate.now().date() + timedelta(days=days)
    assert attachments.load(small_estate, defect.photos[1]) == picture(2)
    assert next(i for i in done.value.lines if i.key == item.key).finding is Finding.DEFECT
    assert done.changes.touch("pass", view.pass_id)
    with pytest.raises(Refused) as told:
        inspection.set_findings(small_estate, new(), view.pass_id, {item.key: Finding.IN_ORDER})
    assert told.value.code == "inspection.item_has_defect"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (DefectIn("  ", Severity.MINOR, room="whole", trade=Trade.DOORS), "inspection.description"),
        (DefectIn("长" * 501, Severity.MINOR, room="whole", trade=Trade.DOORS), "inspection.description"),
        (DefectIn("划痕", Severity.MINOR, room="attic", trade=Trade.DOORS), "inspection.no_room"),
        (DefectIn("划痕", Severity.MINOR, room="whole"), "inspection.no_trade"),
        (DefectIn("划痕", Severity.MINOR, item="whole.nothing"), "inspection.no_item"),
    ],
)
def test_a_defect_that_cannot_be_is_refused(small_estate: Desk, given: DefectIn, code: str) -> None:
    view = at(small_estate, Station.INSPECTION)
    with pytest.raises(Refused) as told:
        defects.add_defect(small_estate, new(), view.pass_id, given)
    assert told.value.code == code
    assert inspection.inspection_view(small_estate, view.pass_id).defects == ()


def test_a_photo_that_is_none_refuses_the_whole_defect(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    with pytest.raises(Refused) as told:
        defects.add_defect(
            small_estate, new(), view.pass_id, given, (picture(1), b"MZ\x90\x00 not a picture")
        )
    assert told.value.code == "attachment.not_a_picture"
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Defect)) == 0
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_the_same_command_twice_makes_one_defect(small_estate: Desk) -> None:
    view, command = at(small_estate, Station.INSPECTION), new()
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    for _ in range(3):
        sheet = defects.add_defect(small_estate, command, view.pass_id, given, (picture(1),)).value
    assert len(sheet.defects) == 1
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).where(History.act == "defect.added")) == 1


def test_of_two_who_change_a_defect_the_second_is_told(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    (seen,) = defects.add_defect(small_estate, new(), view.pass_id, given).value.defects
    other = on_day(small_estate, desk_name="验房 2 号台", number="2001")
    graver = replace(given, severity=Severity.SAFETY, party=ResponsibleParty.SUPPLIER)
    changed = defects.change_defect(other, new(), seen.defect_id, seen.version, graver).value
    assert (changed.severity, changed.party) == (Severity.SAFETY, ResponsibleParty.SUPPLIER)
    assert changed.due < seen.due
    with pytest.raises(Conflict) as told:
        defects.change_defect(small_estate, new(), seen.defect_id, seen.version, given)
    assert "验房 2 号台" in told.value.sentence()


def test_a_defect_entered_by_mistake_is_withdrawn_and_stays(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    item = in_order(small_estate, view).lines[0]
    sheet = defects.add_defect(small_estate, new(), view.pass_id, replace(HOLLOW, item=item.key)).value
    (seen,) = sheet.defects
    with pytest.raises(Refused):
        defects.remove_defect(small_estate, new(), seen.defect_id, seen.version, " ")
    gone = defects.remove_defect(small_estate, new(), seen.defect_id, seen.version, "看错房间").value
    assert gone.state is DefectState.WITHDRAWN
    after = inspection.inspection_view(small_estate, view.pass_id)
    assert after.lines[0].finding is Finding.UNCHECKED
    assert [d.state for d in after.defects] == [DefectState.WITHDRAWN]
    with small_estate.reading() as session:
        kept = session.scalars(select(History).where(History.act == "defect.removed")).one()
        assert kept.data["reason"] == "看错房间"
    with pytest.raises(Refused):
        defects.remove_defect(small_estate, new(), seen.defect_id, gone.version, "再撤一次")


def test_on_a_later_day_only_a_supervisor_withdraws_a_defect(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    (seen,) = defects.add_defect(small_estate, new(), view.pass_id, given).value.defects
    tomorrow = on_day(small_estate, days=1)
    with pytest.raises(Refused) as told:
        defects.remove_defect(tomorrow, new(), seen.defect_id, seen.version, "误登")
    assert told.value.code == "staff.no_right"
    supervisor = on_day(small_estate, days=1, number="3001")
    gone = defects.remove_defect(supervisor, new(), seen.defect_id, seen.version, "误登").value
    assert gone.state is DefectState.WITHDRAWN


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        ("", "inspection.reading_missing"),
        ("十二", "inspection.reading_not_number"),
        ("-3", "inspection.reading_not_number"),
        ("=1+1", "inspection.reading_not_number"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(small_estate: Desk, reading: str, code: str) -> None:
    view = at(small_estate, Station.INSPECTION)
    with pytest.raises(Refused) as told:
        meters.read_meter(small_estate, new(), view.pass_id, Meter.WATER, reading, picture())
    assert told.value.code == code


def test_a_reading_keeps_its_zeros_and_needs_a_photo(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    with pytest.raises(Refused) as told:
        meters.read_meter(small_estate, new(), view.pass_id, Meter.WATER, "00012.3", None)
    assert told.value.code == "inspection.reading_no_photo"
    meters.read_meter(small_estate, new(), view.pass_id, Meter.WATER, "\uff10\uff1012.3", picture())
    sheet = meters.read_meter(small_estate, new(), view.pass_id, Meter.WATER, "00011.3", None).value
    water = next(m for m in sheet.meters if m.meter == "water")
    assert (water.reading, bool(water.photo)) == ("00011.3", True)  # corrected downwards, photo kept
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(MeterReading)) == 2


def test_a_change_after_the_signature_asks_for_a_new_one(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    in_order(small_estate, view)
    read_all(small_estate, view)
    signed(small_estate, view, "inspection")
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    defects.add_defect(small_estate, new(), view.pass_id, given)
    assert missing(small_estate, view, "accepted_with_defects") == (Need.SIGNATURE,)
    kept = signatures.signatures_of(small_estate, view.house_id)
    assert [s.revoked for s in kept] == [True]


def test_one_order_goes_to_each_party(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    in_order(small_estate, view)
    read_all(small_estate, view)
    for party in (ResponsibleParty.CONTRACTOR, ResponsibleParty.SUPPLIER, ResponsibleParty.CONTRACTOR):
        given = DefectIn("=1+1 <b>划痕</b>", Severity.MINOR, room="whole", trade=Trade.DOORS, party=party)
        defects.add_defect(small_estate, new(), view.pass_id, given, (picture(3),))
    signed(small_estate, view, "inspection")
    closed = close(small_estate, view, "accepted_with_defects")
    assert [paper.form for paper in closed.documents] == ["inspection", "defect-order", "defect-order"]
    sheet = inspection.inspection_view(small_estate, view.pass_id)
    by_order = {d.order_number: d.party for d in sheet.defects}
    assert by_order == {
        "FX-2026-000001": ResponsibleParty.CONTRACTOR,
        "FX-2026-000002": ResponsibleParty.SUPPLIER,
    }
    assert {d.state for d in sheet.defects} == {DefectState.ORDERED}
    with small_estate.reading() as session:
        order = session.scalars(select(Document).where(Document.number == "FX-2026-000001")).one()
        values = from_json("defect-order", order.values["values"])
    assert [line.description for line in values.defects] == ["=1+1 <b>划痕</b>"] * 2
    assert documents.preview(small_estate, "FX-2026-000001").missing == ()


def test_a_refused_house_is_inspected_again_in_a_second_round(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    item = in_order(small_estate, view).lines[0]
    (first,) = defects.add_defect(
        small_estate, new(), view.pass_id, replace(HOLLOW, item=item.key)
    ).value.defects
    read_all(small_estate, view, "100")
    signed(small_estate, view, "inspection")
    day = small_estate.now().date() + timedelta(days=3)
    gone = close(small_estate, view, "refused", Answer(new_day=day)).view
    with pytest.raises(Refused) as told:
        defects.remove_defect(small_estate, new(), first.defect_id, first.version, "误登")
    assert told.value.code == "records.changed_meanwhile"

    later = on_day(small_estate, days=3)
    back = serving(later, line.resume(later, new(), gone.pass_id, gone.version).value)
    assert set(missing(later, back, "accepted_with_defects")) == {Need.METERS, Need.SHEET, Need.SIGNATURE}
    with pytest.raises(Refused) as told:
        meters.read_meter(later, new(), back.pass_id, Meter.GAS, "99", picture())
    assert told.value.code == "inspection.reading_backwards"
    read_all(later, back, "101.5")
    sheet = inspection.inspection_view(later, back.pass_id)
    assert (sheet.round, sheet.ended_at, sheet.unchecked) == (2, None, 0)
    assert sheet.meters[0].previous == "100"
    for act in (
        DefectAct.CONFIRM,
        DefectAct.AGREE_METHOD,
        DefectAct.PLAN,
        DefectAct.START,
        DefectAct.REPORT_REPAIRED,
        DefectAct.ACCEPT,
        DefectAct.OWNER_SIGNS,
    ):
        known = defects.defect_view(later, first.defect_id)
        defects.follow(later, new(), first.defect_id, known.version, act)
    inspection.set_findings(later, new(), back.pass_id, {item.key: Finding.IN_ORDER})
    signed(later, back, "inspection")
    closed = close(later, back, "accepted")
    with later.reading() as session:
        paper = session.scalars(select(Document).where(Document.number == closed.documents[0].number)).one()
        values = from_json("inspection", paper.values["values"])
    assert (values.round, values.earlier[0].outcome, values.defects) == (2, "refused", ())
    assert [meter.reading for meter in values.meters] == ["101.5"] * 3
    listed = register.register(later, DefectFilter(standing=Standing.CLOSED))
    assert (listed.total, listed.rows[0].state) == (1, DefectState.CLOSED)


def test_a_step_that_does_not_follow_is_refused(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    given = DefectIn("划痕", Severity.MINOR, room="whole", trade=Trade.DOORS)
    (seen,) = defects.add_defect(small_estate, new(), view.pass_id, given).value.defects
    for act in (DefectAct.ACCEPT, DefectAct.ORDER, DefectAct.WITHDRAW):
        with pytest.raises(Refused) as told:
            defects.follow(small_estate, new(), seen.defect_id, seen.version, act)
        assert told.value.code == "inspection.defect_not_now"


def test_not_inspecting_needs_the_signed_wish_and_the_meters(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    assert missing(small_estate, view, "not_inspected") == (Need.METERS, Need.WAIVER)
    read_all(small_estate, view)
    signed(small_estate, view, "inspection")
    assert missing(small_estate, view, "not_inspected") == (Need.WAIVER,)
    signed(small_estate, view, "waiver")
    closed = close(small_estate, view, "not_inspected")
    with small_estate.reading() as session:
        paper = session.scalars(select(Document).where(Document.number == closed.documents[0].number)).one()
        values = from_json("inspection", paper.values["values"])
    assert {item.finding for item in values.items} == {"not_inspected"}
    assert values.signatures[0].name == "王䶮"


def test_the_sheet_cannot_be_written_after_the_household_left(small_estate: Desk) -> None:
    view = at(small_estate, Station.INSPECTION)
    in_order(small_estate, view)
    read_all(small_estate, view)
    signed(small_estate, view, "inspection")
    close(small_estate, view, "accepted")
    with pytest.raises(Refused) as told:
        inspection.room_in_order(small_estate, new(), view.pass_id, "whole")
    assert told.value.code == "inspection.ended"


def test_the_register_is_windowed_filtered_and_written_as_text(small_estate: Desk) -> None:
    for room in ("101", "102"):
        view = at(small_estate, Station.INSPECTION, f"1#1单元{room}")
        for trade, severity in ((Trade.DOORS, Severity.MINOR), (Trade.WALLS, Severity.SAFETY)):
            given = DefectIn(f"=HYPERLINK({room})", severity, room="whole", trade=trade)
            defects.add_defect(small_estate, new(), view.pass_id, given)
    page = register.register(small_estate, limit=3)
    assert (page.total, page.open, page.overdue, page.closed, len(page.rows)) == (4, 4, 0, 0, 3)
    assert [row.severity for row in page.rows[:2]] == [Severity.SAFETY, Severity.SAFETY]
    assert len(register.register(small_estate, offset=3, limit=3).rows) == 1
    later = on_day(small_estate, days=5)
    late = register.register(later, DefectFilter(standing=Standing.OVERDUE, trade=Trade.WALLS))
    assert (late.total, late.overdue) == (2, 2)
    one = DefectFilter(house_id=house_id(small_estate, "1#1单元102"), text="HYPERLINK(102")
    assert register.register(small_estate, one).total == 2
    assert register.register(small_estate, DefectFilter(text="%")).total == 0
    assert register.register(small_estate, DefectFilter(building="9")).total == 0
    book = register.register_workbook(small_estate)
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [
        "=HYPERLINK(101)",
        "=HYPERLINK(102)",
        "=HYPERLINK(101)",
        "=HYPERLINK(102)",
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    issued = register.issue_register(small_estate, new()).value
    assert issued.form == "defect-register"
    assert documents.preview(small_estate, issued.number).pages == 1
