"""All data of the complaint desk, read once and checked (design rule 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deskapp.base import tomlfile
from deskapp.base.assets import Assets
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.domain.complaints.callback import CallBacks, parse_callbacks
from deskapp.domain.complaints.classes import Classes, Topic, parse_classes, parse_topics
from deskapp.domain.complaints.clocks import ClockRule, ClockRules, parse_clocks
from deskapp.domain.complaints.departments import Department, parse_departments
from deskapp.domain.complaints.month import MonthRules, parse_month
from deskapp.domain.complaints.phrases import Phrases, parse_phrases
from deskapp.domain.complaints.playbooks import TOPICS, Library, check_library
from deskapp.domain.complaints.script import parse_script
from deskapp.domain.complaints.severity import Criterion, parse_severity
from deskapp.domain.complaints.similar import Matcher, parse_matching
from deskapp.domain.datatable import Source
from deskapp.domain.law import Law, parse_law
from deskapp.domain.workdays import FOLDER as CALENDARS
from deskapp.domain.workdays import WorkCalendar, load_calendar, parse_calendar

Meaning = TypeVar("Meaning")

RULES = "resources/rules"
SCRIPTS = "resources/scripts"


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """The rules of the complaint desk in force at a site."""

    classes: Classes
    clocks: ClockRules
    criteria: tuple[Criterion, ...]
    phrases: Phrases
    scripts: Library
    laws: tuple[Law, ...]
    matcher: Matcher
    departments: tuple[Department, ...]
    callbacks: CallBacks
    month: MonthRules
    calendar: WorkCalendar

    def topic(self, code: str) -> Topic | None:
        """A topic, None for "" or one that is no longer on the list."""
        return next((topic for topic in self.classes.topics if topic.code == code), None)

    def department(self, code: str) -> Department | None:
        """A department, None for one that is no longer on the list."""
        return next((one for one in self.departments if one.code == code), None)

    def clock(self, code: str) -> ClockRule | None:
        """A clock's rule, None for one that is no longer on the list."""
        return next((rule for rule in self.clocks.clocks if rule.code == code), None)


def load_complaint_rules(assets: Assets) -> ComplaintRules:
    """The rules in force.

    Raises:
        BadDataFile: with the faults of the first file that has any, or of the scripts together.
    """
    topics = _rule_file(assets, "topics", parse_topics)
    scripts = Library(tuple(_read(path, parse_script) for path in assets.folder(SCRIPTS)))
    laws = _rule_file(assets, "law", parse_law)
    faults = check_library(scripts, topics, laws, str(assets.path(TOPICS)))
    if faults:
        raise BadDataFile(faults)
    return ComplaintRules(
        classes=_rule_file(assets, "classes", lambda source: parse_classes(source, topics)),
        clocks=_rule_file(assets, "clocks", parse_clocks),
        criteria=_rule_file(assets, "severity", parse_severity),
        phrases=_rule_file(assets, "phrases", parse_phrases),
        scripts=scripts,
        laws=laws,
        matcher=Matcher(_rule_file(assets, "matching", parse_matching), topics),
        departments=_rule_file(assets, "departments", parse_departments),
        callbacks=_rule_file(assets, "callbacks", parse_callbacks),
        month=_rule_file(assets, "month", parse_month),
        calendar=load_calendar(assets),
    )


def check_complaint_rules(assets: Assets) -> list[Problem]:
    """Every fault of every data file of the complaint desk in force; for ``deskapp forms check``."""
    problems: list[Problem] = []
    topics = _tried(problems, lambda: _rule_file(assets, "topics", parse_topics)) or ()
    laws = _tried(problems, lambda: _rule_file(assets, "law", parse_law)) or ()
    others: tuple[Callable[[], object], ...] = (
        lambda: _rule_file(assets, "classes", lambda source: parse_classes(source, topics)),
        lambda: _rule_file(assets, "clocks", parse_clocks),
        lambda: _rule_file(assets, "severity", parse_severity),
        lambda: _rule_file(assets, "phrases", parse_phrases),
        lambda: _rule_file(assets, "matching", parse_matching),
        lambda: _rule_file(assets, "departments", parse_departments),
        lambda: _rule_file(assets, "callbacks", parse_callbacks),
        lambda: _rule_file(assets, "month", parse_month),
    )
    for reading in others:
        _tried(problems, reading)
    for path in assets.folder(CALENDARS):
        _tried(problems, lambda path=path: _read(path, parse_calendar))  # type: ignore[misc]
    files = tuple(assets.folder(SCRIPTS))
    scripts = [_tried(problems, lambda path=path: _read(path, parse_script)) for path in files]  # type: ignore[misc]
    whole = tuple(script for script in scripts if script is not None)
    if len(whole) == len(files) and topics and laws:
        problems += check_library(Library(whole), topics, laws, str(assets.path(TOPICS)))
    return problems


def _tried(problems: list[Problem], reading: Callable[[], Meaning]) -> Meaning | None:
    try:
        return reading()
    except BadDataFile as fault:
        problems.extend(fault.problems)
        return None


def _rule_file(assets: Assets, name: str, meaning: Callable[[Source], Meaning]) -> Meaning:
    return _read(assets.path(f"{RULES}/{name}.toml"), meaning)


def _read(path: Path, meaning: Callable[[Source], Meaning]) -> Meaning:
    data, text = tomlfile.read(path)
    return meaning(Source(str(path), data, text))
