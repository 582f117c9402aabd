"""Answers ``workspace_delete_large_folder``: everything below a folder deleted, a batch of nodes at a time.

The first unit deletes the folder itself, so that nothing can be created in it or moved into it any more. The others go
down from it: each deletes some children of folders that are deleted already. So whatever others do meanwhile, no node
is left below a deleted one, and a rerun goes on where the last run died.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, true, update

from bus import Db
from bus.columns import KEY_TEXT
from bus.context import Context
from contracts.lazynote import v1
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.deletion import DELETE_NODE, delete_notes, require_folder
from plugins.lazynote.workspace.nodes import FOLDER, IS_LEFT, hold_tree

_top = select(nodes.c.node_uuid).where(nodes.c.node_uuid == bindparam("node", type_=KEY_TEXT), IS_LEFT)
_branch = _top.cte("branch", recursive=True)
_branch = _branch.union(select(nodes.c.node_uuid).where(nodes.c.parent_uuid == _branch.c.node_uuid, IS_LEFT))
#: How many nodes the folder is and holds.
EXTENT = select(func.count()).select_from(_branch)
#: Nodes that are deleted at a time.
BATCH = 500
CHILDREN = (
    select(nodes.c.node_uuid, nodes.c.kind, nodes.c.atom_uuid)
    .where(nodes.c.parent_uuid.in_(bindparam("parents", expanding=True)), IS_LEFT)
    .limit(bindparam("most"))
)
DELETE_NODES = (
    update(nodes)
    .where(nodes.c.node_uuid.in_(bindparam("chosen", expanding=True)), IS_LEFT)
    .values(is_deleted=true(), updated_at=bindparam("now", type_=BigInteger))
)


@lazynote.handles(v1.workspace.WorkspaceDeleteLargeFolder)
def workspace_delete_large_folder(ctx: Context, node_id: str) -> dict[str, Any]:
    """The folder is gone, and all that was below it and was not moved away in time."""
    total = ctx.unit("folder", lambda db: delete_top(ctx, db, node_id))
    done, batches, parents = 1, 0, [node_id]
    while parents:
        ctx.progress(done, max(done, total), "deleting")
        ctx.checkpoint()
        batches += 1
        folders, count = ctx.unit(f"batch-{batches}", lambda db, parents=parents: empty_some(ctx, db, parents))
        parents, done = _not_empty(parents, folders, count), done + count
    ctx.progress(done, done, "deleted")
    return {"node_id": node_id, "message": f"{done} nodes deleted."}


def delete_top(ctx: Context, db: Db, node_id: str) -> int:
    """How many nodes there are to delete, of which the folder is the first."""
    hold_tree(db, ctx.owner)
    require_folder(ctx, node_id)
    asked = {"node": node_id, "of_owner": ctx.owner, "now": ctx.now_ms}
    total = db.scalar(EXTENT, asked)
    db.execute(DELETE_NODE, asked)
    return total


def empty_some(ctx: Context, db: Db, parents: list[str]) -> tuple[list[str], int]:
    """Delete some children of the first few deleted folders, while nobody else changes the tree.

    Returns:
        The folders among them, and how many they were.
    """
    hold_tree(db, ctx.owner)
    own = {"of_owner": ctx.owner, "now": ctx.now_ms}
    found = db.execute(CHILDREN, own | {"parents": parents[:BATCH], "most": BATCH}).all()
    if found:
        db.execute(DELETE_NODES, own | {"chosen": [row.node_uuid for row in found]})
    delete_notes(ctx, db, (row.atom_uuid for row in found))
    return [row.node_uuid for row in found if row.kind == FOLDER], len(found)


def _not_empty(parents: list[str], folders: list[str], count: int) -> list[str]:
    """The deleted folders that may have children left, after ``empty_some`` has answered."""
    # A batch that is not full was all that the first few had left.
    return [*(parents if count == BATCH else parents[BATCH:]), *folders]
