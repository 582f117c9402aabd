"""A bus with the engine plugin alone, once on SQLite and once on PostgreSQL.

The database is made once and emptied before each test: hundreds of tests would spend most of their time making one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bus.settings import Settings
from bus.testing import FakeClock
from plugins.engine import engine
from plugins.engine.tables import metadata
from tests.databases import Templates
from tests.plugins.engine.caller import Caller
from tests.plugins.racing import Processes, Race, race_in_threads
from tests.plugins.standing import empty
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus

THREADS, PROCESSES = 16, 6
START_MS = 1_750_000_000_000  # 2025-06-15T15:06:40.000Z


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[str]:
    """The URL of a database with the tables of the engine."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('engine') / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        templates.prepare(url, [engine])
        yield url


@pytest.fixture(scope="session")
def standing_clock() -> FakeClock:
    """The clock of the bus that all tests share."""
    return FakeClock(START_MS)


@pytest.fixture(scope="session")
def standing_bus(engine_url: str, standing_clock: FakeClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """The bus that all tests share."""
    from bus.application import Bus

    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with Bus.open(engine_url, plugins=[engine], clock=standing_clock, settings=settings) as bus:
        yield bus


@pytest.fixture
def clock(standing_clock: FakeClock) -> FakeClock:
    """A clock that moves only when told to, back at its start."""
    standing_clock.advance(START_MS - standing_clock.now_ms())
    return standing_clock


@pytest.fixture
def bus(standing_bus: Bus, clock: FakeClock) -> Bus:
    """A bus with the engine plugin alone, empty tables, and ``clock``."""
    empty(standing_bus, metadata.sorted_tables)
    return standing_bus


@pytest.fixture
def db(bus: Bus) -> Caller:
    """Commands of the engine on ``bus``."""
    return Caller(bus)


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Processes that each open a bus of their own; they live as long as the tests."""
    racers = Processes(PROCESSES, "plugins.engine:engine")
    yield racers
    racers.close()


@pytest.fixture(params=["threads", "processes"])
def race(request: pytest.FixtureRequest, bus: Bus) -> Race:
    """16 threads on one bus, or 6 processes with a bus each."""
    if request.param == "threads":
        return Race(bus, THREADS, race_in_threads, "db.")
    return Race(bus, PROCESSES, request.getfixturevalue("processes").race, "db.")
