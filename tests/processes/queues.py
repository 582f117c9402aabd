"""A queue for drills: a database, perhaps a broker, a bus that publishes, and workers as a drill wants them."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path
from typing import Any

from bus import Bus
from bus.settings import Settings
from tests.databases import Templates
from tests.deeds import create_tables, deeds
from tests.fleet import SETTINGS, Fleet
from tests.processes.poisons import poisons
from tests.workers.letters.carried import carried
from workers import workers

#: Signs letters.
KEY = "a key for nothing but these drills"
DEEDS, CARRIED, POISONS, WORKERS = (
    "tests.deeds:deeds",
    "tests.workers.letters.carried:carried",
    "tests.processes.poisons:poisons",
    "workers:workers",
)
PLUGINS = (DEEDS, CARRIED, POISONS, WORKERS)


def signed(broker_url: str | None) -> dict[str, Any]:
    """The settings of a broker that may carry letters; none without one."""
    return {} if broker_url is None else {"broker_url": broker_url, "signing_keys": (KEY,)}


class Queue:
    """A database, perhaps a broker, a bus that publishes to them, and workers as a drill wants them.

    Args:
        url: of the database.
        folder: for the fleets' logs.
        templates: prepares the database.
        settings: of the bus and of all workers.
    """

    def __init__(self, url: str, folder: Path, templates: Templates, settings: dict[str, Any]) -> None:
        self.url = url
        self.settings = SETTINGS | settings
        self._folder = folder
        self._opened = contextlib.ExitStack()
        self._numbers = itertools.count(1)
        templates.prepare(self.url, [deeds, workers])
        self.bus = self.open_bus()
        create_tables(self.bus.database)

    def open_bus(self, *plugins: Any) -> Bus:
        """Another bus on the same queue, with all plugins unless some are named."""
        given = plugins or (deeds, carried, poisons, workers)
        settings = Settings(**self.settings)
        return self._opened.enter_context(Bus.open(self.url, plugins=given, settings=settings))

    def fleet(self, plugins: tuple[str, ...] = PLUGINS, **options: Any) -> Fleet:
        """Start workers; they end with the test. They may know the database and the broker by other URLs."""
        folder = self._folder / f"fleet-{next(self._numbers)}"
        folder.mkdir()
        given = {"url": self.url, "plugins": plugins, **self.settings, **options}
        return self._opened.enter_context(Fleet(folder=folder, **given))

    def close(self) -> None:
        """Stop everything."""
        self._opened.close()
