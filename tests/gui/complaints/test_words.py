"""Every code that the panel says has its words."""

from __future__ import annotations

import pytest

from deskapp.base.i18n import has_text
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.clocks import Why
from deskapp.domain.complaints.closing import CloseNeed, Position
from deskapp.domain.complaints.departments import Post
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.risk import RiskNeed, RiskyHelp
from deskapp.domain.complaints.script import Field, Mood, Phase, Side
from deskapp.domain.complaints.similar import Likeness
from deskapp.domain.complaints.ticket import TicketState
from deskapp.gui.complaints.deeds import OUTGOING
from deskapp.gui.complaints.files import SIGNERS
from deskapp.gui.complaints.intakemore import DETAILS, FACTS
from deskapp.gui.complaints.panel import PAGES
from deskapp.services.complaints.intake import CONTACT_KINDS
from deskapp.services.complaints.papers import BULLETIN, OF_INCIDENT, OF_TICKET

ENUMS = {
    "complaints.code.grade": Grade,
    "complaints.code.span": Why,
    "complaints.code.close_need": CloseNeed,
    "complaints.code.position": Position,
    "complaints.paper.post": Post,
    "complaints.code.promise": PromiseState,
    "complaints.code.risk": RiskyHelp,
    "complaints.code.risk_need": RiskNeed,
    "complaints.code.field": Field,
    "complaints.code.mood": Mood,
    "complaints.code.phase": Phase,
    "complaints.code.side": Side,
    "complaints.code.likeness": Likeness,
    "complaints.code.state": TicketState,
}
CODES = {
    "complaints.panel.contact": ("received", *CONTACT_KINDS, *OUTGOING),
    "complaints.panel.dispatch_state": ("dispatched", "taken", "deferred", "refused", "recalled", "done"),
    "complaints.panel.fact": FACTS,
    "complaints.panel.file": DETAILS,
    "complaints.panel.intake": DETAILS,
    "complaints.panel.page": PAGES,
    "complaints.panel.paper_of": (*OF_TICKET, *OF_INCIDENT, BULLETIN),
    "complaints.panel.signer": SIGNERS,
    "complaints.panel.why": tuple(f"of_{what}" for what in ("promise", "dispatch", "call_back", "contact")),
}


@pytest.mark.parametrize(
    "key",
    [f"{begin}.{value.value}" for begin, values in ENUMS.items() for value in values]
    + [f"{begin}.{code}" for begin, codes in CODES.items() for code in codes],
)
def test_it_has_words(key: str) -> None:
    assert has_text(key)
