"""Answers what other domains ask about clients."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bus.context import Context
from contracts.clients.v1 import within as contracts
from plugins.clients import finding
from plugins.clients.plugin import clients as plugin
from plugins.clients.rows import IS_LIVE
from plugins.clients.tables import clients

#: Ids in one statement: SQLite takes 32,766 parameters.
AT_ONCE = 10_000


@plugin.handles(contracts.ClientNames)
def client_names(ctx: Context, client_ids: list[str]) -> dict[str, Any]:
    """Those of them that are live."""
    items: list[dict[str, Any]] = []
    for start in range(0, len(client_ids), AT_ONCE):
        some = client_ids[start : start + AT_ONCE]
        found = select(clients.c.id, clients.c.name).where(IS_LIVE, clients.c.id.in_(some))
        items += [dict(row) for row in ctx.db.execute(found).mappings()]
    return {"items": items}


@plugin.handles(contracts.ClientHold)
def client_hold(ctx: Context, client_id: str) -> dict[str, Any]:
    """The client, or null."""
    row = finding.kept(ctx, client_id)
    shown = ("id", "name", "email", "phone")
    return {"client": None if row is None else {name: getattr(row, name) for name in shown}}
