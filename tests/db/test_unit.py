"""The unit of work on both databases: all or nothing, once only, numbers without gaps (rules 2, 3)."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, WorldError
from deskapp.db.audit import broken_links
from deskapp.db.base import Exact, Moment, new_id
from deskapp.db.engine import url_of
from deskapp.db.feed import ChangeFeed
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import AuditEntry, Change, Command, History, NumberSeries
from deskapp.db.unit import reading, unit_of_work
from tests.db.stores import CLERK, ESTATE, NOW, note, store


def _house(label: str) -> House:
    return House(
        estate_id=ESTATE,
        id=new_id(),
        building="1",
        room=label,
        kind="apartment",
        label=label,
        place_key=label,
        area=Decimal("89.5"),
        developer_balance=Decimal("40000.05"),
    )


def test_an_action_leaves_history_audit_and_change_together(database_url: str) -> None:
    with store(database_url) as engine:
        with unit_of_work(engine, CLERK, NOW, "t", "c-1") as unit:
            note(unit, "云栖里")
        with reading(engine) as session:
            row = session.scalars(select(History)).one()
            assert (row.act, row.staff, row.desk, row.at) == ("estate.created", "林晓", "前台1", NOW)
            assert session.scalars(select(AuditEntry)).one().after == {"name": "云栖里"}
            assert session.scalars(select(Change)).one().kind == "estate"


def test_what_raises_leaves_nothing(database_url: str) -> None:
    with store(database_url) as engine:
        with pytest.raises(RuntimeError), unit_of_work(engine, CLERK, NOW, "t", "c-1") as unit:
            note(unit)
            unit.number("SJ")
            raise RuntimeError("the power went")
        with reading(engine) as session:
            for table in (History, AuditEntry, Change, Command, NumberSeries):
                assert session.scalar(select(func.count()).select_from(table)) == 0, table


def test_a_repeated_command_finds_its_answer_and_does_nothing(database_url: str) -> None:
    with store(database_url) as engine:
        for turn in range(3):
            with unit_of_work(engine, CLERK, NOW, "t", "c-1") as unit:
                if turn == 0:
                    assert unit.answered is None
                    note(unit)
                    unit.answer(number=unit.number("SJ"))
                else:
                    assert unit.answered == {"number": "SJ-2026-000001"}
        with reading(engine) as session:
            assert session.scalar(select(func.count()).select_from(History)) == 1
            assert session.scalar(select(NumberSeries.last)) == 1


def test_a_number_of_a_unit_that_failed_is_given_again(database_url: str) -> None:
    with store(database_url) as engine:
        with unit_of_work(engine, CLERK, NOW, "t") as unit:
            assert unit.number("SJ") == "SJ-2026-000001"
        with pytest.raises(RuntimeError), unit_of_work(engine, CLERK, NOW, "t") as unit:
            assert unit.number("SJ") == "SJ-2026-000002"
            raise RuntimeError
        with unit_of_work(engine, CLERK, NOW, "t") as unit:
            assert unit.number("SJ") == "SJ-2026-000002"
            assert unit.number("JF") == "JF-2026-000001"


def test_clerks_at_the_same_time_get_numbers_without_gap_or_double(database_url: str) -> None:
    taken: list[str] = []
    with store(database_url) as engine:

        def clerk() -> None:
            for _ in range(8):
                with unit_of_work(engine, CLERK, NOW, "t") as unit:
                    number = unit.number("SJ")
                    note(unit, number)
                taken.append(number)

        threads = [threading.Thread(target=clerk) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == [f"SJ-2026-{n:06d}" for n in range(1, 25)]
        with reading(engine) as session:
            assert list(broken_links(session, ESTATE)) == []
            assert list(session.scalars(select(Change.seq).order_by(Change.seq))) == list(range(1, 25))


def test_the_same_command_at_the_same_time_happens_once(database_url: str) -> None:
    seen: list[bool] = []
    with store(database_url) as engine:
        ready = threading.Barrier(2)

        def click() -> None:
            ready.wait()
            with unit_of_work(engine, CLERK, NOW, "t", "c-1") as unit:
                seen.append(unit.answered is None)
                if unit.answered is None:
                    note(unit)
                    unit.answer(done=True)

        threads = [threading.Thread(target=click) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(seen) == [False, True]
        with reading(engine) as session:
            assert session.scalar(select(func.count()).select_from(History)) == 1


def test_a_stale_row_is_a_conflict(database_url: str) -> None:
    with store(database_url) as engine:
        with unit_of_work(engine, CLERK, NOW, "t") as unit:
            unit.session.add(_house("101"))
        with pytest.raises(Conflict) as told, unit_of_work(engine, CLERK, NOW, "t") as unit:
            house = unit.session.scalars(select(House)).one()
            # another clerk's commit between our look and our write
            table = House.__table__
            unit.session.execute(update(table).values(version=table.c.version + 1))
            house.remark = "mine"
        assert told.value.code == "db.changed_meanwhile"


def test_decimals_and_moments_come_back_exact(database_url: str) -> None:
    with store(database_url) as engine:
        with unit_of_work(engine, CLERK, NOW, "t") as unit:
            unit.session.add(_house("101"))
            note(unit)
        with reading(engine) as session:
            house = session.scalars(select(House)).one()
            assert (house.area, house.developer_balance) == (Decimal("89.5"), Decimal("40000.05"))
            assert session.scalars(select(History.at)).one() == NOW
    with pytest.raises(ValueError, match="places"):
        Exact(2).process_bind_param(Decimal("0.005"), engine.dialect)
    with pytest.raises(ValueError, match="zone"):
        Moment().process_bind_param(NOW.replace(tzinfo=None), engine.dialect)


@pytest.mark.parametrize("harm", ["change", "remove", "cut"])
def test_the_audit_chain_shows_what_was_done_to_it(database_url: str, harm: str) -> None:
    with store(database_url) as engine:
        for text in ("a", "b", "c"):
            with unit_of_work(engine, CLERK, NOW, "t") as unit:
                note(unit, text)
        with engine.begin() as connection, Session(connection) as session:
            entry = session.get(AuditEntry, (ESTATE, 3 if harm == "cut" else 2))
            assert entry is not None
            if harm == "change":
                entry.after = {"name": "forged"}
            else:
                session.delete(entry)
            session.flush()
        with reading(engine) as session:
            assert list(broken_links(session, ESTATE)) == {"change": [2], "remove": [3], "cut": [3]}[harm]


def test_the_feed_tells_each_window_what_others_changed(database_url: str) -> None:
    with store(database_url) as engine:
        feed = ChangeFeed(engine, ESTATE)
        try:
            assert feed.news() == frozenset()
            with unit_of_work(engine, CLERK, NOW, "t") as unit:
                unit.touch("pass", 5)
                unit.touch("house", 9)
            assert feed.news() == {("pass", 5), ("house", 9)}
            assert feed.news() == frozenset()
            with unit_of_work(engine, CLERK, NOW, "t") as unit:
                for subject in range(20):
                    unit.touch("pass", subject)
            assert feed.news(most=10) == {("all", 0)}
        finally:
            feed.close()


def test_another_program_holding_the_file_is_said(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.db.engine.LOCK_WAIT", 50)
    with (
        store(sqlite_url) as engine,
        engine.connect().execution_options(deskapp_write=True) as other,
        other.begin(),
        pytest.raises(WorldError) as told,
        unit_of_work(engine, CLERK, NOW, "t"),
    ):
        pass
    assert told.value.code == "db.locked"


@pytest.mark.parametrize("address", ["nonsense", "mysql://x/y", "", "oracle://h"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(WorldError) as told:
        url_of(address)
    assert told.value.code == "db.bad_address"
