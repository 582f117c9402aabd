"""Waiting for jobs without a thread, a query or a connection for each who waits: one look a moment for all of them.

What a look finds is only that something has changed; whoever is woken asks for the job with a session of its own.

Not here: what is told of a job (bus/gateway/jobs.py, bus/gateway/events.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from bus import logs

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.gateway.threads import CallThreads

#: Seconds between two looks at least; and how many times longer than the look itself the pause after it is.
LOOK_S, PAUSE_FACTOR = 0.1, 10
#: Jobs that one query asks for.
PAGE = 500

#: What may change about a job: state, whether its time has come, attempt, whether it is cancelled, progress.
Facts = tuple[Any, ...]


class Watch:
    """Somebody who waits for one job to change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        #: Whether waiting is of no more use: the server ends, or whoever waits has left.
        self.is_over = False

    async def changed(self, timeout_s: float) -> bool:
        """Wait until the job may have changed; False: it has not within ``timeout_s``."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        is_woken = self._event.is_set()
        self._event.clear()
        return is_woken

    def wake(self) -> None:
        """Let whoever waits look again."""
        self._event.set()

    def end(self) -> None:
        """Let whoever waits leave."""
        self.is_over = True
        self._event.set()


class Watching:
    """Looks after all jobs that somebody waits for.

    Args:
        bus: whose jobs they are.
        threads: where the database is asked.
    """

    def __init__(self, bus: Bus, threads: CallThreads) -> None:
        self._bus = bus
        self._threads = threads
        self._watches: dict[str, set[Watch]] = {}
        self._facts: dict[str, Facts | None] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_over = False
        self._sql = "SELECT id, state, run_at>{now}, attempt, is_cancelled, progress FROM bus_job WHERE id IN ({marks})"

    @contextmanager
    def watch(self, job_id: str) -> Generator[Watch]:
        """Somebody who waits for a job; the first look after this wakes in any case."""
        watch = Watch()
        watch.is_over = self._is_over
        watchers = self._watches.setdefault(job_id, set())
        watchers.add(watch)
        self._facts.pop(job_id, None)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())
        try:
            yield watch
        finally:
            watchers.discard(watch)
            if not watchers and self._watches.get(job_id) is watchers:
                del self._watches[job_id]
                self._facts.pop(job_id, None)

    def end(self) -> None:
        """Let everybody leave who waits, and nobody wait any more."""
        self._is_over = True
        for watchers in self._watches.values():
            for watch in watchers:
                watch.end()

    async def _look(self) -> None:
        """Look until nobody waits."""
        while self._watches and not self._is_over:
            began = time.monotonic()
            try:
                found = await self._threads.run(self._find, list(self._watches))
            except Exception as error:  # noqa: BLE001  # the database may be away for a while
                logs.get("bus.gateway").warning("jobs_not_seen", why=f"{type(error).__name__}: {error}")
            else:
                self._tell(found)
            await asyncio.sleep(max(LOOK_S, PAUSE_FACTOR * (time.monotonic() - began)))

    def _tell(self, found: dict[str, Facts]) -> None:
        for job_id, watchers in self._watches.items():
            facts = found.get(job_id)
            if job_id not in self._facts or self._facts[job_id] != facts:
                self._facts[job_id] = facts
                for watch in watchers:
                    watch.wake()

    def _find(self, job_ids: Sequence[str]) -> dict[str, Facts]:
        """What there is to know of these jobs, as far as there are such."""
        database = self._bus.database
        found: dict[str, Facts] = {}
        with database.reader().transaction(write=False) as kept:
            for begin in range(0, len(job_ids), PAGE):
                page = job_ids[begin : begin + PAGE]
                marks = ",".join("?" * len(page))
                sql = database.sql(self._sql.format(now=database.dialect.now_ms, marks=marks))
                found.update((row[0], tuple(row[1:])) for row in kept.raw.execute(sql, page).fetchall())
        return found
