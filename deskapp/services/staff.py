"""Accounts, and a supervisor's word given at somebody else's desk (S1, M6, M7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import Word
from deskapp.db.base import new_id
from deskapp.db.tables.staff import Staff
from deskapp.domain.people import checked_name
from deskapp.domain.staff import (
    SUPERVISING,
    Action,
    Attempts,
    Role,
    after_attempt,
    is_locked,
    may,
    number_problem,
    secret_problem,
)
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, Member, changes_of
from deskapp.services.movein.views import Approval


@dataclass(frozen=True, slots=True)
class Account:
    """An account as lists show it; never its secret."""

    id: int
    number: str
    name: str
    role: Role
    escort: bool
    has_secret: bool
    disabled_at: datetime | None


def _account(row: Staff) -> Account:
    return Account(
        row.id, row.number, row.name, Role(row.role), row.escort, bool(row.secret), row.disabled_at
    )


def members(desk: Desk, *, with_disabled: bool = False) -> tuple[Account, ...]:
    """The accounts of the estate by staff number."""
    with desk.reading() as session:
        rows = select(Staff).where(Staff.estate_id == desk.estate_id).order_by(Staff.number)
        return tuple(_account(r) for r in session.scalars(rows) if with_disabled or r.disabled_at is None)


def supervisors(desk: Desk) -> tuple[Account, ...]:
    """Whose word can be given at a desk: the people a clerk may call over."""
    return tuple(a for a in members(desk) if a.role in SUPERVISING)


def add_member(
    desk: Desk, command_id: str, number: str, name: str, role: Role, secret: str, *, escort: bool = False
) -> Done[Account]:
    """A new account (S1).

    Raises:
        Refused: ``staff.number_form``, ``staff.number_taken``, a name or secret that cannot stand.
    """
    for problem in (number_problem(number), secret_problem(role, secret, number)):
        if problem:
            raise Refused(f"staff.{problem}")
    with desk.unit(Action.STAFF_MANAGE, command_id) as unit:
        row = _row_of(unit.session, desk.estate_id, number)
        if unit.answered is None:
            if row is not None:
                raise Refused("staff.number_taken", number=number)
            row = new_row(unit.estate_id, number, checked_name(name), role, secret, escort=escort)
            unit.session.add(row)
            after = {"number": number, "name": row.name, "role": role.value}
            unit.record("staff.added", "staff", row.id, data=after)
        assert row is not None
        return Done(_account(row), changes_of(unit))


def new_row(
    estate_id: int, number: str, name: str, role: Role, secret: str, *, escort: bool = False
) -> Staff:
    """The row of a new account; an empty secret gives an account nobody can sign in with."""
    return Staff(
        estate_id=estate_id,
        id=new_id(),
        number=number,
        name=name,
        role=role.value,
        secret=_hash(secret) if secret else "",
        escort=escort,
    )


def disable_member(desk: Desk, command_id: str, number: str) -> Done[Account]:
    """Closes an account; its acts stay under its name.

    Raises:
        Refused: ``staff.unknown``, ``staff.last_administrator``, ``staff.own_account``.
    """
    with desk.unit(Action.STAFF_MANAGE, command_id) as unit:
        row = _row_of(unit.session, desk.estate_id, number)
        if row is None:
            raise Refused("staff.unknown", number=number)
        if unit.answered is None and row.disabled_at is None:
            if row.id == desk.member.id:
                raise Refused("staff.own_account")
            if _is_last_keeper(unit.session, row):
                raise Refused("staff.last_administrator")
            row.disabled_at = unit.now
            unit.record("staff.disabled", "staff", row.id, data={"number": number, "name": row.name})
        return Done(_account(row), changes_of(unit))


def _is_last_keeper(session: Session, row: Staff) -> bool:
    keepers = [role.value for role in Role if may(role, Action.STAFF_MANAGE)]
    if row.role not in keepers:
        return False
    statement = select(func.count()).where(
        Staff.estate_id == row.estate_id, Staff.role.in_(keepers), Staff.disabled_at.is_(None)
    )
    return session.scalar(statement) == 1


def sign_in(desk: Desk, number: str, secret: str) -> Member:
    """Who sits down at the desk, after his secret was checked.

    Raises:
        Refused: ``staff.wrong_secret``, ``staff.locked``.
    """
    row = _checked(desk, number, secret)
    return Member(row.id, row.number, row.name, Role(row.role))


def approve(desk: Desk, approval: Approval | None, action: Action) -> int:
    """Checks a supervisor's word before the unit of work that rests on it begins.

    A wrong secret is counted even though the act it was for does not happen.

    Returns:
        The supervisor's staff id.

    Raises:
        Refused: ``staff.approval_needed``, ``staff.approval_reason``, ``staff.no_right``, or as `sign_in`.
    """
    if approval is None or not approval.number:
        raise Refused("staff.approval_needed")
    if not approval.reason.strip():
        raise Refused("staff.approval_reason")
    row = _checked(desk, approval.number, approval.secret)
    if not may(Role(row.role), action):
        raise Refused("staff.no_right", action=Word(f"staff.action.{action.value}"))
    return row.id


def _checked(desk: Desk, number: str, secret: str) -> Staff:
    """The account of a number and secret; the attempt is kept whether right or wrong (S1)."""
    with desk.unit_of_machine("staff.attempt") as unit:
        row = _row_of(unit.session, desk.estate_id, number)
        if row is None or row.disabled_at is not None or not row.secret:
            refusal: Refused | None = Refused("staff.wrong_secret")
        elif is_locked(Attempts(row.failed, row.locked_until), unit.now):
            refusal = Refused("staff.locked", until=f"{row.locked_until:%H:%M}")
        else:
            right = _verifies(row.secret, secret)
            after = after_attempt(Attempts(row.failed, row.locked_until), right, unit.now)
            if (after.failed, after.locked_until) != (row.failed, row.locked_until):
                row.failed, row.locked_until = after.failed, after.locked_until
            refusal = None if right else Refused("staff.wrong_secret")
            if not right:
                unit.audit("staff.wrong_secret", "staff", row.id, {}, {"failed": after.failed})
    if refusal is not None or row is None:
        raise refusal or Refused("staff.wrong_secret")
    return row


def _row_of(session: Session, estate_id: int, number: str) -> Staff | None:
    return session.scalars(
        select(Staff).where(Staff.estate_id == estate_id, Staff.number == number)
    ).one_or_none()


def _hash(secret: str) -> str:
    from argon2 import PasswordHasher  # slow to import; not needed to open the window

    return PasswordHasher().hash(secret)


def _verifies(hashed: str, secret: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error

    try:
        return PasswordHasher().verify(hashed, secret)
    except Argon2Error:
        return False
