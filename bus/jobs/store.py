"""Reading and steering jobs: what ``job_get``, ``job_list``, ``job_cancel`` and ``job_retry`` stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire
from bus.envelope import Envelope
from bus.errors import Cancelled
from bus.jobs.follow import Follow
from bus.jobs.gates import Gates
from bus.jobs.states import ENDED, IS_ALIVE, KEY_LANE, RETRYABLE, SCHEDULED, JobState

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.principal import Principal

_COLUMNS = (
    "id, contract, queue, state, priority, run_at, attempt, correlation_id, principal, is_cancelled, "
    "created_at, started_at, finished_at, result, key, progress"
)


class Job(NamedTuple):
    """One queued command as its publisher and the operators see it. Times are epoch milliseconds."""

    id: str
    command: str
    version: int
    queue: str
    #: ``queued running succeeded failed dead cancelled``, or ``scheduled`` for a queued one whose time has not come.
    state: str
    priority: int
    run_at: int
    attempt: int
    correlation_id: str
    principal: str
    is_cancelled: bool
    created_at: int
    started_at: int | None
    finished_at: int | None
    #: The envelope of the last attempt; of the whole job once it has ended.
    last: Envelope | None
    #: What it waits its turn by; None: the queue alone.
    key: str | None
    #: ``done``, ``total``, ``message`` and ``at`` as the handler told them.
    progress: dict[str, Any] | None

    @property
    def reference(self) -> dict[str, Any]:
        """``job`` as envelopes carry it."""
        return {"id": self.id, "state": self.state}

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDED

    @property
    def envelope(self) -> Envelope | None:
        """The answer of the job; None while it has none."""
        return self.last if self.has_ended else None


class JobStore:
    """The table of jobs, for readers and operators."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._now = f"SELECT {database.dialect.now_ms}"
        sql = database.sql
        self._find = sql(f"SELECT {_COLUMNS}, {database.dialect.now_ms} FROM bus_job WHERE id=?")
        self._cancel_waiting = sql(
            f"UPDATE bus_job SET state='cancelled', is_cancelled=true, finished_at={database.dialect.now_ms}, result=? "
            "WHERE id=? AND state='queued' RETURNING key"
        )
        self._cancel_running = sql("UPDATE bus_job SET is_cancelled=true WHERE id=? AND state='running'")
        states = ",".join(f"'{state}'" for state in sorted(RETRYABLE))
        self._retry = sql(
            "UPDATE bus_job SET state='queued', attempt=0, alone=0, is_cancelled=false, "
            "started_at=NULL, finished_at=NULL, result=NULL, "
            f"run_at={database.dialect.now_ms}, lane=CASE WHEN key IS NULL THEN lane ELSE {KEY_LANE} END "
            f"WHERE id=? AND state IN ({states}) AND NOT EXISTS (SELECT 1 FROM bus_job AS other WHERE "
            f"other.unique_key=bus_job.unique_key AND other.{IS_ALIVE}) RETURNING queue, key"
        )
        self._attempts = sql(
            "SELECT attempt, owner, started_at, finished_at, code, message FROM bus_attempt WHERE job=? ORDER BY fence"
        )
        self._gates = Gates(database)
        self._follow = Follow(database)

    def now_ms(self) -> int:
        """Epoch milliseconds by the clock that decides when jobs are due."""
        with self._database.reader().transaction(write=False) as kept:
            return self.now_inside(kept)

    def now_inside(self, kept: Kept) -> int:
        """``now_ms`` in an open transaction."""
        return kept.raw.execute(self._now).fetchone()[0]

    def find(self, job_id: str, principal: Principal | None = None) -> Job | None:
        """The job of an id; None when there is none, or when it is not this principal's to see."""
        with self._database.reader().transaction(write=False) as kept:
            return self.find_inside(kept, job_id, principal)

    def find_inside(self, kept: Kept, job_id: str, principal: Principal | None = None) -> Job | None:
        """``find`` in an open transaction."""
        row = kept.raw.execute(self._find, (job_id,)).fetchone()
        if row is None or not _may_see(principal, row[8]):
            return None
        return _job(row)

    def attempts_inside(self, kept: Kept, job_id: str) -> list[dict[str, Any]]:
        """The attempts of a job that did not end well, in order."""
        rows = kept.raw.execute(self._attempts, (job_id,)).fetchall()
        names = ("attempt", "owner", "started_at", "finished_at", "code", "message")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def list_inside(
        self, kept: Kept, principal: Principal, filters: dict[str, str], limit: int, before: str | None
    ) -> tuple[list[Job], int]:
        """One page, newest first, and how many match in all.

        Args:
            kept: an open transaction.
            principal: sees its own jobs, an operator all.
            filters: ``state``, ``queue``, ``command``, ``key``: value to match.
            limit: rows of the page.
            before: id of the last job of the page before; None: the newest.
        """
        where, values = self._where(principal, filters)
        total = kept.raw.execute(self._database.sql(f"SELECT count(*) FROM bus_job WHERE {where}"), values).fetchone()[
            0
        ]
        page, at = (f"{where} AND id<?", [*values, before]) if before else (where, values)
        query = f"SELECT {_COLUMNS}, {self._database.dialect.now_ms} FROM bus_job WHERE {page} ORDER BY id DESC LIMIT ?"
        rows = kept.raw.execute(self._database.sql(query), [*at, limit]).fetchall()
        return [_job(row) for row in rows], total

    def _where(self, principal: Principal, filters: dict[str, str]) -> tuple[str, list[Any]]:
        where, values = conditions(self._database, filters)
        if principal.is_operator:
            return where, values
        return f"{where} AND principal=?", [*values, principal.id]

    def cancel_inside(self, kept: Kept, job: Job) -> bool:
        """Cancel a waiting job at once; ask a running one to stop at its next checkpoint. False: it has just ended."""
        answer = Envelope.failure(
            job.command, job.version, Cancelled("the job was cancelled before it began"), job.correlation_id
        )
        waiting = kept.raw.execute(self._cancel_waiting, (wire.encode(answer.to_dict()).decode(), job.id)).fetchone()
        if waiting is None:
            return bool(kept.raw.execute(self._cancel_running, (job.id,)).rowcount)
        if waiting[0] is not None:
            self._gates.admit_waiting(kept, waiting)
        self._follow.after(kept, job.id)
        return True

    def retry_inside(self, kept: Kept, job_id: str) -> str | None:
        """Put an ended job back into the queue with all its attempts; answers the queue, None when it may not."""
        row = kept.raw.execute(self._retry, (job_id,)).fetchone()
        if row is None:
            return None
        if row[1] is not None:
            self._gates.admit(kept, row[1:])
        return row[0]


def conditions(database: Database, filters: dict[str, str]) -> tuple[str, list[Any]]:
    """SQL for the jobs that match, and its values.

    Args:
        database: where they are.
        filters: ``state``, ``queue``, ``command``, ``key``: value to match.
    """
    parts, values = ["1=1"], list[Any]()
    for name, value in filters.items():
        if name == "state" and value in (SCHEDULED, JobState.QUEUED):
            parts.append(f"state='queued' AND run_at{'>' if value == SCHEDULED else '<='}{database.dialect.now_ms}")
        elif name == "command":
            # By length and not by LIKE or by range: names hold any character, and collations differ.
            parts.append("(contract=? OR substr(contract,1,?)=?)")
            values.extend((value, len(value) + 1, f"{value}@"))
        else:
            parts.append(f"{name}=?")
            values.append(value)
    return " AND ".join(parts), values


def _may_see(principal: Principal | None, publisher: str) -> bool:
    return principal is None or principal.is_operator or principal.id == publisher


def _job(row: tuple[Any, ...]) -> Job:
    (
        id_,
        contract,
        queue,
        state,
        priority,
        run_at,
        attempt,
        correlation,
        principal,
        cancelled,
        created,
        started,
        finished,
        result,
        key,
        progress,
        now,
    ) = row
    command, _, version = contract.rpartition("@")
    shown = SCHEDULED if state == JobState.QUEUED and run_at > now else state
    last = None if result is None else Envelope.from_dict(wire.decode_stored(result))
    return Job(
        id_,
        command,
        int(version),
        queue,
        shown,
        priority,
        run_at,
        attempt,
        correlation,
        principal,
        bool(cancelled),
        created,
        started,
        finished,
        last,
        key,
        None if progress is None else wire.decode_stored(progress),
    )
