"""Answers ``workspace_delete_folder``: children lifted to the root level, or everything below the folder deleted.

Not here: the same in many short units (large_deletion.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam, func, null, select, true, update

from bus import Db
from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import NodeNotFolder
from plugins.lazynote.atoms import IS_ACTIVE, IS_NOTE, MOVED_ON
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import KEY_TEXT, atoms
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.level import IN_ORDER, next_number
from plugins.lazynote.workspace.nodes import FOLDER, IS_LEFT, get, hold_tree

_NODE = bindparam("node", type_=KEY_TEXT)
_NOW = bindparam("now", type_=BigInteger)
_DELETED = {"is_deleted": true(), "updated_at": _NOW}
DELETE_NODE = update(nodes).where(nodes.c.node_uuid == _NODE, IS_LEFT).values(_DELETED)


#: Nodes that are deleted at a time.
BATCH = 500

CHILDREN = (
    select(nodes.c.node_uuid, nodes.c.kind, nodes.c.atom_uuid)
    .where(nodes.c.parent_uuid.in_(bindparam("parents", expanding=True)), IS_LEFT)
    .limit(bindparam("most"))
)
DELETE_NODES = update(nodes).where(nodes.c.node_uuid.in_(bindparam("chosen", expanding=True)), IS_LEFT).values(_DELETED)
# Counted for each note by its key: a join might be planned as one over all nodes. Only its owner refers to a note.
_refs_left = select(func.count()).where(nodes.c.atom_uuid == atoms.c.uuid, ~nodes.c.is_deleted).scalar_subquery()
DELETE_NOTES = (
    update(atoms)
    .where(IS_NOTE, IS_ACTIVE, atoms.c.uuid.in_(bindparam("linked", expanding=True)), _refs_left == 0)
    .values(is_deleted=true(), updated_at=MOVED_ON)
)
_lifted = (
    select(nodes.c.node_uuid, func.row_number().over(order_by=IN_ORDER).label("place"))
    .where(nodes.c.parent_uuid == _NODE, IS_LEFT)
    .subquery("lifted")
)
LIFT = (
    update(nodes)
    .where(nodes.c.node_uuid == _lifted.c.node_uuid)
    .values(
        parent_uuid=null(),
        sort_order=bindparam("first", type_=BigInteger) + _lifted.c.place - 1,
        updated_at=_NOW,
    )
)


@lazynote.handles(v1.workspace.WorkspaceDeleteFolder)
def workspace_delete_folder(ctx: Context, node_id: str, mode: str) -> dict[str, Any]:
    """The folder is gone; what was in it is at root level, or gone too."""
    hold_tree(ctx.db, ctx.owner)
    require_folder(ctx, node_id)
    asked = {"node": node_id, "of_owner": ctx.owner, "now": ctx.now_ms}
    if mode == "dissolve":
        _dissolve(ctx, asked)
        return {"node_id": node_id, "message": "Folder dissolved."}
    ctx.db.execute(DELETE_NODE, asked)
    parents = [node_id]
    while parents:
        parents = not_empty(parents, *empty(ctx, ctx.db, parents))
    return {"node_id": node_id, "message": "Folder and contents deleted."}


def require_folder(ctx: Context, node_id: str) -> None:
    """Pass when it is a visible folder.

    Raises:
        NodeNotFound, NodeNotFolder: it is not.
    """
    if get(ctx, node_id)["kind"] != FOLDER:
        raise NodeNotFolder(node_id=node_id)


def _dissolve(ctx: Context, asked: dict[str, Any]) -> None:
    """Hidden children are lifted too: they would come back below a folder that is gone."""
    ctx.db.execute(LIFT, asked | {"first": next_number(ctx, None)})
    ctx.db.execute(DELETE_NODE, asked)


def empty(ctx: Context, db: Db, parents: list[str]) -> tuple[list[str], int]:
    """Delete some children of the first few deleted folders, and the notes that nothing refers to any more.

    Returns:
        The folders among them, and how many they were.
    """
    own = {"of_owner": ctx.owner, "now": ctx.now_ms}
    found = db.execute(CHILDREN, own | {"parents": parents[:BATCH], "most": BATCH}).all()
    if found:
        db.execute(DELETE_NODES, own | {"chosen": [row.node_uuid for row in found]})
    linked = sorted({row.atom_uuid for row in found if row.atom_uuid is not None})
    if linked:
        db.execute(DELETE_NOTES, own | {"linked": linked})
    return [row.node_uuid for row in found if row.kind == FOLDER], len(found)


def not_empty(parents: list[str], folders: list[str], count: int) -> list[str]:
    """The deleted folders that may have children left, after ``empty`` has answered."""
    # A batch that is not full was all that the first few had left.
    return [*(parents if count == BATCH else parents[BATCH:]), *folders]
