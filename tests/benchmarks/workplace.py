"""A desk on a given database, for the benchmarks: the shipped rules, a clock that stands, a supervisor."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from deskapp.base.assets import Assets
from deskapp.base.clock import SetClock
from deskapp.db.drafts import DraftBox
from deskapp.domain.rules import load_rules
from deskapp.domain.staff import Role
from deskapp.services.desk import Desk, Member
from tests.benchmarks.estates import ESTATE, NOW


def desk_on(engine: Engine, folder: Path) -> Desk:
    """The desk of the benchmark's estate."""
    assets = Assets()
    return Desk(
        engine=engine,
        clock=SetClock(NOW),
        assets=assets,
        rules=load_rules(assets),
        estate_id=ESTATE,
        estate_name="望湖花园",
        drill=False,
        member=Member(0, "", "benchmark", Role.MANAGER),
        name="bench",
        folder=folder,
        drafts=DraftBox(folder / "drafts"),
    )
