"""One level of the tree: the children of a folder, or of the root, and their numbers.

New children get the number behind the greatest one. Moves number the visible children anew, 0, 1, 2, …, and write the
rows whose number changes: behind children without a gap that is the moved one alone. Hidden children keep theirs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, func, literal_column, select, update

from bus import Context
from bus.columns import KEY_TEXT
from plugins.lazynote.tables import workspace_nodes as nodes
from plugins.lazynote.workspace.nodes import IS_LEFT, IS_VISIBLE, ITEM, WITH_NOTE, item

# The parent is the same in all these rows. PostgreSQL does not see that where it is null, and would sort them.
IN_ORDER = (nodes.c.parent_uuid, nodes.c.sort_order, nodes.c.node_uuid)
BACKWARDS = tuple(column.desc() for column in IN_ORDER)
#: A place behind every child.
_TAIL = 2**63 - 1
_ONE = literal_column("1")


class Level:
    """The statements on the children of a parent.

    Args:
        is_here: true of them; may name the parameter ``parent``.
    """

    def __init__(self, is_here: ColumnElement[bool]) -> None:
        self.children = select(*ITEM.values()).select_from(WITH_NOTE).where(is_here, IS_VISIBLE).order_by(*IN_ORDER)
        self.last = select(nodes.c.sort_order).where(is_here, IS_LEFT).order_by(*BACKWARDS).limit(_ONE)
        is_sibling = and_(is_here, IS_VISIBLE, nodes.c.node_uuid != bindparam("node", type_=KEY_TEXT))
        place = func.row_number().over(order_by=IN_ORDER) - _ONE
        siblings = (
            select(nodes.c.node_uuid, nodes.c.sort_order, place.label("place"))
            .select_from(WITH_NOTE)
            .where(is_sibling)
            .subquery("siblings")
        )
        is_behind = siblings.c.place >= bindparam("place", type_=BigInteger)
        wanted = siblings.c.place + case((is_behind, _ONE), else_=literal_column("0"))
        self.make_room = (
            update(nodes)
            .where(nodes.c.node_uuid == siblings.c.node_uuid, siblings.c.sort_order != wanted)
            .values(sort_order=wanted)
        )
        self.last_sibling = select(nodes.c.sort_order).select_from(WITH_NOTE).where(is_sibling).order_by(*BACKWARDS)
        self.last_sibling = self.last_sibling.limit(_ONE)


IN_ROOT = nodes.c.parent_uuid.is_(None)
IN_FOLDER = nodes.c.parent_uuid == bindparam("parent", type_=KEY_TEXT)
ROOT, BELOW = Level(IN_ROOT), Level(IN_FOLDER)


def level(parent_id: str | None) -> Level:
    """The statements for this parent."""
    return ROOT if parent_id is None else BELOW


def here(ctx: Context, parent_id: str | None) -> dict[str, Any]:
    """The parameters of the statements for this parent."""
    return {"of_owner": ctx.owner} | ({} if parent_id is None else {"parent": parent_id})


def children(ctx: Context, parent_id: str | None) -> list[dict[str, Any]]:
    """The visible children, in their order, as answers show them."""
    return [item(row) for row in ctx.db.execute(level(parent_id).children, here(ctx, parent_id))]


def next_number(ctx: Context, parent_id: str | None) -> int:
    """The number behind all children that are left."""
    return _behind(ctx.db.scalar(level(parent_id).last, here(ctx, parent_id)))


def make_room(ctx: Context, parent_id: str | None, node_id: str, place: int | None) -> int:
    """The number for a node among its new siblings, who are numbered around it.

    Args:
        ctx: of the command; it holds the tree.
        parent_id: None: the root level.
        node_id: no sibling of itself.
        place: how many siblings shall come before it; None: all; what lies outside of 0 to all is moved there.
    """
    asked = here(ctx, parent_id) | {"node": node_id, "place": _TAIL if place is None else max(place, 0)}
    ctx.db.execute(level(parent_id).make_room, asked)
    return min(asked["place"], _behind(ctx.db.scalar(level(parent_id).last_sibling, asked)))


def _behind(last: int | None) -> int:
    return 0 if last is None else last + 1
