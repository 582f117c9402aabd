"""Answers ``client_export_csv`` and the pages that it is made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bus.context import Context
from contracts.clients.v1 import csv_files as contracts
from contracts.workshop.csv_export import export_rows
from plugins.clients.listing import conditions_of
from plugins.clients.plugin import clients as plugin
from plugins.clients.tables import clients

#: Clients that are read at a time.
PAGE_ROWS = 500
_COLUMNS = [clients.c[name] for name in contracts.COLUMNS]


@plugin.handles(contracts.ClientExportCsv)
def client_export_csv(ctx: Context, filters: dict[str, Any] | None) -> dict[str, Any]:
    """The file."""
    listed = ctx.call("client_list", {"filters": (filters or {}) | {"limit": 1}})
    return export_rows(ctx, "client_export_page", filters, contracts.COLUMNS, listed["total_count"])


@plugin.handles(contracts.ClientExportPage)
def client_export_page(ctx: Context, filters: dict[str, Any] | None, after: int) -> dict[str, Any]:
    """The next clients by their numbers, which are never changed: no page meets those of another."""
    conditions = [*conditions_of(ctx, filters or {}), clients.c.seq > after]
    found = select(clients.c.seq, *_COLUMNS).where(*conditions).order_by(clients.c.seq).limit(PAGE_ROWS)
    rows = ctx.db.execute(found).all()
    items = [dict(zip(contracts.COLUMNS, row[1:], strict=True)) for row in rows]
    return {"items": items, "last": rows[-1].seq if rows else after}
