"""A database to ring for, its tokens, and servers of the test's own, which it may stop, crash and flush."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from redis import Redis as Client

from bus.database import Database
from bus.testing import wait_until
from tests.servers import HOST, Redis
from workers.brokers.identity import prefix_of, wake_key


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Whose workers are rung for."""
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def tokens(redis_url: str, database: Database) -> Iterator[Callable[..., int]]:
    """How many tokens a queue has."""
    client = Client.from_url(redis_url)
    yield lambda queue="default": client.llen(wake_key(prefix_of(database), queue))
    client.close()


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A running server that no other test uses."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.remove()


class Replica(Redis):
    """A server that follows another one."""

    def __init__(self, master: Redis) -> None:
        super().__init__()
        self._master = master

    def command(self) -> list[str]:
        follow = ["--replicaof", f"{HOST} {self._master.port}", "--repl-diskless-sync-delay", "0"]
        return [*super().command(), *follow]


class Sentinel(Redis):
    """Watches over a master called ``main``, and lets its replica take over after half a second."""

    def __init__(self, master: Redis) -> None:
        super().__init__()
        self._master = master

    def command(self) -> list[str]:
        file = self.folder / "sentinel.conf"
        file.write_text(
            f"port {self.port}\nbind {HOST}\n"
            f"sentinel monitor main {HOST} {self._master.port} 1\n"
            "sentinel down-after-milliseconds main 500\nsentinel failover-timeout main 2000\n"
        )
        return [super().command()[0], str(file), "--sentinel"]


@pytest.fixture
def guarded(own_redis: Redis) -> Iterator[tuple[Redis, Sentinel]]:
    """A master with a replica, and the Sentinel that knows both."""
    replica, sentinel = Replica(own_redis), Sentinel(own_redis)
    try:
        replica.start()
        sentinel.start()
        wait_until(lambda: sees_replica(sentinel), 20, "the Sentinel to see the replica")
        yield own_redis, sentinel
    finally:
        sentinel.remove()
        replica.remove()


def sees_replica(sentinel: Sentinel) -> bool:
    """Whether a Sentinel knows who could take over."""
    with Client(port=sentinel.port) as client:
        return client.execute_command("SENTINEL", "REPLICAS", "main") != []
