"""Answers ``search_rebuild``: the stored words become those that tokens.py reads today.

Needed after a release that reads words differently; until then, old atoms are found by what was a word before. The
indexes follow by their triggers, and ``updated_at`` stays: nobody has changed the atom.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select, update

from bus import Context, Db
from contracts.lazynote import v1
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.search.tokens import search_text
from plugins.lazynote.tables import atoms

#: Atoms of one unit, and characters of their contents: a unit is over within a part of a second.
BATCH, BATCH_CHARACTERS = 500, 1_000_000

_IS_OWN = atoms.c.owner == bindparam("of_owner")
_IS_NEXT = (atoms.c.id > bindparam("after")) & (atoms.c.id <= bindparam("last"))
EXTENT = select(func.count(), func.coalesce(func.max(atoms.c.id), 0)).where(_IS_OWN)
LENGTHS = (
    select(atoms.c.id, func.length(atoms.c.content).label("characters"))
    .where(_IS_OWN, _IS_NEXT)
    .order_by(atoms.c.id)
    .limit(bindparam("most"))
)
# Locked: a content must not change between reading it and storing its words.
CONTENTS = (
    select(atoms.c.id, atoms.c.content, atoms.c.search_text)
    .where(_IS_OWN, _IS_NEXT)
    .order_by(atoms.c.id)
    .with_for_update()
)
STORE = (
    update(atoms)
    .where(atoms.c.id == bindparam("this"))
    .values(search_text=bindparam("searched"), token_count=bindparam("counted"))
)


@lazynote.handles(v1.search.SearchRebuild)
def search_rebuild(ctx: Context) -> dict[str, Any]:
    """Every atom that was there when it began is indexed by today's words."""
    own = {"of_owner": ctx.owner}
    total, last = ctx.unit("extent", lambda db: list(db.execute(EXTENT, own).one()))
    seen = changed = after = 0
    while after < last:
        ctx.checkpoint()
        asked = own | {"after": after, "last": last}
        after, more_seen, more_changed = ctx.unit(f"after-{after}", lambda db, asked=asked: renew(db, asked))
        seen, changed = seen + more_seen, changed + more_changed
        ctx.progress(min(seen, total), total)
    return {"atoms": seen, "changed": changed, "message": f"{changed} of {seen} indexed anew."}


def renew(db: Db, asked: dict[str, Any]) -> tuple[int, int, int]:
    """The last atom of one batch, how many were looked at, and how many had to be changed."""
    last = _end_of_batch(db, asked)
    rows = db.execute(CONTENTS, asked | {"last": last}).all()
    changes = [
        {"this": row.id, "searched": searched, "counted": count}
        for row in rows
        for searched, count in (search_text(row.content),)
        if searched != row.search_text
    ]
    if changes:
        db.execute(STORE, changes)
    return last, len(rows), len(changes)


def _end_of_batch(db: Db, asked: dict[str, Any]) -> int:
    """The id with which the batch is full."""
    characters = 0
    lengths = db.execute(LENGTHS, asked | {"most": BATCH}).all()
    for row in lengths:
        characters += row.characters
        if characters > BATCH_CHARACTERS:
            return row.id
    return lengths[-1][0] if len(lengths) == BATCH else asked["last"]
