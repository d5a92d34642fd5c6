"""What a close still lacks, said in one sentence, each thing with the way to it (C13, C14); no Qt."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from deskapp.base.i18n import say
from deskapp.gui.complaints.asked import Deed, DeedGroup
from deskapp.gui.widgets.phrasing import listed
from deskapp.services.complaints.risks import RiskView
from deskapp.services.complaints.views import TicketView

PROMISES = "promises"
"""The section of the file where open promises are ended; no deed of its own."""
WAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "result": ("sign_report", "report", "settle", "dispatch"),
        "position": ("close", "reply", "settle"),
        "reply": ("reply", "propose_reply"),
        "reply_approved": ("approve_reply", "propose_reply"),
        "call_back": ("call_back",),
        "fault": ("sign_report", "report", "settle", "dispatch"),
        "promises": (PROMISES,),
        "named_person": ("name_person",),
        "incident_report": ("paper.incident-report",),
        "help": ("risk",),
    }
)
"""Need -> the deeds that meet it, the one tried first first."""


def needs_of(view: TicketView, risk: RiskView | None) -> list[tuple[str, str]]:
    """Everything that a close lacks: (what leads there, its words); empty where it may be closed."""
    if view.closed_at is not None:
        return []
    found = [(need, say(f"complaints.code.close_need.{need}")) for need in view.missing]
    follow_up = risk.closing if risk is not None else ()
    return found + [("help", say(f"complaints.code.risk_need.{need.value}")) for need in follow_up]


def sentence(needs: Sequence[tuple[str, str]]) -> str:
    """The needs in one sentence; "" for none."""
    return say("complaints.panel.file.missing", needs=listed(text for _, text in needs)) if needs else ""


def linked(needs: Sequence[tuple[str, str]], groups: Iterable[DeedGroup]) -> str:
    """The same sentence as rich text, in which each need leads to its deed."""
    if not needs:
        return ""
    deeds = {deed.code: deed for group in groups for deed in group.deeds}
    links = (f'<a href="{way_to(need, deeds)}">{html.escape(text)}</a>' for need, text in needs)
    return say("complaints.panel.file.missing", needs=listed(links))


def way_to(need: str, deeds: Mapping[str, Deed]) -> str:
    """The deed that meets a need: the first that can be done now, else the first there is, to say why not."""
    there = [code for code in WAYS[need] if code in deeds]
    possible = (code for code in there if not deeds[code].why_not)
    return next(possible, there[0] if there else WAYS[need][0])
