"""From what somebody wants to a definition that can be stored: everything that could go wrong later is checked now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import wire
from bus.errors import InvalidArguments, UnknownCommand, UnknownVersion
from bus.principal import LOCAL_CALLER
from bus.schedules.declared import Schedule
from bus.schedules.faults import InvalidScheduleArgs
from bus.schedules.store import Definition, Stored
from bus.schedules.ticks import Timetable

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.command import Command


def define(bus: Bus, schedule: Schedule, version: int | None = None) -> tuple[Definition, Timetable]:
    """The definition of a schedule, and when it is due.

    Args:
        bus: whose commands can be scheduled.
        schedule: what is wanted; its name, policy and priority are known to be sound.
        version: of the command, where the schedule does not name it; None: the newest.

    Raises:
        UnknownCommand, UnknownVersion: there is no such command.
        InvalidScheduleArgs: the command would refuse the arguments, or cannot be queued.
        InvalidCron, UnknownZone: it can never be due.
        QueueUnavailable: this bus has no queue.
    """
    command = bus.registry.find(schedule.command, version)
    timetable = Timetable(schedule.cron, schedule.zone)
    args = dict(schedule.args)
    try:
        bus.publisher.prepare(command, args, LOCAL_CALLER.id, "")
    except InvalidArguments as error:
        fields = (error.details or {}).get("fields", {})
        raise InvalidScheduleArgs(command=command.key, why=error.message, fields=fields) from None
    text = wire.encode(args).decode()
    what = (schedule.name, command.name, command.version, text)
    return Definition(*what, schedule.cron, schedule.zone, schedule.missed, schedule.priority), timetable


def obstacle(bus: Bus, stored: Stored) -> str | None:
    """Why a process like this one does not fire a schedule; None: nothing is in the way."""
    plugin = stored.plugin
    if plugin is not None and all(loaded.name != plugin for loaded in bus.plugins):
        return f"the plugin {plugin} is not loaded"
    if command_of(bus, stored.definition) is None:
        return f"no plugin answers {stored.definition.command}@{stored.definition.version}"
    return None


def command_of(bus: Bus, definition: Definition) -> Command | None:
    """The command that a schedule queues; None: no loaded plugin answers it."""
    try:
        return bus.registry.find(definition.command, definition.version)
    except (UnknownCommand, UnknownVersion):
        return None
