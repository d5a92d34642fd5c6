"""What changes hands against a signature: papers, money, keys, errands (M6 ④-⑥, M8, F2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import on_paper
from deskapp.db.tables import movein, stations
from deskapp.domain import documents as paper
from deskapp.domain.errands import Direction
from deskapp.domain.papers import PaperState
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import keys_of, open_amount, papers_of, signatures_under
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.values.parts import (
    attendee_part,
    fee_part,
    house_part,
    key_parts,
    override_parts,
    paper_parts,
    reservation_parts,
    signature_parts,
    staff_name,
)

NONE: Mapping[str, int] = MappingProxyType({})


def papers_values(session: Session, desk: Desk, row: movein.Pass) -> paper.PapersReceipt:
    """入住资料签收单 (M6 ④)."""
    lines = papers_of(session, row.estate_id, row.house_id)
    marked = {item.code for item in desk.rules.papers if item.mark}
    states = [line.state for line in lines if line.code in marked]
    return paper.PapersReceipt(
        house=house_part(house_row(session, row.estate_id, row.house_id)),
        receiver=attendee_part(session, row),
        papers=paper_parts(lines, desk.rules.papers),
        convention_signed=all(state == PaperState.HANDED for state in states) if states else None,
        reservations=reservation_parts(row),
        signatures=signature_parts(signatures_under(session, row, "papers")),
    )


def receipt_values(
    session: Session,
    receipt: stations.Receipt,
    parts: Iterable[tuple[stations.Charge, stations.ReceiptLine]],
    replaces: str = "",
) -> paper.FeeReceipt:
    """收款收据 (F2): the part of each charge that was paid now."""
    cashier = staff_name(session, receipt.estate_id, receipt.cashier_id)
    lines = []
    for charge, line in parts:
        rest = open_amount(charge)
        whole = line.amount == charge.amount
        note = "" if whole else on_paper("paper.fee.part", whole=f"{charge.amount:,.2f}", rest=f"{rest:,.2f}")
        lines.append(fee_part(charge, line.amount, note))
    return paper.FeeReceipt(
        house=house_part(house_row(session, receipt.estate_id, receipt.house_id)),
        payer=receipt.payer,
        lines=tuple(lines),
        total=receipt.amount,
        method=receipt.method,
        payee=cashier,
        method_note=receipt.reference,
        replaces=replaces,
        signatures=(paper.Signature(role="cashier", name=cashier),) if cashier else (),
    )


def keys_values(session: Session, desk: Desk, row: movein.Pass) -> paper.KeysReceipt:
    """钥匙领用签收单 at the hand-over (M6 ⑥)."""
    return paper.KeysReceipt(
        house=house_part(house_row(session, row.estate_id, row.house_id)),
        receiver=attendee_part(session, row),
        keys=key_parts(keys_of(session, row.estate_id, row.house_id), desk.rules.keys, NONE),
        overrides=override_parts(session, row),
        signatures=signature_parts(signatures_under(session, row, "keys"), "taker"),
    )


def moved_keys_values(
    session: Session,
    desk: Desk,
    house_id: int,
    signature: stations.Signature,
    note: str,
    returned: Mapping[str, int] = NONE,
) -> paper.KeysReceipt:
    """钥匙领用签收单 for keys that come back or are left later, against a signature (Z17)."""
    return paper.KeysReceipt(
        house=house_part(house_row(session, desk.estate_id, house_id)),
        receiver=paper.Attendee(name=signature.name, role=signature.role),
        keys=key_parts(keys_of(session, desk.estate_id, house_id), desk.rules.keys, returned),
        note=note,
        signatures=signature_parts([signature], "taker"),
    )


def errand_values(
    session: Session,
    errand: stations.Errand,
    client: paper.Attendee,
    signatures: Iterable[stations.Signature] = (),
) -> paper.Errand:
    """委托代办单: papers in and out, one by one (M8)."""
    return paper.Errand(
        house=house_part(house_row(session, errand.estate_id, errand.house_id)),
        client=client,
        matter=errand.matter,
        papers=tuple(_paper(item) for item in errand.items if item["direction"] == Direction.IN),
        results=tuple(_paper(item) for item in errand.items if item["direction"] == Direction.OUT),
        fee=errand.fee or None,
        promised_on=errand.promised,
        done_on=day_of(errand.ended_at) if errand.ended_at else None,
        signatures=signature_parts(signatures),
    )


def _paper(item: Mapping[str, Any]) -> paper.ErrandPaper:
    return paper.ErrandPaper(
        name=item["paper"],
        copies=item["copies"],
        original=item["original"],
        taken_on=_day(item["in_at"]),
        returned_on=_day(item["out_at"]),
    )


def _day(text: str | None) -> date | None:
    return day_of(datetime.fromisoformat(text)) if text else None
