"""Signatures under the records: on the screen, or on paper and scanned back (M8, L17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Signature
from deskapp.db.unit import Unit
from deskapp.domain.movein.stations import Station
from deskapp.domain.people import checked_name
from deskapp.domain.staff import Action
from deskapp.services.attachments import keep
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.record_rows import OWNER_SIDE, signatures_under, touch_pass
from deskapp.services.movein.record_views import SignatureView
from deskapp.services.movein.rows import house_row, pass_row

SIGNED_RECORDS = frozenset(
    {*(station.value for station in Station), "waiver", "handover", "errand", "errand_return", "keys_move"}
)
"""What can be signed: a station's record, the wish not to inspect, the receipt of the house, an errand
when it is taken and when its papers come back, keys that move after the hand-over."""

PROPERTY_SIDE = frozenset({"property", "escort", "cashier", "giver", "witness"})
METHODS = ("screen", "paper", "scan")


@dataclass(frozen=True, slots=True)
class SignatureIn:
    """A signature as it is taken.

    Attributes:
        role: of `domain.people.PartyRole` for the household, or one of `PROPERTY_SIDE`.
        method: ``screen`` (drawn, with its picture), ``paper`` (the paper is signed, its scan comes
            later) or ``scan`` (with the scan).
        picture: PNG or JPEG of a drawn signature; of a scan also PDF.
    """

    name: str
    role: str = "owner"
    method: str = "paper"
    picture: bytes | None = None


def sign(
    desk: Desk,
    command_id: str,
    house_id: int,
    pass_id: int | None,
    record: str,
    role: str,
    name: str,
    method: str,
    picture: bytes | None = None,
) -> Done[SignatureView]:
    """Takes a signature under a record; a new one in the same place takes the old one's.

    Args:
        record: one of `SIGNED_RECORDS`.

    Raises:
        Refused: ``records.no_record``, ``signature.role``, ``signature.no_picture``, a name that cannot
            stand, a picture that is none.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            if record not in SIGNED_RECORDS:
                raise Refused("records.no_record", record=record)
            given = SignatureIn(name, role, method, picture)
            row = write_signature(unit, desk, house_id, pass_id, record, given)
            data = {"name": row.name, "role": role, "method": method}
            unit.record(f"signature.{record}", "signature", row.id, house_id=house_id, data=data)
            touch_pass(unit, house_id)
            unit.answer(signature=row.id)
            session.flush()
        else:
            row = _row(session, desk, int(unit.answered["signature"]))
        view = signature_view(row)
    return Done(view, changes_of(unit))


def write_signature(
    unit: Unit, desk: Desk, house_id: int, pass_id: int | None, record: str, given: SignatureIn
) -> Signature:
    """Writes a signature within the act it belongs to; errors as `sign`."""
    if given.role not in OWNER_SIDE | PROPERTY_SIDE:
        raise Refused("signature.role", role=given.role)
    if given.method not in METHODS or (given.method != "paper" and not given.picture):
        raise Refused("signature.no_picture")
    house_row(unit.session, unit.estate_id, house_id)
    if pass_id is not None:
        passing = pass_row(unit.session, unit.estate_id, pass_id)
        for old in signatures_under(unit.session, passing, record):
            if old.role == given.role:
                old.revoked_at = unit.now
    row = Signature(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=house_id,
        pass_id=pass_id,
        record=record,
        role=given.role,
        name=checked_name(given.name),
        method=given.method,
        picture="",
        signed_at=unit.now,
        taken_by=unit.who.staff_id,
    )
    if given.picture and given.method != "paper":
        row.picture = _kept(unit, desk, row, given.picture, drawn=given.method == "screen")
    unit.session.add(row)
    return row


def scan_back(
    desk: Desk, command_id: str, signature_id: int, picture: bytes, name: str
) -> Done[SignatureView]:
    """Adds the scan of a paper that was signed by pen (L17).

    Args:
        name: of the scan's file.

    Raises:
        Refused: ``records.gone``, ``signature.not_on_paper``, a file that is no scan.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        row = _row(unit.session, desk, signature_id)
        if unit.answered is None:
            if row.method == "screen":
                raise Refused("signature.not_on_paper")
            row.picture = keep(
                unit,
                desk,
                picture,
                name,
                kind="signature",
                subject_id=row.id,
                house_id=row.house_id,
                picture=False,
            )
            row.method = "scan"
            data = {"name": row.name, "record": row.record}
            unit.record("signature.scanned", "signature", row.id, house_id=row.house_id, data=data)
        view = signature_view(row)
    return Done(view, changes_of(unit))


def revoke(desk: Desk, command_id: str, signature_id: int, reason: str) -> Done[SignatureView]:
    """Takes a signature back that was given by mistake; the row stays.

    Raises:
        Refused: ``records.gone``, ``records.reason_missing``, ``signature.used`` once its paper is issued.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        row = _row(unit.session, desk, signature_id)
        if unit.answered is None and row.revoked_at is None:
            if not reason.strip():
                raise Refused("records.reason_missing")
            passing = pass_row(unit.session, desk.estate_id, row.pass_id) if row.pass_id else None
            if passing is None or row not in signatures_under(unit.session, passing, row.record):
                raise Refused("signature.used")
            row.revoked_at = unit.now
            data = {"name": row.name, "record": row.record, "reason": reason.strip()}
            unit.record("signature.revoked", "signature", row.id, house_id=row.house_id, data=data)
            touch_pass(unit, row.house_id)
        view = signature_view(row)
    return Done(view, changes_of(unit))


def lapse(unit: Unit, row: Pass, *records: str) -> None:
    """What the household signed has changed: its signature no longer stands, it must sign again."""
    for record in records:
        for signature in signatures_under(unit.session, row, record):
            if signature.role in OWNER_SIDE:
                signature.revoked_at = unit.now
                unit.touch("signature", signature.id)


def signatures_of(desk: Desk, house_id: int) -> tuple[SignatureView, ...]:
    """All signatures of a house, the newest first."""
    statement = (
        select(Signature)
        .where(Signature.estate_id == desk.estate_id, Signature.house_id == house_id)
        .order_by(Signature.id.desc())
    )
    with desk.reading() as session:
        return views_of(session.scalars(statement))


def views_of(rows: Iterable[Signature]) -> tuple[SignatureView, ...]:
    """Signatures as panels show them."""
    return tuple(signature_view(row) for row in rows)


def signature_view(row: Signature) -> SignatureView:
    """One signature as panels show it."""
    return SignatureView(
        row.id,
        row.record,
        row.role,
        row.name,
        row.method,
        row.picture,
        row.signed_at,
        row.revoked_at is not None,
    )


def _kept(unit: Unit, desk: Desk, row: Signature, data: bytes, *, drawn: bool) -> str:
    return keep(
        unit,
        desk,
        data,
        f"{row.record}-{row.role}",
        kind="signature",
        subject_id=row.id,
        house_id=row.house_id,
        picture=drawn,
    )


def _row(session: Session, desk: Desk, signature_id: int) -> Signature:
    row = session.get(Signature, (desk.estate_id, signature_id))
    if row is None:
        raise Refused("records.gone")
    return row
