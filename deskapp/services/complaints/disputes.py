"""The file of a quarrel between neighbours: parties, each talk, who took part, result, signatures (C16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import Dispute, DisputeTalk
from deskapp.db.unit import Unit
from deskapp.domain.staff import Action
from deskapp.services import attachments
from deskapp.services.changes import Done
from deskapp.services.complaints.rows import labels_of, note, payable_text, ticket_row
from deskapp.services.desk import Desk, changes_of


@dataclass(frozen=True, slots=True)
class PartyIn:
    """One party: a name, its house if it lives here, and its side (complainant, other_party)."""

    name: str
    house_id: int | None
    side: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class TalkView:
    """One talk; ``present`` names committee, authority and witnesses."""

    at: datetime
    whom: str
    present: str
    text: str
    staff: str


class SignedIn(NamedTuple):
    """Who signed the result: one of `SIGNERS`, or another body in words; ``drawn`` on screen, or by pen."""

    name: str
    role: str
    drawn: bytes | None = None


@dataclass(frozen=True, slots=True)
class SignedView:
    """One signature under the result; ``drawn`` is its sha256, "" where the paper was signed."""

    name: str
    role: str
    at: datetime
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """The file as it stands; version 0 while there is none."""

    ticket_id: int
    version: int
    parties: tuple[PartyIn, ...]
    cause: str
    talks: tuple[TalkView, ...]
    result: str
    signatures: tuple[SignedView, ...]
    opened_at: datetime
    settled_at: datetime | None


SIGNED = "dispute_signature"
"""Kind of the attachment with which a party signs on the screen."""
SIDES = ("complainant", "other_party")
SIGNERS = (*SIDES, "committee")
"""Who signs on the form, as codes: the words belong to the screen and to the paper."""
_OF_TICKET = select(Dispute).where(
    Dispute.estate_id == bindparam("estate_id"), Dispute.ticket_id == bindparam("ticket_id")
)
_TALKS = (
    select(DisputeTalk)
    .where(DisputeTalk.estate_id == bindparam("estate_id"), DisputeTalk.dispute_id == bindparam("dispute_id"))
    .order_by(DisputeTalk.at, DisputeTalk.id)
)


def dispute(desk: Desk, ticket_id: int) -> DisputeView | None:
    """The file of a ticket, None where it has none."""
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        found = _file(session, ticket_row(session, desk.estate_id, ticket_id))
        return _view(session, desk, found) if found is not None else None


def _file(session: Session, row: Ticket) -> Dispute | None:
    return session.scalars(_OF_TICKET, {"estate_id": row.estate_id, "ticket_id": row.id}).first()


def _view(session: Session, desk: Desk, found: Dispute) -> DisputeView:
    labels = labels_of(session, desk.estate_id, (one["house_id"] for one in found.parties))
    talks = session.scalars(_TALKS, {"estate_id": desk.estate_id, "dispute_id": found.id})
    return DisputeView(
        ticket_id=found.ticket_id,
        version=found.version,
        parties=tuple(
            PartyIn(one["name"], one["house_id"], one["side"], labels.get(one["house_id"], ""))
            for one in found.parties
        ),
        cause=found.cause,
        talks=tuple(TalkView(one.at, one.whom, one.present, one.text, one.staff) for one in talks),
        result=found.result,
        signatures=tuple(
            SignedView(one["name"], one["role"], datetime.fromisoformat(one["at"]), one.get("drawn", ""))
            for one in found.signatures
        ),
        opened_at=found.opened_at,
        settled_at=found.settled_at,
    )


def save_dispute(
    desk: Desk, command_id: str, ticket_id: int, version: int, parties: Iterable[PartyIn], cause: str
) -> Done[DisputeView]:
    """Parties and cause; opens the file.

    Raises:
        Conflict: ``complaints.file_changed``. Refused: ``complaints.parties_missing``.
    """
    kept = [
        {"name": payable_text(one.name, limit=60), "house_id": one.house_id, "side": one.side}
        for one in parties
        if one.name.strip()
    ]
    if {one["side"] for one in kept} != set(SIDES):
        raise Refused("complaints.parties_missing")

    def change(unit: Unit, row: Ticket, found: Dispute | None) -> Dispute:
        if found is None:
            found = Dispute(
                estate_id=unit.estate_id,
                id=new_id(),
                ticket_id=row.id,
                parties=[],
                signatures=[],
                opened_at=unit.now,
            )
            unit.session.add(found)
        found.parties, found.cause = kept, payable_text(cause)
        note(unit, "complaints.dispute_noted", row)
        return found

    return _act(desk, command_id, ticket_id, version, change)


def add_talk(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    *,
    whom: str,
    text: str,
    present: str = "",
    at: datetime | None = None,
) -> Done[DisputeView]:
    """One talk with the parties, with whoever was present from committee or authority.

    Raises:
        Refused: ``complaints.no_dispute``, ``complaints.contact_empty``, ``complaints.event_in_future``.
    """
    said, who = payable_text(text), payable_text(whom, limit=200)
    if not said or not who:
        raise Refused("complaints.contact_empty")

    def change(unit: Unit, row: Ticket, found: Dispute | None) -> Dispute:
        if found is None:
            raise Refused("complaints.no_dispute", number=row.number)
        if at is not None and at > unit.now:
            raise Refused("complaints.event_in_future")
        unit.session.add(_talk_row(unit, found, who, said, payable_text(present, limit=200), at))
        note(unit, "complaints.dispute_talked", row, who=who, text=said[:80])
        return found

    return _act(desk, command_id, ticket_id, None, change)


def note_talk(unit: Unit, row: Ticket, said: str) -> None:
    """A talk with the other party led by a script; without a file of the dispute the talk alone tells it."""
    found = _file(unit.session, row)
    if found is not None:
        whom = "、".join(one["name"] for one in found.parties if one["side"] == "other_party")
        unit.session.add(_talk_row(unit, found, whom, payable_text(said)))
        note(unit, "complaints.dispute_talked", row, who=whom, text=said[:80])


def _talk_row(
    unit: Unit, found: Dispute, whom: str, text: str, present: str = "", at: datetime | None = None
) -> DisputeTalk:
    return DisputeTalk(
        estate_id=unit.estate_id,
        id=new_id(),
        dispute_id=found.id,
        at=at or unit.now,
        whom=whom,
        present=present,
        text=text,
        staff=unit.who.name,
    )


def settle_dispute(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    result: str,
    signatures: Iterable[SignedIn],
) -> Done[DisputeView]:
    """The result, with those who signed it: parties, committee, authority.

    Raises:
        Conflict: ``complaints.file_changed``.
        Refused: ``complaints.no_dispute``, ``complaints.report_empty``, ``complaints.signature_missing``.
    """
    said = payable_text(result)
    signed = [
        SignedIn(payable_text(one.name, limit=60), payable_text(one.role, limit=60), one.drawn)
        for one in signatures
    ]
    if not said:
        raise Refused("complaints.report_empty")
    if not any(one.name for one in signed):
        raise Refused("complaints.signature_missing")

    def change(unit: Unit, row: Ticket, found: Dispute | None) -> Dispute:
        if found is None:
            raise Refused("complaints.no_dispute", number=row.number)
        found.result, found.settled_at = said, unit.now
        found.signatures = [
            {
                "name": one.name,
                "role": one.role,
                "at": unit.now.isoformat(),
                "drawn": _kept(unit, desk, row, one),
            }
            for one in signed
            if one.name
        ]
        note(unit, "complaints.dispute_settled", row, text=said[:80])
        return found

    return _act(desk, command_id, ticket_id, version, change)


def _kept(unit: Unit, desk: Desk, row: Ticket, one: SignedIn) -> str:
    """The sha256 of a signature that was drawn, "" for one by pen."""
    if one.drawn is None:
        return ""
    return attachments.keep(
        unit,
        desk,
        one.drawn,
        f"{row.number}-{one.role}",
        kind=SIGNED,
        subject_id=row.id,
        house_id=row.house_id,
        picture=False,
    )


def _act(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int | None,
    change: Callable[[Unit, Ticket, Dispute | None], Dispute],
) -> Done[DisputeView]:
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        found = _file(unit.session, row)
        if unit.answered is None:
            if version is not None and (found.version if found else 0) != version:
                raise Conflict("complaints.file_changed", number=row.number)
            found = change(unit, row, found)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        assert found is not None
        return Done(_view(unit.session, desk, found), changes_of(unit))
