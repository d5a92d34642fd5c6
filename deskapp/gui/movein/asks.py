"""What can be done with the household before one, and what each thing asks in its inline form; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.flow import Act, can
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station

if TYPE_CHECKING:
    from deskapp.services.desk import Desk
    from deskapp.services.movein import arrivals, line, views
    from deskapp.services.movein.views import Answer, Choice, PassView
else:
    arrivals, line, views = later("deskapp.services.movein", "arrivals", "line", "views")


@dataclass(frozen=True, slots=True)
class Ask:
    """An inline form to be filled in before something is done.

    Attributes:
        code: ``outcome.<code>`` or ``act.<code>``; names the form in drafts.
        needs: what is asked, in this order.
        stations: from which one is chosen; empty when none is asked.
        optional: a reason may be left out.
        day_key: what the day is called, as a key of the translations.
    """

    code: str
    title: str
    needs: tuple[Need, ...]
    stations: tuple[Station, ...] = ()
    optional: bool = False
    day_key: str = "movein.panel.new_day"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.needs and not self.stations


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in."""

    answer: Answer
    station: Station | None = None

    @staticmethod
    def nothing() -> Given:
        """Where nothing was asked."""
        return Given(views.Answer())


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who may be called over for a word: staff number and name."""

    number: str
    name: str


Call: TypeAlias = "Callable[[Desk, str, PassView, Given], object]"


@dataclass(frozen=True, slots=True)
class LineAct:
    """Something done with a household apart from closing a station.

    Attributes:
        code: stable; names button and translations.
        key: its key on the keyboard, "" for none.
        call: the use case.
    """

    code: str
    act: Act
    key: str
    call: Call
    needs: tuple[Need, ...] = ()
    optional: bool = False

    @property
    def title(self) -> str:
        """What its button says."""
        return say(f"movein.panel.act.{self.code}")


def _plain(function: Callable[[Desk, str, int, int], object]) -> Call:
    return lambda desk, command, view, given: function(desk, command, view.pass_id, view.version)


def _reasoned(function: Callable[[Desk, str, int, int, str], object]) -> Call:
    return lambda desk, command, view, given: function(
        desk, command, view.pass_id, view.version, given.answer.reason
    )


def _send(desk: Desk, command: str, view: PassView, given: Given) -> object:
    assert given.station is not None
    return line.send(desk, command, view.pass_id, view.version, given.station)


def _reopen(desk: Desk, command: str, view: PassView, given: Given) -> object:
    assert given.station is not None
    word = given.answer.approval or views.Approval("", "")  # none given: the service says that one is needed
    return line.reopen(desk, command, view.pass_id, view.version, given.station, word)


def _rebook(desk: Desk, command: str, view: PassView, given: Given) -> object:
    if given.answer.new_day is None:
        raise Refused("movein.need.new_day")
    return line.rebook(desk, command, view.pass_id, view.version, given.answer.new_day, given.answer.reason)


LINE_ACTS: tuple[LineAct, ...] = (
    LineAct("serve", Act.SERVE, "F8", _plain(lambda *given: line.serve(*given))),
    LineAct("call", Act.CALL, "", _plain(lambda *given: line.call(*given))),
    LineAct("recall", Act.RECALL, "F6", _plain(lambda *given: line.recall(*given))),
    LineAct("no_show", Act.NO_SHOW, "F7", _plain(lambda *given: line.no_show(*given))),
    LineAct(
        "hold", Act.HOLD, "F9", _reasoned(lambda *given: line.hold(*given)), (Need.REASON,), optional=True
    ),
    LineAct("dispute", Act.DISPUTE, "F10", _reasoned(lambda *given: line.dispute(*given)), (Need.REASON,)),
    LineAct("send", Act.SEND, "F11", _send),
    LineAct("resume", Act.RESUME, "F12", _plain(lambda *given: line.resume(*given))),
    LineAct("rebook", Act.REBOOK, "", _rebook, (Need.NEW_DAY, Need.REASON)),
    LineAct("reopen", Act.REOPEN, "", _reopen, (Need.SUPERVISOR,)),
    LineAct("withdraw", Act.END, "", _reasoned(lambda *given: arrivals.withdraw(*given)), (Need.REASON,)),
)
"""In the order shown; the outcomes of the station stand apart, at the bottom."""

BY_CODE: Mapping[str, LineAct] = MappingProxyType({each.code: each for each in LINE_ACTS})


def stations_for(each: LineAct, view: PassView) -> tuple[Station, ...]:
    """The stations from which one is chosen for an act; empty when none is asked or there is none."""
    if each.act is Act.SEND:
        return tuple(m.station for m in view.stations if not m.closed and m.station is not view.at)
    if each.act is Act.REOPEN:
        return tuple(m.station for m in view.stations if m.closed)
    return ()


def why_not_act(each: LineAct, view: PassView | None) -> str:
    """Why an act is not possible now; "" when it is."""
    if view is None:
        return say("movein.panel.nobody_here")
    if not can(view.state, each.act):
        return say("movein.panel.act_not_now", state=say(f"movein.state.{view.state.value}"))
    if each.act in (Act.SEND, Act.REOPEN) and not stations_for(each, view):
        return say(f"movein.panel.no_station_to_{each.code}")
    return ""


def ask_for_act(each: LineAct, view: PassView) -> Ask:
    """What an act asks."""
    return Ask(f"act.{each.code}", each.title, each.needs, stations_for(each, view), each.optional)


def ask_for_choice(choice: Choice) -> Ask:
    """What an outcome asks; a supervisor's word is asked once, whatever it is for."""
    needs = list(choice.asks)
    if Need.NOT_FOR_FEE in choice.outcome.needs:
        needs = [need for need in needs if need is not Need.REASON]
        needs.append(Need.NOT_FOR_FEE)
    title = say(f"movein.outcome.{choice.outcome.key}")
    return Ask(f"outcome.{choice.outcome.code}", title, tuple(dict.fromkeys(needs)))
