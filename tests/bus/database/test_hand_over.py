"""A thread that has ended its work hands its connections to the next one that needs one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bus.database import Database


@pytest.fixture
def database(upgraded_url: str) -> Iterator[Database]:
    """Open."""
    database = Database(upgraded_url)
    yield database
    database.close()


def in_a_thread(work: Callable[[], Any]) -> Any:
    """What a thread of its own makes of it, once the thread has ended."""
    made: list[Any] = []
    thread = threading.Thread(target=lambda: made.append(work()))
    thread.start()
    thread.join()
    return made[0]


def used(database: Database) -> list[Any]:
    """The driver's connections of a thread that reads and writes."""
    connections = []
    for kept in (database.writer(), database.reader()):
        with kept.transaction(write=not kept.read_only):
            kept.raw.execute("SELECT 1")
            connections.append(kept.raw)
    return connections


def test_the_next_thread_goes_on_with_it(database: Database) -> None:
    """Also when the thread that opened it has ended."""

    def work() -> list[Any]:
        mine = used(database)
        database.hand_over()
        return mine

    first = in_a_thread(work)
    assert in_a_thread(work) == first
    assert in_a_thread(work) == first


def test_two_threads_never_share_one(database: Database) -> None:
    """Who hands over and goes on gets one that nobody else has."""
    mine = used(database)
    database.hand_over()
    theirs = in_a_thread(lambda: used(database))
    assert theirs == mine
    assert not set(map(id, used(database))) & set(map(id, theirs))


def test_a_connection_that_nobody_took_is_closed_with_the_database(database: Database) -> None:
    """The driver says so."""
    connections = used(database)
    database.hand_over()
    database.close()
    for raw in connections:
        with pytest.raises(Exception, match="closed"):
            raw.execute("SELECT 1")


def test_a_thread_that_ends_closes_what_it_has(database: Database) -> None:
    """What it has handed over is not its any more."""
    handed: list[Any] = []

    def work() -> list[Any]:
        handed.extend(used(database))
        database.hand_over()
        used(database)  # takes it again
        return used(database)

    kept = in_a_thread(work)
    assert kept == handed
    with pytest.raises(Exception, match="closed"):
        kept[0].execute("SELECT 1")
