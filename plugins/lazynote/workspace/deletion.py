"""Answers ``workspace_delete_folder``: children lifted to the root level, or everything below the folder deleted.

Everything goes by a few statements, however much it is: they hold SQLite's only write lock. Where notes go, most of the
time is taken by the index of their words.

Not here: the same in many short units (large_deletion.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, delete, func, null, select, text, true, update

from bus import Db
from bus.columns import KEY_TEXT
from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import NodeNotFolder
from plugins.lazynote.atoms import IS_ACTIVE, IS_NOTE, MOVED_ON
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.search.tables import search_atoms
from plugins.lazynote.tables import atoms
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.level import IN_ORDER, next_number
from plugins.lazynote.workspace.nodes import FOLDER, IS_LEFT, get, hold_tree

_NODE = bindparam("node", type_=KEY_TEXT)
_NOW = bindparam("now", type_=BigInteger)
_DELETED = {"is_deleted": true(), "updated_at": _NOW}
DELETE_NODE = update(nodes).where(nodes.c.node_uuid == _NODE, IS_LEFT).values(_DELETED)


# A node has one parent, so the way down could only come back to the folder itself. SQLite finds rows sooner by their
# numbers; on PostgreSQL a row that somebody renames meanwhile gets another place.
DELETE_BRANCH = {
    dialect: text(f"""
    WITH RECURSIVE branch(node_uuid, found) AS (
        SELECT node_uuid, {key} FROM lazynote_workspace_nodes WHERE node_uuid = :node
        UNION ALL
        SELECT n.node_uuid, n.{key}
        FROM branch JOIN lazynote_workspace_nodes AS n ON n.parent_uuid = branch.node_uuid
        WHERE n.owner = :of_owner AND NOT n.is_deleted AND n.node_uuid <> :node)
    UPDATE lazynote_workspace_nodes SET is_deleted = true, updated_at = :now
    WHERE {key} IN (SELECT found FROM branch) RETURNING atom_uuid""")
    for dialect, key in (("sqlite", "rowid"), ("postgresql", "node_uuid"))
}
# Counted for each note by its key: a join might be planned as one over all nodes. Only its owner refers to a note.
_refs_left = select(func.count()).where(nodes.c.atom_uuid == atoms.c.uuid, ~nodes.c.is_deleted).scalar_subquery()
_IS_GONE = {
    dialect: and_(text(f"lazynote_atoms.uuid IN (SELECT {each})"), IS_NOTE, IS_ACTIVE, _refs_left == 0)
    for dialect, each in (
        ("sqlite", "value FROM json_each(:linked)"),
        ("postgresql", "jsonb_array_elements_text(CAST(:linked AS jsonb))"),
    )
}
DELETE_NOTES = {
    dialect: update(atoms).where(is_gone).values(is_deleted=true(), updated_at=MOVED_ON)
    for dialect, is_gone in _IS_GONE.items()
}
_searched = search_atoms.alias("searched")
_places = select(_searched.c.place).join(atoms, atoms.c.id == _searched.c.id).where(_IS_GONE["sqlite"])
#: SQLite: their words go first, in the order of their places. FTS5 gathers what is deleted, and writes it down whenever
#: a place comes that lies before the last one: in the order of the notes that could be at every second one.
DELETE_WORDS = delete(search_atoms).where(search_atoms.c.place.in_(_places))
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
    deleted = ctx.db.execute(DELETE_BRANCH[ctx.db.dialect], asked).scalars()
    delete_notes(ctx, ctx.db, deleted)
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


def delete_notes(ctx: Context, db: Db, atoms_of_nodes: Iterable[str | None]) -> None:
    """Delete those of these notes that nothing refers to any more; None stands for a folder."""
    linked = sorted({atom_id for atom_id in atoms_of_nodes if atom_id is not None})
    if linked:
        asked = {"linked": json.dumps(linked), "of_owner": ctx.owner}
        if db.dialect == "sqlite":
            db.execute(DELETE_WORDS, asked)
        db.execute(DELETE_NOTES[db.dialect], asked | {"now": ctx.now_ms})
