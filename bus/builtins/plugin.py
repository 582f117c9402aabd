"""The built-in plugin: it holds the core's tables, and its handlers look into the bus itself."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from bus.builtins import contracts, flows, operations, pauses, schedules
from bus.builtins.describe import described, summarised
from bus.builtins.flowing import add_flow_commands
from bus.builtins.operating import add_operators_commands
from bus.builtins.pausing import add_pause_commands
from bus.builtins.scheduling import add_schedule_commands
from bus.context import Context
from bus.contract import INTERNAL
from bus.errors import BusError
from bus.fields import fields_of
from bus.plugin import Plugin

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from bus.application import Bus
    from bus.jobs.store import Job


class Builtins(Plugin):
    """The plugin "bus" of one bus."""

    #: Set when the bus has opened.
    bus: Bus

    def found(self, ctx: Context, job_id: str) -> Job:
        """A job the caller may see."""
        job = self.bus.jobs.find_inside(ctx.transaction.kept, job_id, ctx.principal)
        if job is None:
            raise contracts.JobNotFound(job_id=job_id)
        return job

    @staticmethod
    def shown(job: Job) -> dict[str, Any]:
        """One line about a job."""
        return {name: getattr(job, name) for name in _summary()}


@functools.cache
def _summary() -> tuple[str, ...]:
    """The members of a line about a job."""
    return tuple(fields_of(contracts.JobSummary()))


def _tables() -> MetaData:
    """The core's tables; describing them imports PostgreSQL's dialect, which a start on SQLite has no use for."""
    from bus.database.tables import metadata

    return metadata


def builtins() -> Builtins:
    """A new built-in plugin, for one bus."""
    plugin = Builtins(
        "bus",
        contracts=[contracts, flows, operations, pauses, schedules],
        tables=_tables,
        migrations="bus.migration.revisions",
        heads=("bus_0001",),
    )

    @plugin.hook
    def bus_start(bus: Bus) -> None:
        plugin.bus = bus

    _add_job_commands(plugin)
    _add_command_commands(plugin)
    add_pause_commands(plugin)
    add_schedule_commands(plugin)
    add_flow_commands(plugin)
    add_operators_commands(plugin)
    return plugin


def _add_job_commands(plugin: Builtins) -> None:
    @plugin.handles(contracts.JobGet)
    def job_get(ctx: Context, job_id: str) -> dict[str, Any]:
        job = plugin.found(ctx, job_id)
        detail = {
            "key": job.key,
            "progress": job.progress,
            "attempts": plugin.bus.jobs.attempts_inside(ctx.transaction.kept, job_id),
            "envelope": None if job.last is None else job.last.to_dict(),
        }
        return {"job": {**plugin.shown(job), **detail}}

    @plugin.handles(contracts.JobList)
    def job_list(ctx: Context, limit: int, before: str | None = None, **filters: str) -> dict[str, Any]:
        jobs, total = plugin.bus.jobs.list_inside(ctx.transaction.kept, ctx.principal, filters, limit, before)
        return {"items": [plugin.shown(job) for job in jobs], "total_count": total}

    @plugin.handles(contracts.JobCancel)
    def job_cancel(ctx: Context, job_id: str) -> dict[str, Any]:
        job = plugin.found(ctx, job_id)
        is_cancelled = not job.has_ended and plugin.bus.jobs.cancel_inside(ctx.transaction.kept, job)
        job = plugin.found(ctx, job_id)
        if not is_cancelled:
            raise contracts.JobHasEnded(job_id=job_id, state=job.state)
        return {"job": plugin.shown(job)}

    @plugin.handles(contracts.JobRetry)
    def job_retry(ctx: Context, job_id: str) -> dict[str, Any]:
        job = plugin.found(ctx, job_id)
        queue = plugin.bus.jobs.retry_inside(ctx.transaction.kept, job_id)
        if queue is None:
            raise contracts.JobNotRetryable(job_id=job_id, state=job.state)
        ctx.transaction.queues.add(queue)
        return {"job": plugin.shown(plugin.found(ctx, job_id))}


def _add_command_commands(plugin: Builtins) -> None:
    @plugin.handles(contracts.CommandList)
    def command_list(_ctx: Context) -> dict[str, Any]:
        items = [summarised(plugin.bus.registry, command) for command in plugin.bus.registry.shown()]
        return {"items": items, "total_count": len(items)}

    @plugin.handles(contracts.CommandDescribe)
    def command_describe(_ctx: Context, command: str, version: int | None = None) -> dict[str, Any]:
        try:
            found = plugin.bus.registry.find(command, version)
        except BusError:
            found = None
        if found is None or found.contract.access == INTERNAL:
            raise contracts.CommandNotFound(command=command if version is None else f"{command}@{version}")
        return described(plugin.bus.registry, found)

    @plugin.handles(contracts.SystemHealth)
    def system_health(ctx: Context) -> dict[str, Any]:
        rows = ctx.transaction.kept.raw.execute(
            "SELECT state, count(*) FROM bus_job GROUP BY state ORDER BY state"
        ).fetchall()
        return {
            "status": "degraded" if plugin.bus.broken_plugins else "ok",
            "database": plugin.bus.database.kind,
            "plugins": [loaded.name for loaded in plugin.bus.plugins],
            "broken_plugins": dict(plugin.bus.broken_plugins),
            "jobs": dict(rows),
        }
