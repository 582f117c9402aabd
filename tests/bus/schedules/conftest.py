"""A bus with a queue, and a command that can be scheduled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus import AUTHENTICATED, Plugin, roles
from tests.bus.sample import TEXT, contract, plugin
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

CONTRACTS = (
    contract("brew", params=TEXT, result=TEXT),
    contract("brew", params=TEXT, result=TEXT, version=2),
    contract("hush", params=TEXT, secret=True),
    contract("rule", params=TEXT, access=roles("king")),
    contract("enter", params=TEXT, access=AUTHENTICATED),
)
OpenTea = Callable[..., "Bus"]


def tea(*schedules: Any, name: str = "tea") -> Plugin:
    """A plugin that declares schedules; only the one named ``tea`` answers commands."""
    made = plugin(*(CONTRACTS if name == "tea" else ()), name=name)

    @made.hook
    def bus_schedules() -> list[Any]:
        return list(schedules)

    return made


@pytest.fixture
def open_tea(database_url: str, open_bus: Callable[..., Bus]) -> OpenTea:
    """A bus on one database, with the plugin ``tea`` (or those given); once on SQLite, once on PostgreSQL."""
    return lambda *plugins, **options: open_bus(database_url, plugins=[*(plugins or (tea(),)), workers], **options)
