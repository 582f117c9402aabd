"""SQLite prepares each statement on a job's way once a connection: to prepare them takes ten times as long as to run.

A partial index whose condition has to be compared with a parameter makes SQLite prepare the statement anew at each
execution; nothing fails then, everything is only slow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.workers.hand import Hand

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.mark.parametrize(
    "deed",
    [
        lambda bus, _hand: bus.call("deed", {"n": 1}),
        lambda bus, _hand: bus.submit("deed", {"n": 1}),
        lambda _bus, hand: hand.sees("default", 0),
        lambda bus, hand: (bus.submit("deed", {"n": 1}), hand.work()),
        lambda bus, hand: (bus.submit("keyed", {"n": 1, "key": "a"}), hand.work()),
    ],
    ids=["call", "submit", "look", "job", "keyed job"],
)
def test_nothing_is_prepared_a_second_time(sqlite_bus: Bus, deed: Callable[[Bus, Hand], object]) -> None:
    """Whoever is asked for leave at each preparation is not asked any more."""
    hand = Hand(sqlite_bus)
    for _ in range(8):  # every fourth claim looks in another order
        deed(sqlite_bus, hand)
    asked: list[tuple[int, str | None, str | None]] = []

    def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        asked.append((action, first, second))
        return sqlite3.SQLITE_OK

    database = sqlite_bus.database
    for transaction in (database.reader().transaction(write=False), database.writer().transaction()):
        with transaction as kept:
            kept.raw.set_authorizer(allow)  # lets go of what was prepared

    def preparations() -> int:
        asked.clear()
        for _ in range(8):
            deed(sqlite_bus, hand)
        return len(asked)

    assert preparations(), "nothing was prepared, so nothing was measured"
    # A slow machine goes some ways for the first time later on; what is prepared anew each time never ends.
    assert 0 in (preparations() for _ in range(8))
