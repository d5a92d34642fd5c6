"""What is half filled in is kept in the order it was typed, whatever the disk does (design rule 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.gui.controller import Controller
from deskapp.gui.runner import Runner
from deskapp.gui.widgets.draftkeeping import DraftKeeper, Kept, Typed, offer_left_over
from deskapp.gui.widgets.messages import MessageBar
from deskapp.services.desk import Desk
from tests.gui.slowdisk import SlowBox, on_slow_disk


class Typist:
    """Somebody who types into one form; `typed` is what stands in it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.runner, self.owner = qtbot, Runner(), QObject()
        self.said: list[tuple[str, str]] = []
        self.controller = Controller("desk", desk, self.runner)
        self.controller.said.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        self.form: Typed | None = None
        self.keeper = DraftKeeper(self.controller, lambda: self.form, self.owner)

    def type(self, text: str, key: str = "desk.form.1") -> None:
        """Types, and pauses long enough for it to be kept."""
        self.form = (key, "1#1单元101", {"text": text} if text else {})
        self.keeper.keep()

    def wait(self) -> None:
        """Until everything asked was done."""
        self.qtbot.waitUntil(lambda: self.runner.idle)

    def found(self, key: str = "desk.form.1") -> Kept | None:
        """The draft as it would be offered."""
        answers: list[Kept | None] = []
        self.keeper.find(key, answers.append)
        self.wait()
        return answers[-1]


@pytest.fixture
def box(desk: Desk) -> tuple[Desk, SlowBox]:
    return on_slow_disk(desk)


@pytest.fixture
def typist(qtbot: QtBot, box: tuple[Desk, SlowBox]) -> Iterator[Typist]:
    made = Typist(qtbot, box[0])
    yield made
    box[1].go_on()
    made.runner.close()


@pytest.fixture
def disk(box: tuple[Desk, SlowBox]) -> SlowBox:
    return box[1]


def test_a_draft_kept_before_a_save_is_not_there_again_after_it(typist: Typist, disk: SlowBox) -> None:
    disk.hold()
    typist.type("半句")
    typist.qtbot.waitUntil(disk.writes.is_set)  # the first write is under way, the next wait behind it
    typist.type("整句话")
    typist.keeper.drop("desk.form.1")
    disk.go_on()
    typist.wait()
    assert disk.keys() == []
    assert typist.found() is None


def test_what_was_dropped_stays_dropped_when_the_window_goes_at_once(typist: Typist, disk: SlowBox) -> None:
    disk.hold()
    typist.type("半句")
    typist.qtbot.waitUntil(disk.writes.is_set)
    typist.keeper.drop("desk.form.1")
    typist.form = None
    disk.go_on()
    typist.keeper.keep_at_once()
    typist.runner.close()  # reads that did not begin are forgotten
    assert disk.keys() == []


def test_of_what_is_typed_the_last_stands(typist: Typist, disk: SlowBox) -> None:
    disk.hold()
    for text in ("一", "一二", "一二三"):
        typist.type(text)
    disk.go_on()
    kept = typist.found()
    assert kept is not None
    assert kept.values == {"text": "一二三"}


def test_a_form_emptied_by_hand_leaves_no_draft(typist: Typist, disk: SlowBox) -> None:
    typist.type("半句")
    typist.type("")
    typist.wait()
    assert disk.keys() == []


def test_another_form_is_kept_while_one_is_dropped(typist: Typist, disk: SlowBox) -> None:
    typist.type("别的", key="desk.form.2")
    typist.form = ("desk.form.2", "1#1单元102", {"text": "别的话"})
    typist.keeper.typed()  # the pause is not over
    typist.keeper.drop("desk.form.1")
    kept = typist.found("desk.form.2")
    assert kept is not None
    assert kept.values == {"text": "别的话"}


def test_what_is_typed_is_kept_at_a_pause(typist: Typist, disk: SlowBox) -> None:
    typist.form = ("desk.form.1", "1#1单元101", {"text": "半句"})
    typist.keeper.typed()
    typist.qtbot.waitUntil(lambda: disk.keys() == ["desk.form.1"])


def test_a_full_disk_is_told_and_the_other_forms_are_kept(
    typist: Typist, disk: SlowBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = SlowBox.keep

    def full(self: SlowBox, draft: Any) -> None:
        if draft.key == "desk.form.1":
            raise WorldError("drafts.not_kept", folder="desk")
        keep(self, draft)

    monkeypatch.setattr(SlowBox, "keep", full)
    typist.form = ("desk.form.1", "1#1单元101", {"text": "半句"})
    typist.keeper.keep()
    typist.wait()
    assert typist.said == [("error", say("error.drafts.not_kept", folder="desk"))]
    typist.type("别的", key="desk.form.2")
    typist.form = ("desk.form.1", "1#1单元101", {"text": "半句"})
    with pytest.raises(WorldError):
        typist.keeper.keep_at_once()
    assert disk.keys() == ["desk.form.2"]


def test_the_newest_that_was_left_over_is_offered(typist: Typist, disk: SlowBox) -> None:
    typist.type("一", key="desk.form.1")
    typist.type("二", key="desk.other.7")
    left: list[tuple[Kept, ...]] = []
    typist.keeper.left_over(("desk.other.", "desk.more."), left.append)
    typist.wait()
    ((kept,),) = left
    assert (kept.subject, kept.values) == (7, {"text": "二"})
    bar, opened = MessageBar("desk.messages"), []
    typist.qtbot.addWidget(bar)
    offer_left_over(bar, (), opened.append)
    assert bar.messages() == ()
    offer_left_over(bar, (kept,), opened.append)
    ((_, sentence),) = bar.messages()
    assert "1#1单元101" in sentence


def test_a_draft_offered_is_put_back_or_thrown_away(typist: Typist, disk: SlowBox) -> None:
    typist.type("半句")
    kept = typist.found()
    assert kept is not None
    bar, put_back = MessageBar("desk.messages"), list[Kept]()
    typist.qtbot.addWidget(bar)
    typist.keeper.offer(bar, kept, put_back.append)
    _put_back, drop = _buttons(bar)
    _put_back()
    assert put_back == [kept]
    typist.keeper.offer(bar, kept, put_back.append)
    drop = _buttons(bar)[1]
    drop()
    typist.wait()
    assert disk.keys() == []
    typist.keeper.offer(bar, kept, put_back.append)
    typist.keeper.offer(bar, None, put_back.append)
    assert bar.messages() == ()


def _buttons(bar: MessageBar) -> list[Any]:
    found = bar.findChildren(QPushButton)
    return [each.click for each in found if ".draft.action" in each.objectName()]
