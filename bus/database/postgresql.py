"""What is particular to PostgreSQL: snapshots, timeouts on the server, and a server that may be away."""

from __future__ import annotations

import math
import select
import time
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import URL

    from bus.database.kept import Kept


#: Time limits of statements are told to the server in steps of so many milliseconds.
STATEMENT_STEP_MS = 100
#: SQLSTATE of a session that the server ended because its transaction was idle.
IDLE_TIMEOUT = "25P03"
#: libpq's transaction states (PQtransactionStatus); 0 is idle, 4 unknown.
ACTIVE, INTRANS, INERROR = 1, 2, 3
#: libpq's result status (PQresultStatus) of a statement that returns no rows.
COMMAND_OK = 1
#: The server finds out in ten seconds when a client's host is gone, and lets go of what that has locked; by itself it
#: would wait for two hours.
_SERVER_LISTENS = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"


class Postgresql:
    """PostgreSQL through psycopg 3, READ COMMITTED for writers, one snapshot for readers."""

    begin_write = "BEGIN"
    begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    can_come_back = True
    #: SQL for the clock of queue times and leases: the server's, epoch milliseconds.
    now_ms = "(extract(epoch from clock_timestamp())*1000)::bigint"
    lease_ms = now_ms
    #: SQL for the member of ``args`` at the dotted path ``path``, as JSON text.
    json_member = "(args::jsonb #> string_to_array(path, '.'))::text"
    greatest = "greatest"
    is_among = "= ANY(?)"
    indexed_by = ""
    skip_locked = " FOR UPDATE SKIP LOCKED"
    for_update = " FOR UPDATE"
    #: Whether an index keeps the entries of changed rows until somebody cleans up.
    keeps_dead_entries = True
    #: Two groups that lock rows in different order would deadlock; a contract opts in.
    groups_jobs = False
    #: Seconds a group may run before it commits: only those wait who want what its jobs have changed, or their results.
    group_s = 0.02
    #: Whether the release of a savepoint may travel with the next one.
    releases_late = True

    def __init__(self, url: URL, busy_timeout_ms: int) -> None:
        self._url = url
        self._busy_timeout_ms = busy_timeout_ms
        #: Longest statement of a transaction without a deadline, milliseconds; 0: as long as it takes.
        self.longest_ms = 0
        #: Longest pause inside a transaction, milliseconds; 0: any. Whoever hangs must not keep rows locked for ever.
        self.idle_ms = 0

    @staticmethod
    def listed(values: Sequence[str]) -> list[str]:
        """The list that ``is_among`` is bound to."""
        return list(values)

    def connect_args(self) -> dict[str, Any]:
        """For libpq: give up connecting in time, and wait for a lock no longer than the bound."""
        given = self._url.query
        arguments: dict[str, Any] = {
            "connect_timeout": max(2, self._busy_timeout_ms // 1000),
            # A network that swallows packets is noticed in time, also while a statement runs.
            "tcp_user_timeout": max(2_000, self._busy_timeout_ms),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "application_name": "charterbus",
        }
        options = f"{_SERVER_LISTENS} {given.get('options', '')} -c lock_timeout={self._busy_timeout_ms}"
        return {name: value for name, value in arguments.items() if name not in given} | {"options": options}

    def on_connect(self, raw: Any, _record: object) -> None:
        """Nothing to set up: all settings travel with the connection request."""

    def before_keep(self) -> None:
        """Whether there is a server shows when connecting."""

    def on_keep(self, kept: Kept) -> None:
        """A kept connection does not stay in a transaction for ever."""
        kept.raw.execute(f"SET idle_in_transaction_session_timeout={self.idle_ms}")

    def begin(self, kept: Kept, raw: Any, *, write: bool, deadline: float) -> None:
        """Begin, and tell the server how long a statement may take where that has changed: one round trip."""
        statement = self.begin_write if write else self.begin_read
        limit_ms = self._statement_ms(deadline)
        if kept.statement_ms != limit_ms:
            statement = f"SET statement_timeout={limit_ms}; {statement}"
        self.control(raw, statement)
        kept.statement_ms = limit_ms

    def can_stand_alone(self, kept: Kept) -> bool:
        """Whether a statement needs no BEGIN before it: the connection is good and its time limit is the usual one."""
        return kept.raw is not None and kept.statement_ms == self.longest_ms and not _has_spoken(kept.raw)

    @staticmethod
    def control(raw: Any, statement: str) -> None:
        """Begin, end or mark a transaction: straight to libpq, for half of what a cursor would cost.

        Raises:
            psycopg.Error: the server refuses, or it is gone.
        """
        if _has_spoken(raw):  # unasked: why it ended the transaction, which the way through a cursor makes an error of
            raw.execute(statement, prepare=False)
            return
        result = raw.pgconn.exec_(statement.encode())
        if result.status != COMMAND_OK:
            _refuse(raw, result)

    def _statement_ms(self, deadline: float) -> int:
        if deadline == math.inf:
            return self.longest_ms
        # Rounded up, so that commands of one limit do not each tell the server another one.
        return max(1, math.ceil((deadline - time.monotonic()) * 1000 / STATEMENT_STEP_MS)) * STATEMENT_STEP_MS

    def in_transaction(self, raw: Any) -> bool:
        """Whether a transaction is open, sound or failed."""
        return raw.pgconn.transaction_status in (ACTIVE, INTRANS, INERROR)

    def is_sound(self, raw: Any) -> bool:
        """Whether a transaction is open and may be committed."""
        return raw.pgconn.transaction_status == INTRANS

    def is_lost(self, raw: Any) -> bool:
        """Whether the server has closed the connection."""
        return raw is None or raw.closed

    def was_ended_before(self, error: Exception) -> bool:
        """Whether the server had ended the transaction before it was asked to commit: it was idle for too long."""
        return getattr(error, "sqlstate", None) == IDLE_TIMEOUT

    def sql(self, statement: str) -> str:
        """psycopg's placeholder is ``%s``."""
        return statement.replace("%", "%%").replace("?", "%s")


def _has_spoken(raw: Any) -> bool:
    """Whether the server has sent something that nobody has read."""
    poll = select.poll()
    poll.register(raw.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))


def _refuse(raw: Any, result: Any) -> NoReturn:
    from psycopg import OperationalError, errors  # heavy, and SQLite needs none of it

    if raw.closed:
        raise OperationalError(f"the connection is lost: {raw.pgconn.get_error_message()}")
    raise errors.error_from_result(result)
