"""What the special files of a ticket and its papers say, line by line; no Qt."""

from __future__ import annotations

from datetime import datetime

from deskapp.base.i18n import say
from deskapp.gui.complaints.ticketlines import Line
from deskapp.gui.complaints.wording import short_moment
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import exact
from deskapp.services.complaints.disputes import SIGNERS, DisputeView, SignedView
from deskapp.services.complaints.risks import RiskView
from deskapp.services.complaints.views import TicketView


def dispute_lines(found: DisputeView | None, now: datetime) -> list[Line]:
    """Parties, cause, each talk, the result with its signatures (C16)."""
    if found is None:
        return []
    parties = listed(
        " ".join(part for part in (one.name, one.label, say(f"complaints.code.side.{one.side}")) if part)
        for one in found.parties
    )
    lines = [Line(parties), Line(found.cause)]
    for talk in found.talks:
        parts = [short_moment(talk.at, now), talk.whom, talk.present, talk.text, talk.staff]
        lines.append(Line(" · ".join(part for part in parts if part), "", exact(talk.at)))
    if found.result:
        signed = listed(_signed(one) for one in found.signatures)
        lines.append(Line(say("complaints.panel.file.settled", result=found.result, signed=signed)))
    return lines


def _signed(one: SignedView) -> str:
    """Who signed for whom; drawn here or with a pen."""
    role = say(f"complaints.panel.signer.{one.role}") if one.role in SIGNERS else one.role
    way = say("complaints.panel.file.drawn" if one.drawn else "complaints.panel.file.by_pen")
    return say("complaints.panel.file.signer", name=one.name, role=role, way=way)


def risk_lines(found: RiskView | None, now: datetime) -> list[Line]:
    """What is on file of a risky help, and what is still missing before anybody acts (C14)."""
    if found is None:
        return []
    facts = found.facts
    head = [say(f"complaints.code.risk.{facts.help.value}"), found.label, listed(found.owners)]
    lines = [Line(" · ".join(part for part in head if part))]
    texts = {
        "identity": facts.identity,
        "house_proof": facts.house,
        "danger": facts.reason,
        "consent": facts.consent,
        "witness": facts.witness,
        "risks_told": facts.risks_told,
        "apology": facts.apology,
        "follow_up": facts.follow_up,
    }
    for key, text in texts.items():
        if text:
            name = say(f"complaints.panel.ask.{key}")
            lines.append(Line(say("complaints.panel.file.row", name=name, text=text)))
    for one in facts.tried:
        text = " · ".join((short_moment(one.at, now), one.what, one.result))
        lines.append(Line(text, "", exact(one.at)))
    if found.decided_at is not None:
        at = short_moment(found.decided_at, now)
        text = say("complaints.panel.file.decided", who=facts.decider, at=at, reason=found.reason)
        lines.append(Line(text, "", exact(found.decided_at)))
    if found.done_at is not None:
        at = short_moment(found.done_at, now)
        lines.append(
            Line(say("complaints.panel.file.helped", at=at, who=found.done_by), "", exact(found.done_at))
        )
    acted = found.done_at is not None
    if missing := found.closing if acted else found.missing:
        needs = listed(say(f"complaints.code.risk_need.{need.value}") for need in missing)
        key = "complaints.panel.file.missing" if acted else "complaints.panel.risk_missing"
        lines.append(Line(say(key, needs=needs), "warning"))
    return lines


def paper_lines(view: TicketView, now: datetime) -> list[Line]:
    """Every paper of the ticket, to be opened and printed again."""
    return [
        Line(
            say(
                "complaints.panel.file.paper",
                form=say(f"complaints.panel.paper_of.{paper.form}"),
                number=paper.number,
                at=short_moment(paper.issued_at, now),
            ),
            "muted" if paper.voided else "",
            exact(paper.issued_at),
            (("open_paper", say("complaints.panel.file.open_paper")),),
            at,
        )
        for at, paper in enumerate(view.documents)
    ]
