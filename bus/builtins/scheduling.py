"""The commands that look after schedules."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from bus import wire
from bus.builtins import schedules
from bus.builtins.contracts import CommandNotFound
from bus.context import Context
from bus.contract import INTERNAL
from bus.errors import UnknownCommand, UnknownVersion
from bus.principal import LOCAL_CALLER
from bus.schedules.declared import Schedule

if TYPE_CHECKING:
    from bus.builtins.plugin import Builtins
    from bus.principal import Principal
    from bus.schedules.store import Definition, Schedules, Stored
    from bus.schedules.ticks import Timetable


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""
    _add_readers(plugin)
    _add_adding(plugin)

    def hold(ctx: Context, name: str, *, is_paused: bool) -> dict[str, Any]:
        store, stored = _found(plugin, ctx, name, lock=True)
        if stored.is_paused != is_paused:
            kept = ctx.transaction.kept
            next_at = stored.next_at if is_paused else _timetable(stored).next(store.now(kept))
            store.hold(kept, stored, is_paused=is_paused, next_at=next_at)
        return {"schedule": _shown(plugin, _found(plugin, ctx, name)[1])}

    @plugin.handles(schedules.SchedulePause)
    def schedule_pause(ctx: Context, name: str) -> dict[str, Any]:
        return hold(ctx, name, is_paused=True)

    @plugin.handles(schedules.ScheduleResume)
    def schedule_resume(ctx: Context, name: str) -> dict[str, Any]:
        return hold(ctx, name, is_paused=False)

    @plugin.handles(schedules.ScheduleRemove)
    def schedule_remove(ctx: Context, name: str) -> dict[str, Any]:
        store, stored = _found(plugin, ctx, name, lock=True)
        if stored.plugin in {loaded.name for loaded in plugin.bus.plugins}:
            raise schedules.ScheduleDeclared(name=name, plugin=stored.plugin)
        store.remove(ctx.transaction.kept, name)
        return {}


def _add_readers(plugin: Builtins) -> None:
    @plugin.handles(schedules.ScheduleList)
    def schedule_list(ctx: Context) -> dict[str, Any]:
        found = _store(plugin).all(ctx.transaction.kept)
        return {"items": [_shown(plugin, stored) for stored in found], "total_count": len(found)}

    @plugin.handles(schedules.ScheduleNext)
    def schedule_next(ctx: Context, name: str, count: int) -> dict[str, Any]:
        store, stored = _found(plugin, ctx, name)
        timetable = _timetable(stored)
        ticks = islice(timetable.after(store.now(ctx.transaction.kept)), count)
        items = [{"at": tick, "local": timetable.local(tick)} for tick in ticks]
        return {"items": items, "total_count": len(items)}


def _add_adding(plugin: Builtins) -> None:
    @plugin.handles(schedules.ScheduleAdd)
    def schedule_add(
        ctx: Context,
        name: str,
        command: str,
        args: dict[str, Any],
        cron: str,
        zone: str,
        missed: str,
        version: int | None = None,
        priority: int | None = None,
    ) -> dict[str, Any]:
        wanted = Schedule(name, command, cron, args, zone, missed, priority)
        from bus.schedules.store import OPERATOR

        definition, timetable = _defined(plugin, wanted, version)
        _refuse_strangers(plugin, definition, ctx.principal)
        store, kept = _store(plugin), ctx.transaction.kept
        taken = store.find(kept, name)
        first = timetable.next(store.now(kept))
        if taken is not None or not store.add(kept, definition, OPERATOR, ctx.principal.id, first):
            raise schedules.ScheduleExists(name=name, origin=OPERATOR if taken is None else taken.origin)
        return {"schedule": _shown(plugin, _found(plugin, ctx, name)[1])}


def _defined(plugin: Builtins, wanted: Schedule, version: int | None) -> tuple[Definition, Timetable]:
    from bus.schedules.defining import define

    try:
        if plugin.bus.registry.find(wanted.command, version).contract.access == INTERNAL:
            raise UnknownCommand.named(wanted.command)
        return define(plugin.bus, wanted, version)
    except (UnknownCommand, UnknownVersion):
        asked = wanted.command if version is None else f"{wanted.command}@{version}"
        raise CommandNotFound(command=asked) from None


def _refuse_strangers(plugin: Builtins, definition: Definition, principal: Principal) -> None:
    """Keep an operator from the network to the roles it has: scheduled jobs run as a local caller, who is not asked."""
    wanted = plugin.bus.registry.find(definition.command, definition.version).contract.access.roles
    if wanted and principal != LOCAL_CALLER and not wanted & principal.roles:
        raise schedules.ScheduleForbidden(command=definition.command, roles=", ".join(sorted(wanted)))


def _found(plugin: Builtins, ctx: Context, name: str, *, lock: bool = False) -> tuple[Schedules, Stored]:
    store = _store(plugin)
    stored = store.find(ctx.transaction.kept, name, lock=lock)
    if stored is None:
        raise schedules.ScheduleNotFound(name=name)
    return store, stored


def _store(plugin: Builtins) -> Schedules:
    from bus.schedules.store import Schedules

    return Schedules(plugin.bus.database)


def _timetable(stored: Stored) -> Timetable:
    from bus.schedules.ticks import Timetable

    return Timetable(stored.definition.cron, stored.definition.zone)


def _shown(plugin: Builtins, stored: Stored) -> dict[str, Any]:
    from bus.schedules.defining import obstacle

    shown = stored.definition._asdict() | stored._asdict()
    del shown["definition"]
    return shown | {
        "args": wire.decode_stored(stored.definition.args),
        "next_at": None if stored.is_paused else stored.next_at,
        "obstacle": obstacle(plugin.bus, stored),
    }
