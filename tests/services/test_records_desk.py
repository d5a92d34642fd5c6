"""Papers, keys, errands, card, escorts and signatures on both databases (M6, M8, M9, M11, Z17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import Document, History
from deskapp.db.tables.residents import Person, Phone
from deskapp.db.tables.stations import Errand, Signature
from deskapp.domain.documents import from_json
from deskapp.domain.errands import Direction
from deskapp.domain.keys import Custody, KeyMove
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import Attending, PaperState
from deskapp.services import documents
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    errands,
    escorts,
    fees,
    keys,
    line,
    owner_card,
    owner_papers,
    papers,
    passes,
    signatures,
)
from deskapp.services.movein.errands import ErrandIn, ErrandPaperIn
from deskapp.services.movein.owner_card import CardIn, OwnerDatum
from deskapp.services.movein.owner_card_data import Contact, HouseholdCard, Member, Pet, Vehicle
from deskapp.services.movein.record_views import KeysView, KeyView, PackView
from deskapp.services.movein.signatures import SignatureIn
from deskapp.services.movein.views import Answer, Approval, PassView
from tests.services.estates import SUPERVISOR, house_id, on_day
from tests.services.records import UNTIL, arrived, at, close, money, new, picture, signed

WORD = Approval(*SUPERVISOR, reason="先交钥匙")
CUSTODY = Custody("返修组 陈工", "卫生间闭水复验", UNTIL)
DAY = date(2026, 12, 10)


def missing(desk: Desk, view: PassView, code: str) -> tuple[Need, ...]:
    fresh = passes.pass_view(desk, view.pass_id)
    return next(choice.missing for choice in fresh.choices if choice.outcome.code == code)


def state(pack: PackView, code: str) -> PaperState:
    return next(each.state for each in pack.lines if each.code == code)


def key(view: KeysView, kind: str) -> KeyView:
    return next(each for each in view.lines if each.kind == kind)


# ④ papers


def test_the_pack_lies_in_its_order_and_is_signed_for(small_estate: Desk) -> None:
    view = at(small_estate, Station.PAPERS)
    pack = papers.papers_view(small_estate, view.pass_id)
    kinds = [item.code for item in small_estate.rules.papers]
    assert [each.code for each in pack.lines] == [c for c in kinds if c != "parking_rules"]
    pack = papers.hand_all(small_estate, new(), view.pass_id).value
    assert {each.state for each in pack.lines} == {PaperState.HANDED}
    assert missing(small_estate, view, "all_signed") == (Need.SIGNATURE,)
    signed(small_estate, view, "papers")
    papers.set_paper(small_estate, new(), view.pass_id, "gas_guide", PaperState.DUE)
    assert missing(small_estate, view, "all_signed") == (Need.ALL_PAPERS, Need.SIGNATURE)
    papers.set_paper(small_estate, new(), view.pass_id, "gas_guide", PaperState.HANDED)
    signed(small_estate, view, "papers")
    (paper,) = close(small_estate, view, "all_signed").documents
    assert paper.number == "ZL-2026-000001"


def test_a_short_paper_has_a_day_and_is_brought_later(small_estate: Desk) -> None:
    view = at(small_estate, Station.PAPERS)
    for promised, code in ((None, "papers.promise_needs_day"), (date(2026, 1, 1), "papers.promise_in_past")):
        with pytest.raises(Refused) as told:
            papers.set_paper(small_estate, new(), view.pass_id, "pipe_drawing", PaperState.SHORT, promised)
        assert told.value.code == code
    papers.set_paper(small_estate, new(), view.pass_id, "pipe_drawing", PaperState.SHORT, DAY)
    pack = papers.hand_all(small_estate, new(), view.pass_id).value
    assert state(pack, "pipe_drawing") is PaperState.SHORT
    assert missing(small_estate, view, "all_signed") == (Need.ALL_PAPERS, Need.SIGNATURE)
    signed(small_estate, view, "papers")
    (paper,) = close(small_estate, view, "item_short").documents
    with small_estate.reading() as session:
        row = session.scalars(select(Document).where(Document.number == paper.number)).one()
        values = from_json("papers-receipt", row.values["values"])
    short = [each for each in values.papers if not each.received]
    assert [(each.name, each.promised_on) for each in short] == [("户内水电管线图", DAY)]
    assert values.convention_signed is True
    pack = papers.set_paper(small_estate, new(), view.pass_id, "pipe_drawing", PaperState.HANDED).value
    assert state(pack, "pipe_drawing") is PaperState.HANDED


def test_refusing_the_convention_marks_the_house_in_the_owners_words(small_estate: Desk) -> None:
    view = at(small_estate, Station.PAPERS)
    with pytest.raises(Refused) as told:
        papers.set_paper(small_estate, new(), view.pass_id, "owner_handbook", PaperState.REFUSED)
    assert told.value.code == "papers.not_now"
    for line_ in papers.papers_view(small_estate, view.pass_id).lines:
        if line_.code not in ("convention", "gas_guide"):
            papers.set_paper(small_estate, new(), view.pass_id, line_.code, PaperState.HANDED)
    signed(small_estate, view, "papers")
    answer = Answer(reservations=("不同意第七条:封阳台要审批",))
    with pytest.raises(Refused) as told:
        close(small_estate, view, "convention_refused", answer)
    assert told.value.code == "records.papers_open"
    papers.set_paper(small_estate, new(), view.pass_id, "gas_guide", PaperState.HANDED)
    signed(small_estate, view, "papers")
    closed = close(small_estate, view, "convention_refused", answer)
    assert closed.view.marks[0].text == "不同意第七条:封阳台要审批"
    assert state(papers.papers_view(small_estate, view.pass_id), "convention") is PaperState.REFUSED
    with small_estate.reading() as session:
        row = session.scalars(select(Document).where(Document.form == "papers-receipt")).one()
        values = from_json("papers-receipt", row.values["values"])
    assert (values.convention_signed, values.reservations[0].text) == (False, "不同意第七条:封阳台要审批")


# ② owner's papers and card


def test_who_comes_decides_what_must_be_shown(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    shown = owner_papers.owner_papers_view(small_estate, view.pass_id)
    assert shown.attending is Attending.OWNER
    owner = {each.code: True for each in shown.needed(Attending.OWNER)}
    shown = owner_papers.show_papers(small_estate, new(), view.pass_id, owner).value
    assert all(each.shown for each in shown.needed(Attending.OWNER))
    assert missing(small_estate, view, "in_order") == (Need.SIGNATURE,)
    assert Need.OWNER_PAPERS in missing(small_estate, view, "agent_authorised")
    owner_papers.show_paper(small_estate, new(), view.pass_id, "owner_id", False)
    assert Need.OWNER_PAPERS in missing(small_estate, view, "in_order")
    with pytest.raises(Refused) as told:
        owner_papers.show_paper(small_estate, new(), view.pass_id, "driving_licence", True)
    assert told.value.code == "records.no_paper"


CARD = HouseholdCard(
    contacts=(Contact("李娜<i>", "199 0000 7001", "妻"),),
    members=(Member("王小明", "子", date(2018, 5, 1)),),
    vehicles=(Vehicle("鄂a12345", "白色轿车"),),
    pets=(Pet("犬", "柯基", "WH-001"),),
    declined=("trade",),
)


def test_the_card_keeps_what_was_told_and_what_was_declined(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    empty = owner_card.owner_card_view(small_estate, view.house_id)
    assert empty.household == HouseholdCard()
    datum = OwnerDatum(empty.owners[0].person_id, trade="教师", native_place="襄阳")
    card = CardIn((datum,), CARD)
    command = new()
    for _ in range(2):
        saved = owner_card.save_owner_card(small_estate, command, view.house_id, empty.version, card).value
    assert saved.owners[0].trade == ""  # declined
    assert saved.owners[0].native_place == "襄阳"
    assert saved.household.contacts[0].phone == "199****7001"
    assert saved.household.vehicles[0].plate == "鄂A12345"
    assert saved.household.declined == ("trade",)
    with pytest.raises(Conflict):
        owner_card.save_owner_card(small_estate, new(), view.house_id, empty.version, card)
    again = owner_card.save_owner_card(
        small_estate, new(), view.house_id, saved.version, CardIn((), saved.household)
    ).value
    assert again.household == saved.household
    with small_estate.reading() as session:
        person = session.get_one(Person, (small_estate.estate_id, datum.person_id))
        assert person.card["trade"] is None
        numbers = list(session.scalars(select(Phone.number).where(Phone.use == "emergency")))
        assert numbers == ["19900007001"]
        told = session.scalars(select(History).where(History.act == "owner_card.saved")).first()
        assert told is not None
        assert "1990000" not in str(told.data)
        assert "襄阳" not in str(told.data)


def test_the_card_is_printed_whole_and_signed(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    empty = owner_card.owner_card_view(small_estate, view.house_id)
    shown = owner_papers.owner_papers_view(small_estate, view.pass_id)
    ticks = {each.code: True for each in shown.needed(Attending.OWNER)}
    owner_papers.show_papers(small_estate, new(), view.pass_id, ticks)
    signed(small_estate, view, "documents")
    owner_card.save_owner_card(small_estate, new(), view.house_id, empty.version, CardIn((), CARD))
    assert missing(small_estate, view, "in_order") == (Need.SIGNATURE,)  # it was signed before it changed
    signed(small_estate, view, "documents")
    (paper,) = close(small_estate, view, "in_order").documents
    with small_estate.reading() as session:
        row = session.scalars(select(Document).where(Document.number == paper.number)).one()
        values = from_json("owner-card", row.values["values"])
    assert values.contacts[0].phone == "19900007001"
    assert (values.declined, values.pets[0].licence) == (("从业情况",), "WH-001")
    assert values.signatures[0].picture
    job = documents.preview(small_estate, paper.number)
    assert (job.pdf[:4], job.missing) == (b"%PDF", ())


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (HouseholdCard(contacts=(Contact("李娜", "wx_lina"),)), "phone.format"),
        (HouseholdCard(contacts=(Contact(" ", "19900007001"),)), "name.empty"),
        (HouseholdCard(members=(Member("王" * 61),)), "name.too_long"),
        (HouseholdCard(vehicles=(Vehicle(" "),)), "records.text_missing"),
        (HouseholdCard(pets=(Pet("犬", "x" * 121),)), "records.text_long"),
        (HouseholdCard(pets=(Pet("猫"),) * 21), "records.too_many"),
        (HouseholdCard(declined=("shoe_size",)), "records.no_datum"),
    ],
)
def test_a_card_that_cannot_be_is_refused(small_estate: Desk, card: HouseholdCard, code: str) -> None:
    house = house_id(small_estate, "1#1单元101")
    version = owner_card.owner_card_view(small_estate, house).version
    with pytest.raises(Refused) as told:
        owner_card.save_owner_card(small_estate, new(), house, version, CardIn((), card))
    assert told.value.code == code
    assert owner_card.owner_card_view(small_estate, house).household == HouseholdCard()


# ⑥ keys


def handed_over(desk: Desk, kept: int) -> PassView:
    """A household that took its keys on a supervisor's word, some door keys kept."""
    view = at(desk, Station.KEYS)
    if kept:
        door = key(keys.keys_view(desk, view.house_id), "entrance_door")
        keys.set_keys(desk, new(), view.pass_id, "entrance_door", door.version, 5 - kept, kept, CUSTODY)
    keys.hand_all_keys(desk, new(), view.pass_id)
    signed(desk, view, "keys")
    return close(desk, view, "some_kept" if kept else "all_keys", Answer(approval=WORD)).view


def test_keys_are_counted_handed_over_and_kept_under_custody(small_estate: Desk) -> None:
    view = at(small_estate, Station.KEYS)
    door = key(keys.keys_view(small_estate, view.house_id), "entrance_door")
    assert (door.total, door.store) == (5, 5)
    for handed, kept, custody, code in (
        (5, 1, CUSTODY, "keys.not_there"),
        (-1, 0, None, "keys.not_there"),
        (4, 1, None, "keys.custody_incomplete"),
        (4, 1, Custody("", "复验", UNTIL), "keys.custody_incomplete"),
        (4, 1, Custody("陈工", "复验", date(2026, 1, 1)), "keys.custody_past"),
    ):
        with pytest.raises(Refused) as told:
            keys.set_keys(
                small_estate, new(), view.pass_id, "entrance_door", door.version, handed, kept, custody
            )
        assert told.value.code == code
    done = keys.set_keys(small_estate, new(), view.pass_id, "entrance_door", door.version, 4, 1, CUSTODY)
    door = key(done.value, "entrance_door")
    assert (door.handed, door.kept, door.store, door.keeper) == (4, 1, 0, "返修组 陈工")
    with pytest.raises(Conflict):
        keys.set_keys(small_estate, new(), view.pass_id, "entrance_door", door.version - 1, 5)
    assert Need.CUSTODY in missing(small_estate, view, "some_kept")  # others are still in the store
    everything = keys.hand_all_keys(small_estate, new(), view.pass_id).value
    assert not everything.all_handed
    assert missing(small_estate, view, "some_kept") == (Need.SIGNATURE,)
    assert Need.KEYS in missing(small_estate, view, "all_keys")
    again = keys.set_keys(small_estate, new(), view.pass_id, "entrance_door", door.version, 5).value
    assert (again.all_handed, key(again, "entrance_door").keeper) == (True, "")


def test_a_kept_key_comes_back_to_the_owner_against_a_signature(small_estate: Desk) -> None:
    view = handed_over(small_estate, kept=2)
    later = on_day(small_estate, days=6)
    door = key(keys.keys_view(later, view.house_id), "entrance_door")
    lent = keys.move_keys(
        later,
        new(),
        view.house_id,
        "entrance_door",
        door.version,
        KeyMove.LEND,
        1,
        SignatureIn("张师傅", "witness"),
        Custody("张师傅", "补做防水", UNTIL),
    ).value
    door = key(lent.view, "entrance_door")
    assert (door.kept, door.lent, door.keeper) == (1, 1, "张师傅")
    with pytest.raises(Refused) as told:
        keys.move_keys(
            later, new(), view.house_id, "entrance_door", door.version, KeyMove.RETURN, 2, SignatureIn("王䶮")
        )
    assert told.value.code == "keys.not_there"
    back = keys.move_keys(
        later,
        new(),
        view.house_id,
        "entrance_door",
        door.version,
        KeyMove.BRING_BACK,
        1,
        SignatureIn("林晓", "property"),
    ).value
    door, command = key(back.view, "entrance_door"), new()
    signature = SignatureIn("王䶮", "owner", "screen", picture(9))
    for _ in range(2):
        returned = keys.move_keys(
            later, command, view.house_id, "entrance_door", door.version, KeyMove.RETURN, 2, signature
        ).value
    assert returned.view.all_handed
    assert key(returned.view, "entrance_door").until is None
    with later.reading() as session:
        row = session.scalars(select(Document).where(Document.number == returned.document.number)).one()
        values = from_json("keys-receipt", row.values["values"])
        assert session.scalar(select(func.count()).where(Document.form == "keys-receipt")) == 4
    door_line = next(each for each in values.keys if each.kind == "入户门钥匙")
    assert (door_line.handed, door_line.returned) == (5, 2)
    assert values.signatures[0].picture
    assert documents.preview(later, returned.document.number).missing == ()


def test_keys_do_not_move_about_before_they_were_handed_over(small_estate: Desk) -> None:
    view = at(small_estate, Station.KEYS)
    door = key(keys.keys_view(small_estate, view.house_id), "entrance_door")
    for move in (KeyMove.RETURN, KeyMove.HAND, KeyMove.UNDO):
        with pytest.raises(Refused) as told:
            keys.move_keys(
                small_estate,
                new(),
                view.house_id,
                "entrance_door",
                door.version,
                move,
                1,
                SignatureIn("王䶮"),
            )
        assert told.value.code == "keys.not_handed_yet"


def test_keys_cannot_be_counted_anew_after_they_are_out(small_estate: Desk) -> None:
    view = handed_over(small_estate, kept=0)
    door = key(keys.keys_view(small_estate, view.house_id), "entrance_door")
    with pytest.raises(Refused) as told:
        keys.set_keys(small_estate, new(), view.pass_id, "entrance_door", door.version, 1)
    assert told.value.code == "records.pass_closed"


# errands

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


# escorts and signatures


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
