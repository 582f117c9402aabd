"""The nodes of the tree: which of them commands see, and the lock under which its shape changes.

A node is visible when it is not deleted and, if it is a reference, its note is active. Every deleted folder has lost
its children before, or loses them right after, so no other node is asked whether a node can be seen.

Not here: the children of a parent and their order (level.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, func, or_, select

from bus import Context, Db
from bus.columns import KEY_TEXT
from contracts.lazynote.errors import NodeNotFound, ParentNotFolder, ParentNotFound
from plugins.lazynote.tables import atoms
from plugins.lazynote.tables import workspace_nodes as nodes

FOLDER, NOTE_REF = "folder", "note_ref"

#: How the columns of a node are called in answers.
ITEM: dict[str, ColumnElement[Any]] = {
    "node_id": nodes.c.node_uuid,
    "kind": nodes.c.kind,
    "parent_node_id": nodes.c.parent_uuid,
    "atom_id": nodes.c.atom_uuid,
    "display_name": nodes.c.display_name,
    "sort_order": nodes.c.sort_order,
}
#: A node beside the note that it refers to.
WITH_NOTE: FromClause = nodes.outerjoin(atoms, atoms.c.uuid == nodes.c.atom_uuid)
#: True of the caller's nodes that are not deleted.
IS_LEFT = and_(nodes.c.owner == bindparam("of_owner"), ~nodes.c.is_deleted)
#: True of the visible ones among ``WITH_NOTE``.
IS_VISIBLE = and_(IS_LEFT, or_(nodes.c.kind == FOLDER, and_(atoms.c.type == "note", ~atoms.c.is_deleted)))

FIND = (
    select(*ITEM.values())
    .select_from(WITH_NOTE)
    .where(nodes.c.node_uuid == bindparam("node", type_=KEY_TEXT), IS_VISIBLE)
)
#: Keeps these locks apart from all others that anybody asks PostgreSQL for by number.
_TREE = 0x6C617A79_74726565
HOLD = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("of_owner"), _TREE)))


def hold_tree(db: Db, owner: str) -> None:
    """Nobody else changes the shape of the owner's tree until the commit.

    Rows would not do: what must not change between the look and the write is a path of any length, or that a parent
    has no further child. On SQLite whoever writes is alone anyway.
    """
    if db.dialect == "postgresql":
        db.execute(HOLD, {"of_owner": owner})


def find(ctx: Context, node_id: str) -> dict[str, Any] | None:
    """A visible node as answers show it."""
    row = ctx.db.execute(FIND, {"node": node_id, "of_owner": ctx.owner}).first()
    return None if row is None else item(row)


def get(ctx: Context, node_id: str) -> dict[str, Any]:
    """The same.

    Raises:
        NodeNotFound: there is none.
    """
    node = find(ctx, node_id)
    if node is None:
        raise NodeNotFound(node_id=node_id)
    return node


def require_parent(ctx: Context, node_id: str | None) -> None:
    """Pass when this can be a parent: a visible folder, or (None) the root level.

    Raises:
        ParentNotFound, ParentNotFolder: it cannot.
    """
    if node_id is None:
        return
    node = find(ctx, node_id)
    if node is None:
        raise ParentNotFound(parent_node_id=node_id)
    if node["kind"] != FOLDER:
        raise ParentNotFolder(parent_node_id=node_id)


def item(row: Any) -> dict[str, Any]:
    """A row of the columns of ``ITEM`` as answers show it."""
    return dict(zip(ITEM, row, strict=True))
