"""Answers ``note_set_tags`` and ``tags_list``.

A tag is in the dictionary while an atom carries it. Whoever links a tag or drops a link holds the tag's row from the
first moment to the commit, so nobody forgets a tag that somebody else is about to link. Rows are taken in the order of
the names, so no two commands wait for each other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, select, text, update

from bus.columns import KEY_TEXT
from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import NoteNotFound
from plugins.lazynote.atoms import IS_ACTIVE, IS_NOTE, IS_THIS, MOVED_ON, tags_by_atom, this
from plugins.lazynote.notes import NOTE
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atom_tags, atoms, tags

TOUCH = update(atoms).where(IS_THIS, IS_NOTE).values(updated_at=MOVED_ON).returning(*NOTE.values())
# The update changes nothing: it takes the row, as the insert would have.
TAKE = text(
    "INSERT INTO lazynote_tags (owner, name) VALUES (:of_owner, :of_name) "
    "ON CONFLICT (owner, name) DO UPDATE SET name = excluded.name"
)
LINK = text(
    "INSERT INTO lazynote_atom_tags (atom_uuid, tag_id) "
    "SELECT :atom, id FROM lazynote_tags WHERE owner = :of_owner AND name = :of_name"
).bindparams(bindparam("atom", type_=KEY_TEXT))


def _this_tag() -> Select[Any]:
    return select(tags.c.id).where(tags.c.owner == bindparam("of_owner"), tags.c.name == bindparam("of_name"))


UNLINK = delete(atom_tags).where(
    atom_tags.c.atom_uuid == bindparam("atom"), atom_tags.c.tag_id == _this_tag().scalar_subquery()
)
FORGET = delete(tags).where(
    tags.c.owner == bindparam("of_owner"),
    tags.c.name == bindparam("of_name"),
    ~exists().where(atom_tags.c.tag_id == tags.c.id),
)
CARRIED = (
    select(tags.c.name)
    .where(
        tags.c.owner == bindparam("of_owner"),
        exists().where(atom_tags.c.tag_id == tags.c.id, atoms.c.uuid == atom_tags.c.atom_uuid, IS_NOTE, IS_ACTIVE),
    )
    .order_by(tags.c.name)
)


@lazynote.handles(v1.notes.NoteSetTags)
def note_set_tags(ctx: Context, atom_id: str, tags: list[str]) -> dict[str, Any]:
    """The note carries these tags and no others."""
    row = ctx.db.execute(TOUCH, this(ctx, atom_id) | {"now": ctx.now_ms}).first()
    if row is None:
        raise NoteNotFound(atom_id=atom_id)
    _replace(ctx, atom_id, wanted=set(tags))
    note = dict(zip(NOTE, row, strict=True)) | {"tags": sorted(set(tags))}
    return {"note": note, "message": "Tags replaced."}


def _replace(ctx: Context, atom_id: str, wanted: set[str]) -> None:
    """The links of an atom that is held, and the dictionary, as wanted."""
    carried = set(tags_by_atom(ctx, [atom_id])[atom_id])
    _for_each(ctx, TAKE, wanted ^ carried)
    _for_each(ctx, UNLINK, carried - wanted, atom=atom_id)
    _for_each(ctx, LINK, wanted - carried, atom=atom_id)
    _for_each(ctx, FORGET, carried - wanted)


def _for_each(ctx: Context, statement: Any, names: set[str], **parameters: Any) -> None:
    if names:
        ctx.db.execute(statement, [{"of_owner": ctx.owner, "of_name": name, **parameters} for name in sorted(names)])


@lazynote.handles(v1.notes.TagsList)
def tags_list(ctx: Context) -> dict[str, Any]:
    """The tags of the caller's active notes."""
    names = list(ctx.db.execute(CARRIED, {"of_owner": ctx.owner}).scalars())
    return {"items": names, "total_count": len(names), "message": f"{len(names)} tags found."}
