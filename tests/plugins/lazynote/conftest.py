"""A bus with the plugin alone, once on SQLite and once on PostgreSQL, and users who are who their token says.

The database is made once and emptied before each test: hundreds of tests would spend most of their time making one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bus.plugin import Plugin
from bus.settings import Settings
from bus.testing import FakeClock
from plugins.lazynote import lazynote
from plugins.lazynote.search.tables import metadata
from tests.databases import Templates
from tests.plugins.lazynote.caller import START_MS, Caller, users
from tests.plugins.standing import empty
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture(scope="session")
def user_plugin() -> Plugin:
    """Knows everybody by name."""
    return users()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lazynote_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[str]:
    """The URL of a database with the tables of the plugin."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('lazynote') / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        templates.prepare(url, [lazynote])
        yield url


@pytest.fixture(scope="session")
def standing_clock() -> FakeClock:
    """The clock of the bus that all tests share."""
    return FakeClock(START_MS)


@pytest.fixture(scope="session")
def standing_bus(
    lazynote_url: str, standing_clock: FakeClock, user_plugin: Plugin, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bus]:
    """The bus that all tests share."""
    from bus.application import Bus

    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with Bus.open(lazynote_url, plugins=[lazynote, user_plugin], clock=standing_clock, settings=settings) as bus:
        yield bus


@pytest.fixture
def clock(standing_clock: FakeClock) -> FakeClock:
    """A clock that moves only when told to, back at its start."""
    standing_clock.advance(START_MS - standing_clock.now_ms())
    return standing_clock


@pytest.fixture
def bus(standing_bus: Bus, clock: FakeClock) -> Bus:
    """A bus with the plugin alone, empty tables, and ``clock``."""
    empty(standing_bus, metadata.sorted_tables)
    return standing_bus


@pytest.fixture
def db(bus: Bus) -> Caller:
    """Commands on ``bus``, by the trusted local caller."""
    return Caller(bus)
