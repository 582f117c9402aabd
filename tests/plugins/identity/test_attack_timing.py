"""How long an answer takes does not tell whether there is an account.

test_login.py compares what is done: the hashes and the statements. Here the processor time is measured that it takes,
which other programs on the machine do not change.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest

from tests.plugins.identity.caller import OTHER_PASSWORD, World

pytestmark = pytest.mark.usefixtures("usual_cost")

SAMPLES = 25
#: Without the same work for everybody the ratio would be 10 and more.
FURTHEST = 1.5


def _seconds(world: World, command: str, args: dict[str, Any]) -> float:
    started = time.thread_time()
    world.bus.call(command, args)
    return time.thread_time() - started


@pytest.mark.any_database
@pytest.mark.parametrize("kind", ["banned", "deleted", "unknown"])
def test_attack_enumeration_by_processor_time(
    world: World, record_property: Callable[[str, object], None], kind: str
) -> None:
    """The medians of interleaved samples are alike; each sample tries an email that was not tried before."""
    columns: dict[str, Any] = {"banned": {"is_active": False}, "deleted": {"deleted_at": 1}}.get(kind, {})
    known, other = [], []
    for number in range(SAMPLES + 2):
        email = "nobody{number}@example.com" if kind == "unknown" else world.person(**columns).email
        emails = {"known": world.person().email, "other": email.format(number=number)}
        order = ("known", "other") if number % 2 else ("other", "known")
        took = {who: _seconds(world, "auth_login", {"email": emails[who], "password": OTHER_PASSWORD}) for who in order}
        known.append(took["known"])
        other.append(took["other"])
    ratio = median(other[2:]) / median(known[2:])
    record_property("ledger", f"{kind} takes {ratio:.3f} times as long as known")
    assert 1 / FURTHEST < ratio < FURTHEST


@pytest.mark.any_database
def test_attack_enumeration_of_locked_emails_by_processor_time(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    """A lock is as quick for everybody: nothing is hashed."""
    emails = {"known": world.person().email, "unknown": "nobody@example.com"}
    for email in emails.values():
        for _ in range(5):
            world.bus.call("auth_login", {"email": email, "password": OTHER_PASSWORD})
    took: dict[str, list[float]] = {who: [] for who in emails}
    for _ in range(4 * SAMPLES):
        for who, email in emails.items():
            took[who].append(_seconds(world, "auth_login", {"email": email, "password": OTHER_PASSWORD}))
    ratio = median(took["unknown"]) / median(took["known"])
    record_property("ledger", f"locked and unknown takes {ratio:.3f} times as long as locked and known")
    assert 1 / FURTHEST < ratio < FURTHEST
