"""The search box: two keys find, Enter opens, Esc keeps the text, and only the newest answer counts."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.runner import Runner
from deskapp.gui.shell.hits import HitsModel, told_apart_by
from deskapp.gui.shell.search_box import SearchBox
from deskapp.services.residents.search import Hit, HitPerson

WANG = Hit("household", 1, "3#2单元1804", "王䶮", "initials")
WU = Hit("household", 2, "5#1单元602", "吴悦", "initials")
LOOKING_LIKE_MARKUP = Hit("household", 3, "1#101", "陈<b>强</b>", "room")


class Box:
    """A search box in a window, with answers of the test's own."""

    def __init__(self, qtbot: QtBot) -> None:
        self.runner, self.asked, self.chosen, self.said = Runner(), [], [], []
        self.answers: dict[str, Sequence[Hit] | Exception] = {"wy": (WANG, WU), "1": (LOOKING_LIKE_MARKUP,)}
        self.held: dict[str, threading.Event] = {}
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        inside = QWidget()
        self.window.setCentralWidget(inside)
        self.box, self.other = SearchBox(self.search, self.runner), QPushButton("别处")
        column = QVBoxLayout(inside)
        column.addWidget(self.box)
        column.addWidget(self.other)
        column.addStretch()
        self.box.chosen.connect(self.chosen.append)
        self.box.said.connect(lambda sentence, kind: self.said.append((sentence, kind)))
        with qtbot.waitActive(self.window):
            self.window.resize(900, 500)
            self.window.show()
            self.window.activateWindow()
        self.box.setFocus()

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        self.asked.append(text)
        if text in self.held:
            assert self.held[text].wait(10)
        answer = self.answers.get(text, ())
        if isinstance(answer, Exception):
            raise answer
        return answer[:limit]

    @property
    def list(self) -> QListView:
        found = self.window.findChild(QListView, "shell.search.hits")
        assert found is not None
        return found

    def shows(self) -> bool:
        """Whether hits are shown; the list is made with the first answer."""
        found = self.window.findChild(QListView, "shell.search.hits")
        return found is not None and found.isVisible()

    def rows(self) -> list[str]:
        model = self.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[Box]:
    made = Box(qtbot)
    yield made
    made.runner.close()


def test_two_keys_find_and_enter_opens_the_first(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    assert box.rows() == ["3#2单元1804  王䶮", "5#1单元602  吴悦"]
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert box.chosen == [WANG]
    assert not box.shows()
    assert box.box.selectedText() == "wy"


def test_the_arrows_walk_and_stop_at_the_ends(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(box.box, key)
    qtbot.keyClick(box.box, Qt.Key.Key_Enter)
    assert box.chosen == [WU]


def test_a_click_opens_too(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    where = box.list.visualRect(box.list.model().index(1, 0)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert box.chosen == [WU]
    assert box.box.hasFocus()


def test_enter_before_the_answer_opens_when_it_comes(box: Box, qtbot: QtBot) -> None:
    box.held["1"] = threading.Event()
    qtbot.keyClicks(box.box, "1")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1" in box.asked)
    assert box.chosen == []
    box.held["1"].set()
    qtbot.waitUntil(lambda: box.chosen == [LOOKING_LIKE_MARKUP])


def test_enter_before_an_answer_of_several_guesses_nothing(box: Box, qtbot: QtBot) -> None:
    box.held["wy"] = threading.Event()
    qtbot.keyClicks(box.box, "wy")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "wy" in box.asked)
    box.held["wy"].set()
    qtbot.waitUntil(box.shows)
    assert box.chosen == []
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert box.chosen == [WANG]


def test_an_answer_to_what_is_no_longer_asked_is_not_shown(box: Box, qtbot: QtBot) -> None:
    box.held["wy"] = threading.Event()
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(lambda: "wy" in box.asked)
    box.box.selectAll()
    qtbot.keyClicks(box.box, "1")
    qtbot.waitUntil(lambda: "1" in box.asked)
    box.held["wy"].set()
    qtbot.waitUntil(lambda: box.runner.idle)
    assert box.rows() == ["1#101  陈<b>强</b>"]


def test_esc_closes_the_list_and_keeps_the_text(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert not box.shows()
    assert box.box.text() == "wy"
    qtbot.keyClick(box.box, Qt.Key.Key_Return)  # asks again
    qtbot.waitUntil(box.shows)


def test_nothing_found_says_what_can_be_typed(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "qq")
    qtbot.waitUntil(box.shows)
    sentence = say("shell.search.nothing", text="qq")
    assert box.rows() == [sentence]
    where = box.list.visualRect(box.list.model().index(0, 0)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.said == [(sentence, "info")])
    assert box.chosen == []
    assert not box.shows()


def test_an_empty_box_asks_nothing(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "  ")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.wait(50)
    assert box.asked == []
    assert not box.shows()


def test_a_database_that_does_not_answer_is_said(box: Box, qtbot: QtBot) -> None:
    box.answers["wy"] = WorldError("db.locked")
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(lambda: box.said == [(WorldError("db.locked").sentence(), "error")])
    assert box.box.text() == "wy"


def test_a_scan_goes_straight(box: Box, qtbot: QtBot) -> None:
    box.answers["SJ-2026-000123"] = (LOOKING_LIKE_MARKUP,)
    box.box.look_up("SJ-2026-000123")
    qtbot.waitUntil(lambda: box.chosen == [LOOKING_LIKE_MARKUP])


def test_text_put_back_after_a_scan_is_not_searched_for(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    box.box.setText("")  # as the scanner puts back what stood there
    qtbot.wait(50)
    assert box.asked == []


def test_the_list_goes_with_the_focus(box: Box, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    box.other.setFocus()
    qtbot.waitUntil(lambda: not box.shows())
    assert box.box.text() == "wy"


def test_the_list_stays_inside_the_window_and_does_not_cover_the_box(box: Box, qtbot: QtBot) -> None:
    box.answers["wy"] = tuple(Hit("household", n, f"3#{n}", "王䶮", "name") for n in range(40))
    qtbot.keyClicks(box.box, "wy")
    qtbot.waitUntil(box.shows)
    assert box.list.model().rowCount() <= 12
    assert box.window.rect().contains(box.list.geometry())
    bottom = box.box.mapTo(box.window, box.box.rect().bottomLeft()).y()
    assert box.list.geometry().top() > bottom


def test_rows_are_painted_in_light_and_dark(box: Box, qtbot: QtBot, qapp) -> None:  # type: ignore[no-untyped-def]
    pictures = []
    for dark in (False, True):
        theme.apply(qapp, dark=dark)
        box.box.clear()
        qtbot.keyClicks(box.box, "wy")
        qtbot.waitUntil(box.shows)
        picture = box.list.grab().toImage()
        colours = {picture.pixelColor(x, 16).name() for x in range(picture.width())}
        assert theme.tokens().selection in colours
        assert len(colours) > 4
        pictures.append(picture)
    assert pictures[0] != pictures[1]
    theme.apply(qapp)


def test_namesakes_and_owners_of_several_houses_are_told_apart() -> None:
    person = HitPerson(1, "孙强", "owner", "199****0007", ("5#1单元602",), True)
    assert "199****0007" in told_apart_by(Hit("household", 1, "1#101", "孙强", "name", (person,)))
    assert "5#1单元602" in told_apart_by(Hit("household", 1, "1#101", "孙强", "name", (person,)))
    waiting = Hit("household", 1, "1#101", "孙强", "name", (person,), 7, "A023", "waiting", "inspection")
    by_tail = Hit("household", 1, "1#101", "孙强", "id_tail", (person,))
    assert told_apart_by(by_tail).startswith("证件尾号 · 199****0007")
    assert told_apart_by(waiting).startswith("A023 ")
    paper = Hit("document", 1, "1#101", "孙强", "document", document="SJ-2026-000123")
    assert told_apart_by(paper) == "SJ-2026-000123"


def test_a_reader_hears_label_and_names() -> None:
    model = HitsModel()
    model.show((WANG,))
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("3#2单元1804  王䶮")
    assert index.data(HitsModel.HIT) is WANG
