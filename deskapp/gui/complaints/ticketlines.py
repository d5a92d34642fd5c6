"""What the file of a ticket says, line by line; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskapp.base.i18n import say
from deskapp.domain.complaints.callback import CallBackState
from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.complaints.departments import Post
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.gui.complaints.wording import left_text, short_moment, word
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import exact, moment_text
from deskapp.services.complaints.views import (
    CallBackView,
    ClockRow,
    DispatchView,
    PromiseView,
    TicketIn,
    TicketView,
)

HAND_BACK = "hand_back"
"""The button that hands a fault back in writing."""
PROMISE_DEEDS = ("keep", "move", "release", "break")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section.

    Attributes:
        role: of its text: danger, muted or "".
        tip: exact times, on hover.
        acts: (code, word) of small buttons at its end; ``subject`` is what they act on.
    """

    text: str
    role: str = ""
    tip: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    subject: int = 0


def form_lines(rules: ComplaintRules, view: TicketView, now: datetime) -> list[Line]:
    """What was written down at the counter."""
    form = view.form
    rows = [
        ("story", form.story),
        ("wish", form.wish),
        ("against", _against(rules, form)),
        ("place", _place(rules, form)),
        ("event_at", moment_text(form.event_at) if form.event_at else ""),
        ("caller", form.caller),
        ("cause", _name(rules.classes.causes, form.cause)),
        ("nature", _name(rules.classes.natures, form.nature.value if form.nature else "")),
        ("grounds", _name(rules.classes.grounds, form.grounds.value if form.grounds else "")),
        *form.details.items(),
        ("mood", _moods(view)),
        ("result", view.result),
        ("reply", view.reply),
    ]
    channel, at = _name(rules.classes.channels, form.channel.value), short_moment(view.received_at, now)
    received = say("complaints.panel.file.received", at=at, who=view.receiver, channel=channel)
    lines = [Line(received, "muted", exact(view.received_at))]
    lines += [
        Line(say("complaints.panel.file.row", name=say(f"complaints.panel.file.{key}"), text=text))
        for key, text in rows
        if text
    ]
    if view.phone_masked:
        text = say(
            "complaints.panel.file.row", name=say("complaints.panel.file.phone"), text=view.phone_masked
        )
        lines.append(Line(text, acts=(("phone", say("complaints.panel.file.show_phone")),)))
    return lines


def _name(entries: object, code: str) -> str:
    assert isinstance(entries, tuple)
    return next((word(entry.label) for entry in entries if entry.code == code), code)


def _against(rules: ComplaintRules, form: TicketIn) -> str:
    target = _name(rules.classes.targets, form.target.value) if form.target else ""
    return " ".join(part for part in (target, form.against) if part)


def _place(rules: ComplaintRules, form: TicketIn) -> str:
    place = _name(rules.classes.places, form.place.value) if form.place else ""
    return " ".join(part for part in (place, form.place_text) if part)


def _moods(view: TicketView) -> str:
    return " → ".join(
        say(f"complaints.code.mood.{mood}") for mood in (view.mood_before, view.mood_after) if mood
    )


def clock_lines(view: TicketView, now: datetime) -> list[Line]:
    """Its clocks, each with its explanation one click away."""
    return [_clock(clock, now) for clock in view.clocks]


def _clock(clock: ClockRow, now: datetime) -> Line:
    name = word(clock.rule_label)
    why = (("why", say("complaints.panel.clocks.why")),)
    if clock.met_at is not None:
        text = say("complaints.panel.file.clock_met", clock=name, at=short_moment(clock.met_at, now))
        late = clock.met_at > clock.due_at
        text = say("complaints.panel.file.clock_met_late", text=text) if late else text
        return Line(text, "muted", exact(clock.due_at), why, clock.clock_id)
    due, left = short_moment(clock.due_at, now), left_text(clock.due_at, now)
    text = say("complaints.panel.file.clock", clock=name, due=due, left=left)
    if clock.waiting_for is not None:
        text = say("complaints.panel.file.clock_waits", text=text, cause=word(clock.waiting_for))
    late = clock.state is ClockState.LATE
    return Line(text, "danger" if late else "", exact(clock.due_at), why, clock.clock_id)


def promise_lines(view: TicketView, now: datetime) -> list[Line]:
    """Promises, kept or not (C7)."""
    return [_promise(promise, now) for promise in view.promises]


def _promise(promise: PromiseView, now: datetime) -> Line:
    state = say(f"complaints.code.promise.{promise.state.value}")
    still_open = promise.state is PromiseState.OPEN
    if still_open:
        state = left_text(promise.due_at, now)
    elif promise.late:
        state = say("complaints.panel.file.late", state=state)
    text = say(
        "complaints.panel.file.promise",
        text=promise.text, who=promise.who, due=short_moment(promise.due_at, now), state=state,
    )  # fmt: skip
    if promise.reason:
        text = f"{text} · {promise.reason}"
    acts = tuple((code, say(f"complaints.panel.deed.{code}")) for code in PROMISE_DEEDS) if still_open else ()
    role = "danger" if still_open and promise.late else "" if still_open else "muted"
    return Line(text, role, exact(promise.due_at), acts, promise.promise_id)


def dispatch_lines(view: TicketView, now: datetime) -> list[Line]:
    """To whom it was given, and what became of it (C12)."""
    return [_dispatch(each, now) for each in view.dispatches]


def _dispatch(each: DispatchView, now: datetime) -> Line:
    parts = [
        say(
            "complaints.panel.file.dispatch",
            to=" ".join(part for part in (word(each.department_label), each.person) if part),
            at=short_moment(each.sent_at, now), due=short_moment(each.due_at, now),
            state=say(f"complaints.panel.dispatch_state.{each.state}"),
        )
    ]  # fmt: skip
    if each.reason:
        parts.append(each.reason)
    if each.report:
        parts.append(say("complaints.panel.file.report", text=each.report, who=each.reported_by))
    if each.signed_by:
        parts.append(say("complaints.panel.file.signed", who=each.signed_by))
    return Line(" · ".join(parts), "danger" if each.overdue else "", exact(each.due_at))


def call_back_lines(view: TicketView, now: datetime) -> list[Line]:
    """Whether somebody asked if it is settled (C13)."""
    return [_call_back(each, now) for each in view.call_backs]


def _call_back(each: CallBackView, now: datetime) -> Line:
    if each.at is None:
        left = left_text(each.due_at, now)
        due = short_moment(each.due_at, now)
        text = say("complaints.panel.file.call_back_planned", due=due, left=left)
        return Line(text, "danger" if each.due_at < now else "", exact(each.due_at))
    grade = say(f"complaints.code.grade.{each.grade}") if each.grade else ""
    parts = [short_moment(each.at, now), grade, each.opinion, each.wants_more, each.fault, each.staff]
    open_fault = each.state == CallBackState.FAULT
    if open_fault and each.fault_due is not None:
        due, left = short_moment(each.fault_due, now), left_text(each.fault_due, now)
        parts.append(say("complaints.panel.file.fault_due", due=due, left=left))
    elif each.fault_sent_at is not None:
        at = short_moment(each.fault_sent_at, now)
        parts.append(say("complaints.panel.file.fault_sent", at=at))
    acts = ((HAND_BACK, say("complaints.panel.file.hand_back")),) if open_fault else ()
    text = " · ".join(part for part in parts if part)
    return Line(text, "danger" if open_fault else "", exact(each.at), acts, each.call_back_id)


def course_lines(view: TicketView, now: datetime) -> list[Line]:
    """What was said to and by the person, the newest first."""
    lines = []
    for contact in reversed(view.contacts):
        ahead = (
            say("complaints.panel.file.next", at=short_moment(contact.next_at, now))
            if contact.next_at
            else ""
        )
        kind = say(f"complaints.panel.contact.{contact.kind}")
        parts = [short_moment(contact.at, now), kind, contact.text, contact.staff, ahead]
        lines.append(Line(" · ".join(part for part in parts if part), "", exact(contact.at)))
    return lines


def alarm_lines(view: TicketView, now: datetime, own: frozenset[Post]) -> list[Line]:
    """Who must know of a serious or late case, and whether he does (C5, C12).

    Args:
        own: the posts of who sits here; what is theirs only they can put aside (Z8).
    """
    lines = []
    for alarm in view.alarms:
        who = alarm.whom or say(f"complaints.paper.post.{alarm.post}")
        about = say(f"complaints.code.alarm.{alarm.reason}", **alarm.data)
        whom = say("complaints.panel.file.alarm", whom=who, about=about)
        codes = ["seen"] if alarm.post in own and alarm.seen_at is None else []
        if alarm.told_at is None:
            text, role = (
                say("complaints.panel.file.alarm_open", whom=whom, at=short_moment(alarm.raised_at, now)),
                "danger",
            )
            codes.append("tell")
        else:
            told = " ".join(part for part in (alarm.told_whom, alarm.told_how) if part)
            at = short_moment(alarm.told_at, now)
            text, role = say("complaints.panel.file.alarm_told", whom=whom, at=at), "muted"
            text = f"{text} {told}".strip()
        acts = tuple((code, say(f"complaints.panel.deed.{code}")) for code in codes)
        lines.append(Line(text, role, exact(alarm.raised_at), acts, alarm.alarm_id))
    return lines


def head_line(rules: ComplaintRules, view: TicketView) -> str:
    """Number, kind, house and state in one line."""
    kind = _name(rules.classes.kinds, view.form.kind.value)
    topic = rules.topic(view.form.topic)
    parts = [
        view.number,
        kind,
        word(topic.label) if topic else "",
        view.label or say("complaints.panel.list.nobody"),
        say(f"complaints.code.state.{view.state.value}"),
    ]
    return " · ".join(part for part in parts if part)


def severity_line(view: TicketView, now: datetime) -> str:
    """Why it is serious; "" where it is not."""
    severity = view.severity
    if not severity.serious:
        return ""
    why = listed([*(word(label) for label in severity.why), *([severity.reason] if severity.reason else [])])
    at = short_moment(severity.at, now) if severity.at else ""
    return say("complaints.panel.file.serious", at=at, why=why)
