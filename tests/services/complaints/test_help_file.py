"""Help that may do harm: a decision is about one house; what followed is on file and on paper (C14)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskapp.base.errors import Refused
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.risk import Attempt, RiskFacts, RiskNeed, RiskyHelp
from deskapp.services.complaints import papers, risks
from deskapp.services.desk import Desk
from deskapp.services.documents import preview
from tests.pdf.reading_back import text_of
from tests.services.complaints.desks import cmd, house, take, word


def ready(desk: Desk) -> RiskFacts:
    return RiskFacts(
        help=RiskyHelp.OPEN_HOME,
        identity="身份证原件",
        house="档案登记与门牌一致",
        tried=(Attempt("联系开锁公司", desk.now(), "四十分钟后到"),),
        risks_told="可能损坏窗框，本人知悉",
    )


def test_a_decision_falls_with_the_house_it_was_about(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "202", "钥匙锁家里了", topic="locked_out", kind=Kind.HELP)
    kept = risks.save_risk(desk, cmd(), view.ticket_id, 0, ready(desk), house(desk, "202")).value
    decided = risks.decide(desk, cmd(), view.ticket_id, word()).value
    assert decided.missing == ()
    said = replace(decided.facts, risks_told="窗扣会坏，本人知悉")
    kept = risks.save_risk(desk, cmd(), view.ticket_id, decided.version, said, house(desk, "202")).value
    assert kept.missing == ()  # the same house and the same help
    other = risks.save_risk(desk, cmd(), view.ticket_id, kept.version, kept.facts, house(desk, "201")).value
    assert other.missing == (RiskNeed.DECIDER,)
    assert (other.decided_at, other.reason) == (None, "")
    with pytest.raises(Refused) as told:
        risks.help_given(desk, cmd(), view.ticket_id)
    assert told.value.code == "complaints.risk_needs"


def test_apology_and_follow_up_come_after_and_are_on_the_paper(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "202", "钥匙锁家里了", topic="locked_out", kind=Kind.HELP)
    risks.save_risk(desk, cmd(), view.ticket_id, 0, ready(desk), house(desk, "202"))
    risks.decide(desk, cmd(), view.ticket_id, word())
    done = risks.help_given(desk, cmd(), view.ticket_id).value
    assert done.closing == (RiskNeed.APOLOGY, RiskNeed.FOLLOW_UP)
    after = replace(done.facts, apology="当面向隔壁致歉", follow_up="次日换好窗扣")
    kept = risks.save_risk(desk, cmd(), view.ticket_id, done.version, after, house(desk, "202")).value
    assert kept.closing == ()
    paper = papers.issue(desk, cmd(), view.ticket_id, "complaint").value
    printed = text_of(preview(desk, paper.number).pdf)
    assert "当面向隔壁致歉" in printed
    assert "次日换好窗扣" in printed
