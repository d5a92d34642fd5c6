"""The sample estate: staff to practise with, and 799 households through the import of a real roster."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from deskapp.base.clock import day_of
from deskapp.domain import sample
from deskapp.domain.roster import Sheet
from deskapp.domain.roster_reading import read_sheet
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.residents.roster import apply, previewed
from deskapp.services.residents.roster_write import Progress
from deskapp.services.staff import new_row


def fill(desk: Desk, *, progress: Progress | None = None) -> int:
    """Puts staff, houses, people and the first batch into an estate that has none yet.

    Returns:
        The number of households.
    """
    with desk.unit(Action.STAFF_MANAGE) as unit:
        for person in sample.STAFF:
            row = new_row(
                unit.estate_id,
                person.number,
                person.name,
                person.role,
                person.secret,
                escort=person.escort,
            )
            unit.session.add(row)
            data = {"number": row.number, "name": row.name, "role": row.role}
            unit.record("staff.added", "staff", row.id, data=data)
    roster = sample.sample_roster()
    cells = roster.cells()
    sheet = Sheet(sample.BATCH.name, [list(row) for row in cells])
    digest = hashlib.sha256(repr(cells).encode()).hexdigest()
    read = read_sheet(sheet, today=max(day_of(desk.now()), sample.FIRST_DAY))
    seen = previewed(desk, read, f"{sample.BATCH.name}.xlsx", digest)
    done = apply(desk, str(uuid4()), seen, progress=progress)
    return done.value.accepted
