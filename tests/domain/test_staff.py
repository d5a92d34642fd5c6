"""Who may do what, and which secrets are good enough (S1, S2)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.clock import CHINA
from deskapp.domain.staff import (
    LOCK_AFTER,
    LOCK_FOR,
    LONG_PASSWORD,
    RIGHTS,
    SUPERVISING,
    Action,
    Attempts,
    Role,
    after_attempt,
    is_locked,
    may,
    number_problem,
    rights_of,
    secret_problem,
)

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=CHINA)
READING = {
    Action.MOVEIN_VIEW,
    Action.RESIDENTS_VIEW,
    Action.COMPLAINTS_VIEW,
    Action.AUDIT_READ,
    Action.CHECK_RUN,
}


def test_every_action_is_somebodys_and_the_table_is_whole() -> None:
    assert set(RIGHTS) == set(Action)
    assert all(RIGHTS[action] for action in Action)
    assert {action for role in Role for action in rights_of(role)} == set(Action)


def test_the_auditor_only_reads() -> None:
    assert set(rights_of(Role.AUDITOR)) == READING


def test_a_helper_of_the_move_in_days_serves_stations_and_sees_nobody_whole() -> None:
    assert may(Role.STATION, Action.MOVEIN_SERVE)
    for action in (
        Action.MOVEIN_OVERRIDE,
        Action.FEES_DEFER,
        Action.FEES_VOID,
        Action.RESIDENTS_REVEAL,
        Action.DOCUMENTS_VOID,
        Action.ROSTER_IMPORT,
        Action.STAFF_MANAGE,
    ):
        assert not may(Role.STATION, action)


@pytest.mark.parametrize(
    "action", [Action.MOVEIN_OVERRIDE, Action.FEES_DEFER, Action.FEES_VOID, Action.DOCUMENTS_VOID]
)
def test_a_supervisors_word_is_a_supervisors(action: Action) -> None:
    assert RIGHTS[action] == SUPERVISING


def test_the_administrator_keeps_accounts_and_data_but_not_residents() -> None:
    assert may(Role.ADMINISTRATOR, Action.BACKUP_RESTORE)
    assert may(Role.ADMINISTRATOR, Action.STAFF_MANAGE)
    assert not may(Role.ADMINISTRATOR, Action.RESIDENTS_REVEAL)
    assert not may(Role.ADMINISTRATOR, Action.FEES_TAKE)


def test_whoever_may_do_what_is_weighty_has_a_long_password() -> None:
    weighty = (Action.MOVEIN_OVERRIDE, Action.STAFF_MANAGE, Action.BACKUP_RESTORE, Action.AUDIT_READ)
    assert {role for action in weighty for role in RIGHTS[action]} <= LONG_PASSWORD


@pytest.mark.parametrize("number", ["1001", "A12", "zx", "123456789012"])
def test_staff_numbers_that_stand(number: str) -> None:
    assert number_problem(number) == ""


@pytest.mark.parametrize("number", ["", "1", "1234567890123", "工1001", "12 34", "12\n", "١٢٣"])
def test_staff_numbers_that_do_not(number: str) -> None:
    assert number_problem(number) == "number_form"


@pytest.mark.parametrize(
    ("role", "secret", "problem"),
    [
        (Role.CLERK, "2758", ""),
        (Role.STATION, "27580413", ""),
        (Role.CLERK, "", "pin_form"),
        (Role.CLERK, "275", "pin_form"),
        (Role.CLERK, "275804131", "pin_form"),
        (Role.CLERK, "27a8", "pin_form"),
        (Role.CLERK, "٢٧٥٨", "pin_form"),
        (Role.CLERK, "1111", "pin_simple"),
        (Role.CLERK, "1234", "pin_simple"),
        (Role.CLERK, "8765", "pin_simple"),
        (Role.CLERK, "1001", "pin_simple"),
        (Role.SUPERVISOR, "correct horse", ""),
        (Role.MANAGER, "九号楼前有一棵老樟树", ""),
        (Role.SUPERVISOR, "2758", "password_short"),
        (Role.SUPERVISOR, "123456789", "password_short"),
        (Role.ADMINISTRATOR, "aaaaaaaaaaaa", "password_simple"),
        (Role.AUDITOR, "abc1001defgh", "password_simple"),
        (Role.SUPERVISOR, "ab" * 65, "password_long"),
    ],
)
def test_secrets_are_weighed_by_role(role: Role, secret: str, problem: str) -> None:
    assert secret_problem(role, secret, "1001") == problem


@given(st.text(max_size=140), st.sampled_from(Role))
def test_any_text_gets_an_answer_that_has_a_sentence(secret: str, role: Role) -> None:
    problem = secret_problem(role, secret, "1001")
    assert problem == "" or i18n.has_text(f"error.staff.{problem}")


def test_an_account_locks_after_wrong_attempts_and_opens_by_time_or_a_right_one() -> None:
    attempts = Attempts()
    for n in range(LOCK_AFTER):
        assert not is_locked(attempts, NOW), n
        attempts = after_attempt(attempts, right=False, now=NOW)
    assert is_locked(attempts, NOW)
    assert is_locked(attempts, NOW + LOCK_FOR - timedelta(seconds=1))
    assert not is_locked(attempts, NOW + LOCK_FOR)
    again = after_attempt(attempts, right=False, now=NOW + LOCK_FOR)
    assert is_locked(again, NOW + LOCK_FOR)
    assert after_attempt(again, right=True, now=NOW + 2 * LOCK_FOR) == Attempts()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    assert [action for action in Action if not i18n.has_text(f"staff.action.{action}")] == []
    assert [role for role in Role if not i18n.has_text(f"staff.role.{role}")] == []
