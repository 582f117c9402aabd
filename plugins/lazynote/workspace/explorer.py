"""Answers ``workspace_explorer``: one level of the tree as it is shown.

Nothing of that is stored: notes are shown by their titles, those that lie in no folder in ``Uncategorized``, a folder
that is invented here. It and the references that are invented for it have ids which no other command takes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, func, literal_column, select

from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.fields import UNCATEGORIZED
from plugins.lazynote.atoms import IS_ACTIVE, IS_NOTE, IS_THIS, this
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atoms
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.level import IN_FOLDER, IN_ORDER, IN_ROOT, here
from plugins.lazynote.workspace.nodes import FOLDER, IS_LEFT, IS_VISIBLE, ITEM, NOTE_REF, WITH_NOTE, require_parent
from plugins.lazynote.workspace.titles import HEAD, title, title_of_head

#: Before the atom's id: the id of a reference that is invented.
INVENTED = "note_ref_uncategorized_"
_FIXED = {"synthetic": False, "renameable": False, "movable": False, "deletable": False}
#: What callers may do with each kind of row.
FOLDER_FLAGS = _FIXED | {"renameable": True, "movable": True, "deletable": True}
REF_FLAGS = _FIXED | {"movable": True}
INVENTED_FLAGS = _FIXED | {"synthetic": True}
UNCATEGORIZED_ROW = {
    "node_id": UNCATEGORIZED,
    "kind": FOLDER,
    "parent_node_id": None,
    "atom_id": None,
    "display_name": "Uncategorized",
    "sort_order": -1,
    **INVENTED_FLAGS,
}

_HEAD = func.substr(atoms.c.content, 1, HEAD)
CONTENT = select(atoms.c.content).where(IS_THIS)
CHILDREN = select(*ITEM.values(), _HEAD).select_from(WITH_NOTE).where(IN_FOLDER, IS_VISIBLE)
ROOT_FOLDERS = select(*ITEM.values(), literal_column("NULL")).where(IN_ROOT, IS_LEFT, nodes.c.kind == FOLDER)
_NOTE = (atoms.c.uuid, _HEAD, atoms.c.updated_at)
ROOT_REFS = (
    select(nodes.c.node_uuid, *_NOTE)
    .select_from(WITH_NOTE)
    .where(IN_ROOT, IS_VISIBLE, nodes.c.kind == NOTE_REF)
    .order_by(*IN_ORDER)
)
# Only its owner refers to a note; PostgreSQL without statistics would look through all nodes of the owner each time.
WITHOUT_REF = select(literal_column("NULL"), *_NOTE).where(
    IS_ACTIVE, IS_NOTE, ~exists().where(nodes.c.atom_uuid == atoms.c.uuid, ~nodes.c.is_deleted)
)


@lazynote.handles(v1.workspace.WorkspaceExplorer)
def workspace_explorer(ctx: Context, parent_node_id: str | None) -> dict[str, Any]:
    """The rows below a folder, below ``Uncategorized``, or of the root level."""
    if parent_node_id is None:
        items = [UNCATEGORIZED_ROW, *_by_name(ctx, ROOT_FOLDERS, None)]
    elif parent_node_id == UNCATEGORIZED:
        items = _uncategorized(ctx)
    else:
        require_parent(ctx, parent_node_id)
        items = _by_name(ctx, CHILDREN, parent_node_id)
    return {"items": items, "message": f"{len(items)} shown."}


def _by_name(ctx: Context, statement: Select[Any], parent_id: str | None) -> list[dict[str, Any]]:
    """Stored nodes, folders first."""
    rows = [_stored(ctx, row) for row in ctx.db.execute(statement, here(ctx, parent_id))]
    return sorted(rows, key=lambda row: (row["kind"] != FOLDER, row["display_name"].casefold(), row["node_id"]))


def _stored(ctx: Context, row: Any) -> dict[str, Any]:
    *columns, head = row
    node = dict(zip(ITEM, columns, strict=True))
    if node["kind"] == FOLDER:
        return node | FOLDER_FLAGS
    return node | REF_FLAGS | {"display_name": _title(ctx, node["atom_id"], head)}


def _title(ctx: Context, atom_id: str, head: str) -> str:
    found = title_of_head(head)
    return title(ctx.db.scalar(CONTENT, this(ctx, atom_id))) if found is None else found


def _uncategorized(ctx: Context) -> list[dict[str, Any]]:
    """Notes with a reference at root level, each once, and notes without any."""
    at_root = here(ctx, None)
    referenced = {row.uuid: row for row in reversed(ctx.db.execute(ROOT_REFS, at_root).all())}
    rows = [*referenced.values(), *ctx.db.execute(WITHOUT_REF, at_root)]
    rows.sort(key=lambda row: (-row.updated_at, row.uuid))
    return [_note(ctx, place, *row) for place, row in enumerate(rows)]


def _note(ctx: Context, place: int, node_id: str | None, atom_id: str, head: str, _updated_at: int) -> dict[str, Any]:
    return {
        "node_id": node_id or INVENTED + atom_id,
        "kind": NOTE_REF,
        "parent_node_id": UNCATEGORIZED,
        "atom_id": atom_id,
        "display_name": _title(ctx, atom_id, head),
        "sort_order": place,
        **(REF_FLAGS if node_id else INVENTED_FLAGS),
    }
