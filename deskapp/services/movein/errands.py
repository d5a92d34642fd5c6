"""Errands taken over for a household 委托代办: papers in and out, item by item (M8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import Charge, Errand
from deskapp.db.unit import Unit
from deskapp.domain import documents as paper
from deskapp.domain import errands as rules
from deskapp.domain.datatable import Label
from deskapp.domain.errands import Direction, ErrandAct, ErrandPaper, ErrandState
from deskapp.domain.fees import Basis, ChargeLine
from deskapp.domain.money import yuan
from deskapp.domain.people import checked_name
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.preparing import charge_row
from deskapp.services.movein.record_rows import errands_of, seen, touch_pass
from deskapp.services.movein.record_views import ErrandPaperView, ErrandView
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.signatures import SignatureIn, write_signature
from deskapp.services.movein.values import errand_values
from deskapp.services.movein.values.parts import staff_name
from deskapp.services.movein.views import DocumentRef


@dataclass(frozen=True, slots=True)
class ErrandPaperIn:
    """One paper of an errand.

    Attributes:
        direction: in, from the owner; out, a result that will be handed over.
        here: it is handed in at the counter now.
    """

    name: str
    direction: Direction
    copies: int = 1
    original: bool = True
    here: bool = True


@dataclass(frozen=True, slots=True)
class ErrandIn:
    """An errand as it is taken over.

    Attributes:
        client, client_role: who hands it over.
        fee: yuan; charged to the house when it is not 0.
        promised: the day by which it will be done.
    """

    matter: str
    papers: tuple[ErrandPaperIn, ...]
    promised: date
    client: str
    client_role: str = "owner"
    fee: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ErrandTaken:
    """An errand and the paper both sides sign."""

    view: ErrandView
    document: DocumentRef


def errands_view(desk: Desk, house_id: int) -> tuple[ErrandView, ...]:
    """The errands of a house, the first first."""
    with desk.reading() as session:
        return tuple(_view(session, desk, row) for row in errands_of(session, desk.estate_id, house_id))


def open_errands(desk: Desk, limit: int = 200) -> tuple[ErrandView, ...]:
    """Errands of the estate that are not returned yet, the longest promised first."""
    states = (ErrandState.TAKEN.value, ErrandState.DONE.value)
    statement = (
        select(Errand)
        .where(Errand.estate_id == desk.estate_id, Errand.state.in_(states))
        .order_by(Errand.promised, Errand.id)
        .limit(limit)
    )
    with desk.reading() as session:
        return tuple(_view(session, desk, row) for row in session.scalars(statement))


def take_errand(
    desk: Desk, command_id: str, house_id: int, given: ErrandIn, signed: SignatureIn | None = None
) -> Done[ErrandTaken]:
    """Takes an errand over and issues its paper; what it costs goes on the house's bill.

    Args:
        signed: the client's signature, when it is drawn on the screen.

    Raises:
        Refused: ``errands.matter_missing``, ``errands.promise_in_past``, ``errands.fee_negative``,
            ``errands.paper_nameless``, ``fees.amount_not_in_fen``, a client's name that cannot stand.
    """
    with desk.unit(Action.ERRANDS_TAKE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            row, document = _take(unit, desk, house_id, given, signed)
            unit.answer(errand=row.id, document=document.id)
        else:
            row = _row(session, desk, int(unit.answered["errand"]))
            document = session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        value = ErrandTaken(_view(session, desk, row), ref(document))
    return Done(value, changes_of(unit))


def paper_arrived(desk: Desk, command_id: str, errand_id: int, version: int, at: int) -> Done[ErrandView]:
    """A paper came to the property: from the owner, or a result from the office.

    Args:
        at: its place in the errand's list, from 0.

    Raises:
        Refused: ``errands.paper_not_now``, ``records.gone``.
        Conflict: ``records.changed_meanwhile``; so in all acts here.
    """

    def step(errand: rules.Errand, now: datetime) -> rules.Errand:
        return rules.paper_came(errand, _place(errand, at), now)

    return _change(desk, command_id, errand_id, version, "paper_arrived", step, at)


def paper_given(desk: Desk, command_id: str, errand_id: int, version: int, at: int) -> Done[ErrandView]:
    """A paper got to the owner, or back to him; errors as `paper_arrived`."""

    def step(errand: rules.Errand, now: datetime) -> rules.Errand:
        return rules.paper_left(errand, _place(errand, at), now)

    return _change(desk, command_id, errand_id, version, "paper_given", step, at)


def finish_errand(desk: Desk, command_id: str, errand_id: int, version: int) -> Done[ErrandView]:
    """The matter is done; its papers are not back yet.

    Raises:
        Refused: ``errands.not_now``.
    """
    return _change(desk, command_id, errand_id, version, "finished", _step(ErrandAct.FINISH))


def reopen_errand(desk: Desk, command_id: str, errand_id: int, version: int) -> Done[ErrandView]:
    """Finished by mistake, or sent back by the office; errors as `finish_errand`."""
    return _change(desk, command_id, errand_id, version, "reopened", _step(ErrandAct.REOPEN))


def errand_returned(
    desk: Desk, command_id: str, errand_id: int, version: int, signed: SignatureIn
) -> Done[ErrandView]:
    """Everything is back with the owner, who signs for it a second time.

    Raises:
        Refused: ``errands.papers_held`` with what must go back first, ``errands.not_now``.
    """
    return _change(
        desk, command_id, errand_id, version, "returned", _step(ErrandAct.GIVE_BACK), signed=signed
    )


def _take(
    unit: Unit, desk: Desk, house_id: int, given: ErrandIn, signed: SignatureIn | None
) -> tuple[Errand, Document]:
    house_row(unit.session, desk.estate_id, house_id)
    client, fee = checked_name(given.client), given.fee
    if fee >= 0 and fee != yuan(fee):
        raise Refused("fees.amount_not_in_fen", amount=f"{fee}")
    came = [
        ErrandPaper(p.name.strip(), p.direction, p.copies, p.original, unit.now if _is_here(p) else None)
        for p in given.papers
    ]
    errand = rules.take(given.matter, came, yuan(fee), given.promised, today=day_of(unit.now))
    row = Errand(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=house_id,
        number="",
        matter=errand.matter,
        items=_items(errand),
        fee=errand.fee,
        promised=errand.promised,
        state=errand.state.value,
        taken_at=unit.now,
        taken_by=unit.who.staff_id,
    )
    signature = write_signature(unit, desk, house_id, None, "errand", signed) if signed else None
    values = errand_values(
        unit.session,
        row,
        paper.Attendee(name=client, role=given.client_role),
        [signature] if signature else [],
    )
    document = issue(unit, desk, "errand", values, house_id=house_id, subject=f"errand:{row.id}")
    row.number = document.number
    unit.session.add(row)
    if errand.fee:
        unit.session.add(_charge(unit, house_id, errand))
    data = {"number": row.number, "matter": row.matter, "promised": row.promised.isoformat()}
    unit.record("errand.taken", "errand", row.id, house_id=house_id, data=data)
    touch_pass(unit, house_id)
    return row, document


def _is_here(given: ErrandPaperIn) -> bool:
    return given.here and given.direction is Direction.IN


def _charge(unit: Unit, house_id: int, errand: rules.Errand) -> Charge:
    line = ChargeLine(
        code="errand",
        title=Label(errand.matter[:200], errand.matter[:200]),
        why=Label("", ""),
        basis=Basis.AMOUNT,
        quantity=Decimal(1),
        unit_price=errand.fee,
        months=0,
        period_from=None,
        period_to=None,
        amount=errand.fee,
    )
    return charge_row(unit, house_id, line)


def _step(act: ErrandAct) -> Callable[[rules.Errand, datetime], rules.Errand]:
    return lambda errand, now: rules.errand_after(errand, act)


def _place(errand: rules.Errand, at: int) -> int:
    if not 0 <= at < len(errand.papers):
        raise Refused("records.gone")
    return at


def _change(
    desk: Desk,
    command_id: str,
    errand_id: int,
    version: int,
    word: str,
    step: Callable[[rules.Errand, datetime], rules.Errand],
    at: int | None = None,
    signed: SignatureIn | None = None,
) -> Done[ErrandView]:
    with desk.unit(Action.ERRANDS_TAKE, command_id) as unit:
        session = unit.session
        row = _row(session, desk, errand_id)
        if unit.answered is None:
            seen(session, row, version, "errand")
            before = {"state": row.state}
            errand = step(_errand(row), unit.now)
            row.items, row.state = _items(errand), errand.state.value
            row.ended_at = (row.ended_at or unit.now) if errand.state is not ErrandState.TAKEN else None
            if signed is not None:
                write_signature(unit, desk, row.house_id, None, "errand_return", signed)
            name = errand.papers[at].name if at is not None else ""
            data = {"number": row.number, "matter": row.matter, "paper": name}
            unit.record(f"errand.{word}", "errand", row.id, house_id=row.house_id, data=data, before=before)
        view = _view(session, desk, row)
    return Done(view, changes_of(unit))


def _row(session: Session, desk: Desk, errand_id: int) -> Errand:
    row = session.get(Errand, (desk.estate_id, errand_id))
    if row is None:
        raise Refused("records.gone")
    return row


def _errand(row: Errand) -> rules.Errand:
    return rules.Errand(
        row.matter,
        tuple(
            ErrandPaper(
                item["paper"],
                Direction(item["direction"]),
                item["copies"],
                item["original"],
                _moment(item["in_at"]),
                _moment(item["out_at"]),
            )
            for item in row.items
        ),
        row.fee,
        row.promised,
        ErrandState(row.state),
    )


def _items(errand: rules.Errand) -> list[dict[str, Any]]:
    return [
        {
            "paper": p.name,
            "direction": p.direction.value,
            "copies": p.copies,
            "original": p.original,
            "in_at": p.came.isoformat() if p.came else None,
            "out_at": p.left.isoformat() if p.left else None,
        }
        for p in errand.papers
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _view(session: Session, desk: Desk, row: Errand) -> ErrandView:
    session.flush()
    errand = _errand(row)
    return ErrandView(
        errand_id=row.id,
        version=row.version,
        number=row.number,
        house_id=row.house_id,
        label=house_row(session, desk.estate_id, row.house_id).label,
        matter=row.matter,
        papers=tuple(
            ErrandPaperView(p.name, p.direction.value, p.copies, p.original, p.came, p.left)
            for p in errand.papers
        ),
        fee=row.fee,
        promised=row.promised,
        late_days=rules.late_days(errand, day_of(desk.now())),
        state=row.state,
        taken_at=row.taken_at,
        taken_by=staff_name(session, desk.estate_id, row.taken_by),
        ended_at=row.ended_at,
        acts=frozenset(act.value for act in ErrandAct if rules.can_errand(errand, act)),
    )
