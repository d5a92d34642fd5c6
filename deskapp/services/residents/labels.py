"""A house by its label in any usual writing; an ambiguous one names the candidates, it never guesses (P1)."""

from __future__ import annotations

from sqlalchemy import select

from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House, SearchKey
from deskapp.domain.places import Place, PlaceKind, matches, parse_label
from deskapp.domain.searchkeys import KeyKind, query_keys
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk

NAMED = 12
"""Candidates that are named; a room number alone may fit one house in every entrance."""
_LOOKED_AT = 400


def house_of(desk: Desk, written: str) -> int:
    """The id of the one house that a label means.

    Raises:
        Refused: ``residents.no_such_label``; ``residents.ambiguous_label`` with its ``candidates``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    meant = candidates(desk, written)
    if not meant:
        raise Refused("residents.no_such_label", label=written.strip()[:60])
    if len(meant) > 1:
        labels = [label for _, label in meant]
        more = "…" if len(labels) > NAMED else ""
        raise Refused(
            "residents.ambiguous_label",
            label=written.strip()[:60],
            candidates="、".join(labels[:NAMED]) + more,
        )
    return meant[0][0]


def candidates(desk: Desk, written: str) -> tuple[tuple[int, str], ...]:
    """Ids and labels of every house that the writing may mean, in the order of the estate."""
    query = parse_label(written)
    joined = "".join(written.split())
    prefixes = {
        meant.prefix
        for term in query_keys(joined)
        for meant in term.alternatives
        if meant.kind is KeyKind.ROOM
    }
    if not query.understood or not prefixes:
        return ()
    with desk.reading() as session:
        rows = session.execute(
            select(House.id, House.label, House.phase, House.building, House.entrance, House.room, House.kind)
            .join(SearchKey, (SearchKey.estate_id == House.estate_id) & (SearchKey.house_id == House.id))
            .where(
                SearchKey.estate_id == desk.estate_id,
                SearchKey.kind == KeyKind.ROOM.value,
                SearchKey.text.in_(sorted(prefixes)),
            )
            .limit(_LOOKED_AT)
        ).all()
    found = {}
    for house_id, label, phase, building, entrance, room, kind in rows:
        if label == written.strip():
            return ((house_id, label),)
        if matches(query, Place(phase, building, entrance, room, PlaceKind(kind))):
            found[house_id] = label
    return tuple(sorted(found.items(), key=lambda item: item[1]))
