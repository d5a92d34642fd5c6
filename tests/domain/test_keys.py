"""Keys: counted, handed over, kept, lent, returned, and never lost on the way (M6 ⑥, Z17)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.errors import Refused
from deskapp.domain.keys import (
    KEY_MOVES,
    Custody,
    KeyCount,
    KeyMove,
    KeyPlace,
    all_handed,
    can_move,
    in_custody,
    keys_for,
    left_in_store,
    moved,
)
from deskapp.domain.places import PlaceKind
from deskapp.domain.rules import load_rules

CUSTODY = Custody("工程部 罗工", "客厅地面空鼓返修", date(2026, 12, 11))
KEEPING = (KeyMove.KEEP, KeyMove.LEAVE, KeyMove.LEND)


def test_the_keys_of_a_flat_lie_in_the_store_first() -> None:
    counts = keys_for(PlaceKind.APARTMENT, load_rules(Assets()).keys)
    assert {count.kind for count in counts} >= {"entrance_door", "unit_card", "mailbox", "meter_room"}
    assert left_in_store(counts) == sum(count.total for count in counts) > 5
    assert not all_handed(counts)
    assert all_handed(moved(count, KeyMove.HAND, count.total) for count in counts)
    assert all(keys_for(kind, load_rules(Assets()).keys) for kind in PlaceKind)


def test_a_key_kept_for_repair_comes_back_against_signature() -> None:
    count = moved(KeyCount("entrance_door", store=5), KeyMove.HAND, 4)
    count = moved(count, KeyMove.KEEP, custody=CUSTODY)
    assert (count.handed, count.kept, count.custody) == (4, 1, CUSTODY)
    assert in_custody([count]) == (count,)
    lent = moved(count, KeyMove.LEND, custody=Custody("施工队 老刘", "返修", date(2026, 12, 9)))
    assert lent.custody is not None
    assert lent.custody.keeper == "施工队 老刘"
    back = moved(moved(lent, KeyMove.BRING_BACK), KeyMove.RETURN)
    assert back == KeyCount("entrance_door", handed=5)
    assert all_handed([back])
    assert in_custody([back]) == ()


def test_an_owner_may_leave_a_key_for_a_later_repair() -> None:
    count = moved(KeyCount("entrance_door", handed=5), KeyMove.LEAVE, custody=CUSTODY)
    assert (count.handed, count.kept) == (4, 1)


@pytest.mark.parametrize(
    "custody", [None, Custody("", "返修", date(2026, 1, 1)), Custody("罗", " ", date.max)]
)
def test_keeping_needs_who_and_why(custody: Custody | None) -> None:
    with pytest.raises(Refused) as refused:
        moved(KeyCount("mailbox", store=1), KeyMove.KEEP, custody=custody)
    assert refused.value.code == "keys.custody_incomplete"


@pytest.mark.parametrize(("move", "pieces"), [(KeyMove.HAND, 3), (KeyMove.RETURN, 1), (KeyMove.HAND, 0)])
def test_keys_that_are_not_there_cannot_move(move: KeyMove, pieces: int) -> None:
    with pytest.raises(Refused) as refused:
        moved(KeyCount("mailbox", store=2), move, pieces)
    assert refused.value.code == "keys.not_there"
    assert "{" not in refused.value.sentence()


def test_undoing_can_say_which_keys_are_meant() -> None:
    count = KeyCount("mailbox", handed=1, kept=1, custody=CUSTODY)
    assert moved(count, KeyMove.UNDO, place=KeyPlace.KEPT) == KeyCount("mailbox", store=1, handed=1)
    assert not can_move(count, KeyMove.UNDO, place=KeyPlace.LENT)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    assert all(i18n.has_text(f"keys.place.{place}") for place in KeyPlace)
    assert all(i18n.has_text(f"keys.move.{move}") for move in KeyMove)


class KeyBoard(RuleBasedStateMachine):
    """Any moves in any order: the number of keys never changes, and none is kept without a record."""

    @initialize(total=st.integers(1, 6))
    def start(self, total: int) -> None:
        self.total = total
        self.count = KeyCount("entrance_door", store=total)

    @rule(move=st.sampled_from(KeyMove), pieces=st.integers(0, 7), with_record=st.booleans())
    def try_a_move(self, move: KeyMove, pieces: int, with_record: bool) -> None:
        custody = CUSTODY if with_record else None
        possible = can_move(self.count, move, pieces) and (with_record or move not in KEEPING)
        if not possible:
            with pytest.raises(Refused):
                moved(self.count, move, pieces, custody=custody)
            return
        before = self.count
        self.count = moved(self.count, move, pieces, custody=custody)
        less = [place for place in KeyPlace if self.count.at(place) < before.at(place)]
        more = [place for place in KeyPlace if self.count.at(place) > before.at(place)]
        assert [KEY_MOVES[place, move] for place in less] == more
        assert self.count.at(more[0]) - before.at(more[0]) == pieces

    @invariant()
    def no_key_is_lost_or_made(self) -> None:
        if hasattr(self, "count"):
            assert self.count.total == self.total
            assert all(self.count.at(place) >= 0 for place in KeyPlace)

    @invariant()
    def kept_keys_have_a_record_and_others_none(self) -> None:
        if hasattr(self, "count"):
            assert (self.count.custody is not None) == bool(self.count.kept + self.count.lent)


TestKeyBoard = KeyBoard.TestCase
