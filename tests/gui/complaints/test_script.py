"""The script beside the form: step by step, back, left at any moment; answers flow into the form (C8, C9)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from deskapp.base.i18n import say
from deskapp.domain.complaints.script import Field, Mood, Phase, Side
from deskapp.gui.complaints.talk import Talk
from tests.gui.complaints.clerk import ALT, Clerk


def talk(clerk: Clerk) -> Talk:
    return clerk.panel.intake.talk


def spoken(clerk: Clerk) -> list[str]:
    """The lines in big type."""
    labels = clerk.panel.intake.script.findChildren(QLabel)
    return [label.text() for label in labels if label.property("role") == "spoken" and label.isVisible()]


def phase(clerk: Clerk) -> Phase:
    shown = talk(clerk).shown()
    assert shown is not None
    return shown.phase


def step_on(clerk: Clerk, to: Phase) -> None:
    """Takes the first way on until a phase is reached."""
    for _ in range(12):
        if phase(clerk) is to:
            return
        clerk.click("complaints.script.way.1")
    raise AssertionError(f"{to} is not reached")


def test_a_complaint_begins_with_a_greeting(clerk: Clerk) -> None:
    clerk.receive()
    assert phase(clerk) is Phase.GREET
    assert spoken(clerk)
    shown = talk(clerk).shown()
    assert shown is not None
    assert clerk.text("complaints.script.phase") == say(
        "complaints.panel.script.phase",
        number=1, of=9, phase=say("complaints.code.phase.greet"), step=shown.title.zh,
    )  # fmt: skip


def test_lines_follow_the_mood(clerk: Clerk) -> None:
    clerk.receive()
    calm = spoken(clerk)
    clerk.click("complaints.script.mood.angry")
    assert spoken(clerk) != calm
    session = talk(clerk).session
    assert session is not None
    assert session.mood_before is Mood.ANGRY


def test_a_key_takes_a_way_on_while_typing_elsewhere(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "物业费太贵")
    clerk.key(Qt.Key.Key_1, ALT)
    assert phase(clerk) is Phase.LISTEN
    assert clerk.panel.intake.form.matter.text() == "物业费太贵"


def test_an_answer_stands_in_the_form_and_in_the_next_lines(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    ask = clerk.find("complaints.script.ask.matter", QLineEdit)
    ask.setFocus()
    clerk.qtbot.keyClicks(ask, "lift stuck")
    assert clerk.panel.intake.form.matter.text() == "lift stuck"
    step_on(clerk, Phase.REPEAT)
    assert any("lift stuck" in line for line in spoken(clerk))


def test_what_is_typed_in_the_form_stands_at_the_script(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    clerk.type("complaints.intake.matter", "厨房漏水")
    assert clerk.find("complaints.script.ask.matter", QLineEdit).text() == "厨房漏水"


def test_the_agreement_becomes_a_promise(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    step_on(clerk, Phase.AGREE)
    for name, text in (("action.edit", "师傅上门"), ("owner", "张工"), ("due.edit", "17:30")):
        clerk.type(f"complaints.script.ask.{name}", text)
    (promise,) = clerk.panel.intake.form.promises.value()
    assert (promise.text, promise.who, f"{promise.due:%H:%M}") == ("师傅上门", "张工", "17:30")


def test_one_can_go_back_and_nothing_is_lost(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    talk(clerk).answer(Field.STORY, "从昨晚开始")
    clerk.click("complaints.script.way.1")
    clerk.key(Qt.Key.Key_Left, ALT)
    assert phase(clerk) is Phase.LISTEN
    assert clerk.find("complaints.script.ask.story", QPlainTextEdit).toPlainText() == "从昨晚开始"


def test_the_script_can_be_left_and_taken_up_again(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    clerk.key(Qt.Key.Key_0, ALT)
    assert not talk(clerk).running
    assert spoken(clerk) == []
    clerk.click("complaints.script.mood.calm")
    session = talk(clerk).session
    assert session is not None
    assert (session.left, session.mood_after) == (True, Mood.CALM)
    clerk.click("complaints.script.way.begin")
    assert phase(clerk) is Phase.LISTEN


def test_the_topic_leads_to_its_playbook_and_to_the_other_side(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼上的狗半夜叫")
    clerk.choose("complaints.intake.topic", "pets")
    clerk.click("complaints.script.playbook")
    script = talk(clerk).script()
    assert script is not None
    assert (script.playbook, script.side) == ("pets", Side.COMPLAINANT)
    assert clerk.find("complaints.script.can").isVisible()
    assert clerk.find("complaints.script.never").isVisible()
    clerk.click("complaints.script.other")
    script = talk(clerk).script()
    assert script is not None
    assert script.side is Side.OTHER_PARTY


def test_at_sorting_the_chosen_topic_is_entered_by_itself(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.CLASSIFY)
    clerk.choose("complaints.intake.topic", "fees")
    script = talk(clerk).script()
    assert script is not None
    assert script.playbook == "fees"


def test_mood_and_time_are_kept_with_the_ticket(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("complaints.script.mood.shouting")
    clerk.pass_time(seconds=70)
    clerk.click("complaints.script.way.1")
    clerk.type("complaints.intake.matter", "物业费太贵")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert clerk.view.mood_before == "shouting"
    assert talk(clerk).session is None


def test_a_repair_call_is_not_led(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("complaints.intake.kind.repair")
    assert talk(clerk).session is None
    clerk.click("complaints.script.way.begin")
    assert phase(clerk) is Phase.GREET


def test_saving_asks_nothing_of_the_script(clerk: Clerk) -> None:
    clerk.take("物业费太贵")
    assert clerk.view.number


def test_lines_that_name_an_answer_follow_it_while_it_is_typed(clerk: Clerk) -> None:
    """At the agreement the step both asks for the action and says it."""
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    step_on(clerk, Phase.AGREE)
    edit = clerk.find("complaints.script.ask.action.edit", QPlainTextEdit)
    edit.setFocus()
    clerk.qtbot.keyClicks(edit, "plumber")
    assert clerk.find("complaints.script.ask.action.edit", QPlainTextEdit) is edit
    assert edit.toPlainText() == "plumber"
    assert any("plumber" in line for line in spoken(clerk))


def test_a_story_of_many_lines_is_one_story(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    clerk.type("complaints.script.ask.story", "昨晚十点开始\n今天早上更大")
    assert clerk.panel.intake.form.story.toPlainText() == "昨晚十点开始\n今天早上更大"
    clerk.type("complaints.intake.story", "昨晚十点开始\n半夜更大\n楼下来过")
    asked = clerk.find("complaints.script.ask.story", QPlainTextEdit)
    assert asked.toPlainText() == "昨晚十点开始\n半夜更大\n楼下来过"


def test_a_promise_asked_by_the_script_is_marked_like_one_of_the_form(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    step_on(clerk, Phase.AGREE)
    clerk.type("complaints.script.ask.action.edit", "我们尽快去修")
    assert clerk.find("complaints.script.ask.action.better").isVisible()
    clerk.key(Qt.Key.Key_Return, ALT)
    assert "尽快" not in clerk.panel.intake.form.promises.rows[0].text.value()


def test_a_playbook_says_the_law_and_what_is_never_done(clerk: Clerk) -> None:
    clerk.receive()
    clerk.choose("complaints.intake.topic", "fees")
    clerk.click("complaints.script.playbook")
    script = talk(clerk).script()
    assert script is not None
    law = clerk.find("complaints.script.law", QLabel)
    assert "《民法典》第944条" in law.text()
    assert "944" in law.toolTip()
    assert all(line.zh in clerk.text("complaints.script.never") for line in script.never)


def test_one_key_goes_from_the_form_to_the_open_question_and_back(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.key(Qt.Key.Key_1, ALT)
    assert QApplication.focusWidget() is clerk.panel.intake.form.matter
    clerk.key(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is clerk.find("complaints.script.ask.story")
    clerk.key(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is clerk.panel.intake.form.matter


def test_who_types_at_the_script_is_taken_to_the_next_question(clerk: Clerk) -> None:
    clerk.receive()
    step_on(clerk, Phase.LISTEN)
    clerk.type("complaints.script.ask.story", "昨晚开始")
    clerk.key(Qt.Key.Key_1, ALT)
    clerk.key(Qt.Key.Key_1, ALT)
    assert phase(clerk) is Phase.REPEAT
    assert QApplication.focusWidget() is clerk.find("complaints.script.ask.place")


def test_no_step_pushes_the_form_aside(clerk: Clerk) -> None:
    clerk.receive()
    clerk.choose("complaints.intake.topic", "noise")
    left = clerk.panel.intake.form.mapTo(clerk.panel, QPoint()).x()
    for _ in range(9):
        clerk.key(Qt.Key.Key_1, ALT)
        QApplication.processEvents()
        assert clerk.panel.intake.form.mapTo(clerk.panel, QPoint()).x() == left


def test_a_script_only_begun_leaves_no_talk_behind(clerk: Clerk) -> None:
    clerk.take("物业费太贵")
    assert clerk.view.talks == ()
    assert clerk.view.mood_before == ""


def test_the_time_of_each_step_is_on_file(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("complaints.script.mood.shouting")
    clerk.pass_time(seconds=70)
    clerk.click("complaints.script.way.2")
    clerk.pass_time(seconds=95)
    clerk.type("complaints.intake.matter", "物业费太贵")
    clerk.key(Qt.Key.Key_0, ALT)
    clerk.click("complaints.script.mood.calm")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    (kept,) = clerk.view.talks
    assert kept.staff == "林晓"
    assert sorted(kept.talk.seconds.values()) == [70, 95]
    line = clerk.find("complaints.ticket.talks.1", QLabel)
    moods = (say("complaints.code.mood.shouting"), say("complaints.code.mood.calm"))
    assert " → ".join(moods) in line.text()
    assert "02:45" in line.text()
    assert "01:10" in line.toolTip()
    assert "01:35" in line.toolTip()
