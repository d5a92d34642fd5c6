"""Which households a typed text means: ranges over the index of keys, never a scan (A2).

Of several words the two rarest lead: each meaning of the one is paired with each meaning of the other,
the rarer of the pair is followed, and every household it leads to is asked for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from sqlalchemy import Connection, TextClause, text

from deskapp.domain.searchkeys import Alternative, KeyKind, Term

FOLLOWED = 500
"""Keys that are followed for one pair of meanings when several words are typed."""

_EXACT = (
    KeyKind.ROOM,
    KeyKind.NAME,
    KeyKind.DOCUMENT,
    KeyKind.PLATE,
    KeyKind.PHONE,
    KeyKind.PINYIN,
    KeyKind.INITIALS,
    KeyKind.ID_TAIL,
)
_PREFIX = (
    KeyKind.PHONE,
    KeyKind.ROOM,
    KeyKind.NAME,
    KeyKind.DOCUMENT,
    KeyKind.PLATE,
    KeyKind.PINYIN,
    KeyKind.INITIALS,
    KeyKind.ID_TAIL,
)
_RANK = {(kind, True): at for at, kind in enumerate(_EXACT)} | {
    (kind, False): at for at, kind in enumerate(_PREFIX, len(_EXACT))
}

_RANGE = "estate_id = :estate AND kind = :kind@ AND text >= :low@ AND text < :high@"
_KEYS = f"SELECT text, house_id FROM search_key WHERE {_RANGE} ORDER BY text, house_id LIMIT :most"  # noqa: S608
_COUNT = f"(SELECT count(*) FROM (SELECT 1 FROM search_key WHERE {_RANGE} LIMIT :most) AS c@)"  # noqa: S608
_PROBE = (
    "EXISTS (SELECT 1 FROM search_key AS p WHERE p.estate_id = :estate AND p.house_id = c.house_id"
    " AND p.kind = :kind@ AND p.text >= :low@ AND p.text < :high@)"
)

_Rank = tuple[int, int, str]
_Meanings = Sequence[Alternative]


def ranked(asked: Connection, estate_id: int, terms: Sequence[Term], limit: int) -> list[tuple[int, KeyKind]]:
    """Houses that meet every word, the likeliest first, each with the kind of key that led to it."""
    best: dict[int, tuple[_Rank, KeyKind]] = {}

    def note(meant: Alternative, rows: Sequence[tuple[str, int]]) -> None:
        for key, house_id in rows:
            rank = (_RANK[meant.kind, key == meant.prefix], len(key), key)
            if house_id not in best or rank < best[house_id][0]:
                best[house_id] = rank, meant.kind

    if len(terms) == 1:
        for meant in terms[0].alternatives:
            note(meant, _keys(asked, estate_id, meant, (), limit * 4))
    else:
        for meant, others in _pairs(asked, estate_id, terms):
            note(meant, _keys(asked, estate_id, meant, others, limit * 2))
    order = sorted(best.items(), key=lambda found: (found[1][0], found[0]))
    return [(house_id, kind) for house_id, (_, kind) in order[:limit]]


def _pairs(
    asked: Connection, estate_id: int, terms: Sequence[Term]
) -> list[tuple[Alternative, list[_Meanings]]]:
    """What to follow, and what each household must also have; empty when a word fits nothing."""
    counted = _counts(asked, estate_id, [meant for term in terms for meant in term.alternatives])
    words = [[meant for meant in term.alternatives if counted[meant]] for term in terms]
    words.sort(key=lambda word: sum(counted[meant] for meant in word))
    if not words[0]:
        return []
    pairs: list[tuple[Alternative, list[_Meanings]]] = []
    for one, other in product(words[0], words[1]):
        lead, asked_for = (one, other) if counted[one] <= counted[other] else (other, one)
        pairs.append((lead, [(asked_for,), *words[2:]]))
    return pairs


def _counts(asked: Connection, estate_id: int, meanings: _Meanings) -> Mapping[Alternative, int]:
    """How many keys each meaning fits, counted no further than it matters; one statement for all."""
    values: dict[str, object] = {"estate": estate_id, "most": FOLLOWED}
    parts = [_marked(_COUNT, f"_{at}", meant, values) for at, meant in enumerate(meanings)]
    row = asked.execute(_statement(f"SELECT {', '.join(parts)}"), values).one()
    return dict(zip(meanings, row, strict=True))


def _keys(
    asked: Connection, estate_id: int, meant: Alternative, others: Sequence[_Meanings], most: int
) -> Sequence[tuple[str, int]]:
    """Keys of one meaning whose houses have, for each of the others, one key of its meanings."""
    values: dict[str, object] = {"estate": estate_id, "most": FOLLOWED if others else most}
    statement = _marked(_KEYS, "", meant, values)
    if others:
        met = [
            " OR ".join(
                _marked(_PROBE, f"_{at}_{nth}", probed, values) for nth, probed in enumerate(meanings)
            )
            for at, meanings in enumerate(others)
        ]
        wanted = " AND ".join(f"({probes})" for probes in met)
        statement = f"SELECT text, house_id FROM ({statement}) AS c WHERE {wanted} LIMIT :wanted"  # noqa: S608
        values["wanted"] = most
    return [(key, house_id) for key, house_id in asked.execute(_statement(statement), values).all()]


@lru_cache(maxsize=256)
def _statement(sql: str) -> TextClause:
    """The statement of a shape of query; shapes are few, and reading one costs as much as running it."""
    return text(sql)


def _marked(sql: str, mark: str, meant: Alternative, values: dict[str, object]) -> str:
    """A piece of SQL with placeholders of its own, whose values are added."""
    low, high = meant.bounds
    values |= {f"kind{mark}": meant.kind.value, f"low{mark}": low, f"high{mark}": high}
    return sql.replace("@", mark)
