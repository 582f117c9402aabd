"""Atoms: the one home for writing one, and for reading what answers show of it.

Whoever changes an atom also moves its ``updated_at`` on: to now, or one millisecond further than before if the clock
has not moved. Content and the text that is searched are written together.

Not here: which commands write what (entry.py, notes.py, status.py, calendar.py), pages of atoms (listing.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import uuid_utils
from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, literal_column, or_, select

from bus.context import Context
from plugins.lazynote.search.tokens import search_text
from plugins.lazynote.tables import atom_tags, atoms, tags

#: How the columns of an atom are called in answers; its tags come from another table.
ITEM: dict[str, ColumnElement[Any]] = {
    "atom_id": atoms.c.uuid,
    "kind": atoms.c.type,
    "content": atoms.c.content,
    "preview_text": atoms.c.preview_text,
    "preview_image": atoms.c.preview_image,
    "start_at": atoms.c.start_at,
    "end_at": atoms.c.end_at,
    "task_status": atoms.c.task_status,
    "updated_at": atoms.c.updated_at,
}
#: True of the caller's atoms that are not deleted.
IS_ACTIVE = and_(atoms.c.owner == bindparam("of_owner"), ~atoms.c.is_deleted)
#: True of one active atom.
IS_THIS = and_(atoms.c.uuid == bindparam("atom"), IS_ACTIVE)
IS_NOTE = atoms.c.type == "note"
#: True where one of the times is set; said beside every condition on them, in the words of the index.
IS_TIMED = or_(atoms.c.start_at.is_not(None), atoms.c.end_at.is_not(None))

_NOW = bindparam("now", type_=BigInteger)
#: What ``updated_at`` becomes with every change.
MOVED_ON = case((atoms.c.updated_at >= _NOW, atoms.c.updated_at + literal_column("1")), else_=_NOW)

PRESENCE = select(literal_column("1")).where(IS_THIS)
TAGS = (
    select(atom_tags.c.atom_uuid, tags.c.name)
    .join(tags, tags.c.id == atom_tags.c.tag_id)
    .where(atom_tags.c.atom_uuid.in_(bindparam("atoms", expanding=True)))
    .order_by(tags.c.name)
)


def create(ctx: Context, kind: str, content: str, **values: Any) -> dict[str, Any]:
    """The row of a new atom; columns that are not in it are null, or false.

    Args:
        ctx: of the command.
        kind: ``note``, ``task`` or ``event``.
        content: its text.
        values: columns that its kind has beyond these.
    """
    now_ms, db = ctx.now_ms, ctx.db
    row = {
        "uuid": str(uuid_utils.uuid7()),
        "owner": ctx.owner,
        "type": kind,
        "created_at": now_ms,
        "updated_at": now_ms,
        **content_values(content),
        **values,
    }
    db.write_driver_sql(_insert(db.dialect, *row), tuple(row.values()))
    return row


@cache
def _insert(dialect: str, *columns: str) -> str:
    """In the driver's own words: of what a note costs, Core's part would be a fifth."""
    mark = "?" if dialect == "sqlite" else "%s"
    return f"INSERT INTO lazynote_atoms ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"


def content_values(content: str) -> dict[str, Any]:
    """The columns that change with the content."""
    searched, token_count = search_text(content)
    return {"content": content, "search_text": searched, "token_count": token_count}


def this(ctx: Context, atom_id: str) -> dict[str, Any]:
    """The parameters of ``IS_THIS``."""
    return {"atom": atom_id, "of_owner": ctx.owner}


def is_active(ctx: Context, atom_id: str) -> bool:
    """Whether the caller has an active atom of this id."""
    return ctx.db.scalar(PRESENCE, this(ctx, atom_id)) is not None


def items(ctx: Context, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows of the columns of ``ITEM`` as answers show them."""
    found = [dict(zip(ITEM, row, strict=True)) for row in rows]
    tags_of = tags_by_atom(ctx, [item["atom_id"] for item in found])
    return [item | {"tags": tags_of[item["atom_id"]]} for item in found]


def tags_by_atom(ctx: Context, atom_ids: Sequence[str]) -> dict[str, list[str]]:
    """The tags of each of these atoms, rising by code point."""
    found: dict[str, list[str]] = {atom_id: [] for atom_id in atom_ids}
    if found:
        for carried in ctx.db.execute(TAGS, {"atoms": list(found)}):
            found[carried.atom_uuid].append(carried.name)
    return found
