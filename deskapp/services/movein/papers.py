"""The pack of papers at station ④: handed over, short with a day, refused (M2, M6 ④)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.base.i18n import language
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import PaperLine
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import OPEN_STATES
from deskapp.domain.papers import PackItem, PackLine, PaperAct, PaperState, paper_after
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.record_rows import papers_of, signatures_under
from deskapp.services.movein.record_views import PackView, PaperView
from deskapp.services.movein.rows import pass_row
from deskapp.services.movein.signatures import lapse, views_of

_ACT_TO = {
    PaperState.DUE: PaperAct.UNDO,
    PaperState.HANDED: PaperAct.HAND,
    PaperState.SHORT: PaperAct.PROMISE,
    PaperState.REFUSED: PaperAct.REFUSE,
}


def papers_view(desk: Desk, pass_id: int) -> PackView:
    """The pack of a household.

    Raises:
        Refused: ``movein.no_pass``.
    """
    with desk.reading() as session:
        return _view(session, desk, pass_row(session, desk.estate_id, pass_id))


def set_paper(
    desk: Desk, command_id: str, pass_id: int, code: str, state: PaperState, promised: date | None = None
) -> Done[PackView]:
    """Says what became of one paper.

    After the household has left, a paper that was short or refused can still be handed over.

    Args:
        promised: the day a short one will be there.

    Raises:
        Refused: ``records.no_paper``, ``records.pass_closed``, ``papers.not_now``,
            ``papers.promise_needs_day``, ``papers.promise_in_past``.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            _set(unit, desk, row, code, state, promised)
        view = _view(unit.session, desk, row)
    return Done(view, changes_of(unit))


def hand_all(desk: Desk, command_id: str, pass_id: int) -> Done[PackView]:
    """Hands over every paper that is still undecided; short and refused ones stay what they are.

    Raises:
        Refused: ``records.pass_closed``.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            if row.state not in OPEN_STATES:
                raise Refused("records.pass_closed", number=row.queue_number)
            due = [
                line
                for line in papers_of(unit.session, row.estate_id, row.house_id)
                if line.state == PaperState.DUE
            ]
            for line in due:
                _put(unit, line, _item(desk, line.code), PaperState.HANDED, None)
            lapse(unit, row, "papers")
            data = {"count": len(due), "papers": [line.code for line in due]}
            unit.record("papers.handed_all", "pass", row.id, house_id=row.house_id, data=data)
        view = _view(unit.session, desk, row)
    return Done(view, changes_of(unit))


def _set(unit: Unit, desk: Desk, row: Pass, code: str, state: PaperState, promised: date | None) -> None:
    lines = papers_of(unit.session, row.estate_id, row.house_id)
    line = next((each for each in lines if each.code == code), None)
    if line is None:
        raise Refused("records.no_paper", paper=code)
    if row.state not in OPEN_STATES and state is not PaperState.HANDED:
        raise Refused("records.pass_closed", number=row.queue_number)
    item = _item(desk, code)
    before = {"state": line.state}
    if line.state == state and state is not PaperState.SHORT:
        return
    if line.state in (PaperState.HANDED, PaperState.REFUSED, PaperState.SHORT) and state not in (
        PaperState.DUE,
        PaperState.HANDED,
        PaperState(line.state),
    ):
        _put(unit, line, item, PaperState.DUE, None)  # a wrong tick, put right in one step
    _put(unit, line, item, state, promised)
    lapse(unit, row, "papers")
    data = {
        "paper": item.title.zh,
        "state": state.value,
        "promised": promised.isoformat() if promised else "",
    }
    unit.record(f"paper.{state.value}", "pass", row.id, house_id=row.house_id, data=data, before=before)


def _put(unit: Unit, line: PaperLine, item: PackItem, state: PaperState, promised: date | None) -> None:
    now = PackLine(line.code, PaperState(line.state), line.promised)
    then = paper_after(item, now, _ACT_TO[state], today=day_of(unit.now), promised=promised)
    line.state, line.promised = then.state.value, then.promised
    line.settled_at = unit.now if then.state is not PaperState.DUE else None


def _item(desk: Desk, code: str) -> PackItem:
    item = next((each for each in desk.rules.papers if each.code == code), None)
    if item is None:
        raise Refused("records.no_paper", paper=code)
    return item


def _view(session: Session, desk: Desk, row: Pass) -> PackView:
    session.flush()
    items = {item.code: item for item in desk.rules.papers}
    spoken = language()
    lines = []
    for line in papers_of(session, row.estate_id, row.house_id):
        item = items.get(line.code)
        lines.append(
            PaperView(
                line.code,
                item.title.in_language(spoken) if item else line.code,
                line.copies,
                item.must_sign if item else False,
                PaperState(line.state),
                line.promised,
            )
        )
    signed = views_of(signatures_under(session, row, "papers"))
    return PackView(row.id, row.house_id, tuple(lines), signed)
