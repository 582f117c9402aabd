"""Version 2 of ``notes_list``: rows show the kind, the status and the times that a note may have.

The arguments are version 1's; version 1's answer is this one with less in its rows (its ``downcast``).
"""

from bus.contract import READ
from bus.fields import Int64, List, Nested
from contracts.lazynote.base import StoreContract
from contracts.lazynote.rows import Answer, AtomListItem
from contracts.lazynote.v1.notes import NotesListParams


class NotesList(StoreContract):
    """Read a page of notes, the last changed first."""

    name, version = "notes_list", 2
    effect = READ

    Params = NotesListParams

    class Result(Answer):
        items = List(Nested(AtomListItem), required=True)
        applied_limit = Int64(required=True)
        total_count = Int64(required=True)  # of all pages
