"""Fires the ticks of schedules: each once, however many schedulers there are, also when they are killed.

A tick is taken and its jobs are stored in one transaction. It is taken by moving ``next_at`` on from the value that was
read; whoever finds another value there fires nothing. What is due is decided by the clock of the database.

Not here: which ticks get jobs (bus/schedules/policy.py), the process and its signals (workers/scheduler_cli.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bus import logs, wire
from bus.errors import BusError, CommitUnknown, DatabaseBusy
from bus.jobs.publishing import Timing
from bus.principal import LOCAL_CALLER
from bus.schedules.defining import command_of, obstacle
from bus.schedules.policy import Plan, plan
from bus.schedules.store import Schedules, Stored
from bus.schedules.syncing import sync
from bus.schedules.ticks import Timetable
from workers.points import reach

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.command import Command
    from bus.database import Kept

#: Milliseconds between two looks at most: how late a change of an operator is noticed.
LOOK_MS = 1_000


class Look(NamedTuple):
    """What one look into the table has found."""

    #: Epoch milliseconds by the database's clock.
    now: int
    due: list[Stored]
    #: When the next look shall be; ``now`` and a second at the latest.
    next_at: int


class Fired(NamedTuple):
    """What became of a due schedule."""

    #: None of them when another scheduler was faster.
    jobs: list[str]
    #: When it is due again.
    next_at: int


class Scheduler:
    """Fires what is due, look by look.

    Args:
        bus: publishes the jobs.
        clock: tells the time in an open transaction; None: the database's.
    """

    def __init__(self, bus: Bus, clock: Callable[[Kept], int] | None = None) -> None:
        self._bus = bus
        self._store = Schedules(bus.database)
        self._clock = clock or self._store.now
        self._is_synced = False
        #: What was told of schedules that are due and not fired, so that the log has it once.
        self._told: dict[str, str] = {}

    def step(self) -> float:
        """Look once and fire what is due; answers the seconds until the next look. A busy database is waited out.

        Raises:
            SetupError: a plugin declares a schedule wrongly.
        """
        try:
            if not self._is_synced:
                sync(self._bus)
                self._is_synced = True
                logs.get("workers").info("scheduler_ready")
            began = time.monotonic()
            look = self.look()
            fired = [self.fire(stored, look.now) for stored in look.due]
        except (DatabaseBusy, CommitUnknown) as error:
            # Nothing is lost: next_at tells at the next look what was done.
            logs.get("workers").warning("database_busy", why=error.message)
            return LOOK_MS / 1000
        next_at = min([look.next_at, *(one.next_at for one in fired if one is not None)])
        return max(0.0, (next_at - look.now) / 1000 - (time.monotonic() - began))

    def look(self) -> Look:
        """What is due, and when something will be."""
        with self._bus.database.reader().transaction(write=False) as kept:
            now = self._clock(kept)
            soon = self._store.due(kept, now + LOOK_MS)
        later = (stored.next_at for stored in soon if stored.next_at > now)
        return Look(now, [stored for stored in soon if stored.next_at <= now], min(later, default=now + LOOK_MS))

    def fire(self, stored: Stored, now: int) -> Fired | None:
        """Queue what a due schedule has to queue; None: it waits for somebody who can.

        Raises:
            DatabaseBusy, CommitUnknown: nobody knows yet whether it was done.
        """
        command = command_of(self._bus, stored.definition)
        why = obstacle(self._bus, stored)
        if command is None or why is not None:
            self._tell(stored, f"{why}; it waits for a scheduler that has it")
            return None
        try:
            what = plan(
                Timetable(stored.definition.cron, stored.definition.zone), stored.next_at, now, stored.definition.missed
            )
            jobs = self._take(stored, what, command)
        except (DatabaseBusy, CommitUnknown):
            raise
        except BusError as error:  # what it needs has changed since it was defined
            self._tell(stored, error.message)
            return None
        except Exception as error:  # noqa: BLE001  # one schedule never stops the others
            self._tell(stored, f"{type(error).__name__}: {error}", error)
            return None
        self._told.pop(stored.name, None)
        if jobs is not None:
            reach("tick_committed")
            self._bus.announce({command.queue.name})
            _log(stored, what, jobs)
        return Fired(jobs or [], what.next_at)

    def _take(self, stored: Stored, what: Plan, command: Command) -> list[str] | None:
        """Take the ticks and store their jobs, in one transaction; None: they were taken already."""
        definition, publisher = stored.definition, self._bus.publisher
        timing, args = Timing(priority=definition.priority), wire.decode_stored(definition.args)
        names = [correlation_id(definition.name, tick) for tick in what.ticks]
        rows = [publisher.prepare(command, args, LOCAL_CALLER.id, name, timing) for name in names]
        reach("tick_planned")
        with self._bus.database.writer().transaction() as kept:
            if not self._store.move(kept, stored, what.next_at, what.ticks[-1] if what.ticks else None):
                return None
            reach("tick_taken")
            jobs = publisher.insert(kept, rows)
            if jobs:
                self._store.note_job(kept, definition.name, jobs[-1])
            reach("tick_stored")
        return jobs

    def _tell(self, stored: Stored, why: str, error: Exception | None = None) -> None:
        if self._told.get(stored.name) != why:
            self._told[stored.name] = why
            log = logs.get("workers")
            log.warning("schedule_not_fired", schedule=stored.name, due_at=stored.next_at, why=why, exc_info=error)


def correlation_id(name: str, tick: int) -> str:
    """The name of the job of a tick, in the log and in the table of jobs."""
    return f"schedule-{name}-{tick}"


def _log(stored: Stored, what: Plan, jobs: list[str]) -> None:
    log = logs.get("workers")
    if what.left_out:
        log.warning(
            "ticks_left_out",
            schedule=stored.name,
            since=stored.next_at,
            left_out=what.left_out,
            fired=len(jobs),
            policy=stored.definition.missed,
        )
    if jobs:
        log.info("schedule_fired", schedule=stored.name, tick=what.ticks[-1], job=jobs[-1], count=len(jobs))
