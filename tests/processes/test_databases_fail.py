"""Whatever a database does, every job runs once. Publishers repeat what was not answered, with its idempotency key."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import psutil
import psycopg
import pytest
from sqlalchemy.engine import make_url

from bus.testing import wait_until
from tests.bus.database.proxy import Proxy
from tests.fleet import is_gone
from tests.processes.drill import Drill
from tests.servers import HOST, PostgreSQL

if TYPE_CHECKING:
    import random

    from tests.processes.conftest import Queue

#: How long workers and publishers wait for a lock or a server, milliseconds; and how long the faults last, seconds.
BUSY_MS, FAULT_S = 500, 1.2
CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name='charterbus'"


class Server(PostgreSQL):
    """Finds deadlocks sooner than most."""

    settings = (*PostgreSQL.settings, "deadlock_timeout=100ms")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that no other test uses."""
    own = Server()
    try:
        own.start()
        yield own
    finally:
        own.remove()


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """The way to it, which can be cut."""
    proxy = Proxy(HOST, server.port)
    yield proxy
    proxy.close()


class Failures(Drill):
    """Each fault befalls a PostgreSQL that is reached through a proxy.

    Args:
        queue: its database.
        server: where that is.
        proxy: the way to it.
        rng: decides everything that is left to chance.
    """

    def __init__(self, queue: Queue, server: Server, proxy: Proxy, rng: random.Random) -> None:
        super().__init__(queue.bus, rng, is_patient=True)
        self._queue = queue
        self._server = server
        self._proxy = proxy
        self._name = queue.bus.database.url.database

    def begin(self) -> None:
        self.fleets = [self._queue.fleet().wait_ready()]

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("kill of the server", self._kill),
            ("kill of a backend", self._kill_backend),
            ("restarts", self._restarts),
            ("read-only", self._read_only),
            ("lock of the jobs", partial(self._lock, "bus_job")),
            ("lock of a plugin's table", partial(self._lock, "deeds_deed")),
            ("deadlocks", self._deadlocks),
            ("commits done, reported failed", partial(self._cut, "after")),
            ("commits lost", partial(self._cut, "before")),
        ]

    @contextlib.contextmanager
    def _at_server(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection past the proxy, which may write whatever the server's default says."""
        options = "-c default_transaction_read_only=off"
        owner = {"host": HOST, "port": self._server.port, "user": "postgres", "dbname": self._name}
        with psycopg.connect(**owner, options=options, autocommit=True) as connection:
            yield connection

    def _moment(self) -> None:
        time.sleep(self.rng.uniform(0, 0.2))

    def _kill(self) -> None:
        """SIGKILL to the server itself; its processes follow when they notice."""
        self._moment()
        assert self._server.pid is not None
        children = psutil.Process(self._server.pid).children()
        self._server.signal(signal.SIGKILL)
        wait_until(lambda: all(is_gone(child) for child in children), 30, "the server's processes to end")
        self._server.start()

    def _kill_backend(self) -> None:
        """The server takes a crash of one of its processes for a crash of all, and recovers."""
        self._moment()
        with contextlib.suppress(psycopg.OperationalError), self._at_server() as connection:
            query = "SELECT pid FROM pg_stat_activity WHERE application_name='charterbus' ORDER BY pid"
            backends = [row[0] for row in connection.execute(query)]
            os.kill(self.rng.choice(backends), signal.SIGKILL)
            wait_until(lambda: connection.execute("SELECT 1").fetchone() is None, 30, "the server to throw all out")
        wait_until(self._server.answers, 30, "the server to come back")

    def _restarts(self) -> None:
        for _ in range(3):
            self._moment()
            self._server.stop()
            self._server.start()

    def _read_only(self) -> None:
        """As after a failover to a standby; whoever is connected is thrown out."""
        self._moment()
        for state in ("on", "off"):
            with self._at_server() as connection:
                connection.execute(f"ALTER SYSTEM SET default_transaction_read_only={state}")  # type: ignore[arg-type]
                connection.execute("SELECT pg_reload_conf()")
                connection.execute(CUT_OFF)
            time.sleep(FAULT_S if state == "on" else 0)

    def _lock(self, table: str) -> None:
        """For longer than anybody waits."""
        self._moment()
        with self._at_server() as connection, connection.transaction():
            connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")  # type: ignore[arg-type]
            time.sleep(FAULT_S)

    def _deadlocks(self) -> None:
        before = self._count_deadlocks()
        self.publisher.want(20, {"crossing": 1})
        wait_until(lambda: self._count_deadlocks() > before, 30, "a deadlock")

    def _count_deadlocks(self) -> int:
        with self._at_server() as connection:
            query = "SELECT deadlocks FROM pg_stat_database WHERE datname=current_database()"
            (count,) = connection.execute(query).fetchone() or (0,)
            return count

    def _cut(self, moment: Any) -> None:
        for _ in range(5):
            cuts = self._proxy.cuts
            self._proxy.cut(b"COMMIT", moment)

            def is_cut(cuts: int = cuts) -> bool:
                self.publisher.want_one_if_idle()
                return self._proxy.cuts > cuts

            wait_until(is_cut, 30, "a commit to be lost")


@pytest.mark.timeout(1800)
def test_the_ledger_balances_whatever_happens_to_postgresql(rounds_asked, make_queue, server, proxy, rng, balance):
    url = make_url(server.url(server.create())).set(port=proxy.port).render_as_string(hide_password=False)
    queue = make_queue(url, busy_timeout_ms=BUSY_MS)
    drill = Failures(queue, server, proxy, rng)

    balance(drill.run_deck(rounds_asked))


class Locks(Drill):
    """Somebody else holds the lock of a SQLite file for longer than anybody waits."""

    def __init__(self, queue: Queue, rng: random.Random) -> None:
        super().__init__(queue.bus, rng, is_patient=True)
        self._queue = queue

    def begin(self) -> None:
        self.fleets = [self._queue.fleet().wait_ready()]

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [(f"BEGIN {kind}", partial(self._hold, kind)) for kind in ("IMMEDIATE", "EXCLUSIVE")]

    def _hold(self, kind: str) -> None:
        time.sleep(self.rng.uniform(0, 0.1))
        file = str(self.bus.database.url.database)
        with contextlib.closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            connection.execute(f"BEGIN {kind}")
            time.sleep(FAULT_S)
            connection.execute("ROLLBACK")


@pytest.mark.timeout(1800)
def test_the_ledger_balances_whoever_locks_the_file(rounds_asked, make_queue, sqlite_url, rng, balance):
    drill = Locks(make_queue(sqlite_url, busy_timeout_ms=BUSY_MS), rng)

    balance(drill.run_deck(rounds_asked))
