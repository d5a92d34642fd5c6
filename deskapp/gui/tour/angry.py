"""A fee is shouted about at the counter: the whole script, step by step, from heat to agreement (C8, C9)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from deskapp.domain.complaints.script import Mood
from deskapp.gui.tour.hand import Hand

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
WHO = "1#1单元303"
MATTER = "物业费又涨，电梯还老坏，不交了"
ANSWERS = {
    "story": "三年涨了两回，没人跟我们商量。\n电梯上个月坏了四次，老人爬的楼。",
    "event_at.edit": "昨天 18:30",
    "place": "1栋1单元",
    "against": "收费处、电梯维保",
    "wish": "把账一笔笔给我看清楚",
    "reply.edit": "收支明细今天打给您，电梯的维修记录一起给。",
    "action.edit": "财务陪您对三年的收支",
    "owner": "财务部 王会计",
    "due.edit": "明天 17:00",
    "next_contact.edit": "明天 17:30",
}
"""What is typed where a step asks for it; nothing is typed twice, so an answered question is passed over."""
COOLING = {"place": Mood.ANGRY, "wish": Mood.UPSET}
"""How he feels once he has been asked so far."""
MOST_STEPS = 20


def listen(hand: Hand) -> None:
    """Who, his mood, and every step of the script until he leaves; a picture of each."""
    hand.key(Qt.Key.Key_2, CONTROL)
    hand.key(Qt.Key.Key_F2)
    hand.type("shell.search", WHO)
    hand.find("shell.search.hits")
    hand.key(Qt.Key.Key_Return)
    hand.find("complaints.open_here.none")
    hand.click(f"complaints.script.mood.{Mood.SHOUTING.value}")
    hand.type("complaints.intake.matter", MATTER)
    hand.picture("complaint")
    for number in range(1, MOST_STEPS):
        if not hand.is_there("complaints.script.way.1"):
            break
        hand.key(Qt.Key.Key_1, ALT)
        _answer(hand)
        hand.picture(f"script-{number:02d}")
    hand.click(f"complaints.script.mood.{Mood.CALM.value}")


def _answer(hand: Hand) -> None:
    """Types what the step asks for, and notes how he feels now."""
    for name, text in ANSWERS.items():
        field = f"complaints.script.ask.{name}"
        if hand.is_there(field) and not hand.text(field):
            hand.type(field, text)
            if name in COOLING:
                hand.click(f"complaints.script.mood.{COOLING[name].value}")
