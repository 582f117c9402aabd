"""However many schedulers run, and however they die, each tick becomes one job."""

from __future__ import annotations

import contextlib
import itertools
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from bus.database.tables import job
from bus.testing import wait_until
from tests.databases import upgrade
from tests.deeds import deeds
from tests.processes.scheduling import SchedulerProcess, order
from tests.servers import PostgreSQL
from workers import workers
from workers.points import TICK_POINTS
from workers.scheduler import correlation_id

if TYPE_CHECKING:
    import random

    from bus.application import Bus

#: Seconds in which a tick of every second must have come, whatever the machine is doing besides.
PATIENCE_S = 30


@pytest.fixture
def bus(database_url: str, open_bus: Callable[..., Bus]) -> Bus:
    """A bus with a schedule that is due every second."""
    return with_schedule(open_bus(database_url, plugins=[deeds, workers]))


def with_schedule(opened: Bus) -> Bus:
    """Add one that is due every second, and counts each tick."""
    members = {"name": "s", "command": "deed", "args": {"n": 1}, "cron": "* * * * * *", "missed": "all"}
    assert opened.call("schedule_add", members).ok
    return opened


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Callable[[], SchedulerProcess]]:
    """Start a scheduler process; it is gone when the test ends."""
    numbers = itertools.count()
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(SchedulerProcess(database_url, tmp_path, f"scheduler-{next(numbers)}"))


def ticks_with_jobs(bus: Bus) -> list[int]:
    prefix = correlation_id("s", 0)[:-1]
    with bus.database.connect() as connection:
        return sorted(int(text.removeprefix(prefix)) for text in connection.scalars(select(job.c.correlation_id)))


def wait_for_more(bus: Bus, more: int = 1) -> None:
    """Wait until further ticks have been fired."""
    with bus.database.connect() as connection:
        count = select(func.count()).select_from(job)
        before = connection.scalar(count) or 0
    wait_until(lambda: len(ticks_with_jobs(bus)) >= before + more, PATIENCE_S, "further ticks")


def schedule(bus: Bus) -> dict[str, Any]:
    return bus.call("schedule_list").data["items"][0]


def assert_each_tick_has_one_job(bus: Bus, first: int) -> None:
    last = schedule(bus)["last_at"]
    # Others may go on meanwhile.
    assert [tick for tick in ticks_with_jobs(bus) if tick <= last] == list(range(first, last + 1, 1_000))


def test_two_schedulers_one_of_them_killed_again_and_again(
    bus: Bus, start: Callable[[], SchedulerProcess], tmp_path: Path, rng: random.Random
) -> None:
    """At every named point, and at random moments."""
    first = schedule(bus)["next_at"]
    pair = [start().wait_ready(), start().wait_ready()]
    for point in TICK_POINTS:
        order(tmp_path, point, "kill")
        wait_until(lambda: not all(one.is_alive for one in pair), PATIENCE_S, f"a death at {point}")
        pair[:] = [one if one.is_alive else start() for one in pair]
    steady, victim = pair
    for _ in range(5):
        wait_for_more(bus)
        wait_until(lambda: rng.random() < 0.02, PATIENCE_S, "some moment")
        victim.tell(signal.SIGKILL)
        assert victim.wait() == -signal.SIGKILL
        victim = start()
    wait_for_more(bus, 2)
    for one in (steady.wait_ready(), victim.wait_ready()):
        one.tell(signal.SIGTERM)
        assert one.wait() == 0
    assert_each_tick_has_one_job(bus, first)


def test_a_scheduler_that_was_stopped_with_a_tick_in_hand_fires_it_no_more(
    bus: Bus, start: Callable[[], SchedulerProcess], tmp_path: Path
) -> None:
    """Another one has, meanwhile."""
    first = schedule(bus)["next_at"]
    zombie = start().wait_ready()
    wait_for_more(bus)
    order(tmp_path, "tick_planned", "stop")
    wait_until(lambda: zombie.is_stopped, PATIENCE_S, "the stop")
    start().wait_ready()
    wait_for_more(bus, 3)
    zombie.tell(signal.SIGCONT)
    wait_for_more(bus, 2)
    zombie.tell(signal.SIGTERM)
    assert zombie.wait() == 0
    assert_each_tick_has_one_job(bus, first)


def test_the_ticks_of_an_outage_are_made_up_for(bus: Bus, start: Callable[[], SchedulerProcess]) -> None:
    """No scheduler at all for a while."""
    first = schedule(bus)["next_at"]
    wait_until(lambda: bus.jobs.now_ms() > first + 2_000, PATIENCE_S, "two seconds")
    start().wait_ready()
    wait_for_more(bus, 4)
    assert_each_tick_has_one_job(bus, first)


@pytest.mark.timeout(180)
def test_a_database_that_crashes_and_comes_back_doubles_no_tick(
    open_bus: Callable[..., Bus], tmp_path: Path, rng: random.Random
) -> None:
    """PostgreSQL is killed in the middle, twice; two schedulers wait for it and make up for what they missed."""
    server = PostgreSQL()
    with contextlib.ExitStack() as stack:
        stack.callback(server.remove)
        server.start()
        url = server.url(server.create())
        upgrade(url, [deeds, workers])
        bus = with_schedule(open_bus(url, plugins=[deeds, workers]))
        first = schedule(bus)["next_at"]
        pair = [stack.enter_context(SchedulerProcess(url, tmp_path, f"s{n}")).wait_ready() for n in range(2)]
        for _ in range(2):
            wait_for_more(bus)
            wait_until(lambda: rng.random() < 0.02, PATIENCE_S, "some moment")
            server.crash()
            server.start()
        wait_for_more(bus, 2)
        assert all(one.is_alive for one in pair)
        assert_each_tick_has_one_job(bus, first)
