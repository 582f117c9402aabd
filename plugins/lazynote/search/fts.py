"""SQLite's index of the words: FTS5, which answers phrases exactly.

It knows an atom by its place (tables.py). Places rise with the moments of change, so the latest of many thousands of
matches are the last ones, and none of the others is looked at. And it knows which words occur more than once in an
atom, so of most matches only the length is read.

Not here: how it is kept (migrations/lazynote_0002_search.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from bus import Db
from plugins.lazynote.search.query import Phrase
from plugins.lazynote.search.rank import MOST_RANKED

#: So many places belong to so many milliseconds, one second or so, and have no order among themselves.
SPAN_PLACES, SPAN_MS = 16_384, 1_024
#: Places before and behind all others.
START, END = -(2**63), 2**63 - 1
#: Tokens of a query up to which it is asked in which atoms they are repeated.
MOST_TOKENS = 50
#: Terms of an expression in a row.
PART = 100

OWNER = text("SELECT id FROM lazynote_search_owners WHERE owner = :owner")
_FROM_FIRST = "lazynote_search MATCH :match AND f.rowid >= :first"
COUNT = text(f"SELECT count(*) FROM lazynote_search AS f WHERE {_FROM_FIRST}")
COUNT_BETWEEN = text(f"SELECT count(*) FROM lazynote_search AS f WHERE {_FROM_FIRST} AND f.rowid < :end")
FIRST_OF_MOST = text(
    f"SELECT f.rowid FROM lazynote_search AS f WHERE {_FROM_FIRST} ORDER BY f.rowid DESC LIMIT 1 OFFSET :most - 1"
)
#: The oldest moment of an atom that found its span full and got a place behind all others.
OLDEST_BEHIND = text(
    "SELECT behind_since FROM lazynote_search_atoms "
    "WHERE behind_since IS NOT NULL AND place >= :first ORDER BY behind_since LIMIT 1"
)
# CROSS: the index first; the other way round each atom would be a search of its own.
_ATOMS = "FROM lazynote_search AS f CROSS JOIN lazynote_search_atoms AS s ON s.place = f.rowid WHERE lazynote_search"
_TOO_OLD = (
    f"SELECT s.place {_ATOMS} MATCH :match AND f.rowid BETWEEN :first AND :last "
    "ORDER BY s.updated_at, s.uuid DESC LIMIT :too_many"
)
_IS_RANKED = f"f.rowid >= :first AND s.place NOT IN ({_TOO_OLD})"
_COLUMNS = "s.id, s.uuid, s.updated_at, s.token_count"
RANKED = text(f"SELECT {_COLUMNS}, s.repeats {_ATOMS} MATCH :match AND {_IS_RANKED}")
CONTENDERS = text(
    f"SELECT {_COLUMNS}, s.repeats {_ATOMS} MATCH :uneven AND {_IS_RANKED} UNION ALL SELECT * FROM ("
    f"SELECT {_COLUMNS}, NULL {_ATOMS} MATCH :even AND {_IS_RANKED} "
    "ORDER BY s.token_count, s.updated_at DESC, s.uuid LIMIT :limit)"
)
TEXTS = text("SELECT id, search_text FROM lazynote_atoms WHERE id IN (SELECT value FROM json_each(:ids))")


def matches(
    db: Db, owner: str, phrases: Sequence[Phrase], kind: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """The matches that rank.py needs to tell the ``limit`` best, in no order, and how many there are in all."""
    owner_id = db.scalar(OWNER, {"owner": owner})
    every = _all([_quoted(owner_id, phrase) for phrase in phrases])
    asked: dict[str, Any] = {"match": _of_kind(every, kind), "most": MOST_RANKED, "limit": limit, "first": START}
    count = db.scalar(COUNT, asked)
    if not count:
        return [], 0
    asked |= _latest(db, asked, count)
    if sum(map(len, phrases)) > MOST_TOKENS:
        return db.execute(RANKED, asked).all(), count
    repeated = _repeated(owner_id, phrases)
    asked["uneven"] = _of_kind(f"({every}) AND ({repeated})", kind)
    asked["even"] = _of_kind(f"({every}) NOT ({repeated})", kind)
    return db.execute(CONTENDERS, asked).all(), count


def texts(db: Db, ids: list[int]) -> dict[int, str]:
    """The stored texts of atoms."""
    rows: Any = db.execute(TEXTS, {"ids": json.dumps(ids)}).all()
    return dict(rows)


def _latest(db: Db, asked: dict[str, Any], count: int) -> dict[str, int]:
    """Where those begin that are ranked, and how many of the places up to ``last`` are not, as too old."""
    if count <= MOST_RANKED:
        return {"first": START, "last": START, "too_many": 0}
    edge = db.scalar(FIRST_OF_MOST, asked)
    span = edge // SPAN_PLACES
    first, last = span * SPAN_PLACES, (span + 1) * SPAN_PLACES - 1
    oldest_behind = db.scalar(OLDEST_BEHIND, {"first": first})
    if oldest_behind is not None:
        first, last = min(first, oldest_behind // SPAN_MS * SPAN_PLACES), END
    return {"first": first, "last": last, "too_many": db.scalar(COUNT_BETWEEN, asked | {"first": first, "end": edge})}


def _all(words: list[str]) -> str:
    """An expression for all of these; FTS5 copies what it has read with each AND, so long ones are read in parts."""
    if len(words) <= PART:
        return " AND ".join(words)
    half = len(words) // 2
    return f"({_all(words[:half])}) AND ({_all(words[half:])})"


def _quoted(owner_id: int | None, phrase: Phrase) -> str:
    """The phrase in the words of FTS5; tokens hold no quotes."""
    return f'"{" ".join(f"{owner_id}x{token}" for token in phrase)}"'


def _repeated(owner_id: int | None, phrases: Sequence[Phrase]) -> str:
    """Where a phrase may occur more than once: each of its tokens does, or the atom is too long to have been counted.

    How often a token occurs is the end of the word that says so, and nobody knows the end of a longer word; so other
    tokens that begin with this one and an x are found, too.
    """
    often = (" AND ".join(f'"{owner_id}r{token}x" *' for token in phrase) for phrase in phrases)
    return " OR ".join([f'"{owner_id}v"', *(f"({words})" for words in often)])


def _of_kind(match: str, kind: str | None) -> str:
    return match if kind is None else f"{kind} : ({match})"
