"""Station ⑥: keys handed over, kept for repair under a custody record, and back to the owner (M6 ⑥, Z17)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.base.i18n import language, on_paper
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import KeyLine
from deskapp.db.unit import Unit
from deskapp.domain.keys import Custody, KeyCount, KeyMove, moved
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.record_rows import keys_of, open_pass, seen, touch_pass
from deskapp.services.movein.record_views import KeysMoved, KeysView, KeyView
from deskapp.services.movein.rows import finished_pass_of, house_row, pass_row
from deskapp.services.movein.signatures import SignatureIn, lapse, write_signature
from deskapp.services.movein.values import moved_keys_values

AFTERWARDS = frozenset({KeyMove.LEAVE, KeyMove.LEND, KeyMove.BRING_BACK, KeyMove.RETURN})
"""How keys move once the household has moved in."""


def keys_view(desk: Desk, house_id: int) -> KeysView:
    """The keys of a house.

    Raises:
        Refused: ``movein.no_house``.
    """
    with desk.reading() as session:
        house_row(session, desk.estate_id, house_id)
        return _view(session, desk, house_id)


def set_keys(
    desk: Desk,
    command_id: str,
    pass_id: int,
    kind: str,
    version: int,
    handed: int,
    kept: int = 0,
    custody: Custody | None = None,
) -> Done[KeysView]:
    """Counts the keys of one kind at the hand-over: so many for the household, so many kept for repair.

    Args:
        custody: who keeps them, why and until when; needed when some are kept.

    Raises:
        Refused: ``keys.no_kind``, ``keys.not_there`` for more than there are, ``keys.custody_incomplete``,
            ``keys.custody_past``, ``records.pass_closed``.
        Conflict: ``records.changed_meanwhile``.
    """
    with desk.unit(Action.KEYS_MOVE, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            open_pass(unit.session, desk.estate_id, pass_id)
            _check_custody(unit, custody if kept else None)
            line = _line(unit, desk, row.house_id, kind, version)
            before = {"handed": line.handed, "kept": line.kept}
            _put(line, _counted(_count(line), handed, kept, custody))
            lapse(unit, row, "keys")
            data = {"kind": _title(desk, kind), "handed": handed, "kept": kept, "keeper": line.keeper}
            unit.record("keys.counted", "pass", row.id, house_id=row.house_id, data=data, before=before)
        view = _view(unit.session, desk, row.house_id)
    return Done(view, changes_of(unit))


def hand_all_keys(desk: Desk, command_id: str, pass_id: int) -> Done[KeysView]:
    """Counts every key that is not kept as handed to the household.

    Raises:
        Refused: ``records.pass_closed``.
    """
    with desk.unit(Action.KEYS_MOVE, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            open_pass(unit.session, desk.estate_id, pass_id)
            pieces = 0
            for line in keys_of(unit.session, desk.estate_id, row.house_id):
                count = _count(line)
                if count.store:
                    pieces += count.store
                    _put(line, moved(count, KeyMove.HAND, count.store))
            lapse(unit, row, "keys")
            unit.record("keys.handed_all", "pass", row.id, house_id=row.house_id, data={"count": pieces})
        view = _view(unit.session, desk, row.house_id)
    return Done(view, changes_of(unit))


def move_keys(
    desk: Desk,
    command_id: str,
    house_id: int,
    kind: str,
    version: int,
    move: KeyMove,
    pieces: int,
    signed: SignatureIn,
    custody: Custody | None = None,
) -> Done[KeysMoved]:
    """Moves keys after the hand-over, against the signature of whoever takes them; issues its paper.

    The owner leaves one for a repair (LEAVE), a repairer borrows it (LEND) and brings it back
    (BRING_BACK), it returns to the owner (RETURN, Z17).

    Args:
        signed: of the taker: the owner for RETURN, the property for LEAVE and BRING_BACK, the repairer
            for LEND.
        custody: needed for LEAVE and LEND.

    Raises:
        Refused: ``keys.not_handed_yet``, ``keys.not_there``, ``keys.custody_incomplete``,
            ``keys.custody_past``, ``keys.no_kind``.
        Conflict: ``records.changed_meanwhile``.
    """
    with desk.unit(Action.KEYS_MOVE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            passing = _after_handover(session, desk, house_id, move)
            _check_custody(unit, custody)
            line = _line(unit, desk, house_id, kind, version)
            _put(line, moved(_count(line), move, pieces, custody=custody))
            session.flush()
            signature = write_signature(unit, desk, house_id, passing.id, "keys_move", signed)
            title = _title(desk, kind)
            note = on_paper(f"paper.keys.{move.value}", kind=title, pieces=pieces)
            returned = {kind: pieces} if move is KeyMove.RETURN else {}
            values = moved_keys_values(session, desk, house_id, signature, note, returned)
            subject = f"keys:{line.id}"
            document = issue(unit, desk, "keys-receipt", values, house_id=house_id, subject=subject)
            data = {"kind": title, "pieces": pieces, "name": signature.name, "number": document.number}
            unit.record(f"keys.{move.value}", "keys", line.id, house_id=house_id, data=data)
            touch_pass(unit, house_id)
            unit.answer(document=document.id)
        else:
            document = session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        value = KeysMoved(_view(session, desk, house_id), ref(document))
    return Done(value, changes_of(unit))


def _after_handover(session: Session, desk: Desk, house_id: int, move: KeyMove) -> Pass:
    passing = finished_pass_of(session, desk.estate_id, house_id)
    if passing is None or move not in AFTERWARDS:
        raise Refused("keys.not_handed_yet")
    return passing


def _counted(count: KeyCount, handed: int, kept: int, custody: Custody | None) -> KeyCount:
    """The count made anew: everything back into the store, then handed and kept as said."""
    if handed < 0 or kept < 0:
        raise Refused("keys.not_there", kind=count.kind, move=KeyMove.HAND.value, pieces=min(handed, kept))
    if count.handed:
        count = moved(count, KeyMove.UNDO, count.handed)
    if count.kept:
        count = moved(count, KeyMove.UNDO, count.kept)
    if handed:
        count = moved(count, KeyMove.HAND, handed)
    if kept:
        count = moved(count, KeyMove.KEEP, kept, custody=custody)
    return count


def _check_custody(unit: Unit, custody: Custody | None) -> None:
    if custody is not None and custody.until < day_of(unit.now):
        raise Refused("keys.custody_past", day=custody.until.isoformat())


def _line(unit: Unit, desk: Desk, house_id: int, kind: str, version: int) -> KeyLine:
    lines = keys_of(unit.session, desk.estate_id, house_id)
    line = next((each for each in lines if each.kind == kind), None)
    if line is None:
        raise Refused("keys.no_kind", kind=kind)
    return seen(unit.session, line, version, "pass", "keys")


def _count(line: KeyLine) -> KeyCount:
    custody = Custody(line.keeper, line.why, line.until) if line.keeper and line.until else None
    store = line.total - line.handed - line.kept - line.lent
    return KeyCount(line.kind, store, line.handed, line.kept, line.lent, custody)


def _put(line: KeyLine, count: KeyCount) -> None:
    line.handed, line.kept, line.lent = count.handed, count.kept, count.lent
    custody = count.custody
    line.keeper = custody.keeper.strip() if custody else ""
    line.why = custody.why.strip() if custody else ""
    line.until = custody.until if custody else None


def _title(desk: Desk, kind: str) -> str:
    return next((each.title.zh for each in desk.rules.keys if each.code == kind), kind)


def _view(session: Session, desk: Desk, house_id: int) -> KeysView:
    session.flush()
    titles = {kind.code: kind.title.in_language(language()) for kind in desk.rules.keys}
    return KeysView(
        house_id,
        tuple(
            KeyView(
                kind=line.kind,
                title=titles.get(line.kind, line.kind),
                version=line.version,
                total=line.total,
                store=line.total - line.handed - line.kept - line.lent,
                handed=line.handed,
                kept=line.kept,
                lent=line.lent,
                keeper=line.keeper,
                why=line.why,
                until=line.until,
            )
            for line in keys_of(session, desk.estate_id, house_id)
        ),
    )
