"""The shop with inboxes: the plugins of the workshop, the one under test, and a queue for what is announced."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bus.settings import Settings
from bus.testing import FakeClock
from tests.databases import Templates
from tests.plugins.identity.caller import START_MS
from tests.plugins.notifications.office import OFFICE, Office
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def office_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[str]:
    """The URL of a database with the tables of the plugins."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('office') / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        templates.prepare(url, OFFICE)
        yield url


@pytest.fixture(scope="session")
def standing_office(office_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The bus that all tests share, and the people who work there."""
    from bus.application import Bus

    settings = Settings(home=tmp_path_factory.mktemp("home"))
    clock = FakeClock(START_MS)
    with Bus.open(office_url, plugins=OFFICE, clock=clock, settings=settings) as bus:
        yield Office(bus, clock)


@pytest.fixture
def office(standing_office: Office) -> Office:
    """The people who work there, with empty inboxes, the clock back at its start."""
    standing_office.clear()
    return standing_office


@pytest.fixture
def bus(office: Office) -> Bus:
    """The bus of the office."""
    return office.bus
