"""Notes and their tags."""

from typing import Any

from bus.contract import READ, WRITE, Schema
from bus.fields import Int64, List, Nested, Text, validate
from contracts.lazynote.base import STORE_FAILURES, StoreContract
from contracts.lazynote.errors import NoteNotFound
from contracts.lazynote.fields import MAX_CONTENT, AnyId, Tag, TagSought, limit, offset
from contracts.lazynote.rows import Answer, NoteItem


class NoteAnswer(Answer):
    """A note that exists."""

    note = Nested(NoteItem, required=True)


class NoteCreate(StoreContract):
    """Make a note; its content may be empty, as an editor opens."""

    name, version = "note_create", 1
    effect = WRITE

    class Params(Schema):
        content = Text(required=True, validate=validate.Length(max=MAX_CONTENT), code="invalid_argument")

    Result = NoteAnswer


class NoteUpdate(StoreContract):
    """Replace the content of a note, and with it both previews; tags stay."""

    name, version = "note_update", 1
    effect = WRITE
    errors = (NoteNotFound, *STORE_FAILURES)

    class Params(Schema):
        atom_id = AnyId(required=True, code="invalid_note_id")
        content = Text(required=True, validate=validate.Length(max=MAX_CONTENT), code="invalid_argument")

    Result = NoteAnswer


class NoteGet(StoreContract):
    """Read one note."""

    name, version = "note_get", 1
    effect = READ
    errors = (NoteNotFound, *STORE_FAILURES)

    class Params(Schema):
        atom_id = AnyId(required=True, code="invalid_note_id")

    Result = NoteAnswer


class NotesListParams(Schema):
    """Which notes, and which page of them."""

    tag = TagSought(
        load_default=None, allow_none=True, code="invalid_tag"
    )  # one tag, in any spelling; left out: all notes
    limit = limit("invalid_argument")  # 10 unless given, 50 at most
    offset = offset("invalid_argument")


def _as_notes(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2's data as version 1 gives it: rows without kind, status and times."""
    added = ("kind", "start_at", "end_at", "task_status")
    return data | {
        "items": [{name: value for name, value in row.items() if name not in added} for row in data["items"]]
    }


class NotesList(StoreContract):
    """Read a page of notes, the last changed first."""

    name, version = "notes_list", 1
    effect = READ

    Params = NotesListParams

    class Result(Answer):
        items = List(Nested(NoteItem), required=True)
        applied_limit = Int64(required=True)
        total_count = Int64(required=True)  # of all pages

    downcast = staticmethod(_as_notes)


class NoteSetTags(StoreContract):
    """Replace the tags of a note; tags that nothing carries any more are forgotten."""

    name, version = "note_set_tags", 1
    effect = WRITE
    errors = (NoteNotFound, *STORE_FAILURES)

    class Params(Schema):
        atom_id = AnyId(required=True, code="invalid_note_id")
        tags = List(Tag(), required=True, code="invalid_tag")  # none: clears them

    Result = NoteAnswer


class TagsList(StoreContract):
    """Read the tags that at least one active note carries, by code point."""

    name, version = "tags_list", 1
    effect = READ

    class Result(Answer):
        items = List(Text(), required=True)
        total_count = Int64(required=True)
