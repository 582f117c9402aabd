"""Operators see how many letters wait, and how long, beside the jobs."""

from __future__ import annotations

import pytest

from bus.cli.queues import print_queues
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import create_tables, deeds
from tests.workers.letters.carried import carried
from workers import workers

KEY = "a key for nothing but these tests"


@pytest.fixture
def bus(database_url, own_redis, open_bus):
    settings = Settings(broker_url=own_redis.url, signing_keys=(KEY,))
    bus = open_bus(database_url, plugins=[deeds, carried, workers], settings=settings)
    create_tables(bus.database)
    return bus


def figures(bus) -> tuple[object, ...]:
    """Letters and jobs that wait in the queue they share, and in all."""
    data = bus.call("queue_list").data
    (default,) = (queue for queue in data["items"] if queue["name"] == "default")
    assert data["total"]["letters"] == default["letters"]
    assert data["total"]["oldest_letter_ms"] == default["oldest_letter_ms"]
    return default["letters"], default["waiting"]


def oldest_ms(bus) -> int | None:
    return bus.call("queue_list").data["total"]["oldest_letter_ms"]


def test_letters_are_counted_beside_jobs(bus):
    assert (figures(bus), oldest_ms(bus)) == ((0, 0), None)
    bus.submit_many("carried", [{"n": n} for n in range(3)])
    bus.submit("deed", {"n": 4})

    assert figures(bus) == (3, 1)


def test_the_oldest_tells_how_long(bus):
    """Those that come after it make it no younger."""
    bus.submit("carried", {"n": 1})
    wait_until(lambda: oldest_ms(bus) > 50)
    bus.submit("carried", {"n": 2})

    assert oldest_ms(bus) > 50


def test_a_letter_that_is_not_ours_has_no_age(bus, own_redis):
    bus.submit("carried", {"n": 1})
    own_redis.ask(f"LPUSH {bus.provider._prefix}mail:default nonsense")

    assert (figures(bus), oldest_ms(bus)) == ((2, 0), None)


def test_a_redis_that_is_away_is_no_reason_to_be_silent_about_jobs(bus, own_redis):
    bus.submit("deed", {"n": 1})
    own_redis.crash()

    assert figures(bus) == (None, 1)
    assert bus.call("queue_list").ok


def test_bus_queues_shows_them_where_there_can_be_any(bus, capsys):
    bus.submit("carried", {"n": 1})
    items = bus.call("queue_list").data["items"]

    print_queues(items)
    head, default, *_ = capsys.readouterr().out.splitlines()
    assert head.split()[-3:] == ["LETTERS", "OLDEST", "LETTER"]
    assert default.split()[-3] == "1"
    print_queues([item | {"letters": None} for item in items])
    assert "LETTERS" not in capsys.readouterr().out


def test_who_carries_nothing_asks_nobody(database_url, own_redis, open_bus, monkeypatch):
    bus = open_bus(database_url, plugins=[deeds, workers], settings=Settings(broker_url=own_redis.url))
    monkeypatch.setattr(type(bus.provider), "waiting", lambda *_: pytest.fail("asked"))

    assert figures(bus) == (None, 0)
