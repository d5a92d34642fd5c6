"""Deeds on the special files of a ticket: a neighbour dispute, help with a risk (C14, C16); no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.complaints.risk import Attempt, RiskFacts, RiskyHelp
from deskapp.gui.complaints.asked import Answers, Asked, Deed, Sort
from deskapp.gui.complaints.deeds import REASON
from deskapp.gui.widgets.phrasing import listed
from deskapp.services.changes import Done
from deskapp.services.complaints import disputes, risks
from deskapp.services.complaints.disputes import SIGNERS, DisputeView, PartyIn, SignedIn
from deskapp.services.complaints.risks import RiskView
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk
from deskapp.services.movein.views import Approval
from deskapp.services.residents.search import find


def house_by_text(desk: Desk, text: str) -> int | None:
    """The one house a text means; None for no text.

    Raises:
        Refused: ``complaints.no_house`` where it means none, or several.
    """
    wanted = text.strip()
    if not wanted:
        return None
    hits = [hit for hit in find(desk, wanted, 5) if hit.house_id]
    exact = [hit for hit in hits if hit.label == wanted] or hits
    if len({hit.house_id for hit in exact}) != 1:
        raise Refused("complaints.no_house")
    return exact[0].house_id


def dispute_deeds(view: TicketView, found: DisputeView | None) -> tuple[Deed, ...]:
    """The file of a quarrel: parties and cause, each talk, the result with its signatures (C16)."""
    none = "" if found is not None else say("complaints.panel.no_dispute")
    return (
        Deed(
            "dispute",
            lambda desk, command, view, given: _save_dispute(desk, command, view, found, given),
            (
                Asked("complainant", Sort.LINE, given=_names(found, "complainant") or view.form.caller),
                Asked("other_party", Sort.LINE, given=_names(found, "other_party") or view.form.against),
                Asked("other_house", Sort.LINE, required=False, given=_other_house(found)),
                Asked("dispute_cause", Sort.TEXT, given=found.cause if found else view.form.matter),
            ),
        ),
        Deed(
            "dispute_talk",
            lambda desk, command, view, given: disputes.add_talk(
                desk,
                command,
                view.ticket_id,
                whom=given["whom"].strip(),
                text=given["said"].strip(),
                present=given["present"].strip(),
                at=given["at"],
            ),
            (
                Asked("whom", Sort.LINE),
                Asked("present", Sort.LINE, required=False),
                Asked("at", Sort.PAST, required=False),
                Asked("said", Sort.TEXT),
            ),
            none,
        ),
        Deed(
            "dispute_settle",
            lambda desk, command, view, given: disputes.settle_dispute(
                desk,
                command,
                view.ticket_id,
                found.version if found else 0,
                given["result"].strip(),
                [SignedIn(given[side].strip(), side, given[f"signed_{side}"]) for side in SIGNERS],
            ),
            (
                Asked("result", Sort.TEXT),
                *(
                    ask
                    for side in SIGNERS
                    for ask in (
                        Asked(side, Sort.LINE, side != "committee", given=_names(found, side)),
                        Asked(f"signed_{side}", Sort.SIGNATURE, required=False),
                    )
                ),
            ),
            none,
        ),
    )


def _names(found: DisputeView | None, side: str) -> str:
    return listed(one.name for one in found.parties if one.side == side) if found is not None else ""


def _other_house(found: DisputeView | None) -> str:
    others = [one.label for one in found.parties if one.side == "other_party"] if found is not None else []
    return others[0] if others else ""


def _save_dispute(
    desk: Desk, command: str, view: TicketView, found: DisputeView | None, given: Answers
) -> Done[Any]:
    other = house_by_text(desk, given["other_house"])
    parties = (
        PartyIn(given["complainant"].strip(), view.form.house_id, "complainant"),
        PartyIn(given["other_party"].strip(), other, "other_party"),
    )
    version = found.version if found is not None else 0
    return disputes.save_dispute(
        desk, command, view.ticket_id, version, parties, given["dispute_cause"].strip()
    )


def risk_deeds(view: TicketView, found: RiskView | None) -> tuple[Deed, ...]:
    """Everything on file before anybody acts: proof, what was tried, who decided, what may go wrong (C14)."""
    facts = found.facts if found is not None else None
    none = "" if found is not None else say("complaints.panel.no_risk")
    kinds = tuple((each.value, say(f"complaints.code.risk.{each.value}")) for each in RiskyHelp)
    lacks = ""
    if found is not None and found.missing:
        needs = listed(say(f"complaints.code.risk_need.{need.value}") for need in found.missing)
        lacks = say("complaints.panel.risk_missing", needs=needs)
    done = say("complaints.panel.risk_done") if found is not None and found.done_at is not None else ""
    return (
        Deed(
            "risk",
            lambda desk, command, view, given: _save_risk(desk, command, view, found, given),
            (
                Asked("help", Sort.CHOICE, options=kinds, given=facts.help.value if facts else None),
                Asked("proven_house", Sort.LINE, required=False, given=found.label if found else view.label),
                Asked("identity", Sort.LINE, required=False, given=facts.identity if facts else ""),
                Asked("house_proof", Sort.LINE, required=False, given=facts.house if facts else ""),
                Asked("danger", Sort.TEXT, required=False, given=facts.reason if facts else ""),
                Asked("consent", Sort.LINE, required=False, given=facts.consent if facts else ""),
                Asked("witness", Sort.LINE, required=False, given=facts.witness if facts else ""),
                Asked("risks_told", Sort.TEXT, required=False, given=facts.risks_told if facts else ""),
                Asked("apology", Sort.TEXT, required=False, given=facts.apology if facts else ""),
                Asked("follow_up", Sort.TEXT, required=False, given=facts.follow_up if facts else ""),
            ),
        ),
        Deed(
            "risk_tried",
            lambda desk, command, view, given: _add_tried(desk, command, view, found, given),
            (Asked("tried", Sort.LINE), Asked("tried_result", Sort.LINE), Asked("at", Sort.PAST)),
            none or done,
        ),
        Deed(
            "risk_decide",
            lambda desk, command, view, given: risks.decide(
                desk,
                command,
                view.ticket_id,
                Approval(given["number"].strip(), given["secret"], given["reason"].strip()),
            ),
            (Asked("number", Sort.LINE), Asked("secret", Sort.SECRET), REASON),
            none or done,
        ),
        Deed(
            "risk_given",
            lambda desk, command, view, given: risks.help_given(desk, command, view.ticket_id),
            (),
            none or done or lacks,
            role="danger",
        ),
    )


def _save_risk(
    desk: Desk, command: str, view: TicketView, found: RiskView | None, given: Answers
) -> Done[Any]:
    texts = {
        "identity": given["identity"].strip(),
        "house": given["house_proof"].strip(),
        "reason": given["danger"].strip(),
        "consent": given["consent"].strip(),
        "witness": given["witness"].strip(),
        "risks_told": given["risks_told"].strip(),
        "apology": given["apology"].strip(),
        "follow_up": given["follow_up"].strip(),
    }
    before = found.facts if found is not None else RiskFacts(RiskyHelp(given["help"]))
    facts = replace(before, help=RiskyHelp(given["help"]), **texts)
    house = house_by_text(desk, given["proven_house"])
    return risks.save_risk(desk, command, view.ticket_id, found.version if found else 0, facts, house)


def _add_tried(
    desk: Desk, command: str, view: TicketView, found: RiskView | None, given: Answers
) -> Done[Any]:
    if found is None:
        raise Refused("complaints.no_risk_file", number=view.number)
    attempt = Attempt(given["tried"].strip(), given["at"], given["tried_result"].strip())
    facts = replace(found.facts, tried=(*found.facts.tried, attempt))
    return risks.save_risk(desk, command, view.ticket_id, found.version, facts, found.house_id)
