"""Answers ``workspace_list_children``, ``…_create_folder``, ``…_create_note_ref``, ``…_rename_node``, ``…_move_node``.

Not here: what is deleted (deletion.py), the tree as it is shown (explorer.py).
"""

from __future__ import annotations

from typing import Any

import uuid_utils
from sqlalchemy import BigInteger, Text, and_, bindparam, exists, insert, literal_column, or_, select, update

from bus.columns import KEY_TEXT
from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import AtomNotFound, AtomNotNote, CycleDetected, InvalidDisplayName, NodeNotFound
from plugins.lazynote.atoms import IS_ACTIVE, IS_NOTE, IS_THIS, this
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atoms
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.level import children, make_room, next_number
from plugins.lazynote.workspace.nodes import FOLDER, IS_LEFT, NOTE_REF, get, hold_tree, require_parent

#: The name of a reference to which nobody has given one.
UNTITLED_NOTE = "Untitled note"

INSERT = insert(nodes).inline()
TYPE = select(atoms.c.type).where(IS_THIS)
_IS_NODE = and_(nodes.c.node_uuid == bindparam("node"), IS_LEFT)
_NOTE_IS_ACTIVE = exists().where(atoms.c.uuid == nodes.c.atom_uuid, IS_NOTE, IS_ACTIVE)
RENAME = (
    update(nodes)
    .where(_IS_NODE, or_(nodes.c.kind == FOLDER, _NOTE_IS_ACTIVE))
    .values(display_name=bindparam("new_name", type_=Text))
)
MOVE = (
    update(nodes)
    .where(_IS_NODE)
    .values(
        parent_uuid=bindparam("parent", type_=KEY_TEXT),
        sort_order=bindparam("number", type_=BigInteger),
        updated_at=bindparam("now", type_=BigInteger),
    )
)
_path = select(bindparam("parent", type_=KEY_TEXT).label("node_uuid")).cte("path", recursive=True)
# One look by key for each step: a join might be planned as one over all nodes.
_next = select(nodes.c.parent_uuid).where(
    nodes.c.node_uuid == _path.c.node_uuid, nodes.c.owner == bindparam("of_owner")
)
_path = _path.union(select(_next.scalar_subquery()).where(_path.c.node_uuid.is_not(None)))
#: Whether the node is on the way from the parent up to the root.
IS_ABOVE = select(literal_column("1")).select_from(_path).where(_path.c.node_uuid == bindparam("node"))


@lazynote.handles(v1.workspace.WorkspaceListChildren)
def workspace_list_children(ctx: Context, parent_node_id: str | None) -> dict[str, Any]:
    """The visible children of a folder, or the root level."""
    require_parent(ctx, parent_node_id)
    items = children(ctx, parent_node_id)
    return {"items": items, "message": f"{len(items)} shown."}


@lazynote.handles(v1.workspace.WorkspaceCreateFolder)
def workspace_create_folder(ctx: Context, parent_node_id: str | None, name: str) -> dict[str, Any]:
    """A new folder, the last child of its parent."""
    hold_tree(ctx.db, ctx.owner)
    require_parent(ctx, parent_node_id)
    node = _create(ctx, FOLDER, parent_node_id, None, name)
    return {"node": node, "message": "Folder created."}


@lazynote.handles(v1.workspace.WorkspaceCreateNoteRef)
def workspace_create_note_ref(
    ctx: Context, parent_node_id: str | None, atom_id: str, display_name: str | None
) -> dict[str, Any]:
    """A new reference to a note, the last child of its parent."""
    hold_tree(ctx.db, ctx.owner)
    require_parent(ctx, parent_node_id)
    _require_note(ctx, atom_id)
    if display_name == "":
        raise InvalidDisplayName
    node = _create(ctx, NOTE_REF, parent_node_id, atom_id, display_name or UNTITLED_NOTE)
    return {"node": node, "message": "Note linked."}


def _require_note(ctx: Context, atom_id: str) -> None:
    kind = ctx.db.scalar(TYPE, this(ctx, atom_id))
    if kind is None:
        raise AtomNotFound(atom_id=atom_id)
    if kind != "note":
        raise AtomNotNote(atom_id=atom_id)


def _create(ctx: Context, kind: str, parent_id: str | None, atom_id: str | None, name: str) -> dict[str, Any]:
    node_id, number, now_ms = str(uuid_utils.uuid7()), next_number(ctx, parent_id), ctx.now_ms
    row = {
        "node_uuid": node_id,
        "owner": ctx.owner,
        "kind": kind,
        "parent_uuid": parent_id,
        "atom_uuid": atom_id,
        "display_name": name,
        "sort_order": number,
        "created_at": now_ms,
        "updated_at": now_ms,
    }
    ctx.db.execute(INSERT, row)
    return {
        "node_id": node_id,
        "kind": kind,
        "parent_node_id": parent_id,
        "atom_id": atom_id,
        "display_name": name,
        "sort_order": number,
    }


@lazynote.handles(v1.workspace.WorkspaceRenameNode)
def workspace_rename_node(ctx: Context, node_id: str, new_name: str) -> dict[str, Any]:
    """The node with another name."""
    asked = {"node": node_id, "of_owner": ctx.owner, "new_name": new_name}
    if not ctx.db.execute(RENAME, asked).rowcount:
        raise NodeNotFound(node_id=node_id)
    return {"node_id": node_id, "message": "Node renamed."}


@lazynote.handles(v1.workspace.WorkspaceMoveNode)
def workspace_move_node(
    ctx: Context, node_id: str, new_parent_id: str | None, target_order: int | None
) -> dict[str, Any]:
    """The node at its place among the children of its new parent, all of them numbered from 0 without a gap."""
    hold_tree(ctx.db, ctx.owner)
    get(ctx, node_id)
    if new_parent_id is not None:
        _require_other_branch(ctx, node_id, new_parent_id)
    number = make_room(ctx, new_parent_id, node_id, target_order)
    place = {"node": node_id, "of_owner": ctx.owner, "parent": new_parent_id, "number": number, "now": ctx.now_ms}
    ctx.db.execute(MOVE, place)
    return {"node_id": node_id, "message": "Node moved."}


def _require_other_branch(ctx: Context, node_id: str, parent_id: str) -> None:
    """Pass when the parent is a folder outside of the node."""
    if parent_id != node_id:
        require_parent(ctx, parent_id)
        if ctx.db.scalar(IS_ABOVE, {"node": node_id, "parent": parent_id, "of_owner": ctx.owner}) is None:
            return
    raise CycleDetected(node_id=node_id)
