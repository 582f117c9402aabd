"""The commands about single jobs, for whoever published them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus.builtins import contracts
from bus.context import Context

if TYPE_CHECKING:
    from bus.builtins.plugin import Builtins


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""

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
