"""Station ②: which papers the person must show, and which were shown (M6 ②).

The ticks are kept with the pass, under ``answers["documents"]["shown"]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import language
from deskapp.db.tables.movein import Pass
from deskapp.domain.movein.outcomes import Outcome
from deskapp.domain.papers import Attending, OwnerPaper, missing, papers_for
from deskapp.domain.people import PartyRole
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.record_rows import open_pass
from deskapp.services.movein.rows import pass_row

STATION = "documents"

_OF_OUTCOME: Mapping[str, Attending] = MappingProxyType(
    {
        "agent_authorised": Attending.AGENT,
        "co_owner_absent": Attending.CO_OWNER_ABSENT,
        "company_papers": Attending.COMPANY,
    }
)
_OF_ROLE: Mapping[str, Attending] = MappingProxyType(
    {PartyRole.AGENT.value: Attending.AGENT, PartyRole.COMPANY_OWNER.value: Attending.COMPANY}
)


@dataclass(frozen=True, slots=True)
class OwnerPaperLine:
    """One paper that may have to be shown.

    Attributes:
        why: what it is for, as told to the person (M9).
        copy_kept: a copy stays with the property.
        needed_for: as what a person must show it.
    """

    code: str
    title: str
    why: str
    copy_kept: bool
    needed_for: frozenset[Attending]
    shown: bool


@dataclass(frozen=True, slots=True)
class OwnerPapersView:
    """The papers of station ②.

    Attributes:
        attending: as what the person came, by what reception wrote down.
        lines: every paper that anybody must show, in the order of the list; see `needed`.
    """

    pass_id: int
    attending: Attending
    lines: tuple[OwnerPaperLine, ...]

    def needed(self, attending: Attending) -> tuple[OwnerPaperLine, ...]:
        """The papers somebody must show who comes as this."""
        return tuple(line for line in self.lines if attending in line.needed_for)


def attending_at(row: Pass, outcome: Outcome | None = None) -> Attending:
    """As what the person is judged: by the outcome that says so, else by the role noted at reception."""
    if outcome is not None and outcome.code in _OF_OUTCOME:
        return _OF_OUTCOME[outcome.code]
    return _OF_ROLE.get(row.attendee_role, Attending.OWNER)


def shown_at(row: Pass) -> frozenset[str]:
    """The codes of the papers ticked as shown."""
    return frozenset(row.answers.get(STATION, {}).get("shown", ()))


def papers_lacking(desk: Desk, row: Pass, attending: Attending) -> tuple[OwnerPaper, ...]:
    """What the person must show and has not."""
    return missing(papers_for(attending, desk.rules.documents), shown_at(row))


def owner_papers_view(desk: Desk, pass_id: int) -> OwnerPapersView:
    """The papers of a household at station ②.

    Raises:
        Refused: ``movein.no_pass``.
    """
    with desk.reading() as session:
        return _view(session, desk, pass_id)


def show_paper(desk: Desk, command_id: str, pass_id: int, code: str, shown: bool) -> Done[OwnerPapersView]:
    """Ticks a paper as shown, or takes the tick away.

    Raises:
        Refused: ``records.no_paper``, ``records.pass_closed``.
    """
    return show_papers(desk, command_id, pass_id, {code: shown})


def show_papers(
    desk: Desk, command_id: str, pass_id: int, ticks: Mapping[str, bool]
) -> Done[OwnerPapersView]:
    """Ticks several papers at once; errors as `show_paper`."""
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        if unit.answered is None:
            row = open_pass(unit.session, desk.estate_id, pass_id)
            known = {paper.code: paper for paper in desk.rules.documents}
            if unknown := ticks.keys() - known.keys():
                raise Refused("records.no_paper", paper="、".join(sorted(unknown)))
            before = shown_at(row)
            after = (before | {code for code, on in ticks.items() if on}) - {
                code for code, on in ticks.items() if not on
            }
            row.answers = {
                **row.answers,
                STATION: {**row.answers.get(STATION, {}), "shown": sorted(after)},
            }
            names = "、".join(known[code].title.zh for code in ticks)
            act = "owner_papers.shown" if all(ticks.values()) else "owner_papers.changed"
            unit.record(
                act,
                "pass",
                row.id,
                house_id=row.house_id,
                data={"papers": names, "shown": sorted(after)},
                before={"shown": sorted(before)},
            )
            unit.session.flush()
        view = _view(unit.session, desk, pass_id)
    return Done(view, changes_of(unit))


def _view(session: Session, desk: Desk, pass_id: int) -> OwnerPapersView:
    row = pass_row(session, desk.estate_id, pass_id)
    shown, spoken = shown_at(row), language()
    return OwnerPapersView(
        pass_id,
        attending_at(row),
        tuple(
            OwnerPaperLine(
                paper.code,
                paper.title.in_language(spoken),
                paper.why.in_language(spoken),
                paper.copy_kept,
                paper.attending,
                paper.code in shown,
            )
            for paper in desk.rules.documents
        ),
    )
