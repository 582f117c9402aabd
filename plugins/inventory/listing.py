"""Answers ``material_get``, ``material_get_by_sku`` and ``material_list``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bus.columns import holds
from bus.context import Context
from contracts.inventory.v1 import materials as contracts
from plugins.inventory import finding
from plugins.inventory.parts import Part, part_of
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import COLUMNS, searched, view
from plugins.inventory.tables import materials

#: Rows of a search that are put in order here and not by the database.
MOST_HITS = 10_000


@plugin.handles(contracts.MaterialGet)
def material_get(ctx: Context, id: str) -> dict[str, Any]:
    """The material."""
    return view(finding.require(ctx, id))


@plugin.handles(contracts.MaterialGetBySku)
def material_get_by_sku(ctx: Context, sku: str) -> dict[str, Any]:
    """The material, found by its exact spelling."""
    return view(finding.require_by_sku(ctx, sku))


@plugin.handles(contracts.MaterialList)
def material_list(
    ctx: Context,
    material_type: str | None,
    category: str | None,
    search: str | None,
    active_only: bool | None,
    limit: int | None,
    offset: int | None,
) -> dict[str, Any]:
    """By name, equal ones in the order in which they were made."""
    conditions: list[ColumnElement[bool]] = [] if active_only is False else [materials.c.is_active]
    conditions += [materials.c.material_type == material_type] if material_type else []
    conditions += [materials.c.category == category] if category else []
    conditions += [holds(ctx.db.dialect, materials.c.search_text, searched(search))] if search else []
    part = shown = part_of(limit, offset)
    if search:
        count, conditions, shown = _found(ctx, conditions, part)
    else:
        count = ctx.db.scalar(count_statement(conditions))
    return part.answer([view(row) for row in ctx.db.execute(part_statement(conditions, shown))], count)


def _found(
    ctx: Context, conditions: list[ColumnElement[bool]], part: Part
) -> tuple[int, list[ColumnElement[bool]], Part]:
    """How many rows a search finds, and what to read instead: those of the part alone, unless there are very many.

    All of them are looked for once, in an index of nothing but what is searched and sorted.
    """
    hits = ctx.db.execute(select(materials.c.name_key, materials.c.seq).where(*conditions).limit(MOST_HITS + 1)).all()
    if len(hits) > MOST_HITS:
        return ctx.db.scalar(count_statement(conditions)), conditions, part
    ordered = sorted(map(tuple, hits))
    shown = [seq for _, seq in ordered[part.offset : part.offset + part.limit]]
    return len(hits), [materials.c.seq.in_(shown)], part._replace(offset=0)


def part_statement(conditions: list[ColumnElement[bool]], part: Part) -> Select[*tuple[Any, ...]]:
    """The rows of one part."""
    found = select(*COLUMNS).where(*conditions).order_by(materials.c.name_key, materials.c.seq)
    return found.limit(part.limit).offset(part.offset)


def count_statement(conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """How many there are in all parts."""
    return select(func.count()).select_from(materials).where(*conditions)
