"""What the program says, read from its source: the keys of the translations that it names.

A key is named by a literal (``say("movein.pass.title")``), as a code that is said later
(``Refused("movein.no_pass")`` says ``error.movein.no_pass``), or is put together while the program runs
(``say(f"movein.outcome.{outcome.value}")``). For the last sort `PUT_TOGETHER` names the fixed beginning.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PUT_TOGETHER: tuple[str, ...] = (
    # The fixed beginnings of keys put together while the program runs; a dot ends each of them.
    "data.",  # Problem.code of a data file
    "error.",  # DeskError.code
    "note.identity.",  # IdentityCheck.notes
    "roster.issue.",  # RowIssue.code
    "roster.note.",  # RosterNote.code
    "inspection.",  # findings, severities, parties, states of a defect
    "complaints.bulletin.",  # items of a bulletin
    "complaints.paper.contact.",  # Contact.kind
    "complaints.paper.limit.",  # clocks.Unit
    "complaints.paper.month.",  # more, fewer or as many
    "complaints.paper.post.",  # departments.Post
    "complaints.paper.rate.",  # Rate.code
    "complaints.paper.promise.",  # PromiseState
    "complaints.panel.incident.signed_",  # here or on paper
    "complaints.panel.why.amount.",  # clocks.Unit
    "complaints.panel.why.rule.",  # clocks.Unit
    "movein.station.",  # Station
    "movein.outcome.",  # Outcome.key
    "movein.waits.",  # Pass.waits_for
    "party.role.",  # PartyRole
    "fees.",  # states, methods
    "mark.",  # MarkView.code
    "movein.state.",  # PassState
    "papers.state.",  # PaperState
    "papers.act.",  # PaperAct
    "keys.place.",  # KeyPlace
    "roster.kind.",  # RowKind
    "staff.role.",  # Role
    "staff.action.",  # Action
    "shell.taste.",  # what the menu changes
    "residents.draft.",  # what a draft is of
    "residents.field.",  # RosterField
    "residents.id.",  # IdKind
    "residents.party.",  # fields of the form
    "residents.phone.use.",  # Phone.use
    "residents.record.",  # Signature.record
    "residents.signed.",  # Signature.method
    "residents.signer.",  # Signature.role
    "residents.tab.",  # leaves of the file
    "residents.tenure.",  # Tenure
    "movein.act.",  # Act
    "movein.barrier.",  # Barrier.code
    "movein.need.",  # Need
    "movein.priority.",  # arrivals.PRIORITIES
    "movein.panel.act.",  # LineAct.code
    "movein.panel.agent.",  # fields of an authority
    "movein.panel.approval.",  # parts of a supervisor's word
    "movein.panel.card.",  # fields of the data card
    "movein.panel.defect.",  # fields of a defect
    "movein.panel.errand.",  # fields of an errand
    "movein.panel.fees.column.",
    "movein.panel.fees.deed.",  # what becomes of a charge
    "movein.panel.keys.",  # fields of the count
    "movein.panel.keys_reason.",
    "movein.panel.meter.",
    "movein.panel.no_station_to_",
    "movein.panel.page.",  # pages of no station
    "movein.panel.paper.",
    "movein.panel.pay.",  # fields of a payment
    "movein.panel.receipt.",
    "movein.panel.reception.",
    "movein.panel.sign.",  # ways to sign
    "movein.panel.signed_record.",  # Signature.record
    "movein.panel.tick.",
    "complaints.panel.ask.",  # Asked.key
    "complaints.panel.contact.",  # kinds of contact
    "complaints.panel.deed.",  # Deed.code
    "complaints.panel.deeds.",  # DeedGroup.code
    "complaints.panel.dispatch_state.",  # DispatchView.state
    "complaints.panel.fact.",  # facts of severity
    "complaints.panel.file.",  # rows of the form
    "complaints.panel.intake.",  # fields of the form
    "complaints.panel.who.",  # fields of who stands there
    "complaints.panel.list.which.",  # filters
    "complaints.panel.page.",  # pages
    "complaints.panel.month.",  # lists of the month
    "complaints.panel.paper_of.",  # DocumentRef.form
    "complaints.panel.signer.",  # who signs a dispute's result
    "complaints.panel.promise.",  # parts of a promise
    "complaints.panel.script.",  # lists of a step
    "complaints.panel.section.",  # sections of the file
    "complaints.panel.why.of_",  # ClockRow.what
    "cli.help.",  # commands and their options
    "export.",  # columns of a register
    "find.why.",  # KeyKind
    "keeping.problem.",  # keeping.Problem.code
    "place.kind.",  # PlaceKind
    "errands.",  # states, acts, directions
    "keys.move.",  # KeyMove
    "papers.attending.",  # Attending
    "history.",  # History.act
    "paper.",  # on paper, by codes of rows
    "records.",  # the codes of a card, a register, a filter
    "complaints.code.",  # the codes of a ticket: states, acts, needs, phases, fields
)

ERRORS = {"Refused": "error.", "WorldError": "error.", "Conflict": "error."}
"""Calls whose first argument is a code, and what stands before it in the key."""

FOLDERS = ("deskapp", "installer")


@dataclass(slots=True)
class Spoken:
    """The keys one source file names.

    Attributes:
        said: literal keys that must exist, with the line they stand on.
        begun: fixed beginnings of keys put together, with their line.
        texts: every string constant, for telling which keys are named at all.
    """

    said: list[tuple[str, int]] = field(default_factory=list)
    begun: list[tuple[str, int]] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)


def spoken_in(source: str) -> Spoken:
    """Reads one file's source."""
    found = Spoken()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.texts.add(node.value)
        if isinstance(node, ast.Call) and node.args:
            before = _before(node.func)
            if before is not None:
                _note(found, before, node.args[0])
    return found


def _before(function: ast.expr) -> str | None:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return "" if name in ("say", "on_paper", "Word", "has_text") else ERRORS.get(name)


def _note(found: Spoken, before: str, argument: ast.expr) -> None:
    if isinstance(argument, ast.IfExp):
        _note(found, before, argument.body)
        _note(found, before, argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        found.said.append((before + argument.value, argument.lineno))
        found.texts.add(before + argument.value)
    elif isinstance(argument, ast.JoinedStr):
        first = argument.values[0]
        fixed = str(first.value) if isinstance(first, ast.Constant) else ""
        found.begun.append((f"{before}{fixed}", argument.lineno))


def sources() -> Iterator[tuple[Path, Spoken]]:
    """Every source file of the program and of the installer."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), spoken_in(path.read_text(encoding="utf-8"))


def put_together(key: str) -> bool:
    """Whether the key begins as `PUT_TOGETHER` declares."""
    return key.startswith(PUT_TOGETHER)


def placeholders(text: str) -> set[str]:
    """The names in braces of a text."""
    return set(re.findall(r"\{(\w+)[^{}]*\}", text.replace("{{", "").replace("}}", "")))
