"""What the mirror tests of the workers share: a bus with deeds to do, workers in hand, fleets of real ones."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bus.settings import Settings
from tests.deeds import create_tables, deeds
from tests.fleet import SETTINGS, Fleet
from tests.workers.hand import Hand
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def bus(database_url: str, open_bus: Callable[..., Bus]) -> Bus:
    """A bus with the plugin ``deeds``, its settings those of a fleet; once on each database."""
    bus = open_bus(database_url, plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)
    return bus


@pytest.fixture
def sqlite_bus(sqlite_url: str, open_bus: Callable[..., Bus]) -> Bus:
    """The same, on SQLite only."""
    bus = open_bus(sqlite_url, plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)
    return bus


@pytest.fixture
def postgresql_bus(postgresql_url: str, open_bus: Callable[..., Bus]) -> Bus:
    """The same, on PostgreSQL only."""
    bus = open_bus(postgresql_url, plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)
    return bus


@pytest.fixture
def hand(bus: Bus) -> Hand:
    """A worker in hand."""
    return Hand(bus)


@pytest.fixture
def other(bus: Bus) -> Hand:
    """Another worker in hand, on the same database."""
    return Hand(bus)


@pytest.fixture
def numbers() -> Iterator[int]:
    """Numbers for deeds, each once."""
    return itertools.count(1)


@pytest.fixture
def submit(bus: Bus, numbers: Iterator[int]) -> Callable[..., str]:
    """Queue a command with the next number; answers the job's id."""

    def submit_one(command: str = "deed", /, args: dict[str, Any] | None = None, **options: Any) -> str:
        answer = bus.submit(command, {"n": next(numbers)} | (args or {}), **options)
        assert answer.ok, answer
        assert answer.job is not None
        return answer.job["id"]

    return submit_one


@pytest.fixture
def start_fleet(tmp_path: Path) -> Iterator[Callable[..., Fleet]]:
    """Start worker processes; they are gone when the test ends."""
    with contextlib.ExitStack() as fleets:
        yield lambda url, **options: fleets.enter_context(Fleet(url, tmp_path, **options))
