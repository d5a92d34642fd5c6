"""The pack of papers and what the household must bring (M2, M6 ② and ④)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.errors import Refused
from deskapp.domain.papers import (
    PAPER_TRANSITIONS,
    Attending,
    PackLine,
    PaperAct,
    PaperState,
    can_paper,
    missing,
    pack_for,
    pack_states,
    paper_after,
    papers_for,
)
from deskapp.domain.places import PlaceKind
from deskapp.domain.rules import load_rules

RULES = load_rules(Assets())
TODAY = date(2026, 12, 4)
CONVENTION = next(item for item in RULES.papers if item.code == "convention")
HANDBOOK = next(item for item in RULES.papers if item.code == "owner_handbook")


def test_the_pack_of_a_flat_stands_in_its_order() -> None:
    pack = pack_for(PlaceKind.APARTMENT, RULES.papers)
    assert [item.code for item in pack[:5]] == [
        "service_agreement",
        "quality_guarantee",
        "instruction_manual",
        "owner_handbook",
        "owner_card",
    ]
    assert pack[0].copies == 2
    assert {"convention", "fitout_agreement"} <= {item.code for item in pack}
    assert "parking_rules" not in {item.code for item in pack}


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_everybody_signs_agreement_and_convention(kind: PlaceKind) -> None:
    signed = {item.code for item in pack_for(kind, RULES.papers) if item.must_sign}
    assert {"service_agreement", "convention"} <= signed


def test_refusing_the_convention_leaves_a_mark() -> None:
    assert CONVENTION.mark == "convention_refused"
    assert paper_after(CONVENTION, PackLine("convention"), PaperAct.REFUSE, today=TODAY).state == "refused"


def test_only_what_is_signed_can_be_refused() -> None:
    assert not can_paper(HANDBOOK, PaperState.DUE, PaperAct.REFUSE)
    with pytest.raises(Refused) as refused:
        paper_after(HANDBOOK, PackLine("owner_handbook"), PaperAct.REFUSE, today=TODAY)
    assert refused.value.code == "papers.not_now"


def test_a_short_paper_is_promised_for_a_day_and_handed_over_later() -> None:
    line = PackLine("owner_handbook")
    line = paper_after(HANDBOOK, line, PaperAct.PROMISE, today=TODAY, promised=TODAY)
    assert line == PackLine("owner_handbook", PaperState.SHORT, TODAY)
    later = TODAY + timedelta(days=7)
    line = paper_after(HANDBOOK, line, PaperAct.PROMISE, today=TODAY, promised=later)
    assert line.promised == later
    assert paper_after(HANDBOOK, line, PaperAct.HAND, today=later) == PackLine(
        "owner_handbook", PaperState.HANDED
    )


@pytest.mark.parametrize(
    ("promised", "code"),
    [(None, "papers.promise_needs_day"), (TODAY - timedelta(days=1), "papers.promise_in_past")],
)
def test_a_promise_without_a_day_to_come_is_refused(promised: date | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        paper_after(HANDBOOK, PackLine("owner_handbook"), PaperAct.PROMISE, today=TODAY, promised=promised)
    assert refused.value.code == code
    assert "{" not in refused.value.sentence()


@given(st.lists(st.sampled_from(PaperAct), max_size=12), st.sampled_from((CONVENTION, HANDBOOK)))
def test_papers_move_by_the_table_only(acts: list[PaperAct], item: object) -> None:
    paper = CONVENTION if item is CONVENTION else HANDBOOK
    line = PackLine(paper.code)
    for act in acts:
        promised = TODAY if act is PaperAct.PROMISE else None
        if can_paper(paper, line.state, act):
            before = line.state
            line = paper_after(paper, line, act, today=TODAY, promised=promised)
            assert line.state is PAPER_TRANSITIONS[before, act]
        else:
            with pytest.raises(Refused):
                paper_after(paper, line, act, today=TODAY, promised=promised)
        assert (line.promised is not None) == (line.state is PaperState.SHORT)
        assert line.state is not PaperState.REFUSED or paper.must_sign


def test_a_pack_is_summed_up_by_state() -> None:
    lines = [PackLine("a"), PackLine("b", PaperState.HANDED), PackLine("c", PaperState.HANDED)]
    assert pack_states(lines) == {
        PaperState.DUE: ("a",),
        PaperState.HANDED: ("b", "c"),
        PaperState.SHORT: (),
        PaperState.REFUSED: (),
    }


@pytest.mark.parametrize(
    ("attending", "must", "need_not"),
    [
        (Attending.OWNER, {"purchase_contract", "owner_id", "payment_proof"}, {"power_of_attorney"}),
        (Attending.CO_OWNER_ABSENT, {"owner_id", "co_owner_letter", "co_owner_id_copy"}, {"agent_id"}),
        (Attending.AGENT, {"power_of_attorney", "agent_id", "owner_id_copy"}, {"owner_id", "company_letter"}),
        (Attending.COMPANY, {"business_licence", "company_letter", "handler_id"}, {"photos", "owner_id"}),
    ],
)
def test_who_comes_decides_what_must_be_shown(
    attending: Attending, must: set[str], need_not: set[str]
) -> None:
    needed = papers_for(attending, RULES.documents)
    found = {paper.code for paper in needed}
    assert must <= found
    assert not need_not & found
    assert {paper.code for paper in missing(needed, frozenset())} == found
    assert missing(needed, frozenset(found)) == ()
    assert [paper.code for paper in missing(needed, frozenset(found - {"purchase_contract"}))] == [
        "purchase_contract"
    ]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    for prefix, words in (
        ("papers.state", PaperState),
        ("papers.act", PaperAct),
        ("papers.attending", Attending),
    ):
        assert [word for word in words if not i18n.has_text(f"{prefix}.{word}")] == []
