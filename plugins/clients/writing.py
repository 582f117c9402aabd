"""Answers ``client_create``, ``client_update`` and ``client_delete``.

Emails and tax ids are there once among live clients. Whoever takes one holds its name until the commit, so that two
who want the same one see each other.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.clients.errors import ClientDuplicateEmail, ClientDuplicateTaxId, ClientHasActiveTasks
from contracts.clients.v1 import actions as contracts
from contracts.workshop.roles import TECHNICIAN
from plugins.clients import finding
from plugins.clients.plugin import clients as plugin
from plugins.clients.rows import COLUMNS, IS_LIVE, counts_of, keys_of, stored_view, views
from plugins.clients.tables import clients

#: Whatever a caller may leave out -> what it is then.
DEFAULTS: dict[str, Any] = {"customer_type": "individual", "tags": []}
#: Column -> the refusal where another live client has the same, in the order in which they are checked.
UNIQUE = {"email": ClientDuplicateEmail, "tax_id": ClientDuplicateTaxId}

_EMPTY = dict.fromkeys(column.name for column in clients.c if column.nullable)
_INSERT = insert(clients).returning(*COLUMNS)
_HOLD_NAME = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))
_OTHERS = {
    name: select(literal_column("1")).where(
        IS_LIVE, clients.c[name] == bindparam("wanted"), clients.c.id != bindparam("other_than")
    )
    for name in UNIQUE
}


@plugin.handles(contracts.ClientCreate)
def client_create(ctx: Context, data: dict[str, Any]) -> dict[str, Any]:
    """A client without tasks."""
    given = {name: value for name, value in data.items() if value is not None}
    stamps = {"created_at": ctx.now_ms, "updated_at": ctx.now_ms, "created_by": ctx.principal.id}
    client = _EMPTY | DEFAULTS | given | stamps | {"id": str(uuid.uuid4())}
    _require_company(client)
    _require_unique(ctx, client, given)
    row = ctx.db.execute(_INSERT, client | keys_of(client)).one()
    return {"type": "Created", "client": views(ctx, [row])[0]}


@plugin.handles(contracts.ClientUpdate)
def client_update(ctx: Context, id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The client with what was given; without anything given it is not touched."""
    row = finding.require_held(ctx, id)
    if TECHNICIAN in ctx.principal.roles and row.created_by != ctx.principal.id:
        raise Forbidden("you may change only clients that you made")
    if data:
        client = stored_view(row) | data
        _require_company(client)
        _require_unique(ctx, client, data)
        values = data | keys_of(client) | {"updated_at": ctx.now_ms}
        statement = update(clients).where(clients.c.id == row.id).values(**values).returning(*COLUMNS)
        row = ctx.db.execute(statement).one()
    return {"type": "Updated", "client": views(ctx, [row])[0]}


@plugin.handles(contracts.ClientDelete)
def client_delete(ctx: Context, id: str) -> dict[str, Any]:
    """The client is gone for everybody; closed tasks go on naming it."""
    client_id = finding.require_held(ctx, id, alone=True).id
    active = counts_of(ctx, [client_id]).get(client_id, {}).get("active_tasks", 0)
    if active:
        raise ClientHasActiveTasks(active_tasks=active)
    values = {"deleted_at": ctx.now_ms, "deleted_by": ctx.principal.id}
    ctx.db.execute(update(clients).where(clients.c.id == client_id).values(**values))
    return {"type": "Deleted", "id": client_id}


def _require_company(client: dict[str, Any]) -> None:
    if client["customer_type"] == "business" and client["company_name"] is None:
        fault = "required for a business"
        raise InvalidArguments(f"company_name is {fault}", {"data.company_name": [fault]})


def _require_unique(ctx: Context, client: dict[str, Any], given: dict[str, Any]) -> None:
    for name, refusal in UNIQUE.items():
        wanted = given.get(name)
        if wanted is None:
            continue
        hold_name(ctx, name, wanted)
        if ctx.db.scalar(_OTHERS[name], {"wanted": wanted, "other_than": client["id"]}) is not None:
            raise refusal


def hold_name(ctx: Context, column: str, wanted: str) -> None:
    """Nobody else looks for this email or tax id and then takes it; on SQLite nobody else writes anyway."""
    if ctx.db.dialect == "postgresql":
        ctx.db.execute(_HOLD_NAME, {"name": f"clients {column} {wanted}"})
