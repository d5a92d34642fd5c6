"""To whom a ticket is dispatched, and who is told of what goes wrong (C6, C12); ``departments.toml`` ⚙."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from deskapp.domain.complaints.classes import Kind
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.staff import Role


class Post(StrEnum):
    """Who is told."""

    MANAGER = "manager"
    """The person in charge: head of the service centre."""
    QUALITY = "quality"
    """The company's quality department, round the clock."""
    DESK_HEAD = "desk_head"
    DEPARTMENT_HEAD = "department_head"
    """The head of the department that the ticket lies with."""


SEES: Mapping[Role, frozenset[Post]] = MappingProxyType(
    {
        Role.MANAGER: frozenset({Post.MANAGER}),
        Role.SUPERVISOR: frozenset({Post.DESK_HEAD, Post.DEPARTMENT_HEAD, Post.QUALITY}),
    }
)
"""Whose own look tells a post. The departments and the quality department have no window of their own: the
supervisor calls them. What the manager must see only the manager can put aside (Z8)."""


def posts_of(role: Role) -> frozenset[Post]:
    """The posts whose alarms stand in the list of a role."""
    return SEES.get(role, frozenset())


@dataclass(frozen=True, slots=True)
class Department:
    """One department.

    Attributes:
        head: name or post of who is told when it is late. phone: for the call.
        kinds: what is proposed for it at the counter, where the clerk chooses no other.
    """

    code: str
    label: Label
    head: str
    phone: str
    kinds: frozenset[Kind] = frozenset()


def parse_departments(source: Source) -> tuple[Department, ...]:
    """The departments of ``resources/rules/departments.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _department(entry)) for entry in source.root.entries("departments")]
    report_twice((entry, department.code) for entry, department in read)
    source.finish()
    return tuple(department for _, department in read)


def _department(entry: Entry) -> Department:
    return Department(
        code=entry.code(),
        label=entry.label(),
        head=entry.text("head"),
        phone=entry.text("phone", ""),
        kinds=frozenset(entry.choices("kinds", Kind, ())),
    )
