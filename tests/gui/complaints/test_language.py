"""Another language is another window; who is in the middle of a talk goes on where she was (rule 4, C8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from deskapp.base import i18n
from deskapp.domain.complaints.script import Mood
from deskapp.gui import theme
from deskapp.gui.app import Workplace
from deskapp.gui.complaints.panel import ComplaintsPanel
from deskapp.gui.shell.taste import Taste
from deskapp.services.desk import Desk
from tests.services.estates import house_id


@pytest.fixture
def workplace(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[Workplace]:
    made = Workplace(desk, Taste())
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    number = next(at for at, tab in enumerate(made.window._places) if tab.key == "complaints")
    made.window.show_tab(number)
    qtbot.waitUntil(lambda: panel_of(made).built)
    yield made
    qtbot.waitUntil(lambda: made.runner.idle)
    made.close()
    made.scanner.deleteLater()
    qapp.removeTranslator(made._qt_words)
    theme.apply(qapp)
    i18n.use_language("zh_CN")


def panel_of(workplace: Workplace) -> ComplaintsPanel:
    """The panel of the window in front."""
    found = workplace.window.findChild(ComplaintsPanel)
    assert found is not None
    return found


def receive(workplace: Workplace, desk: Desk, qtbot: QtBot) -> ComplaintsPanel:
    """A household stands at the counter and talks."""
    panel = panel_of(workplace)
    panel.show_household(house_id(desk, "1#1单元101"))
    qtbot.waitUntil(lambda: panel.intake.label == "1#1单元101")
    panel.intake.form.matter.setText("物业费太贵")
    panel.intake.form.story.setPlainText("涨了两回\n没人说")
    panel.intake.script.moods.set_value("shouting")
    qtbot.keyClick(panel.intake.form.matter, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    return panel


def change(workplace: Workplace, qtbot: QtBot) -> ComplaintsPanel:
    """The clerk chooses English."""
    workplace.window.taste_wanted.emit(Taste("en"))
    qtbot.waitUntil(lambda: panel_of(workplace).built and workplace.runner.idle)
    return panel_of(workplace)


def test_words_and_talk_go_on_in_the_other_language(workplace: Workplace, desk: Desk, qtbot: QtBot) -> None:
    before = receive(workplace, desk, qtbot)
    path = before.intake.talk.session.path if before.intake.talk.session else ()
    after = change(workplace, qtbot)
    qtbot.waitUntil(lambda: after.intake.label == "1#1单元101")
    assert after.intake.isVisible()
    assert after.intake.form.matter.text() == "物业费太贵"
    assert after.intake.form.story.toPlainText() == "涨了两回\n没人说"
    session = after.intake.talk.session
    assert session is not None
    assert after.intake.talk.running
    assert (session.path, session.mood) == (path, Mood.SHOUTING)
    assert len(path) == 2
    after.intake.form.matter.setText("")


def test_another_look_changes_nothing_that_was_typed(workplace: Workplace, desk: Desk, qtbot: QtBot) -> None:
    panel = receive(workplace, desk, qtbot)
    workplace.window.taste_wanted.emit(Taste("zh_CN", True))
    assert panel_of(workplace) is panel
    assert panel.intake.form.matter.text() == "物业费太贵"


def test_a_form_at_the_file_goes_on_too(workplace: Workplace, desk: Desk, qtbot: QtBot) -> None:
    panel = receive(workplace, desk, qtbot)
    panel.intake.save.click()
    qtbot.waitUntil(lambda: panel.ticket.isVisible() and workplace.runner.idle)
    number = panel.ticket.number
    panel.ticket.deeds._press("contact")
    said = panel.findChild(QPlainTextEdit, "complaints.deed.said.edit")
    assert said is not None
    said.insertPlainText("说明天再来")
    after = change(workplace, qtbot)
    qtbot.waitUntil(lambda: after.ticket.isVisible() and after.ticket.number == number)
    again = after.findChild(QPlainTextEdit, "complaints.deed.said.edit")
    assert again is not None
    assert again.toPlainText() == "说明天再来"
