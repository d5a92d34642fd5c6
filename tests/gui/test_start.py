"""What a start loads: the window stands, takes a key and finds, and much of the program is not there yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Table

from deskapp.db import firstlook
from deskapp.db.tables.whole import Base

START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from deskapp.bootstrap import workplace
from deskapp.services.opening import open_desk, place_of
place = place_of(Path(sys.argv[1]), None)
opened = workplace(place, open_desk(place), "zh_CN")
opened.window.show()
opened.app.processEvents()
box = opened.app.focusWidget() or opened.window
at_once = sorted(sys.modules)
shown = [w.objectName() for w in opened.app.allWidgets() if w.isVisible() and w.objectName()]
for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
    opened.app.sendEvent(box, QKeyEvent(kind, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2"))
hits = []
while not hits:
    opened.app.processEvents()
    hits = [w for w in opened.app.allWidgets() if w.objectName() == "shell.search.hits" and w.isVisible()]
found = hits[0].model().rowCount()
opened.close()
print(json.dumps({"at_once": at_once, "shown": shown, "box": box.objectName(), "found": found}))
"""

NOT_FOR_A_START = (
    "alembic",
    "argon2",
    "openpyxl",
    "PIL",
    "psycopg",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "rapidfuzz",
    "reportlab",
    "stdnum",
    "tomllib",
    "xlsxwriter",
    "deskapp.db.tables.complaints",
    "deskapp.db.tables.handling",
    "deskapp.db.tables.incidents",
    "deskapp.db.tables.stations",
    "deskapp.domain.complaints",
    "deskapp.domain.documents",
    "deskapp.domain.fees",
    "deskapp.domain.inspection",
    "deskapp.domain.roster",
    "deskapp.exchange",
    "deskapp.gui.complaints",
    "deskapp.gui.movein.answerform",
    "deskapp.gui.movein.household",
    "deskapp.gui.movein.pages",
    "deskapp.gui.residents",
    "deskapp.gui.shell.hits",
    "deskapp.gui.shell.urgency",
    "deskapp.gui.widgets.pdf",
    "deskapp.pdf",
    "deskapp.services.complaints",
    "deskapp.services.movein.closing",
)
"""What has no part in showing the window; each would make the start longer."""


def test_a_start_shows_a_window_that_finds_and_leaves_the_rest_for_later(estate_template: Path) -> None:
    """In a process of its own: in this one everything is imported already."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START, str(estate_template)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"shell.tabs", "shell.search", "shell.status", "movein", "movein.nobody"} <= set(told["shown"])
    assert told["box"] == "shell.search"
    assert told["found"] > 0
    loaded = set(told["at_once"])
    assert {"deskapp.gui.movein.panel", "deskapp.services.desk"} <= loaded
    assert sorted(loaded & set(NOT_FOR_A_START)) == []


@pytest.mark.parametrize("plain", [firstlook.ESTATE, firstlook.CHANGE, firstlook.STAFF], ids=lambda t: t.name)
def test_the_first_look_names_columns_as_the_tables_have_them(plain: Table) -> None:
    mapped = Base.metadata.tables[plain.name]
    for column in plain.c:
        assert column.name in mapped.c
        told = type(column.type).__name__
        assert told in ("NullType", type(mapped.c[column.name].type).__name__)
