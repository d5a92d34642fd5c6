"""Papers of the pack and keys on both databases (M6 ④ and ⑥, Z17)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import Document
from deskapp.domain.documents import from_json
from deskapp.domain.keys import Custody, KeyMove
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import PaperState
from deskapp.services import documents
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    keys,
    papers,
    passes,
)
from deskapp.services.movein.record_views import KeysView, KeyView, PackView
from deskapp.services.movein.signatures import SignatureIn
from deskapp.services.movein.views import Answer, Approval, PassView
from tests.services.estates import SUPERVISOR, on_day
from tests.services.records import UNTIL, at, close, new, picture, signed

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
