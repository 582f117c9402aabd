"""Answers ``note_create``, ``note_update``, ``note_get`` and ``notes_list``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, and_, bindparam, select, update

from bus.context import Context
from contracts.lazynote import v1, v2
from contracts.lazynote.errors import NoteNotFound
from plugins.lazynote.atoms import IS_NOTE, IS_THIS, MOVED_ON, content_values, create, tags_by_atom, this
from plugins.lazynote.listing import LATEST_FIRST, Listing
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.previews import previews
from plugins.lazynote.tables import atom_tags, atoms, tags

NOTE = {
    "atom_id": atoms.c.uuid,
    "content": atoms.c.content,
    "preview_text": atoms.c.preview_text,
    "preview_image": atoms.c.preview_image,
    "updated_at": atoms.c.updated_at,
}
GET = select(*NOTE.values()).where(IS_THIS, IS_NOTE)
_CHANGED = ("content", "search_text", "token_count", "preview_text", "preview_image")
UPDATE = (
    update(atoms)
    .where(IS_THIS, IS_NOTE)
    .values({name: bindparam(f"new_{name}", type_=atoms.c[name].type) for name in _CHANGED} | {"updated_at": MOVED_ON})
    .returning(*NOTE.values())
)
_WITH_TAG = (
    select(atom_tags.c.atom_uuid)
    .join(tags, tags.c.id == atom_tags.c.tag_id)
    .where(tags.c.owner == bindparam("of_owner"), tags.c.name == bindparam("tag", type_=Text))
)
NOTES = Listing(IS_NOTE, LATEST_FIRST, usual=10)
NOTES_WITH_TAG = Listing(and_(IS_NOTE, atoms.c.uuid.in_(_WITH_TAG)), LATEST_FIRST, usual=10)


def note_item(ctx: Context, row: Any) -> dict[str, Any]:
    """A row of the columns of ``NOTE`` as answers show it."""
    item = dict(zip(NOTE, row, strict=True))
    return item | {"tags": tags_by_atom(ctx, [item["atom_id"]])[item["atom_id"]]}


@lazynote.handles(v1.notes.NoteCreate)
def note_create(ctx: Context, content: str) -> dict[str, Any]:
    """A new note without tags."""
    preview_text, preview_image = previews(content)
    row = create(ctx, "note", content, preview_text=preview_text, preview_image=preview_image)
    note = {name: row[column.key] for name, column in NOTE.items()}
    return {"note": note | {"tags": []}, "message": "Note created."}


@lazynote.handles(v1.notes.NoteUpdate)
def note_update(ctx: Context, atom_id: str, content: str) -> dict[str, Any]:
    """The note with another content, and what is derived from it."""
    preview_text, preview_image = previews(content)
    values = content_values(content) | {"preview_text": preview_text, "preview_image": preview_image}
    changes = {f"new_{name}": value for name, value in values.items()}
    row = ctx.db.execute(UPDATE, changes | this(ctx, atom_id) | {"now": ctx.now_ms}).first()
    if row is None:
        raise NoteNotFound(atom_id=atom_id)
    return {"note": note_item(ctx, row), "message": "Note updated."}


@lazynote.handles(v1.notes.NoteGet)
def note_get(ctx: Context, atom_id: str) -> dict[str, Any]:
    """The note."""
    row = ctx.db.execute(GET, this(ctx, atom_id)).first()
    if row is None:
        raise NoteNotFound(atom_id=atom_id)
    return {"note": note_item(ctx, row), "message": "Note found."}


@lazynote.handles(v2.NotesList)
def notes_list(ctx: Context, tag: str | None, limit: int | None, offset: int | None) -> dict[str, Any]:
    """A page of all notes, or of those that carry the tag."""
    if tag is None:
        return NOTES.page(ctx, limit, offset)
    return NOTES_WITH_TAG.page(ctx, limit, offset, tag=tag)
