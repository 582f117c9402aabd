"""Pages of atoms: how many there are in all, and those of one page as answers show them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, select

from bus.context import Context
from plugins.lazynote.atoms import IS_ACTIVE, ITEM, items
from plugins.lazynote.tables import atoms

#: The order of a list in which the last changed comes first.
LATEST_FIRST: tuple[ColumnElement[Any], ...] = (atoms.c.updated_at.desc(), atoms.c.uuid)


class Listing:
    """The active atoms that meet a condition, in an order.

    Args:
        condition: on ``atoms``.
        order: without ties.
        usual: rows of a page when nothing is asked for.
        most: rows of a page, however many are asked for.
    """

    def __init__(
        self, condition: ColumnElement[bool], order: tuple[ColumnElement[Any], ...], *, usual: int = 50, most: int = 50
    ) -> None:
        self._usual = usual
        self._most = most
        self._count = select(func.count()).select_from(atoms).where(IS_ACTIVE, condition)
        self.rows = (
            select(*ITEM.values())
            .where(IS_ACTIVE, condition)
            .order_by(*order)
            .limit(bindparam("limit", type_=BigInteger))
            .offset(bindparam("offset", type_=BigInteger))
        )

    def page(self, ctx: Context, limit: int | None, offset: int | None, **parameters: Any) -> dict[str, Any]:
        """One page.

        Args:
            ctx: of the command.
            limit: rows at most; None and 0: as many as is usual.
            offset: rows left out; None: none.
            parameters: of the condition.
        """
        applied_limit, left_out = min(limit or self._usual, self._most), offset or 0
        parameters["of_owner"] = ctx.owner
        rows = ctx.db.execute(self.rows, parameters | {"limit": applied_limit, "offset": left_out}).all()
        is_last = len(rows) < applied_limit and (rows or not left_out)
        total_count = left_out + len(rows) if is_last else ctx.db.scalar(self._count, parameters)
        return {
            "items": items(ctx, rows),
            "total_count": total_count,
            "applied_limit": applied_limit,
            "message": f"{len(rows)} of {total_count} shown.",
        }
