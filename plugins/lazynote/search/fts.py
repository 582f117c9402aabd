"""SQLite's index of the words: FTS5, which answers phrases exactly.

Not here: how it is kept (migrations/lazynote_0002_search.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text

from bus import Db
from plugins.lazynote.search.query import Phrase
from plugins.lazynote.search.rank import MOST_RANKED, VERY_LONG, tokens_of

#: What ``_is_walk_shorter`` weighs: steps from one atom to the next older one, against sorting all matches.
STEPS_A_MATCH, STEPS_OF_SORTING = 2.5, 50_000
#: Tokens of a query up to which it is asked in which atoms they are repeated.
MOST_TOKENS = 50

OWNER = text("SELECT id FROM lazynote_search_owners WHERE owner = :owner")
NEWEST_ID = text("SELECT max(id) FROM lazynote_search_atoms")
_COLUMNS = "s.id, s.uuid, s.latest, s.token_count, s.repeats"
_MATCH = "WHERE lazynote_search MATCH :match"
# CROSS: the index first; the other way round each atom would be a search of its own.
_MATCHING = f"FROM lazynote_search AS f CROSS JOIN lazynote_search_atoms AS s ON s.id = f.rowid {_MATCH}"
_SORTED = "ORDER BY s.latest DESC, s.uuid LIMIT :most"

COUNT = text(f"SELECT count(*) FROM lazynote_search AS f {_MATCH}")
_EVERY = f"SELECT {_COLUMNS} {_MATCHING}"
# In the order of the ids, in which the rows lie.
_LATEST = f"SELECT {_COLUMNS} FROM lazynote_search_atoms AS s WHERE s.id IN (SELECT s.id {_MATCHING} {_SORTED})"
_WALK = (
    f"SELECT {_COLUMNS} FROM lazynote_search_atoms AS s INDEXED BY lazynote_search_atoms_latest "
    f"WHERE s.owner_id = :owner_id AND s.id IN (SELECT f.rowid FROM lazynote_search AS f {_MATCH}) {_SORTED}"
)
TEXTS = text("SELECT id, search_text FROM lazynote_atoms WHERE id IN (SELECT value FROM json_each(:ids))")


def matches(
    db: Db, owner: str, phrases: Sequence[Phrase], kind: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """The matches that rank.py needs to tell the ``limit`` best, in no order, and how many there are in all."""
    owner_id = db.scalar(OWNER, {"owner": owner})
    asked: dict[str, Any] = {"match": _query(owner_id, phrases, kind)}
    count = db.scalar(COUNT, asked)
    if not count:
        return [], 0
    tokens = tokens_of(phrases)[: MOST_TOKENS + 1]
    repeated = {f"repeated_{number}": f" {token}:" for number, token in enumerate(tokens)}
    asked |= repeated | {"owner_id": owner_id, "most": MOST_RANKED, "limit": limit, "very_long": VERY_LONG}
    return db.execute(_contenders(_chosen(db, count), len(tokens)), asked).all(), count


def _chosen(db: Db, count: int) -> str:
    """The statement for those that are ranked of so many matches."""
    if count <= MOST_RANKED:
        return _EVERY
    return _WALK if _is_walk_shorter(db, count) else _LATEST


@lru_cache(maxsize=64)
def _contenders(chosen: str, tokens: int) -> TextClause:
    """Of the chosen atoms those in which a token is repeated, and the shortest of the others.

    Of a query with very many tokens all the chosen atoms: SQLite takes no condition as long as that.
    """
    if tokens > MOST_TOKENS:
        return text(chosen)
    repeated = " OR ".join(f"instr(repeats, :repeated_{number})" for number in range(tokens))
    is_uneven = f"(repeats IS NOT NULL AND ({repeated})) OR token_count > :very_long"
    return text(
        f"WITH chosen AS MATERIALIZED ({chosen}) SELECT * FROM chosen WHERE {is_uneven} UNION ALL SELECT * FROM "
        f"(SELECT * FROM chosen WHERE NOT ({is_uneven}) ORDER BY token_count, latest DESC, uuid LIMIT :limit)"
    )


def texts(db: Db, ids: list[int]) -> dict[int, str]:
    """The stored texts of atoms."""
    rows: Any = db.execute(TEXTS, {"ids": json.dumps(ids)}).all()
    return dict(rows)


def _query(owner_id: int | None, phrases: Iterable[Phrase], kind: str | None) -> str:
    """The phrases in the words of FTS5; tokens hold no quotes."""
    quoted = (f'"{" ".join(f"{owner_id}x{token}" for token in phrase)}"' for phrase in phrases)
    every = " AND ".join(quoted)
    return every if kind is None else f"{kind} : ({every})"


def _is_walk_shorter(db: Db, count: int) -> bool:
    """Whether enough matches are met soon on the way from the newest atom to older ones.

    Other owners' atoms count as if they lay on the way, which makes it seem longer than it is.
    """
    return MOST_RANKED * db.scalar(NEWEST_ID) / count < STEPS_A_MATCH * count + STEPS_OF_SORTING
