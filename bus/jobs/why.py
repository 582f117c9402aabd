"""The one reason why a job is still waiting, or what has become of it.

The reasons are looked for in the order in which one hides the next: what holds a job for certain comes first, what
only delays it last. The first that is found is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire
from bus.clock import spelled
from bus.jobs.gates import MICROS, step_of
from bus.jobs.pauses import QUEUE_PAUSED, held_back, holds_back
from bus.jobs.states import ENDED, IS_ALIVE, KEY_LANE, JobState

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.jobs.processes import WorkerProcess

#: Jobs before another one are counted up to here.
MOST = 10_000
#: Jobs that hold a key which are named.
NAMED = 20


class Reason(NamedTuple):
    """Why, for programs and for people."""

    code: str
    message: str
    details: dict[str, Any]


class Waiting(NamedTuple):
    """What decides when a job runs. Times are epoch milliseconds."""

    id: str
    state: str
    contract: str
    queue: str
    lane: int
    priority: int
    run_at: int
    attempt: int
    owner: str | None
    is_cancelled: bool
    started_at: int | None
    finished_at: int | None
    key: str | None
    key_limit: int | None
    rate_count: int | None
    rate_ms: int | None
    #: Whether it is running and its lease has passed.
    is_lost: bool
    #: By the clock that decides when jobs are due.
    now: int


class Why:
    """The statements, and the order in which they are asked.

    Args:
        database: where the jobs are.
        living: the worker processes of this host; None: nobody can tell.
    """

    def __init__(self, database: Database, living: Sequence[WorkerProcess] | None) -> None:
        d, sql = database.dialect, database.sql
        self._living = living
        #: Whether workers of other hosts may be at work on this database.
        self._may_be_elsewhere = database.kind != "sqlite"
        self._job = sql(
            f"SELECT {', '.join(Waiting._fields[:-2])}, state='running' AND lease_until<{d.lease_ms}, {d.now_ms} "
            "FROM bus_job WHERE id=?"
        )
        pause = "path, value, reason, bus_pause.principal, bus_pause.created_at"
        self._queue_pause = sql(QUEUE_PAUSED.replace("SELECT 1", f"SELECT {pause}"))
        self._command_pause = sql(
            f"SELECT {pause} FROM bus_job, bus_pause WHERE bus_job.id=? AND {holds_back(d.json_member)} ORDER BY path"
        )
        holding = f"FROM bus_job WHERE key=? AND lane!={KEY_LANE} AND {IS_ALIVE}"
        self._holders = sql(f"SELECT id, state {holding} ORDER BY id LIMIT {NAMED}")
        self._held = sql(f"SELECT count(*) {holding}")
        self._used_until = sql("SELECT used_until FROM bus_key WHERE name=?")
        self._elsewhere = sql(f"SELECT DISTINCT owner FROM bus_job WHERE state='running' AND lease_until>={d.lease_ms}")
        # Two halves, as the indexes have them; a key's jobs wait for each other alone.
        before = (
            "SELECT priority FROM bus_job WHERE queue=? AND lane=? AND state='queued' AND attempt{}0 "
            f"AND run_at<=? AND (key=? OR ?!={KEY_LANE}) AND (priority, run_at, id)<(?,?,?) "
            f"AND NOT EXISTS ({held_back(d.json_member)}) LIMIT {MOST}"
        )
        self._before = [
            sql(f"SELECT count(*), count(CASE WHEN priority<? THEN 1 END) FROM ({before.format(sign)}) AS earlier")
            for sign in "=>"
        ]

    def reason(self, kept: Kept, job_id: str) -> Reason | None:
        """Why; None when there is no such job."""
        row = kept.raw.execute(self._job, (job_id,)).fetchone()
        if row is None:
            return None
        job = Waiting(*row)
        steps = (
            *(self._ended, self._running, self._time, self._queue_paused, self._command_paused),
            *(self._key_full, self._rate_used, self._workers, self._others),
        )
        found = (step(kept, job) for step in steps)
        due = Reason("due", "it is due; a worker will take it", {"since": job.run_at})
        return next((reason for reason in found if reason is not None), due)

    def _ended(self, _kept: Kept, job: Waiting) -> Reason | None:
        if job.state not in ENDED:
            return None
        words = {
            JobState.FAILED.value: "; the command refused, and repeating would not help",
            JobState.DEAD.value: "; all attempts are used up",
        }
        at = "" if job.finished_at is None else f" at {spelled(job.finished_at)}"
        message = f"it has ended{at}: {job.state}{words.get(job.state, '')}"
        return Reason("ended", message, {"state": job.state, "finished_at": job.finished_at})

    def _running(self, _kept: Kept, job: Waiting) -> Reason | None:
        if job.state != JobState.RUNNING:
            return None
        details = {"owner": job.owner, "since": job.started_at, "attempt": job.attempt}
        if job.is_lost or not self._may_live(job.owner):
            message = f"{job.owner} ran it and is gone; the next worker that looks takes it over"
            return Reason("worker_gone", message, details)
        since = "" if job.started_at is None else f" since {spelled(job.started_at)}"
        asked = "; it has been asked to stop" if job.is_cancelled else ""
        message = f"{job.owner} runs it{since}, attempt {job.attempt}{asked}"
        return Reason("running", message, details | {"is_cancelled": bool(job.is_cancelled)})

    def _may_live(self, owner: str | None) -> bool:
        """False where all workers meet on this host, and this one is not among them."""
        return self._living is None or self._may_be_elsewhere or any(one.owner == owner for one in self._living)

    def _time(self, _kept: Kept, job: Waiting) -> Reason | None:
        if job.run_at <= job.now:
            return None
        details = {"until": job.run_at, "attempt": job.attempt}
        if job.started_at is None:
            return Reason("scheduled", f"it is scheduled for {spelled(job.run_at)}", details)
        message = f"it rests until {spelled(job.run_at)}, before its next attempt; {job.attempt} made so far"
        return Reason("resting", message, details)

    def _queue_paused(self, kept: Kept, job: Waiting) -> Reason | None:
        pause = kept.raw.execute(self._queue_pause, (job.queue,)).fetchone()
        if pause is None:
            return None
        return Reason("queue_paused", f"its queue {job.queue} is paused{_said(pause)}", _of(pause, queue=job.queue))

    def _command_paused(self, kept: Kept, job: Waiting) -> Reason | None:
        pause = kept.raw.execute(self._command_pause, (job.id,)).fetchone()
        if pause is None:
            return None
        name, (path, value, *_) = job.contract.rpartition("@")[0], pause
        if not path:
            return Reason("command_paused", f"its command {name} is paused{_said(pause)}", _of(pause, command=name))
        message = f"its command {name} is paused where {path} is {value}{_said(pause)}"
        which = {"command": name, "path": path, "value": wire.decode_stored(value)}
        return Reason("argument_paused", message, _of(pause, **which))

    def _key_full(self, kept: Kept, job: Waiting) -> Reason | None:
        if job.lane != KEY_LANE or job.key_limit is None:
            return None
        count = kept.raw.execute(self._held, (job.key,)).fetchone()[0]
        if count < job.key_limit:
            return None
        rows = kept.raw.execute(self._holders, (job.key,)).fetchall()
        holders = [{"id": id_, "state": state} for id_, state in rows]
        named = ", ".join(f"{holder['id']} ({holder['state']})" for holder in holders)
        message = f"its key {job.key} lets {job.key_limit} at a time go, and {count} hold it: {named}"
        return Reason("key_full", message, {"key": job.key, "limit": job.key_limit, "count": count, "holders": holders})

    def _rate_used(self, kept: Kept, job: Waiting) -> Reason | None:
        if job.lane != KEY_LANE or job.rate_count is None or job.rate_ms is None:
            return None
        row = kept.raw.execute(self._used_until, (job.key,)).fetchone()
        used_until = row[0] if row else 0
        until = (used_until + step_of(job.rate_count, job.rate_ms)) // MICROS - job.rate_ms
        if until <= job.now:
            return None
        message = f"{job.rate_count} in {job.rate_ms} ms of its key {job.key} are used up until {spelled(until)}"
        details = {"key": job.key, "rate_count": job.rate_count, "rate_ms": job.rate_ms, "until": until}
        return Reason("rate_used_up", message, details)

    def _workers(self, kept: Kept, job: Waiting) -> Reason | None:
        if self._living is None or (self._may_be_elsewhere and self._is_any_elsewhere(kept, self._living)):
            return None
        ordinary = [worker for worker in self._living if not worker.is_ward]
        if not ordinary:
            where = " on this host, and none elsewhere runs a job" if self._may_be_elsewhere else ""
            return Reason("no_worker", f"no worker process lives{where}; start `bus worker`", {})
        knowing = [worker for worker in ordinary if job.contract in worker.contracts]
        if not knowing:
            message = f"no living worker knows {job.contract}; start one with the plugin that answers it"
            return Reason("unknown_command", message, {"contract": job.contract})
        if all(job.queue not in worker.queues for worker in knowing):
            message = f"no living worker that knows {job.contract} looks at the queue {job.queue}"
            return Reason("queue_unattended", message, {"queue": job.queue, "contract": job.contract})
        return None

    def _is_any_elsewhere(self, kept: Kept, living: Sequence[WorkerProcess]) -> bool:
        here = {worker.owner for worker in living}
        return any(row[0] not in here for row in kept.raw.execute(self._elsewhere).fetchall())

    def _others(self, kept: Kept, job: Waiting) -> Reason | None:
        where = (job.queue, job.lane, job.now, job.key, job.lane, job.priority, job.run_at, job.id)
        rows = [kept.raw.execute(statement, (job.priority, *where)).fetchone() for statement in self._before]
        count, higher = sum(row[0] for row in rows), sum(row[1] for row in rows)
        if count == 0:
            return None
        several = f"{MOST} or more" if count >= MOST else str(count)
        message = f"{several} due jobs are before it in the queue {job.queue}, {higher} of them of higher priority"
        return Reason("others_first", message, {"queue": job.queue, "before": count, "higher_priority": higher})


def _said(pause: tuple[Any, ...]) -> str:
    """Why something is paused, by whom and since when."""
    _, _, reason, principal, created_at = pause
    return f" by {principal} since {spelled(created_at)}{f': {reason}' if reason else ''}"


def _of(pause: tuple[Any, ...], **what: Any) -> dict[str, Any]:
    _, _, reason, principal, created_at = pause
    return {**what, "reason": reason, "principal": principal, "since": created_at}
