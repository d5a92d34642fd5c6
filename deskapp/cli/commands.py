"""Every command: arguments in, an answer out. What it means is decided by the services."""

from __future__ import annotations

import getpass
import hashlib
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from deskapp.base.assets import Assets
from deskapp.base.clock import as_text
from deskapp.base.errors import DeskError, Refused, WorldError
from deskapp.base.i18n import language, say
from deskapp.cli.out import Answer, read_file, write_file
from deskapp.domain.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deskapp.services.desk import Desk
    from deskapp.services.opening import Place
    from deskapp.services.residents.roster import RosterPreview

Command = Callable[[Namespace], Answer]


def place_of(asked: Namespace) -> Place:
    """Where the data lie."""
    from deskapp.services import opening

    return opening.place_of(asked.data, asked.database)


@contextmanager
def _desk(asked: Namespace, role: Role) -> Iterator[Desk]:
    """The desk with the program itself at it, in the role that the command needs."""
    from deskapp.services import opening
    from deskapp.services.desk import Member

    desk = opening.open_desk(place_of(asked))
    try:
        yield desk.staffed_by(Member(0, "", opening.PROGRAM.name, role))
    finally:
        desk.engine.dispose()


def init(asked: Namespace) -> Answer:
    """A new data folder, with the sample estate if wished."""
    from deskapp.services import opening

    place = place_of(asked)
    desk = opening.create(place)
    households = 0
    try:
        if asked.sample:
            from deskapp.services.desk import Member
            from deskapp.services.sample import fill

            households = fill(desk.staffed_by(Member(0, "", opening.PROGRAM.name, Role.MANAGER)))
    finally:
        desk.engine.dispose()
    data = {"data": place.folder, "households": households, "estate": desk.estate_name}
    said = say("cli.init.done", folder=str(place.folder), estate=desk.estate_name, households=households)
    return Answer(data, (said,))


def import_roster(asked: Namespace) -> Answer:
    """A roster: shown, or taken whole; with rejected rows only if the good ones are wished for."""
    from deskapp.services.residents import roster
    from deskapp.services.residents.roster_plan import RowKind

    body = read_file(asked.file)
    with _desk(asked, Role.MANAGER) as desk:
        seen = roster.preview(desk, body, asked.file.name, sheet=asked.sheet, mapping=dict(asked.map) or None)
        error: DeskError | None = None
        if seen.rejected_rows and not asked.good_rows:
            error = Refused("roster.rejected_rows", rows=seen.rejected_rows)
        elif not asked.dry_run:
            roster.apply(desk, str(uuid4()), seen, good_rows=asked.good_rows)
    changing = seen.count(RowKind.NEW) + seen.count(RowKind.UPDATED)
    written = error is None and not asked.dry_run and changing > 0
    kept = None
    if seen.rejected_rows and asked.good_rows and not asked.dry_run:
        kept = _beside(asked.file)
        write_file(kept, roster.rejected_workbook(seen))
    return Answer(_roster_data(asked, seen, written, kept), _roster_lines(seen, written, kept), error)


def _roster_data(asked: Namespace, seen: RosterPreview, written: bool, kept: Path | None) -> dict[str, Any]:
    from deskapp.services.residents.roster_plan import RowKind

    data: dict[str, Any] = {
        "rows": seen.rows_read,
        "accepted": seen.count(RowKind.NEW),
        "updated": seen.count(RowKind.UPDATED),
        "unchanged": seen.count(RowKind.UNCHANGED),
        "rejected": seen.rejected,
        "warnings": seen.warnings,
        "notes": seen.notes,
        "columns": seen.columns,
        "sheet": seen.sheet,
        "changes": [row for row in seen.rows if row.changes],
        "dry_run": asked.dry_run,
        "written": written,
    }
    return data | ({"rejected_file": kept} if kept else {})


def _roster_lines(seen: RosterPreview, written: bool, kept: Path | None) -> tuple[str, ...]:
    from deskapp.services.residents.roster_plan import RowKind

    counts = {kind.value: seen.count(kind) for kind in RowKind}
    lines = [issue.message for issue in (*seen.rejected, *seen.warnings)]
    lines += seen.notes
    lines.append(say("cli.import.counts", rows=seen.rows_read, rejected=seen.rejected_rows, **counts))
    if kept is not None:
        lines.append(say("cli.import.kept", file=str(kept)))
    lines.append(say("cli.import.written" if written else "cli.import.not_written"))
    return tuple(lines)


def _beside(file: Path) -> Path:
    """A new name beside the roster for the rows that were left out."""
    stem = f"{file.stem}-{say('cli.import.left_out')}"
    names = (f"{stem}.xlsx", *(f"{stem}-{n}.xlsx" for n in range(2, 1000)))
    return next(path for name in names if not (path := file.with_name(name)).exists())


def find(asked: Namespace) -> Answer:
    """What the search box finds."""
    from deskapp.services.residents import search

    with _desk(asked, Role.MANAGER) as desk:
        began = time.perf_counter()
        hits = search.find(desk, asked.text, asked.limit)
        seconds = time.perf_counter() - began
    data = [
        {
            "kind": hit.kind,
            "household": hit.house_id,
            "label": hit.label,
            "names": hit.names,
            "why": hit.why,
            "people": hit.people,
            "document": hit.document,
            "queue_number": hit.queue_number,
        }
        for hit in hits
    ]
    lines = [
        f"{hit.document or hit.label}\t{hit.names}\t"
        f"{'、'.join(p.phone_masked for p in hit.people if p.phone_masked)}\t{say(f'find.why.{hit.why}')}"
        for hit in hits
    ]
    return Answer({"hits": data, "seconds": round(seconds, 6)}, tuple(lines) or (say("cli.find.nothing"),))


def household(asked: Namespace) -> Answer:
    """The file of one household, masked."""
    from deskapp.services.documents import form_name
    from deskapp.services.residents import household as archive
    from deskapp.services.residents.labels import house_of

    with _desk(asked, Role.MANAGER) as desk:
        view = archive.household(desk, house_of(desk, asked.label))
    size = f"{view.area.normalize():f} m²" if view.area else ""
    lines = ["  ".join(part for part in (view.label, view.layout, size) if part)]
    lines += [
        f"{say(f'party.role.{p.role}')}  {p.name}  {p.id_masked}  {' '.join(n.masked for n in p.phones)}"
        for p in view.people
    ]
    lines += [f"{paper.number}  {form_name(paper.form)}" for paper in view.documents]
    lines += [f"{row.at:%Y-%m-%d %H:%M}  {_told(row.act, row.data)}  {row.staff}" for row in view.timeline]
    return Answer({"household": view.house_id, **_parts(view)}, tuple(lines))


def _parts(view: Any) -> dict[str, Any]:
    parts = {name: getattr(view, name) for name in view.__slots__ if name != "house_id"}
    return {**parts, "area": view.area or None}  # 0 stands for an area that nobody has told yet


def _told(act: str, data: Mapping[str, Any]) -> str:
    """A line of the time line; a sentence whose values are missing is shown by its code."""
    try:
        return say(f"history.{act}", **data)
    except (KeyError, IndexError):
        return act


def print_form(asked: Namespace) -> Answer:
    """Issues a document or prints one again."""
    from deskapp.services import documents, printing
    from deskapp.services.residents.labels import house_of

    with _desk(asked, Role.MANAGER) as desk:
        if asked.number is not None:
            found = documents.preview(desk, asked.number)
            if found.form != asked.form:
                raise Refused("print.other_form", number=asked.number, form=found.form)
            number = asked.number
        else:
            house_id = house_of(desk, asked.household) if asked.household is not None else None
            number = printing.paper(
                desk, str(uuid4()), asked.form, house_id=house_id, day=asked.date
            ).value.number
        job = documents.printed(desk, str(uuid4()), number).value
    try:
        write_file(asked.output, job.pdf)
    except WorldError as error:  # the record stands whatever becomes of the file (design rule 3)
        raise WorldError("print.saved_not_written", **error.values, number=number) from error
    data = {
        "number": job.number,
        "form": job.form,
        "pages": job.pages,
        "sha256": hashlib.sha256(job.pdf).hexdigest(),
        "record_sha256": job.sha256,
        "reprint": bool(job.reprint),
        "prints": job.reprint + 1,
        "missing": job.missing,
        "file": asked.output,
    }
    said = say(
        "cli.print.again" if job.reprint else "cli.print.done", number=job.number, file=str(asked.output)
    )
    lacking = (say("cli.print.missing", characters="、".join(job.missing)),) if job.missing else ()
    return Answer(data, (said, *lacking))


def forms(asked: Namespace) -> Answer:
    """The forms there are, or the faults of the data files in force."""
    from deskapp.services import datafiles

    assets = Assets(place_of(asked).folder / "site")
    if asked.act is None:
        known = datafiles.forms_in_force(assets)
        return Answer({"forms": known}, tuple(f"{f.code}\t{f.title}\t{f.series or '-'}" for f in known))
    found = datafiles.problems(assets, asked.folder)
    data = [
        {"file": p.file, "line": p.line, "key": p.key, "message": datafiles.sentence_of(p)} for p in found
    ]
    lines = tuple(f"{p['file']}:{p['line']}: {p['key']}: {p['message']}" for p in data)
    error = Refused("data.problems", count=len(found)) if found else None
    return Answer({"problems": data}, lines or (say("cli.forms.sound"),), error)


def clocks(asked: Namespace) -> Answer:
    """Every open clock, the most urgent first, with the time that counted."""
    from deskapp.services.complaints.reckoning import reckoned

    with _desk(asked, Role.MANAGER) as desk:
        found = reckoned(desk, asked.at)
    spoken = language()
    data = [
        {
            "ticket": one.row.number,
            "household": one.row.label,
            "what": one.row.what,
            "rule": one.row.rule,
            "began": one.row.began_at,
            "due": one.row.due_at,
            "state": one.row.state,
            "remaining": one.row.remaining,
            "provisional": one.row.provisional,
            "serious": one.row.serious,
            "counted": one.counted,
        }
        for one in found
    ]
    lines = tuple(
        f"{as_text(one.row.due_at)}\t{say(f'complaints.code.clock_state.{one.row.state}')}\t{one.row.number}\t"
        f"{one.row.label}\t{one.row.rule_label.in_language(spoken)}"
        for one in found
    )
    return Answer({"clocks": data}, lines or (say("cli.clocks.none"),))


def calendar(asked: Namespace) -> Answer:
    """A year's official calendar: from the text of the notice, or a file like the shipped ones."""
    from deskapp.services.complaints import calendars

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        taken = calendars.take_calendar(desk, str(uuid4()), read_file(asked.file), asked.file.name).value
    said = say("cli.calendar.done", year=taken.year, rest=taken.rest, work=taken.work, moved=taken.moved)
    return Answer(asdict(taken), (said,))


def export(asked: Namespace) -> Answer:
    """A register as xlsx."""
    from deskapp.services import registers

    with _desk(asked, Role.MANAGER) as desk:
        body, rows = registers.export(desk, asked.register)
    write_file(asked.output, body)
    said = say("cli.export.done", rows=rows, file=str(asked.output))
    return Answer({"rows": rows, "file": asked.output, "register": asked.register}, (said,))


def backup(asked: Namespace) -> Answer:
    """A verified copy."""
    from deskapp.services import keeping

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        copied = keeping.backup(desk, asked.output)
    said = say("cli.backup.done", file=str(copied.file), rows=copied.rows)
    return Answer({"file": copied.file, "sha256": copied.sha256, "rows": copied.rows}, (said,))


def restore(asked: Namespace) -> Answer:
    """A copy put back; works where the present data cannot be opened any more."""
    from deskapp.services import keeping

    desk, kept = keeping.restore_at(place_of(asked), asked.file)
    desk.engine.dispose()
    aside = kept if kept.exists() else None  # there may have been nothing to keep
    said = say("cli.restore.done", file=str(asked.file), kept=str(aside or "-"))
    return Answer({"restored": asked.file, "kept": aside}, (said,))


def check(asked: Namespace) -> Answer:
    """Whether everything holds that must."""
    from deskapp.services import keeping

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        found = keeping.check(desk)
    data = [{"code": p.code, **p.values, "message": p.sentence()} for p in found]
    error = Refused("keeping.problems", count=len(found)) if found else None
    return Answer({"problems": data}, tuple(p.sentence() for p in found) or (say("cli.check.sound"),), error)


def user(asked: Namespace) -> Answer:
    """Accounts."""
    return {"add": _add_user, "list": _list_users, "disable": _disable_user}[asked.act](asked)


def _add_user(asked: Namespace) -> Answer:
    from deskapp.services.staff import add_member

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        secret = _secret(asked.number)
        role = Role(asked.role)
        account = add_member(
            desk, str(uuid4()), asked.number, asked.name, role, secret, escort=asked.escort
        ).value
    return Answer({"user": account}, (say("cli.user.added", number=account.number, name=account.name),))


def _secret(number: str) -> str:
    """The PIN or password: asked for at a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(say("cli.user.secret", number=number))
    return sys.stdin.readline().rstrip("\r\n")


def _list_users(asked: Namespace) -> Answer:
    from deskapp.services.staff import members

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        accounts = members(desk, with_disabled=asked.all)
    lines = tuple(f"{a.number}\t{a.name}\t{a.role.value}" for a in accounts)
    return Answer({"users": accounts}, lines or (say("cli.user.none"),))


def _disable_user(asked: Namespace) -> Answer:
    from deskapp.services.staff import disable_member

    with _desk(asked, Role.ADMINISTRATOR) as desk:
        account = disable_member(desk, str(uuid4()), asked.number).value
    return Answer({"user": account}, (say("cli.user.disabled", number=account.number, name=account.name),))


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "init": init,
        "import": import_roster,
        "find": find,
        "household": household,
        "print": print_form,
        "forms": forms,
        "clocks": clocks,
        "calendar": calendar,
        "export": export,
        "backup": backup,
        "restore": restore,
        "check": check,
        "user": user,
    }
)
