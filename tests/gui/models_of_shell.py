"""The models of the shell, for the model tester."""

from __future__ import annotations

from deskapp.gui.shell.hits import HitsModel
from deskapp.services.residents.search import Hit
from tests.harness.models import model

HITS = (
    Hit("household", 1, "3#2单元1804", "王䶮", "room"),
    Hit("household", 2, "3#2单元1805", "陈<b>强</b>", "room"),
    Hit("document", 2, "3#2单元1805", "陈<b>强</b>", "document", document="SJ-2026-000123"),
)


@model(HitsModel)
def three_hits() -> HitsModel:
    made = HitsModel()
    made.show(HITS)
    return made


@model(HitsModel)
def nothing_found() -> HitsModel:
    made = HitsModel()
    made.show((), "没有找到")
    return made


@model(HitsModel)
def not_asked() -> HitsModel:
    return HitsModel()
