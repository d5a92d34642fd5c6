"""What is shown of an incident and of those it affected (C11, C18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from deskapp.services.complaints.views import IncidentBrief, TicketLine


@dataclass(frozen=True, slots=True)
class Authority:
    """Police, fire brigade or an authority: whom we spoke to and when they were told."""

    name: str
    contact: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class AffectedView:
    """One household of the register; ``came_at`` None for one that never came to the desk.

    Attributes:
        loss, claim, paid: yuan. signature: SHA-256 of the picture or scan, "" for none.
    """

    house_id: int
    version: int
    label: str
    came_at: datetime | None
    description: str
    loss: Decimal
    claim: Decimal
    paid: Decimal
    paid_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    signature: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident whole."""

    brief: IncidentBrief
    version: int
    master_ticket_id: int
    opened_at: datetime
    closed_at: datetime | None
    tickets: tuple[TicketLine, ...]
    affected: tuple[AffectedView, ...]
    spokesman: str
    authorities: tuple[Authority, ...]
    cause: str
    next_step: str

    @property
    def loss(self) -> Decimal:
        """All losses together, yuan."""
        return sum((one.loss for one in self.affected), Decimal(0))

    @property
    def paid(self) -> Decimal:
        """All that was paid, yuan."""
        return sum((one.paid for one in self.affected), Decimal(0))
