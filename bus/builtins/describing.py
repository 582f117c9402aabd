"""The commands that tell what a bus can do, and how it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus.builtins import contracts
from bus.builtins.describe import described, summarised
from bus.context import Context
from bus.contract import INTERNAL
from bus.errors import BusError

if TYPE_CHECKING:
    from bus.builtins.plugin import Builtins


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""

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
