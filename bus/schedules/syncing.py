"""Bringing the table to what the loaded plugins declare; done whenever a scheduler starts.

New ones are added, changed ones changed, those no longer declared removed. An operator's pause survives all of it. What
a plugin has declared that is not loaded here stays as it is: another process may have it, or it may come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import loader, logs
from bus.errors import BusError, SetupError
from bus.principal import LOCAL_CALLER
from bus.requests import fault_of
from bus.schedules.declared import MISSED, NAME, Schedule
from bus.schedules.defining import define
from bus.schedules.store import Definition, Schedules, Stored
from bus.schedules.ticks import Timetable

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.database import Kept


class Declared(NamedTuple):
    """A schedule of a plugin, checked."""

    plugin: str
    definition: Definition
    timetable: Timetable

    @property
    def origin(self) -> str:
        """As the table has it."""
        return f"plugin:{self.plugin}"


def sync(bus: Bus) -> None:
    """Bring the table to what the loaded plugins declare.

    Raises:
        SetupError: a declaration is wrong, or its name is taken; the message names plugin and schedule.
    """
    declared = gather(bus)
    store = Schedules(bus.database)
    with bus.database.writer().transaction() as kept:
        now = store.now(kept)
        settled = {name: _settle(store, kept, declared[name], now) for name in sorted(declared)}
        removed = _remove_others(bus, store, kept, declared)
    added, changed = ([name for name, what in settled.items() if what == word] for word in ("added", "changed"))
    if added or changed or removed:
        logs.get("bus").info("schedules_synced", added=added, changed=changed, removed=removed)


def gather(bus: Bus) -> dict[str, Declared]:
    """What the loaded plugins declare, by name.

    Raises:
        SetupError: a declaration is wrong, or two have one name.
    """
    found: dict[str, Declared] = {}
    for plugin, declare in loader.named_implementations(bus.hooks, "bus_schedules"):
        for schedule in _declarations(plugin, declare):
            one = _checked(bus, plugin, schedule)
            other = found.setdefault(one.definition.name, one)
            if other is not one:
                raise _wrong(plugin, schedule.name, f"the plugin {other.plugin} declares one of that name; rename it")
    return found


def _declarations(plugin: str, declare: Any) -> Iterable[Schedule]:
    try:
        schedules = list(declare())
    except Exception as error:
        raise SetupError(f"plugin {plugin}: bus_schedules failed: {type(error).__name__}: {error}") from error
    for schedule in schedules:
        if not isinstance(schedule, Schedule):
            raise SetupError(
                f"plugin {plugin}: bus_schedules answers {schedule!r}; it must answer bus.Schedule objects"
            )
    return schedules


def _checked(bus: Bus, plugin: str, schedule: Schedule) -> Declared:
    fault = _fault(schedule)
    if fault is not None:
        raise _wrong(plugin, schedule.name, fault)
    try:
        return Declared(plugin, *define(bus, schedule))
    except BusError as error:
        raise _wrong(plugin, schedule.name, error.message) from None
    except (TypeError, ValueError) as error:  # a contract that takes anything, and arguments that are no JSON
        raise _wrong(plugin, schedule.name, f"the arguments cannot be stored as JSON: {error}") from error


def _fault(schedule: Schedule) -> str | None:
    """What is wrong with the members that say nothing about other things."""
    texts: dict[str, Any] = {"name": schedule.name, "command": schedule.command}
    texts |= {"cron": schedule.cron, "zone": schedule.zone}
    for member, value in texts.items():
        if not isinstance(value, str):
            return f"{member} must be text"
    args: Any = schedule.args
    if not isinstance(args, Mapping):
        return "args must be a mapping"
    if not re.match(NAME, schedule.name):
        return "the name must be up to 100 letters, digits and _ - . and begin with a letter or a digit"
    if schedule.missed not in MISSED:
        return f"missed must be one of {', '.join(MISSED)}"
    priority = None if schedule.priority is None else fault_of("priority", schedule.priority)
    return None if priority is None else f"the priority {priority}"


def _wrong(plugin: str, name: object, why: str) -> SetupError:
    return SetupError(f"plugin {plugin}: the schedule {name!r}: {why}")


def _settle(store: Schedules, kept: Kept, one: Declared, now: int) -> str | None:
    """Add or change one; answers what was done, None: nothing."""
    definition, first = one.definition, one.timetable.next(now)
    if store.add(kept, definition, one.origin, LOCAL_CALLER.id, first):
        return "added"
    stored = store.find(kept, definition.name, lock=True)
    if stored is None:  # its remover has committed in between
        return _settle(store, kept, one, now)
    if stored.origin != one.origin:
        raise _wrong(one.plugin, definition.name, _taken_by(stored))
    if stored.definition == definition:
        return None
    is_same_time = (stored.definition.cron, stored.definition.zone) == (definition.cron, definition.zone)
    store.change(kept, definition, stored.next_at if is_same_time else first)
    return "changed"


def _taken_by(stored: Stored) -> str:
    owner = "an operator" if stored.plugin is None else f"the plugin {stored.plugin}"
    return f"the name belongs to {owner}; rename this one, or run `bus schedules remove {stored.name}`"


def _remove_others(bus: Bus, store: Schedules, kept: Kept, declared: dict[str, Declared]) -> list[str]:
    """Remove what the loaded plugins do not declare any more."""
    loaded = {plugin.name for plugin in bus.plugins}
    gone = [stored.name for stored in store.all(kept) if stored.plugin in loaded and stored.name not in declared]
    return [name for name in gone if store.remove(kept, name)]
