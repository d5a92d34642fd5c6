"""The register of all defects of all houses 工程遗留问题统计表: by trade, place, party (I1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.base.i18n import on_paper, say
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import Defect
from deskapp.domain.defects import ENDED, DefectState
from deskapp.domain.inspection import ResponsibleParty, Severity, Trade
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.defect_views import defect_views
from deskapp.services.movein.record_views import DefectView
from deskapp.services.movein.values import register_values
from deskapp.services.movein.views import DocumentRef

FORM = "defect-register"
MOST_ON_PAPER = 2000
"""Lines of a printed register; more belong in the workbook."""

MOST_IN_WORKBOOK = 200_000


class Standing(StrEnum):
    """Which defects are asked for, by where they stand."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DefectFilter:
    """Which defects of the register are wanted; "" and None leave open.

    Attributes:
        text: part of the description.
    """

    standing: Standing = Standing.OPEN
    building: str = ""
    house_id: int = 0
    trade: Trade | None = None
    party: ResponsibleParty | None = None
    severity: Severity | None = None
    state: DefectState | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A window of the register, the nearest deadline first.

    Attributes:
        total: how many match in all.
        open, overdue, closed: of those that match but for their standing.
    """

    rows: tuple[DefectView, ...]
    total: int
    open: int
    overdue: int
    closed: int


ANY = DefectFilter()


def register(desk: Desk, filters: DefectFilter = ANY, offset: int = 0, limit: int = 100) -> RegisterPage:
    """A window of the register (I1)."""
    desk.require(Action.MOVEIN_VIEW)
    today = day_of(desk.now())
    with desk.reading() as session:
        wanted = _wanted(desk, filters, today).offset(offset).limit(limit)
        rows = session.scalars(wanted).all()
        total = session.scalar(_counting(desk, filters, _standing(filters.standing, today))) or 0
        counts = {
            standing: session.scalar(_counting(desk, filters, _standing(standing, today))) or 0
            for standing in (Standing.OPEN, Standing.OVERDUE, Standing.CLOSED)
        }
        return RegisterPage(
            defect_views(session, desk, rows),
            total,
            counts[Standing.OPEN],
            counts[Standing.OVERDUE],
            counts[Standing.CLOSED],
        )


def register_workbook(desk: Desk, filters: DefectFilter = ANY) -> bytes:
    """The defects chosen as xlsx; what people wrote stays text, ``=1+1`` too."""
    from deskapp.exchange.workbook import write_workbook  # slow to import; needed for this alone

    desk.require(Action.MOVEIN_VIEW)
    columns = (
        "house", "number", "place", "trade", "description", "severity", "party", "state",
        "found", "due", "fails", "order",
    )  # fmt: skip
    with desk.reading() as session:
        wanted = _wanted(desk, filters, day_of(desk.now())).limit(MOST_IN_WORKBOOK)
        views = defect_views(session, desk, session.scalars(wanted).all())
    headings = [say(f"records.register.{column}") for column in columns]
    return write_workbook(headings, [_cells(view) for view in views], sheet=say("records.register.title"))


def issue_register(desk: Desk, command_id: str, filters: DefectFilter = ANY) -> Done[DocumentRef]:
    """Issues the register as it stands, for paper (forms.md).

    Raises:
        Refused: ``register.too_long`` for more lines than `MOST_ON_PAPER`.
    """
    with desk.unit(Action.DOCUMENTS_ISSUE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            wanted = _wanted(desk, filters, day_of(unit.now)).limit(MOST_ON_PAPER + 1)
            rows = list(session.scalars(wanted))
            if len(rows) > MOST_ON_PAPER:
                raise Refused("register.too_long", limit=MOST_ON_PAPER)
            values = register_values(session, desk, rows, scope_text(desk, filters), unit.now)
            document = issue(unit, desk, FORM, values, subject="register")
            data = {"count": len(rows), "number": document.number}
            unit.record("register.issued", "document", document.id, data=data)
            unit.answer(document=document.id)
        else:
            document = session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        value = ref(document)
    return Done(value, changes_of(unit))


def scope_text(desk: Desk, filters: DefectFilter) -> str:
    """What was chosen, as the paper says it: 未结 · 3栋 · 防水."""
    parts = [on_paper(f"records.standing.{filters.standing}")]
    if filters.building:
        parts.append(on_paper("paper.building", building=filters.building))
    if filters.trade:
        parts.append(desk.rules.checklist.trade(filters.trade).title.zh)
    if filters.party:
        parts.append(on_paper(f"inspection.party.{filters.party}"))
    if filters.severity:
        parts.append(on_paper(f"inspection.severity.{filters.severity}"))
    if filters.state:
        parts.append(on_paper(f"inspection.defect.state.{filters.state}"))
    if filters.text.strip():
        parts.append(filters.text.strip())
    return " · ".join(parts)


def _wanted(desk: Desk, filters: DefectFilter, today: date) -> Select[Defect]:
    chosen = select(Defect).where(*_conditions(desk, filters), *_standing(filters.standing, today))
    return chosen.order_by(Defect.due, Defect.id)


def _counting(desk: Desk, filters: DefectFilter, standing: list[ColumnElement[bool]]) -> Select[int]:
    return select(func.count(Defect.id)).where(*_conditions(desk, filters), *standing)


def _standing(standing: Standing, today: date) -> list[ColumnElement[bool]]:
    going = [state.value for state in DefectState if state not in ENDED]
    asked: dict[Standing, list[ColumnElement[bool]]] = {
        Standing.ALL: [Defect.state != DefectState.WITHDRAWN.value],
        Standing.OPEN: [Defect.state.in_(going)],
        Standing.OVERDUE: [Defect.state.in_(going), Defect.due < today],
        Standing.CLOSED: [Defect.state == DefectState.CLOSED.value],
        Standing.WITHDRAWN: [Defect.state == DefectState.WITHDRAWN.value],
    }
    return asked[standing]


def _conditions(desk: Desk, filters: DefectFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Defect.estate_id == desk.estate_id]
    equal = {
        Defect.trade: filters.trade,
        Defect.party: filters.party,
        Defect.severity: filters.severity,
        Defect.state: filters.state,
        Defect.house_id: filters.house_id,
    }
    found += [column == value for column, value in equal.items() if value]
    if filters.building:
        houses = select(House.id).where(House.estate_id == desk.estate_id, House.building == filters.building)
        found.append(Defect.house_id.in_(houses))
    if filters.text.strip():
        found.append(Defect.description.contains(filters.text.strip(), autoescape=True))
    return found


def _cells(view: DefectView) -> list[Any]:
    return [
        view.label,
        view.number,
        view.place,
        view.trade_title,
        view.description,
        say(f"inspection.severity.{view.severity}"),
        say(f"inspection.party.{view.party}"),
        say(f"inspection.defect.state.{view.state}"),
        day_of(view.found_at),
        view.due,
        view.fails,
        view.order_number,
    ]
