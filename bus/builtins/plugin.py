"""The built-in plugin: it holds the core's tables, and its handlers look into the bus itself.

Each bus has one of its own. What a command needs is imported when it is first called: every start of a bus imports this
file.
"""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any

from bus.fields import fields_of
from bus.plugin import Plugin

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from bus.application import Bus
    from bus.context import Context
    from bus.jobs.store import Job

#: Where each command is defined.
COMMANDS = {
    "bus.builtins.contracts": (
        "job_get@1",
        "job_list@1",
        "job_cancel@1",
        "job_retry@1",
        "command_list@1",
        "command_describe@1",
        "system_health@1",
    ),
    "bus.builtins.flows": (
        "flow_start@1",
        "flow_get@1",
        "flow_list@1",
        "flow_cancel@1",
        "flow_advance@1",
    ),
    "bus.builtins.operations": (
        "job_drop@1",
        "job_groups@1",
        "job_why@1",
        "queue_list@1",
        "worker_count@1",
        "worker_list@1",
    ),
    "bus.builtins.pauses": (
        "queue_pause@1",
        "queue_resume@1",
        "command_pause@1",
        "command_resume@1",
        "pause_list@1",
    ),
    "bus.builtins.schedules": (
        "schedule_list@1",
        "schedule_add@1",
        "schedule_pause@1",
        "schedule_resume@1",
        "schedule_remove@1",
        "schedule_next@1",
    ),
}
#: Modules whose ``add_commands`` adds the handlers.
MODULES = ("describing", "jobs", "operating", "pausing", "scheduling", "flowing")


class Builtins(Plugin):
    """The plugin "bus" of one bus."""

    #: Set when the bus has opened.
    bus: Bus

    def take(self, module: str) -> None:
        """Add the handlers of a module to this plugin: another bus of the process has one of its own."""
        importlib.import_module(module).add_commands(self)

    def found(self, ctx: Context, job_id: str) -> Job:
        """A job the caller may see."""
        from bus.builtins.contracts import JobNotFound

        job = self.bus.jobs.find_inside(ctx.transaction.kept, job_id, ctx.principal)
        if job is None:
            raise JobNotFound(job_id=job_id)
        return job

    @staticmethod
    def shown(job: Job) -> dict[str, Any]:
        """One line about a job."""
        return {name: getattr(job, name) for name in _summary()}


@functools.cache
def _summary() -> tuple[str, ...]:
    """The members of a line about a job."""
    from bus.builtins.contracts import JobSummary

    return tuple(fields_of(JobSummary()))


def _tables() -> MetaData:
    """The core's tables; describing them imports PostgreSQL's dialect, which a start on SQLite has no use for."""
    from bus.database.tables import metadata

    return metadata


def builtins() -> Builtins:
    """A new built-in plugin, for one bus."""
    plugin = Builtins(
        "bus",
        contracts=COMMANDS,
        modules=[f"bus.builtins.{name}" for name in MODULES],
        tables=_tables,
        migrations="bus.migration.revisions",
        heads=("bus_0001",),
    )

    @plugin.hook
    def bus_start(bus: Bus) -> None:
        plugin.bus = bus

    return plugin
