"""What stands where: the depth and the pace of every queue, and what every worker runs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bus.jobs.states import KEY_LANE

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.jobs.pauses import Pause
    from bus.jobs.port import Waiting
    from bus.jobs.processes import WorkerProcess

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
#: Running jobs that are named, over all workers.
MOST = 1_000
#: Figures that add up over queues.
COUNTS = ("waiting", "waiting_for_key", "scheduled", "running", "finished_minute", "finished_hour")
_NO_LETTERS: dict[str, Waiting] = {}
#: Figures that nobody may know.
_MAYBE = ("oldest_waiting_ms", "letters", "oldest_letter_ms")


class Overview:
    """The statements.

    Args:
        database: where the jobs are.
    """

    def __init__(self, database: Database) -> None:
        sql = database.sql
        self._meet_here = database.kind == "sqlite"
        is_due, has_leave = "run_at<=?", f"lane!={KEY_LANE}"
        # Two halves, as the indexes have them: nothing but the index is read.
        waiting = (
            f"SELECT queue, count(CASE WHEN {is_due} AND {has_leave} THEN 1 END), "
            f"count(CASE WHEN {is_due} AND NOT {has_leave} THEN 1 END), count(CASE WHEN NOT {is_due} THEN 1 END), "
            f"min(CASE WHEN {is_due} AND {has_leave} THEN run_at END) "
            "FROM bus_job{} WHERE state='queued' AND attempt{}0 GROUP BY queue"
        )
        halves = (("bus_job_fresh", "="), ("bus_job_again", ">"))
        self._waiting = [sql(waiting.format(database.dialect.indexed_by.format(name), sign)) for name, sign in halves]
        self._running = "SELECT queue, count(*) FROM bus_job WHERE state='running' GROUP BY queue"
        self._finished = sql(
            "SELECT queue, count(CASE WHEN finished_at>? THEN 1 END), count(*) "
            "FROM bus_job WHERE finished_at IS NOT NULL AND finished_at>? GROUP BY queue"
        )
        self._owners = "SELECT owner, count(*) FROM bus_job WHERE state='running' GROUP BY owner"
        self._jobs = (
            "SELECT owner, id, contract, queue, attempt, started_at FROM bus_job WHERE state='running' "
            f"ORDER BY started_at, id LIMIT {MOST}"
        )

    def queues(
        self,
        kept: Kept,
        names: Iterable[str],
        pauses: Sequence[Pause],
        now_ms: int,
        letters: Mapping[str, Waiting] | None = None,
    ) -> list[dict[str, Any]]:
        """Every queue that has a name here, a job, or a pause; by name.

        Args:
            kept: an open transaction.
            names: queues to tell of even when they are empty.
            pauses: what is held back.
            now_ms: by the clock that decides when jobs are due.
            letters: requests that wait at the broker, by queue; None: nobody can tell.
        """
        found: dict[str, dict[str, Any]] = {}

        def of(queue: str) -> dict[str, Any]:
            return found.setdefault(queue, _empty(queue))

        halves = [kept.raw.execute(statement, (now_ms,) * 4).fetchall() for statement in self._waiting]
        for queue, waiting, for_key, scheduled, oldest in itertools.chain(*halves):
            _add(of(queue), waiting, for_key, scheduled, None if oldest is None else now_ms - oldest)
        for queue, running in kept.raw.execute(self._running).fetchall():
            of(queue)["running"] = running
        since = (now_ms - _MINUTE_MS, now_ms - _HOUR_MS)
        for queue, minute, hour in kept.raw.execute(self._finished, since).fetchall():
            of(queue).update(finished_minute=minute, finished_hour=hour)
        for pause in pauses:
            if pause.kind == "queue":
                of(pause.name).update(is_paused=True, pause_reason=pause.reason)
        for name in names:
            of(name)
        for name, at_broker in (letters or _NO_LETTERS).items():
            of(name).update(letters=at_broker.letters, oldest_letter_ms=at_broker.oldest_ms)
        return [found[queue] for queue in sorted(found)]

    def workers(self, kept: Kept, living: Sequence[WorkerProcess]) -> list[dict[str, Any]]:
        """Every worker that lives on this host or holds a job, by name.

        Args:
            kept: an open transaction.
            living: the worker processes of this host.
        """
        found = {process.owner: _alive(process) for process in living}
        for owner, count in kept.raw.execute(self._owners).fetchall():
            found.setdefault(owner, _unseen(owner, is_alive=False if self._meet_here else None))["running"] = count
        for owner, id_, contract, queue, attempt, started_at in kept.raw.execute(self._jobs).fetchall():
            command, _, version = contract.rpartition("@")
            job = {"id": id_, "command": command, "version": int(version), "queue": queue}
            found[owner]["jobs"].append(job | {"attempt": attempt, "started_at": started_at})
        return [found[owner] for owner in sorted(found)]


def total(queues: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures of all queues together."""
    known = {name: [queue[name] for queue in queues if queue[name] is not None] for name in _MAYBE}
    sums = {name: sum(queue[name] for queue in queues) for name in COUNTS}
    oldest = {name: max(known[name], default=None) for name in ("oldest_waiting_ms", "oldest_letter_ms")}
    return sums | oldest | {"letters": sum(known["letters"]) if known["letters"] else None}


def _add(queue: dict[str, Any], waiting: int, for_key: int, scheduled: int, oldest_ms: int | None) -> None:
    queue["waiting"] += waiting
    queue["waiting_for_key"] += for_key
    queue["scheduled"] += scheduled
    if oldest_ms is not None:
        queue["oldest_waiting_ms"] = max(oldest_ms, queue["oldest_waiting_ms"] or 0)


def _empty(queue: str) -> dict[str, Any]:
    rest = {"is_paused": False, "pause_reason": None}
    return {"name": queue, **dict.fromkeys(COUNTS, 0), **dict.fromkeys(_MAYBE), **rest}


def _alive(process: WorkerProcess) -> dict[str, Any]:
    known = {"pid": process.pid, "started_at": process.started_at, "threads": process.threads}
    queues = {"queues": sorted(process.queues), "is_ward": process.is_ward}
    return _unseen(process.owner, is_alive=True) | known | queues


def _unseen(owner: str, *, is_alive: bool | None) -> dict[str, Any]:
    """A worker of which only its jobs tell."""
    nothing = dict.fromkeys(("pid", "started_at", "threads", "queues", "is_ward"))
    host = owner.rpartition("/")[0]
    return {"owner": owner, "host": host, "is_alive": is_alive, **nothing, "running": 0, "jobs": []}
