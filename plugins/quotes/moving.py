"""Answers ``quote_mark_sent``, ``quote_mark_accepted`` and ``quote_mark_rejected``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from bus.errors import InvalidArguments
from contracts.quotes.v1 import moves as contracts
from contracts.quotes.words import ACCEPTED, REJECTED, SENT
from plugins.quotes import references, rows, states
from plugins.quotes.plugin import quotes as plugin

#: What a task takes over from its quote.
_TAKEN = ("client_id", "vehicle_plate", "vehicle_make", "vehicle_model", "vehicle_year", "vehicle_vin", "notes")


@plugin.handles(contracts.QuoteMarkSent)
def quote_mark_sent(ctx: Context, id: str) -> dict[str, Any]:
    """The quote, sent."""
    quote = _require_move(ctx, id, SENT)
    return _seen(ctx, rows.change(ctx, quote, status=SENT))


@plugin.handles(contracts.QuoteMarkRejected)
def quote_mark_rejected(ctx: Context, id: str) -> dict[str, Any]:
    """The quote, rejected."""
    quote = _require_move(ctx, id, REJECTED)
    return _seen(ctx, rows.change(ctx, quote, status=REJECTED))


@plugin.handles(contracts.QuoteMarkAccepted)
def quote_mark_accepted(ctx: Context, id: str) -> dict[str, Any]:
    """The quote, accepted, with the task it had or became: both or neither."""
    quote = _require_move(ctx, id, ACCEPTED)
    created = _task(ctx, quote) if quote.task_id is None else None
    task_id = quote.task_id if created is None else created["task_id"]
    accepted = rows.change(ctx, quote, status=ACCEPTED, task_id=task_id)
    ctx.emit("quote.accepted", _announced(ctx, accepted))
    return {"quote": _seen(ctx, accepted), "task_created": created}


def _require_move(ctx: Context, id: str, new: str) -> Row[Any]:
    quote = rows.require_held(ctx, id)
    states.require_move(quote, new, ctx.now_ms)
    return quote


def _seen(ctx: Context, quote: Row[Any]) -> dict[str, Any]:
    return rows.view(quote, rows.items_of(ctx, quote.id), ctx.now_ms)


def _task(ctx: Context, quote: Row[Any]) -> dict[str, Any]:
    """The id of a new task.

    Raises:
        InvalidArguments: the client has been deleted meanwhile.
    """
    client = references.client_of(ctx, quote.client_id)
    if client is None:
        raise InvalidArguments("the client is deleted", {"client_id": ["must be an existing client"]})
    customer = {f"customer_{name}": client[name] for name in ("name", "email", "phone")}
    taken = {name: getattr(quote, name) for name in _TAKEN}
    return ctx.call("task_create_from_quote", {"quote_number": quote.quote_number} | taken | customer)


def _announced(ctx: Context, quote: Row[Any]) -> dict[str, Any]:
    names = ("quote_number", "client_id", "task_id", "total", "created_by")
    return {"quote_id": quote.id} | {name: getattr(quote, name) for name in names} | {"accepted_by": ctx.principal.id}
