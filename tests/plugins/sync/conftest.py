"""A bus with the plugin, the one that knows people and a third party's, once on SQLite and once on PostgreSQL.

The database is made once and the queue emptied before each test; the people stay, for logging in takes long.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from bus.settings import Settings
from bus.testing import FakeClock
from plugins.identity import identity
from plugins.sync import sync
from tests.databases import Templates
from tests.plugins.identity.caller import START_MS, Caller, World
from tests.plugins.sync import office as third_party
from tests.plugins.sync.desk import Desk
from tests.plugins.sync.office import Office
from tests.servers import PostgreSQL
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

PLUGINS = [identity, sync, third_party.plugin, workers]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def sync_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[str]:
    """The URL of a database with the tables of the plugins."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('sync') / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        templates.prepare(url, [identity, sync])
        yield url


@pytest.fixture(scope="session")
def standing_clock() -> FakeClock:
    """The clock of the bus that all tests share."""
    return FakeClock(START_MS)


@pytest.fixture(scope="session")
def standing_bus(sync_url: str, standing_clock: FakeClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """The bus that all tests share."""
    from bus.application import Bus

    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with Bus.open(sync_url, plugins=PLUGINS, clock=standing_clock, settings=settings) as bus:
        yield bus


@pytest.fixture(scope="session")
def tokens(standing_bus: Bus, standing_clock: FakeClock) -> Callable[[str], str | None]:
    """The token of somebody with a role."""
    world, found = World(standing_bus, standing_clock), {}

    def token(role: str) -> str | None:
        if role not in found:
            found[role] = world.as_role(role).token
        return found[role]

    return token


@pytest.fixture
def clock(standing_clock: FakeClock) -> FakeClock:
    """A clock that moves only when told to, back at its start."""
    standing_clock.advance(START_MS - standing_clock.now_ms())
    return standing_clock


@pytest.fixture
def office() -> Iterator[Office]:
    """The third party's remote; it is not there before it is opened."""
    third_party.office.forget()
    yield third_party.office
    third_party.office.forget()


@pytest.fixture
def as_role(standing_bus: Bus, clock: FakeClock, tokens: Callable[[str], str | None]) -> Callable[[str], Caller]:
    """A caller with a role."""
    return lambda role: Caller(standing_bus, tokens(role))


@pytest.fixture
def admin(as_role: Callable[[str], Caller]) -> Caller:
    """A caller who may do everything."""
    return as_role("admin")


@pytest.fixture
def desk(admin: Caller, clock: FakeClock, office: Office) -> Desk:
    """An empty queue, ``clock``, and no remote."""
    desk = Desk(admin, clock)
    desk.clear()
    return desk


@pytest.fixture
def bus(desk: Desk) -> Bus:
    """The bus of the desk."""
    return desk.bus
