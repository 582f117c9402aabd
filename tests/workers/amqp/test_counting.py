"""Operators see how many letters wait in RabbitMQ, beside the jobs."""

from __future__ import annotations

import pytest

from bus.errors import QueueUnavailable
from bus.jobs.port import Counting, Waiting
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS
from tests.servers import HOST
from tests.workers.letters.carried import KEY, PLUGINS, carried
from workers import workers
from workers.amqp import carrier


@pytest.fixture
def open_with(sqlite_url, open_bus):
    """A bus whose broker is a RabbitMQ, or none."""

    def open_one(url):
        settings = Settings(**SETTINGS, broker_url=url, signing_keys=(KEY,))
        bus = open_bus(sqlite_url, plugins=[deeds, carried, workers], settings=settings)
        create_tables(bus.database)
        return bus

    return open_one


@pytest.fixture
def bus(open_with, rabbitmq_server):
    return open_with(rabbitmq_server.url)


def figures(bus) -> tuple[object, ...]:
    """Letters and jobs that wait in the queue they share, and in all."""
    data = bus.call("queue_list").data
    (default,) = (queue for queue in data["items"] if queue["name"] == "default")
    assert data["total"]["letters"] == default["letters"]
    return default["letters"], default["waiting"]


def test_letters_are_counted_beside_jobs(bus):
    """Also before RabbitMQ knows the queue."""
    assert figures(bus) == (0, 0)
    bus.submit_many("carried", [{"n": n} for n in range(3)])
    bus.submit("deed", {"n": 4})

    assert figures(bus) == (3, 1)


def test_nobody_can_tell_how_long_they_have_waited(bus):
    """To look at one is to have it delivered, and to give it back makes a job of it."""
    bus.submit("carried", {"n": 1})

    assert bus.call("queue_list").data["total"]["oldest_letter_ms"] is None
    assert figures(bus) == (1, 0)


def test_letters_that_workers_have_in_hand_do_not_wait(bus, start_fleet, rabbitmq_server, sqlite_url):
    given = {"broker_url": rabbitmq_server.url, "signing_keys": (KEY,)}
    start_fleet(sqlite_url, plugins=PLUGINS, processes=1, threads=1, **given).wait_ready()
    bus.submit_many("carried_nap", [{"n": n, "ms": 800} for n in range(3)])

    wait_until(lambda: figures(bus) == (2, 0), 20, "a worker to have one in hand")
    wait_until(lambda: len(done(bus)) == 3, 20)
    assert figures(bus) == (0, 0)


def test_each_queue_has_its_own_figure(bus):
    """Asked for again and again, by a publisher whose line goes on carrying letters."""
    bus.submit("carried", {"n": 1})
    assert isinstance(bus.provider, Counting)

    for _ in range(3):
        assert bus.provider.waiting(["default", "nothing"]) == {
            "default": Waiting(1, None),
            "nothing": Waiting(0, None),
        }
    assert bus.submit("carried", {"n": 2}).ok
    assert bus.provider.waiting(["default"]) == {"default": Waiting(2, None)}


def test_a_rabbitmq_that_hangs_is_no_reason_to_be_silent_about_jobs(bus, rabbitmq_server, monkeypatch):
    bus.submit("deed", {"n": 1})
    assert figures(bus) == (0, 1)
    monkeypatch.setattr(carrier, "COUNT_TIMEOUT_S", 0.3)

    with rabbitmq_server.frozen():
        assert figures(bus) == (None, 1)
    monkeypatch.undo()
    wait_until(lambda: figures(bus) == (0, 1), 20, "it to answer again")


def test_nor_is_one_that_is_away(open_with):
    bus = open_with(f"amqp://{HOST}:1")
    bus.submit("deed", {"n": 1})

    assert figures(bus) == (None, 1)
    with pytest.raises(QueueUnavailable, match="RabbitMQ did not tell what waits"):
        bus.provider.waiting(["default"])


def test_a_queue_that_may_not_be_looked_at_is_not_said_to_be_empty(open_with, rabbitmq_server):
    """Somebody else's connection owns it."""
    bus = open_with(rabbitmq_server.url)
    assert figures(bus) == (0, 0)
    with rabbitmq_server.connect() as connection:
        connection.channel().queue_declare(f"{bus.provider._prefix}mail:default", exclusive=True)
        assert figures(bus) == (None, 0)
    wait_until(lambda: figures(bus) == (0, 0), 20)
