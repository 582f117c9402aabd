"""The commands with which operators look after jobs, queues and workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus.builtins import operations
from bus.builtins.contracts import JobNotFound
from bus.context import Context
from bus.contract import AT_LEAST_ONCE
from bus.errors import QueueUnavailable
from bus.jobs.pauses import Pauses
from bus.loader import implementations

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.builtins.plugin import Builtins
    from bus.jobs.port import Waiting
    from bus.jobs.processes import WorkerProcess


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""
    _add_failures(plugin)
    _add_reasons(plugin)
    _add_lists(plugin)


def _add_failures(plugin: Builtins) -> None:
    @plugin.handles(operations.JobDrop)
    def job_drop(ctx: Context, job_id: str) -> dict[str, Any]:
        from bus.jobs.retention import Retention

        job = plugin.found(ctx, job_id)
        if not Retention(plugin.bus.database, plugin.bus.settings).drop(ctx.transaction.kept, job_id):
            raise operations.JobNotEnded(job_id=job_id, state=job.state)
        return {"job": plugin.shown(job)}

    @plugin.handles(operations.JobGroups)
    def job_groups(ctx: Context, most: int, **filters: str) -> dict[str, Any]:
        from bus.jobs.groups import groups

        items, examined = groups(ctx.transaction.kept, plugin.bus.database, filters, most)
        return {"items": items, "total_count": len(items), "examined_count": examined}


def _add_reasons(plugin: Builtins) -> None:
    @plugin.handles(operations.JobWhy)
    def job_why(ctx: Context, job_id: str) -> dict[str, Any]:
        from bus.jobs.why import Why

        reason = Why(plugin.bus.database, _living(plugin)).reason(ctx.transaction.kept, job_id)
        if reason is None:
            raise JobNotFound(job_id=job_id)
        return {"reason": reason._asdict()}


def _add_lists(plugin: Builtins) -> None:
    @plugin.handles(operations.QueueList)
    def queue_list(ctx: Context) -> dict[str, Any]:
        from bus.jobs.overview import Overview, total

        letters = _letters(plugin.bus)  # no transaction is open while the broker is asked
        bus, kept = plugin.bus, ctx.transaction.kept
        now = bus.jobs.now_inside(kept)
        items = Overview(bus.database).queues(kept, bus.queue_names, Pauses(bus.database).all(kept), now, letters)
        return {"items": items, "total": total(items), "at": now}

    @plugin.handles(operations.WorkerCount)
    def worker_count(_ctx: Context) -> dict[str, Any]:
        living = _living(plugin)
        return {"count": None if living is None else len(living)}

    @plugin.handles(operations.WorkerList)
    def worker_list(ctx: Context) -> dict[str, Any]:
        from bus.jobs.overview import Overview

        kept = ctx.transaction.kept
        items = Overview(plugin.bus.database).workers(kept, _living(plugin) or [])
        return {"items": items, "total_count": len(items), "at": plugin.bus.jobs.now_inside(kept)}


def _letters(bus: Bus) -> dict[str, Waiting] | None:
    """The requests that wait at the broker; None where it carries none or does not tell."""
    from bus.jobs.port import Counting

    carried = {command.queue.name for command in bus.registry if command.contract.delivery is AT_LEAST_ONCE}
    if not carried or not isinstance(bus.provider, Counting):
        return None
    try:
        return bus.provider.waiting(sorted(carried))
    except QueueUnavailable:
        return None


def _living(plugin: Builtins) -> list[WorkerProcess] | None:
    """The worker processes of this host; None where nobody can tell."""
    asked = implementations(plugin.bus.hooks, "bus_workers")
    if not asked or plugin.bus.database.is_memory:
        return None
    return [process for ask in asked for process in ask(database=plugin.bus.database)]
