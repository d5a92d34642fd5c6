"""A talk led by a script: on, back, left at any moment, nothing lost (C8)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.clock import CHINA, SetClock
from deskapp.base.errors import Refused
from deskapp.domain.complaints.classes import Channel
from deskapp.domain.complaints.script import Field, Mood, Phase
from deskapp.domain.complaints.session import (
    LONGEST_STEP,
    Session,
    answer,
    as_data,
    back,
    can_go_back,
    enter,
    feel,
    follow,
    from_data,
    leave,
    phase_seconds,
    resume,
    shown,
    start,
)
from tests.domain.complaints.test_scripts import LIBRARY, TOPICS

NOW = datetime(2026, 12, 8, 10, 11, tzinfo=CHINA)
FEES = next(topic for topic in TOPICS if topic.code == "fees")
SECURITY = next(topic for topic in TOPICS if topic.code == "security")


def began(mood: Mood = Mood.ANGRY, channel: Channel = Channel.COUNTER) -> Session:
    return start(LIBRARY, NOW, channel=channel, mood=mood)


def on(session: Session, to: str, now: datetime, topic: object = None) -> Session:
    branch = next(b for b in shown(LIBRARY, session).branches if b.to == to)
    return follow(LIBRARY, session, branch, now, topic)  # type: ignore[arg-type]


def test_the_angry_fee_case_goes_from_heat_to_agreement() -> None:
    clock = SetClock(NOW)
    talk = began(Mood.SHOUTING)
    for to, seconds in [
        ("room", 20),
        ("listen", 30),
        ("thank", 180),
        ("repeat", 10),
        ("show", 25),
        ("classify", 30),
    ]:
        talk = on(talk, to, clock.forward(seconds=seconds))
    talk = on(talk, "@playbook", clock.forward(seconds=15), FEES)
    assert talk.at == ("fees", "feel")
    talk = feel(talk, Mood.UPSET)
    for to in ("facts", "offer", "base:agree", "goodbye"):
        talk = on(talk, to, clock.forward(seconds=40))
    seen = shown(LIBRARY, talk)
    assert seen.final
    assert seen.branches == ()
    talk = leave(LIBRARY, talk, clock.forward(seconds=5), Mood.CALM)
    assert (talk.mood_before, talk.mood_after, talk.left, talk.over) == (
        Mood.SHOUTING,
        Mood.CALM,
        False,
        True,
    )
    spent = phase_seconds(LIBRARY, talk)
    assert spent[Phase.LISTEN] == 180
    assert sum(spent.values()) == int((clock() - NOW).total_seconds())
    with pytest.raises(Refused) as caught:
        on(talk, "goodbye", clock()) if shown(LIBRARY, talk).branches else back(talk, clock())
    assert caught.value.code == "complaints.script_over"


WRITTEN = [Channel.LETTER, Channel.WEB, Channel.BOX, Channel.AUTHORITY]


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("mood", [Mood.ANGRY, Mood.SHOUTING])
def test_an_angry_word_about_the_fee_goes_from_one_to_nine_in_every_channel(
    channel: Channel, mood: Mood
) -> None:
    """The number on the screen only grows, and no line is heard twice."""
    if channel is Channel.STAFF:
        mood = Mood.CALM  # a colleague who noticed something does not shout
    talk = began(mood, channel)
    way = ["room"] if channel is Channel.COUNTER else []
    numbers, said = [], []
    for to in [*way, "listen", "thank", "repeat", "@playbook", "facts", "offer", "base:agree", "goodbye", ""]:
        seen = shown(LIBRARY, talk)
        numbers.append(seen.number)
        said += [*seen.lines.say, *(ask.line for ask in seen.lines.ask)]
        talk = on(talk, to, NOW, FEES) if to else talk
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 10)) - ({2} if channel is not Channel.COUNTER else set())
    assert len(set(said)) == len(said)
    assert shown(LIBRARY, talk).final
    if channel is not Channel.COUNTER:
        assert not any(word in line for line in said for word in ("坐", "喝口水", "里屋", "这边", "专门跑"))
    if channel in WRITTEN:
        assert "书面答复" in said[-1]


def test_the_fee_is_fact_before_rule_and_rule_before_no_and_a_next_step_after() -> None:
    offer = LIBRARY.script("fees").step("offer")
    for channel in Channel:
        lines = list(offer.shown(channel, Mood.ANGRY).say)
        at = {
            what: next(n for n, line in enumerate(lines) if any(word in line for word in words))
            for what, words in {
                "fact": ("给您看", "念给您听", "寄您"),
                "no": ("改不了", "动不了", "动得了"),
                "next": ("怎么提", "我备好", "接着说"),
            }.items()
        }
        assert at["fact"] < at["no"] < at["next"], (channel, lines)


def test_a_crowd_is_seated_and_counted_before_anybody_is_heard() -> None:
    talk = on(began(Mood.SHOUTING), "crowd", NOW)
    seen = shown(LIBRARY, talk)
    assert seen.phase is Phase.ROOM
    assert any("数人头" in do.zh and "十个以上" in do.zh for do in seen.lines.do)
    assert shown(LIBRARY, on(talk, "listen", NOW)).phase is Phase.LISTEN
    standing = on(on(talk, "stay", NOW), "listen", NOW)
    for to in ("thank", "repeat", "@playbook", "table"):
        standing = on(standing, to, NOW, FEES)
    assert any("谁家欠多少不上桌" in do.zh for do in shown(LIBRARY, standing).lines.do)
    phone = shown(LIBRARY, began(Mood.SHOUTING, Channel.PHONE))
    assert "crowd" not in {branch.to for branch in phone.branches}


def test_a_topic_without_a_playbook_goes_on_in_general() -> None:
    talk = began(Mood.CALM)
    for to in ("listen", "thank", "repeat"):
        talk = on(talk, to, NOW)
    # Nobody has yet been told that he is understood: that comes before what can be met.
    assert on(talk, "@playbook", NOW, SECURITY).at == ("base", "show")
    for to in ("show", "classify"):
        talk = on(talk, to, NOW)
    assert on(talk, "@playbook", NOW, SECURITY).at == ("base", "offer")
    assert on(talk, "@playbook", NOW).at == ("base", "offer")
    assert enter(LIBRARY, talk, "noise_other", NOW).at == ("noise_other", "open")
    assert enter(LIBRARY, talk, "base", NOW) == talk


def test_back_keeps_answers_and_time() -> None:
    talk = on(began(), "listen", NOW + timedelta(seconds=9))
    talk = answer(talk, Field.MATTER, "  家里没电 ")
    talk = back(talk, NOW + timedelta(seconds=30))
    assert talk.at == ("base", "greet")
    assert talk.answers == {Field.MATTER: "家里没电"}
    assert dict(talk.seconds) == {("base", "greet"): 9, ("base", "listen"): 21}
    assert not can_go_back(talk)
    with pytest.raises(Refused) as caught:
        back(talk, NOW)
    assert caught.value.code == "complaints.script_at_start"


def test_answers_stand_in_what_is_read_back() -> None:
    talk = answer(answer(began(Mood.CALM), Field.MATTER, "家里没电"), Field.EVENT_AT, "昨晚六点")
    for to in ("listen", "thank", "repeat"):
        talk = on(talk, to, NOW)
    assert shown(LIBRARY, talk).lines.say[1] == "昨晚六点，家里没电。"
    assert Field.MATTER not in answer(talk, Field.MATTER, " ").answers


def test_one_may_leave_anywhere_and_take_it_up_again() -> None:
    talk = on(began(), "listen", NOW + timedelta(seconds=5))
    left = leave(LIBRARY, talk, NOW + timedelta(seconds=65))
    assert left.left
    assert left.over
    assert leave(LIBRARY, left, NOW + timedelta(hours=1)) == left
    assert answer(left, Field.WISH, "有人来").answers == {Field.WISH: "有人来"}
    again = resume(left, NOW + timedelta(minutes=30))
    assert (again.at, again.over, again.left) == (("base", "listen"), False, False)
    assert dict(again.seconds)["base", "listen"] == 60
    assert feel(left, Mood.CALM).mood_after is Mood.CALM
    assert feel(again, Mood.CALM).mood_after is None
    with pytest.raises(Refused):
        enter(LIBRARY, left, "noise", NOW)


def test_a_branch_that_is_not_offered_is_refused() -> None:
    calm = began(Mood.CALM, Channel.PHONE)
    room = next(b for b in LIBRARY.script("base").step("greet").branches if b.to == "room")
    with pytest.raises(Refused) as caught:
        follow(LIBRARY, calm, room, NOW)
    assert caught.value.code == "complaints.script_no_way"


def test_a_clock_set_back_or_a_sleeping_pc_add_no_nonsense() -> None:
    talk = on(began(), "listen", NOW - timedelta(hours=2))
    assert dict(talk.seconds) == {("base", "greet"): 0}
    talk = on(talk, "thank", NOW + timedelta(days=3))
    assert talk.seconds["base", "listen"] == LONGEST_STEP


def test_a_draft_brings_the_talk_back_after_a_power_cut() -> None:
    talk = answer(on(began(), "listen", NOW + timedelta(seconds=5)), Field.MATTER, "王䶮家“没电” =1+1")
    data = json.loads(json.dumps(as_data(talk)))
    kept = from_data(LIBRARY, data)
    assert kept is not None
    assert (kept.path, dict(kept.answers), dict(kept.seconds)) == (
        talk.path,
        dict(talk.answers),
        dict(talk.seconds),
    )
    assert kept.over  # stopped, until the clerk takes it up
    assert kept.left
    assert resume(kept, NOW).at == talk.at
    ended = leave(LIBRARY, talk, NOW, Mood.CALM)
    assert from_data(LIBRARY, as_data(ended)) == replace(ended)


@pytest.mark.parametrize(
    "change",
    [
        {"path": []},
        {"path": [["gone", "step"]]},
        {"path": 7},
        {"channel": "fax"},
        {"answers": {"pulse": "80"}},
        {"answers": None},
        {"seconds": [["a", 1]]},
        {"mood": None},
    ],
)
def test_a_damaged_draft_is_no_talk(change: dict[str, object]) -> None:
    assert from_data(LIBRARY, {**as_data(began()), **change}) is None
    assert from_data(LIBRARY, {}) is None


def test_a_draft_older_than_the_scripts_loses_only_the_steps_that_are_gone() -> None:
    data = as_data(on(began(), "listen", NOW))
    data["path"].append(["base", "was_removed"])
    data["seconds"].append(["base", "was_removed", 7])
    kept = from_data(LIBRARY, data)
    assert kept is not None
    assert kept.at == ("base", "listen")
    assert sum(phase_seconds(LIBRARY, kept).values()) == 0


@given(st.data(), st.sampled_from(Channel), st.sampled_from(Mood))
def test_whatever_is_clicked_the_talk_goes_on_or_has_ended(
    data: st.DataObject, channel: Channel, mood: Mood
) -> None:
    talk = start(LIBRARY, NOW, channel=channel, mood=mood)
    for _ in range(data.draw(st.integers(0, 25))):
        seen = shown(LIBRARY, talk)
        assert seen.branches or seen.final
        assert 1 <= seen.number <= 9
        if seen.final:
            break
        if can_go_back(talk) and data.draw(st.booleans()):
            talk = back(talk, NOW)
        else:
            branch = data.draw(st.sampled_from(seen.branches))
            talk = follow(LIBRARY, talk, branch, NOW, data.draw(st.sampled_from(TOPICS)))
        talk = feel(talk, data.draw(st.sampled_from(Mood)))
    assert from_data(LIBRARY, as_data(talk)) is not None
