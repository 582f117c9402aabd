"""Answers ``entry_search``."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from bus.context import Context
from contracts.lazynote import v1
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.search.index import matches, texts
from plugins.lazynote.search.query import phrases_of
from plugins.lazynote.search.rank import best
from plugins.lazynote.search.snippet import snippet
from plugins.lazynote.tables import atoms

USUAL_LIMIT, MAX_LIMIT = 10, 50

CONTENTS = select(atoms.c.uuid, atoms.c.type, atoms.c.content).where(
    atoms.c.uuid.in_(bindparam("found", expanding=True))
)


@lazynote.handles(v1.entry.EntrySearch)
def entry_search(ctx: Context, text: str, kind: str | None, limit: int | None) -> dict[str, Any]:
    """The atoms that match, best first."""
    applied = min(limit or USUAL_LIMIT, MAX_LIMIT)
    items, count = search(ctx, text, kind, applied)
    message = f"{count} found." if count else "Nothing found."
    return {"items": items, "applied_limit": applied, "total_count": count, "message": message}


def search(ctx: Context, text: str, kind: str | None, limit: int) -> tuple[list[dict[str, Any]], int]:
    """The best matches as answers show them, and how many there are in all."""
    phrases = phrases_of(text)
    if not phrases:
        return [], 0
    found, count = matches(ctx, phrases, kind, limit)
    if not count:
        return [], 0
    shown = best(found, phrases, limit, partial(texts, ctx.db))
    rows = {row.uuid: row for row in ctx.db.execute(CONTENTS, {"found": shown})}
    items = [
        {"atom_id": atom_id, "kind": rows[atom_id].type, "snippet": snippet(rows[atom_id].content, phrases)}
        for atom_id in shown
    ]
    return items, count
