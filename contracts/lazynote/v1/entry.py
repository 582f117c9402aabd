"""The one line in which everything begins: searching, making, and the command line for both."""

from typing import Any

from bus.contract import READ, WRITE, Schema
from bus.errors import Refusal
from bus.fields import Boolean, EpochMillis, Id, Int64, List, Nested, Object, Text, validate
from contracts.lazynote.base import ATOM_FAILURES, AtomContract, SearchContract
from contracts.lazynote.errors import (
    EmptyCommand,
    InvalidKind,
    InvalidTimeRange,
    MissingPrefix,
    NoteContentEmpty,
    ScheduleDatetimeInvalid,
    ScheduleFormatInvalid,
    ScheduleRangeInvalid,
    ScheduleTitleEmpty,
    TaskContentEmpty,
    UnknownEntryCommand,
)
from contracts.lazynote.fields import MAX_CONTENT, Compared, SearchedKind, Trimmed, is_zone, limit
from contracts.lazynote.rows import Answer, AtomAnswer, FoundItem
from contracts.lazynote.white_space import trimmed

#: What a line that is no command is refused with, in the order of the checks.
PARSE_REFUSALS: tuple[type[Refusal], ...] = (
    MissingPrefix,
    EmptyCommand,
    UnknownEntryCommand,
    NoteContentEmpty,
    TaskContentEmpty,
    ScheduleFormatInvalid,
    ScheduleTitleEmpty,
    ScheduleDatetimeInvalid,
    ScheduleRangeInvalid,
)
#: The content of an atom made by one line.
_FILLED = validate.Length(min=1, max=MAX_CONTENT)


class EntrySearch(SearchContract):
    """Search the content of all active atoms: every word must occur, the best match comes first."""

    name, version = "entry_search", 1
    effect = READ

    class Params(Schema):
        text = Compared(required=True)  # blank finds nothing
        kind = SearchedKind(load_default=None, allow_none=True, code="invalid_kind")  # all, note, task, event
        limit = limit()  # 10 unless given, 50 at most

    class Result(Answer):
        items = List(Nested(FoundItem), required=True)
        applied_limit = Int64(required=True)
        total_count = Int64(required=True)  # of all matches


class EntryCreateNote(AtomContract):
    """Make a note."""

    name, version = "entry_create_note", 1
    effect = WRITE

    class Params(Schema):
        content = Trimmed(required=True, validate=_FILLED, code="note_content_empty")

    Result = AtomAnswer


class EntryCreateTask(AtomContract):
    """Make a task that is to be done."""

    name, version = "entry_create_task", 1
    effect = WRITE

    class Params(Schema):
        content = Trimmed(required=True, validate=_FILLED, code="task_content_empty")

    Result = AtomAnswer


class EntrySchedule(AtomContract):
    """Make an event."""

    name, version = "entry_schedule", 1
    effect = WRITE
    errors = (InvalidTimeRange, *ATOM_FAILURES)

    class Params(Schema):
        title = Trimmed(required=True, validate=_FILLED, code="schedule_title_empty")
        start_epoch_ms = EpochMillis(required=True)
        end_epoch_ms = EpochMillis(load_default=None, allow_none=True)  # not before the start; left out: a point

    Result = AtomAnswer


class Line(Schema):
    """One line, and the time zone its times are meant in."""

    input = Text(required=True, validate=validate.Length(max=MAX_CONTENT))
    timezone = Text(load_default=None, allow_none=True, validate=is_zone)  # an IANA name; left out: UTC


class EntryParse(AtomContract):
    """Read a command line and do nothing: what it would do, or what is wrong with it."""

    name, version = "entry_parse", 1
    effect = READ
    errors = (*PARSE_REFUSALS, *ATOM_FAILURES)

    Params = Line

    class Result(Answer):
        action = Text(required=True)  # new_note, create_task, schedule
        target_command = Text(required=True)
        args = Object(required=True)  # for the target command
        raw_input = Text(required=True)


def is_command(line: str) -> bool:
    """Whether a line is to be run as a command; any other searches, or does nothing."""
    return trimmed(line).startswith(">")


def _only_reads(args: dict[str, Any]) -> bool:
    return not is_command(args["input"])


class EntryExecute(AtomContract):
    """Do what the line says: run it as a command after ``>``, search for it otherwise, nothing for a blank one."""

    name, version = "entry_execute", 1
    effect = WRITE
    errors = (*PARSE_REFUSALS, InvalidKind, *ATOM_FAILURES)
    only_reads = _only_reads

    class Params(Line):
        kind = Compared(load_default=None, allow_none=True)  # judged only where it searches
        limit = limit()  # where it searches: 10 unless given, and at most

    class Result(Answer):
        mode = Text(required=True, validate=validate.OneOf(("idle", "search", "command_result")))
        # where it searched
        query = Text()
        requested_limit = Int64(allow_none=True)
        applied_limit = Int64()
        items = List(Nested(FoundItem))
        total_count = Int64()
        # where it ran a command
        action = Text()
        ok = Boolean()
        atom_id = Id()
        raw_input = Text()
