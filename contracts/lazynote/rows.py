"""The rows of the domain's answers. Times are epoch milliseconds; text is as it was given."""

from bus.contract import Schema
from bus.fields import Boolean, EpochMillis, Id, Int64, List, Text, validate
from contracts.lazynote.fields import KINDS, STATUSES


class Answer(Schema):
    """What every answer has."""

    message = Text(required=True)  # for people; never to be parsed


class AtomAnswer(Answer):
    """The atom that was made or changed."""

    atom_id = Id(required=True)


class NodeAnswer(Answer):
    """The node that was changed."""

    node_id = Id(required=True)


class NoteItem(Schema):
    """A note."""

    atom_id = Id(required=True)
    content = Text(required=True)
    preview_text = Text(required=True, allow_none=True)  # the first 100 characters without markup
    preview_image = Text(required=True, allow_none=True)  # where the first image is
    updated_at = EpochMillis(required=True)  # grows with every change
    tags = List(Text(), required=True)  # rising by code point


class AtomListItem(Schema):
    """An atom of any kind."""

    atom_id = Id(required=True)
    kind = Text(required=True, validate=validate.OneOf(KINDS))
    content = Text(required=True)
    preview_text = Text(required=True, allow_none=True)  # the first 100 characters without markup; notes alone
    preview_image = Text(required=True, allow_none=True)  # where the first image is; notes alone
    tags = List(Text(), required=True)  # rising by code point
    start_at = EpochMillis(required=True, allow_none=True)
    end_at = EpochMillis(required=True, allow_none=True)
    task_status = Text(required=True, allow_none=True, validate=validate.OneOf(STATUSES))
    updated_at = EpochMillis(required=True)  # grows with every change


class FoundItem(Schema):
    """An atom that a search found."""

    atom_id = Id(required=True)
    kind = Text(required=True, validate=validate.OneOf(KINDS))
    snippet = Text(required=True)  # around the first place, with what was found in square brackets


class WorkspaceNodeItem(Schema):
    """A folder, or a reference to a note."""

    node_id = Id(required=True)
    kind = Text(required=True, validate=validate.OneOf(("folder", "note_ref")))
    parent_node_id = Id(required=True, allow_none=True)  # null: at root level
    atom_id = Id(required=True, allow_none=True)  # null: a folder
    display_name = Text(required=True)
    sort_order = Int64(required=True)


class ExplorerItem(Schema):
    """A row of the tree as it is shown."""

    node_id = Text(required=True)  # synthetic rows have ids that no other command takes
    kind = Text(required=True, validate=validate.OneOf(("folder", "note_ref")))
    parent_node_id = Text(required=True, allow_none=True)  # null: at root level
    atom_id = Id(required=True, allow_none=True)  # null: a folder
    display_name = Text(required=True)  # of a note its title
    sort_order = Int64(required=True)
    synthetic = Boolean(required=True)  # stands for no stored node
    renameable = Boolean(required=True)
    movable = Boolean(required=True)
    deletable = Boolean(required=True)
