"""Who works here and what each may do, in one table (S1, S2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType


class Role(StrEnum):
    """What an account is."""

    CLERK = "clerk"
    """The front desk: all stations, residents, complaints."""
    STATION = "station"
    """A helper of the move-in days: serves stations, nothing else."""
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    """Head of the service centre."""
    ADMINISTRATOR = "administrator"
    """Accounts, settings, data; no business of residents."""
    AUDITOR = "auditor"
    """Reads, changes nothing."""


class Action(StrEnum):
    """Every right there is; the value is stored in the audit trail."""

    MOVEIN_VIEW = "movein.view"
    MOVEIN_SERVE = "movein.serve"
    """Reception, queue and stations, escorts, signatures."""
    MOVEIN_OVERRIDE = "movein.override"
    """A supervisor's word: gate, identity, refusal, room on a full day, reopening a station (M7)."""
    MOVEIN_BATCH = "movein.batch"
    """Prepare a batch: days, capacity, order of the stations."""
    MOVEIN_DAY_END = "movein.day_end"
    FEES_TAKE = "fees.take"
    FEES_DEFER = "fees.defer"
    FEES_VOID = "fees.void"
    """Void a receipt or a charge."""
    INSPECTION_RECORD = "inspection.record"
    DEFECTS_FOLLOW = "defects.follow"
    """Order, confirm, plan, accept (I1)."""
    DEFECTS_WITHDRAW = "defects.withdraw"
    KEYS_MOVE = "keys.move"
    ERRANDS_TAKE = "errands.take"
    ROSTER_IMPORT = "roster.import"
    RESIDENTS_VIEW = "residents.view"
    """Masked, as everywhere (design rule 6)."""
    RESIDENTS_EDIT = "residents.edit"
    RESIDENTS_REVEAL = "residents.reveal"
    """See an identity number or phone whole; the look is audited."""
    RESIDENTS_EXPORT = "residents.export"
    DOCUMENTS_ISSUE = "documents.issue"
    DOCUMENTS_REPRINT = "documents.reprint"
    DOCUMENTS_VOID = "documents.void"
    ATTACHMENTS_ADD = "attachments.add"
    COMPLAINTS_VIEW = "complaints.view"
    COMPLAINTS_TAKE = "complaints.take"
    """Register, sort, note talks and promises."""
    COMPLAINTS_HANDLE = "complaints.handle"
    """Dispatch, reply, call back, close, join into incidents."""
    COMPLAINTS_APPROVE = "complaints.approve"
    """Approve written replies, sign reports, decide on risky help, one answer (C3, C11, C12, C14)."""
    COMPLAINTS_JUDGE = "complaints.judge"
    """See and note what is thought of a person (C4)."""
    STAFF_MANAGE = "staff.manage"
    SETTINGS_CHANGE = "settings.change"
    AUDIT_READ = "audit.read"
    BACKUP_MAKE = "backup.make"
    BACKUP_RESTORE = "backup.restore"
    CHECK_RUN = "check.run"


_CLERK, _STATION, _SUPER, _HEAD, _ADMIN, _AUDIT = Role

# fmt: off
RIGHTS: Mapping[Action, frozenset[Role]] = MappingProxyType({action: frozenset(roles) for action, roles in {
    Action.MOVEIN_VIEW:       (_CLERK, _STATION, _SUPER, _HEAD, _ADMIN, _AUDIT),
    Action.MOVEIN_SERVE:      (_CLERK, _STATION, _SUPER, _HEAD),
    Action.MOVEIN_OVERRIDE:   (                  _SUPER, _HEAD),
    Action.MOVEIN_BATCH:      (                  _SUPER, _HEAD, _ADMIN),
    Action.MOVEIN_DAY_END:    (_CLERK,           _SUPER, _HEAD),
    Action.FEES_TAKE:         (_CLERK, _STATION, _SUPER, _HEAD),
    Action.FEES_DEFER:        (                  _SUPER, _HEAD),
    Action.FEES_VOID:         (                  _SUPER, _HEAD),
    Action.INSPECTION_RECORD: (_CLERK, _STATION, _SUPER, _HEAD),
    Action.DEFECTS_FOLLOW:    (_CLERK,           _SUPER, _HEAD),
    Action.DEFECTS_WITHDRAW:  (                  _SUPER, _HEAD),
    Action.KEYS_MOVE:         (_CLERK, _STATION, _SUPER, _HEAD),
    Action.ERRANDS_TAKE:      (_CLERK, _STATION, _SUPER, _HEAD),
    Action.ROSTER_IMPORT:     (                  _SUPER, _HEAD, _ADMIN),
    Action.RESIDENTS_VIEW:    (_CLERK, _STATION, _SUPER, _HEAD,         _AUDIT),
    Action.RESIDENTS_EDIT:    (_CLERK, _STATION, _SUPER, _HEAD),
    Action.RESIDENTS_REVEAL:  (_CLERK,           _SUPER, _HEAD),
    Action.RESIDENTS_EXPORT:  (                  _SUPER, _HEAD),
    Action.DOCUMENTS_ISSUE:   (_CLERK, _STATION, _SUPER, _HEAD),
    Action.DOCUMENTS_REPRINT: (_CLERK, _STATION, _SUPER, _HEAD),
    Action.DOCUMENTS_VOID:    (                  _SUPER, _HEAD),
    Action.ATTACHMENTS_ADD:   (_CLERK, _STATION, _SUPER, _HEAD),
    Action.COMPLAINTS_VIEW:   (_CLERK,           _SUPER, _HEAD,         _AUDIT),
    Action.COMPLAINTS_TAKE:   (_CLERK,           _SUPER, _HEAD),
    Action.COMPLAINTS_HANDLE: (_CLERK,           _SUPER, _HEAD),
    Action.COMPLAINTS_APPROVE:(                  _SUPER, _HEAD),
    Action.COMPLAINTS_JUDGE:  (                  _SUPER, _HEAD),
    Action.STAFF_MANAGE:      (                         _HEAD, _ADMIN),
    Action.SETTINGS_CHANGE:   (                         _HEAD, _ADMIN),
    Action.AUDIT_READ:        (                         _HEAD, _ADMIN, _AUDIT),
    Action.BACKUP_MAKE:       (                  _SUPER, _HEAD, _ADMIN),
    Action.BACKUP_RESTORE:    (                                _ADMIN,),
    Action.CHECK_RUN:         (                  _SUPER, _HEAD, _ADMIN, _AUDIT),
}.items()})
# fmt: on

SUPERVISING = frozenset({Role.SUPERVISOR, Role.MANAGER})
"""Whose word counts where a rule asks for a supervisor."""

LONG_PASSWORD = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who has a password of at least `SHORTEST_PASSWORD` characters; the others change by PIN (S1)."""

SHORTEST_PASSWORD = 10
LONGEST_SECRET = 128
LOCK_AFTER = 5
"""Wrong attempts in a row until an account is locked."""
LOCK_FOR = timedelta(minutes=5)

_NUMBER = re.compile(r"[A-Za-z0-9]{2,12}", re.ASCII)
_PIN = re.compile(r"\d{4,8}", re.ASCII)


def may(role: Role, action: Action) -> bool:
    """Whether the role has the right."""
    return role in RIGHTS[action]


def rights_of(role: Role) -> tuple[Action, ...]:
    """All rights of a role, in the order of the table."""
    return tuple(action for action in Action if may(role, action))


def number_problem(number: str) -> str:
    """Why a staff number cannot stand, or "": two to twelve Latin letters or digits.

    Returns:
        ``number_form``; the sentence's key stands under ``error.staff.``.
    """
    return "" if _NUMBER.fullmatch(number) else "number_form"


def secret_problem(role: Role, secret: str, number: str = "") -> str:
    """Why a PIN or password cannot stand, or "" (S1).

    A PIN has four to eight digits, not all the same, not a plain run, not the staff number. A long
    password has at least `SHORTEST_PASSWORD` characters of four kinds at least, and does not hold the number.

    Returns:
        ``pin_form``, ``pin_simple``, ``password_short``, ``password_long``, ``password_simple``; the
        sentence's key stands under ``error.staff.``.
    """
    if role in LONG_PASSWORD:
        return _password_problem(secret, number)
    if not _PIN.fullmatch(secret):
        return "pin_form"
    steps = {int(b) - int(a) for a, b in pairwise(secret)}
    return "pin_simple" if steps in ({0}, {1}, {-1}) or secret == number else ""


def _password_problem(secret: str, number: str) -> str:
    if len(secret) < SHORTEST_PASSWORD:
        return "password_short"
    if len(secret) > LONGEST_SECRET:
        return "password_long"
    simple = len(set(secret)) < 4 or (number and number.lower() in secret.lower())
    return "password_simple" if simple else ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong attempts of an account: how many in a row, and until when it is locked."""

    failed: int = 0
    locked_until: datetime | None = None


def is_locked(attempts: Attempts, now: datetime) -> bool:
    """Whether the account is locked at the moment."""
    return attempts.locked_until is not None and now < attempts.locked_until


def after_attempt(attempts: Attempts, right: bool, now: datetime) -> Attempts:
    """The count after one more attempt, made while not locked.

    Every further wrong attempt beyond `LOCK_AFTER` locks again.
    """
    if right:
        return Attempts()
    failed = attempts.failed + 1
    return Attempts(failed, now + LOCK_FOR if failed >= LOCK_AFTER else None)
