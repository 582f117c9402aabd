"""Finding the atoms that match, by the index of whichever database there is.

Not here: what the databases are asked (fts.py, gin.py), what comes first (rank.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bus import Context, Db
from plugins.lazynote.search import fts, gin
from plugins.lazynote.search.query import Phrase


def matches(
    ctx: Context, phrases: Sequence[Phrase], kind: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """Of the caller's atoms that match those among which are the ``limit`` best, and how many there are in all."""
    find = fts.matches if ctx.db.dialect == "sqlite" else gin.matches
    return find(ctx.db, ctx.owner, phrases, kind, limit)


def texts(db: Db, ids: list[int]) -> dict[int, str]:
    """The stored texts of atoms, by id."""
    return (fts.texts if db.dialect == "sqlite" else gin.texts)(db, ids)
