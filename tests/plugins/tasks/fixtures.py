"""A bus with the plugins of the workshop, once on SQLite and once on PostgreSQL, and the people who work there.

The database is made once and emptied before each test: hundreds of tests would spend most of their time making one.
Everybody logs in once: a password takes longer to check than most commands.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bus.settings import Settings
from bus.testing import FakeClock
from tests.databases import Templates
from tests.plugins.identity.caller import START_MS
from tests.plugins.tasks.shop import PLUGINS, Shop
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shop_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[str]:
    """The URL of a database with the tables of the plugins."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('shop') / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        templates.prepare(url, PLUGINS)
        yield url


@pytest.fixture(scope="session")
def standing_shop(shop_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The bus that all tests share, and the people who work there."""
    from bus.application import Bus

    settings = Settings(home=tmp_path_factory.mktemp("home"))
    clock = FakeClock(START_MS)
    with Bus.open(shop_url, plugins=PLUGINS, clock=clock, settings=settings) as bus:
        yield Shop(bus, clock)


@pytest.fixture
def shop(standing_shop: Shop) -> Shop:
    """The people who work in the shop, its clock back at its start, and no work yet."""
    standing_shop.clear()
    return standing_shop


@pytest.fixture
def bus(shop: Shop) -> Bus:
    """The bus of the shop."""
    return shop.bus
