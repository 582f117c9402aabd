"""The inbox, today and what is to come; and the status that moves atoms out of all three.

Where an atom stands is decided by its times, never by its kind. The caller says where a day begins and ends.
"""

from bus.contract import READ, WRITE, Schema
from bus.fields import EpochMillis, Int64, List, Nested, Text, validate
from contracts.lazynote.base import ATOM_FAILURES, AtomContract
from contracts.lazynote.errors import AtomNotFound
from contracts.lazynote.fields import STATUSES, AnyId, limit, offset
from contracts.lazynote.rows import Answer, AtomAnswer, AtomListItem


class AtomsAnswer(Answer):
    """A page of atoms."""

    items = List(Nested(AtomListItem), required=True)
    total_count = Int64(required=True)  # of all pages
    applied_limit = Int64(required=True)


class TasksListInbox(AtomContract):
    """Read a page of the open atoms without any time, the last changed first."""

    name, version = "tasks_list_inbox", 1
    effect = READ

    class Params(Schema):
        limit = limit()  # 50 unless given, and at most
        offset = offset()

    Result = AtomsAnswer


class TasksListToday(AtomContract):
    """Read a page of the open atoms that concern today, or are overdue, by time."""

    name, version = "tasks_list_today", 1
    effect = READ

    class Params(Schema):
        bod_ms = EpochMillis(required=True)  # the first millisecond of the caller's day
        eod_ms = EpochMillis(required=True)  # the last one
        limit = limit()  # 50 unless given, and at most
        offset = offset()

    Result = AtomsAnswer


class TasksListUpcoming(AtomContract):
    """Read a page of the open atoms that lie wholly after today, by time."""

    name, version = "tasks_list_upcoming", 1
    effect = READ

    class Params(Schema):
        eod_ms = EpochMillis(required=True)  # the last millisecond of the caller's day
        limit = limit()  # 50 unless given, and at most
        offset = offset()

    Result = AtomsAnswer


class AtomUpdateStatus(AtomContract):
    """Set or clear the status of an atom of any kind; the status it has already changes nothing."""

    name, version = "atom_update_status", 1
    effect = WRITE
    errors = (AtomNotFound, *ATOM_FAILURES)

    class Params(Schema):
        atom_id = AnyId(required=True, code="invalid_atom_id")
        # null clears it; left out is refused, so that nobody clears it by forgetting it
        status = Text(required=True, allow_none=True, validate=validate.OneOf(STATUSES), code="invalid_status")

    Result = AtomAnswer
