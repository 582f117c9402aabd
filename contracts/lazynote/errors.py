"""The refusals of this domain. Callers branch on the code; the message is for people and may change.

Codes that stand for one bad argument (``invalid_note_id``, ``invalid_tag``, …) are named by the fields of the
contracts; here are those that handlers decide.
"""

from bus.errors import Refusal


class NoteNotFound(Refusal):
    """No active note has this id. Callers drop their copy and list again."""

    code = "note_not_found"
    message = "no note has the id {atom_id}"


class AtomNotFound(Refusal):
    """No active atom has this id. Callers drop their copy and list again."""

    code = "atom_not_found"
    message = "nothing has the id {atom_id}"


class AtomNotNote(Refusal):
    """The atom is a task or an event, and the tree holds notes alone. Callers choose a note."""

    code = "atom_not_note"
    message = "{atom_id} is no note"


class NodeNotFound(Refusal):
    """No visible node has this id. Callers read the tree again."""

    code = "node_not_found"
    message = "no node has the id {node_id}"


class NodeNotFolder(Refusal):
    """The node is a reference to a note. Callers choose a folder."""

    code = "node_not_folder"
    message = "the node {node_id} is no folder"


class ParentNotFound(Refusal):
    """No visible node has the parent's id. Callers read the tree again."""

    code = "parent_not_found"
    message = "no node has the id {parent_node_id}"


class ParentNotFolder(Refusal):
    """The parent is a reference to a note, which holds nothing. Callers choose a folder."""

    code = "parent_not_folder"
    message = "the node {parent_node_id} is no folder"


class CycleDetected(Refusal):
    """A node cannot be moved to itself or below itself. Callers choose another parent."""

    code = "cycle_detected"
    message = "the node {node_id} cannot be moved below itself"
    shown = ("node_id",)


class InvalidDisplayName(Refusal):
    """The name is blank, too long, or cannot be stored. Callers choose another one."""

    code = "invalid_display_name"
    message = "a display name has 1 to 255 characters that can be stored"


class InvalidTimeRange(Refusal):
    """The end lies before the start. Callers correct one of them."""

    code = "invalid_time_range"
    message = "the end {end_ms} lies before the start {start_ms}"


class InvalidKind(Refusal):
    """The kind to search for is none of ``all``, ``note``, ``task``, ``event``. Callers leave it out or choose one."""

    code = "invalid_kind"
    message = "the kind must be all, note, task or event"


class MissingPrefix(Refusal):
    """The line does not start with ``>``. Callers search for it instead."""

    code = "missing_prefix"
    message = "a command line starts with >"


class EmptyCommand(Refusal):
    """Nothing follows the ``>``. Callers wait for more."""

    code = "empty_command"
    message = "nothing follows the >"


class UnknownEntryCommand(Refusal):
    """The line names none of ``new note``, ``task``, ``schedule``. Callers show these."""

    code = "unknown_command"
    message = "a command line begins with > new note, > task or > schedule"


class NoteContentEmpty(Refusal):
    """Nothing follows ``new note``. Callers ask for the note's text."""

    code = "note_content_empty"
    message = "a note needs some text"


class TaskContentEmpty(Refusal):
    """Nothing follows ``task``. Callers ask for the task's text."""

    code = "task_content_empty"
    message = "a task needs some text"


class ScheduleFormatInvalid(Refusal):
    """What follows ``schedule`` is no date, time and title. Callers show the format."""

    code = "schedule_format_invalid"
    message = "write > schedule MM/DD/YYYY HH:mm title, or HH:mm-HH:mm for a range"


class ScheduleTitleEmpty(Refusal):
    """Date and time are there, the title is not. Callers ask for it."""

    code = "schedule_title_empty"
    message = "an event needs a title"


class ScheduleDatetimeInvalid(Refusal):
    """There is no such date or time, or the time zone skips it. Callers correct it."""

    code = "schedule_datetime_invalid"
    message = "there is no such date or time in the time zone"


class ScheduleRangeInvalid(Refusal):
    """The end does not lie after the start. Callers correct one of them."""

    code = "schedule_range_invalid"
    message = "the end must lie after the start"


class DbBusy(Refusal):
    """Somebody else holds the database for too long; nothing was written. Callers repeat the call as it is."""

    code = "db_busy"
    message = "{why}"
    shown = ()


class DbLocked(Refusal):
    """Somebody else holds the database for too long; nothing was written. Callers repeat the call as it is."""

    code = "db_error"
    message = "{why}"
    shown = ("retryable",)

    def __init__(self, why: str) -> None:
        super().__init__(why=why, retryable=True)


class DbError(Refusal):
    """The database failed; waiting does not help. Callers tell their operator, who finds the cause in the log."""

    code = "db_error"
    message = "{why}"
    shown = ()


class InternalError(Refusal):
    """Something unforeseen happened. Callers tell their operator, who finds the cause in the log."""

    code = "internal_error"
    message = "{why}"
    shown = ()
