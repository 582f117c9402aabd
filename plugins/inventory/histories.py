"""Answers ``material_get_transaction_history`` and ``material_get_consumption_history``: the newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, Table, func, select

from bus.context import Context
from contracts.inventory.v1 import stock as contracts
from plugins.inventory import finding
from plugins.inventory.parts import Part, part_of
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import BOOKED_COLUMNS, USED_COLUMNS, booked_view, used_view
from plugins.inventory.tables import consumptions, transactions


@plugin.handles(contracts.MaterialGetTransactionHistory)
def material_get_transaction_history(
    ctx: Context, material_id: str, transaction_type: str | None, limit: int | None, offset: int | None
) -> dict[str, Any]:
    """Everything that was booked, or all of one type."""
    material = finding.require(ctx, material_id)
    conditions: list[ColumnElement[bool]] = [transactions.c.material_id == material.id]
    conditions += [transactions.c.transaction_type == transaction_type] if transaction_type else []
    return _part(ctx, transactions, BOOKED_COLUMNS, booked_view, conditions, part_of(limit, offset))


@plugin.handles(contracts.MaterialGetConsumptionHistory)
def material_get_consumption_history(
    ctx: Context, material_id: str, limit: int | None, offset: int | None
) -> dict[str, Any]:
    """By all interventions."""
    material = finding.require(ctx, material_id)
    conditions: list[ColumnElement[bool]] = [consumptions.c.material_id == material.id]
    return _part(ctx, consumptions, USED_COLUMNS, used_view, conditions, part_of(limit, offset))


def newest_first(
    table: Table, columns: list[Column[Any]], conditions: list[ColumnElement[bool]], part: Part
) -> Select[*tuple[Any, ...]]:
    """The rows of one part."""
    return select(*columns).where(*conditions).order_by(table.c.seq.desc()).limit(part.limit).offset(part.offset)


def _part(
    ctx: Context,
    table: Table,
    columns: list[Column[Any]],
    view: Callable[[Row[Any]], dict[str, Any]],
    conditions: list[ColumnElement[bool]],
    part: Part,
) -> dict[str, Any]:
    items = [view(row) for row in ctx.db.execute(newest_first(table, columns, conditions, part))]
    return part.answer(items, ctx.db.scalar(select(func.count()).select_from(table).where(*conditions)))
