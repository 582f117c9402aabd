"""Answers ``task_create_from_quote``: a task that the client has agreed to, and that nobody has planned yet."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.tasks.v1.from_quotes import TaskCreateFromQuote
from plugins.tasks import creating, numbers
from plugins.tasks.plugin import tasks as plugin


@plugin.handles(TaskCreateFromQuote)
def task_create_from_quote(ctx: Context, quote_number: str, vehicle_vin: str | None, **of_quote: Any) -> dict[str, Any]:
    """The task, today and nobody's; it may have no plate, no model and no zones, as no other has."""
    plain = {"status": "draft", "ppf_zones": [], "scheduled_date": numbers.today(ctx.now_ms)}
    task = creating.add(ctx, of_quote | plain | {"title": f"Task from quote {quote_number}", "vin": vehicle_vin})
    return {"task_id": task["id"]}
