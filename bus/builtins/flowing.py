"""The commands about flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus import ids
from bus.builtins import flows
from bus.context import Context
from bus.contract import INTERNAL
from bus.errors import BusError, UnknownCommand

if TYPE_CHECKING:
    from bus.builtins.plugin import Builtins
    from bus.flows.store import FlowRow, FlowStore

_SUMMARY = ("id", "name", "state", "correlation_id", "created_at", "finished_at")
_STEP = ("name", "command", "after", "state", "job", "undo_job", "code", "message")


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""

    def found(ctx: Context, flow_id: str, *, lock: bool = False) -> FlowRow:
        flow = _store(plugin).flow(ctx.transaction.kept, flow_id, lock=lock)
        if flow is None or not (ctx.principal.is_operator or ctx.principal.id == flow.principal):
            raise flows.FlowNotFound(flow_id=flow_id)
        return flow

    @plugin.handles(flows.FlowStart)
    def flow_start(ctx: Context, name: str, steps: list[dict[str, Any]], callbacks: dict[str, Any]) -> dict[str, Any]:
        _check_commands(plugin, steps, callbacks, is_callers=ctx.depth == 0)
        flow_id, kept = ids.job_id(), ctx.transaction.kept
        args = {"name": name, "steps": steps, "callbacks": callbacks}
        _store(plugin).add(kept, flow_id, ctx.principal.id, ctx.correlation_id, args)
        _advance(plugin, ctx, flow_id)
        return {"flow": _summary(found(ctx, flow_id))}

    @plugin.handles(flows.FlowGet)
    def flow_get(ctx: Context, flow_id: str) -> dict[str, Any]:
        flow = found(ctx, flow_id)
        steps = _store(plugin).steps(ctx.transaction.kept, flow_id)
        return {"flow": _summary(flow) | {"steps": [{name: getattr(step, name) for name in _STEP} for step in steps]}}

    @plugin.handles(flows.FlowList)
    def flow_list(ctx: Context, limit: int, before: str | None = None) -> dict[str, Any]:
        principal = None if ctx.principal.is_operator else ctx.principal.id
        rows = _store(plugin).flows(ctx.transaction.kept, principal, limit, before)
        return {"items": [_summary(flow) for flow in rows]}

    @plugin.handles(flows.FlowCancel)
    def flow_cancel(ctx: Context, flow_id: str) -> dict[str, Any]:
        from bus.flows.store import ENDED

        flow = found(ctx, flow_id, lock=True)
        if flow.state in ENDED:
            raise flows.FlowHasEnded(flow_id=flow_id, state=flow.state)
        _cancel(plugin, ctx, flow)
        _advance(plugin, ctx, flow_id)
        return {"flow": _summary(found(ctx, flow_id))}

    @plugin.handles(flows.FlowAdvance)
    def flow_advance(ctx: Context, flow_id: str) -> dict[str, Any]:
        _advance(plugin, ctx, flow_id)
        return {}


def _store(plugin: Builtins) -> FlowStore:
    from bus.flows.store import FlowStore

    return FlowStore(plugin.bus.database)


def _advance(plugin: Builtins, ctx: Context, flow_id: str) -> None:
    from bus.flows.advance import Advance

    Advance(plugin.bus, ctx, flow_id).run()


def _cancel(plugin: Builtins, ctx: Context, flow: FlowRow) -> None:
    """Stop the steps that are on their way; one that is undone goes on being undone."""
    store, kept = _store(plugin), ctx.transaction.kept
    if flow.state != "running":
        return
    store.move(kept, flow.id, "ending", "cancelled")
    for step in store.steps(kept, flow.id):
        job = None if step.state != "queued" or step.job is None else plugin.bus.jobs.find_inside(kept, step.job)
        if job is not None and not job.has_ended:
            plugin.bus.jobs.cancel_inside(kept, job)


def _check_commands(
    plugin: Builtins, steps: list[dict[str, Any]], callbacks: dict[str, Any], *, is_callers: bool
) -> None:
    """Refuse now what could not be queued later; arguments that wait for a result are checked when it is there.

    Args:
        plugin: whose bus knows the commands.
        steps: of the flow.
        callbacks: of the flow.
        is_callers: whether a caller asks, who is not to know INTERNAL commands; else a handler does.
    """
    from bus.flows.graph import references

    planned = {f"steps.{n}": step for n, step in enumerate(steps)}
    planned |= {f"steps.{n}.undo": step["undo"] for n, step in enumerate(steps) if step.get("undo")}
    planned |= {f"callbacks.{event}": callback for event, callback in callbacks.items()}
    for where, one in planned.items():
        try:
            command = plugin.bus.registry.find(one["command"])
            if is_callers and command.contract.access == INTERNAL:
                raise UnknownCommand.named(command.name)
            if not any(references(one["args"])):
                command.load(one["args"])
        except BusError as error:
            raise flows.CommandUnfit(where=where, why=error.message) from None
        if command.contract.secret:
            raise flows.CommandUnfit(where=where, why=f"{command.name} is secret and so never queued")


def _summary(flow: FlowRow) -> dict[str, Any]:
    return {name: getattr(flow, name) for name in _SUMMARY}
