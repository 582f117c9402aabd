"""Whatever happens to Redis, every job runs, and runs once: it only wakes. Real workers, a real server."""

from __future__ import annotations

import threading
import time

import pytest

from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS
from workers import workers

#: Seconds a publish may take whatever Redis does: far above what a loaded machine needs, below any hang.
BOUND_S = 3.0


@pytest.fixture
def bus(database_url, own_redis, open_bus):
    """A bus that is woken by a Redis of its own; once on each database."""
    settings = Settings(broker_url=own_redis.url, **SETTINGS)
    bus = open_bus(database_url, plugins=[deeds, workers], settings=settings)
    create_tables(bus.database)
    return bus


@pytest.fixture
def start_workers(bus, start_fleet):
    url = bus.database.url.render_as_string(hide_password=False)
    return lambda: start_fleet(url, broker_url=bus.settings.broker_url).wait_ready()


def publish(bus, numbers) -> float:
    """Publish deeds; answers how long the slowest publish took, in seconds."""
    slowest = 0.0
    for n in numbers:
        began = time.monotonic()
        assert bus.submit("deed", {"n": n}).ok
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def assert_done_once(bus, count: int) -> None:
    wait_until(lambda: len(done(bus)) == count, 30, "all deeds")
    assert set(done(bus).values()) == {1}
    with bus.database.connect() as connection:
        states = connection.exec_driver_sql("SELECT DISTINCT state FROM bus_job").scalars().all()
    assert states == ["succeeded"]


def test_a_redis_that_is_flushed_again_and_again_loses_nothing(bus, own_redis, start_workers):
    start_workers()
    is_over = threading.Event()

    def flush():
        while not is_over.wait(0.005):
            own_redis.ask("FLUSHALL")

    flusher = threading.Thread(target=flush)
    flusher.start()
    try:
        assert publish(bus, range(200)) < BOUND_S
        assert_done_once(bus, 200)
    finally:
        is_over.set()
        flusher.join()


def test_a_redis_that_is_killed_and_comes_back_loses_nothing(bus, own_redis, start_workers):
    """Twice: with sleepers, and with work under way."""
    fleet = start_workers()
    slowest = 0.0
    for start in (0, 100):
        slowest = max(slowest, publish(bus, range(start, start + 50)))
        own_redis.crash()
        slowest = max(slowest, publish(bus, range(start + 50, start + 100)))
        own_redis.start()

    assert_done_once(bus, 200)
    assert slowest < BOUND_S
    assert fleet.records("redis_away")
    wait_until(lambda: fleet.records("redis_back"), 30, "a worker to hear again")


def test_a_redis_that_was_never_there_is_not_missed(bus, own_redis, start_workers):
    own_redis.crash()
    fleet = start_workers()

    assert publish(bus, range(50)) < BOUND_S
    assert_done_once(bus, 50)
    told = [record["who"] for record in fleet.records("redis_away")]
    assert 1 <= told.count("worker") <= 2  # once a process that slept, however often it was tried
    assert fleet.stop() == 0


def test_a_redis_that_hangs_holds_nobody_up(bus, own_redis, start_workers):
    """Stopped, it takes connections and answers nothing."""
    start_workers()
    with own_redis.frozen():
        assert publish(bus, range(50)) < BOUND_S
        assert_done_once(bus, 50)


def test_an_idle_worker_is_woken_and_does_not_wait_for_its_next_look(bus, own_redis, start_workers):
    """Ten jobs, each published when the workers sleep: looking by themselves they would need nearly half a second."""
    start_workers()
    took = []
    for n in range(10):
        time.sleep(0.06)  # for the workers to fall asleep, which nobody else can see
        began = time.monotonic()
        assert bus.wait(bus.submit("deed", {"n": n}).job["id"]).ok
        took.append(time.monotonic() - began)

    assert sorted(took)[5] < 0.2, took
