"""The tree that notes hang in: folders, and references to notes, of which a note may have any number."""

from bus.contract import MANY, READ, WRITE, Schema
from bus.fields import Int64, List, Nested, validate
from contracts.lazynote.base import STORE_FAILURES, StoreContract
from contracts.lazynote.errors import (
    AtomNotFound,
    AtomNotNote,
    CycleDetected,
    InvalidDisplayName,
    NodeNotFolder,
    NodeNotFound,
    ParentNotFolder,
    ParentNotFound,
)
from contracts.lazynote.fields import DELETE_MODES, MAX_NAME, AnyId, ExplorerParent, LateName, Trimmed
from contracts.lazynote.rows import Answer, ExplorerItem, NodeAnswer, WorkspaceNodeItem

_NAME = validate.Length(min=1, max=MAX_NAME)


class NewNodeAnswer(Answer):
    """A node that was made."""

    node = Nested(WorkspaceNodeItem, required=True)


class WorkspaceListChildren(StoreContract):
    """Read all visible children of a folder, in their order."""

    name, version = "workspace_list_children", 1
    effect = READ
    errors = (ParentNotFound, ParentNotFolder, *STORE_FAILURES)

    class Params(Schema):
        # null: the root level
        parent_node_id = AnyId(load_default=None, allow_none=True, code="invalid_parent_node_id")

    class Result(Answer):
        items = List(Nested(WorkspaceNodeItem), required=True)


class WorkspaceCreateFolder(StoreContract):
    """Make a folder, behind its siblings."""

    name, version = "workspace_create_folder", 1
    effect = WRITE
    errors = (ParentNotFound, ParentNotFolder, *STORE_FAILURES)

    class Params(Schema):
        # null: the root level
        parent_node_id = AnyId(load_default=None, allow_none=True, code="invalid_parent_node_id")
        name = Trimmed(required=True, validate=_NAME, code="invalid_display_name")

    Result = NewNodeAnswer


class WorkspaceCreateNoteRef(StoreContract):
    """Hang a note into a folder, behind its siblings."""

    name, version = "workspace_create_note_ref", 1
    effect = WRITE
    errors = (ParentNotFound, ParentNotFolder, AtomNotFound, AtomNotNote, InvalidDisplayName, *STORE_FAILURES)

    class Params(Schema):
        # null: the root level
        parent_node_id = AnyId(load_default=None, allow_none=True, code="invalid_parent_node_id")
        atom_id = AnyId(required=True, code="invalid_atom_id")
        display_name = LateName(load_default=None, allow_none=True)  # null: Untitled note

    Result = NewNodeAnswer


class WorkspaceRenameNode(StoreContract):
    """Give a node another name."""

    name, version = "workspace_rename_node", 1
    effect = WRITE
    errors = (NodeNotFound, *STORE_FAILURES)

    class Params(Schema):
        node_id = AnyId(required=True, code="invalid_node_id")
        new_name = Trimmed(required=True, validate=_NAME, code="invalid_display_name")

    Result = NodeAnswer


class WorkspaceMoveNode(StoreContract):
    """Put a node into another folder, or elsewhere among its siblings."""

    name, version = "workspace_move_node", 1
    effect = WRITE
    errors = (NodeNotFound, CycleDetected, ParentNotFound, ParentNotFolder, *STORE_FAILURES)

    class Params(Schema):
        node_id = AnyId(required=True, code="invalid_node_id")
        # null: the root level
        new_parent_id = AnyId(load_default=None, allow_none=True, code="invalid_parent_node_id")
        target_order = Int64(load_default=None, allow_none=True)  # the place among the siblings; null: behind them

    Result = NodeAnswer


class WorkspaceDeleteFolder(StoreContract):
    """Delete a folder, and either lift its children to the root level or delete all that is below it, at once.

    A transaction on SQLite has two seconds. A hundred thousand nodes may be too many for that (TIMEOUT); they are for
    ``workspace_delete_large_folder``.
    """

    name, version = "workspace_delete_folder", 1
    effect = WRITE
    errors = (NodeNotFound, NodeNotFolder, *STORE_FAILURES)

    class Params(Schema):
        node_id = AnyId(required=True, code="invalid_node_id")
        mode = Trimmed(required=True, validate=validate.OneOf(DELETE_MODES), code="invalid_delete_mode")

    Result = NodeAnswer


class WorkspaceDeleteLargeFolder(StoreContract):
    """Delete a folder and all that is below it, in as many short transactions as that takes; made for the queue.

    The folder is gone with the first of them. What is below it goes with the others, unless it is moved away before its
    turn; until then it is found by its id, though no longer on the way from the root.
    """

    name, version = "workspace_delete_large_folder", 1
    effect, units = WRITE, MANY
    time_limit_ms = 3_600_000
    errors = (NodeNotFound, NodeNotFolder, *STORE_FAILURES)

    class Params(Schema):
        node_id = AnyId(required=True, code="invalid_node_id")

    Result = NodeAnswer


class WorkspaceExplorer(StoreContract):
    """Read one level of the tree as it is shown: notes by title, those in no folder in one of their own."""

    name, version = "workspace_explorer", 1
    effect = READ
    errors = (ParentNotFound, ParentNotFolder, *STORE_FAILURES)

    class Params(Schema):
        # null: the root level
        parent_node_id = ExplorerParent(load_default=None, allow_none=True, code="invalid_parent_node_id")

    class Result(Answer):
        items = List(Nested(ExplorerItem), required=True)
