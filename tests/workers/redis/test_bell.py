"""Ringing: tokens for whoever sleeps, never too many, and no publisher waits, whatever state Redis is in."""

from __future__ import annotations

import os
import socket
import time

import pytest
from redis import Redis as Client

from bus.testing import wait_until
from workers.brokers.identity import prefix_of, wake_key
from workers.redis import bell as module
from workers.redis.bell import RedisBell
from workers.redis.place import place_of


@pytest.fixture
def make_bell(database):
    bells = []

    def make(url):
        bells.append(RedisBell(place_of(url), database))
        return bells[-1]

    yield make
    for bell in bells:
        bell.close()


def test_each_publish_leaves_a_token_at_its_queue(make_bell, redis_url, tokens):
    bell = make_bell(redis_url)
    bell.announce({"default", "other"})
    bell.announce(["default"])

    wait_until(lambda: (tokens(), tokens("other")) == (2, 1))
    assert tokens("third") == 0


def test_tokens_that_nobody_takes_are_few_and_go_with_time(make_bell, redis_url, tokens, database):
    bell = make_bell(redis_url)
    for _ in range(5):
        bell.announce(["default"] * 100)
    bell.close()

    assert tokens() == module.MOST_TOKENS
    with Client.from_url(redis_url) as client:
        assert 0 < client.ttl(wake_key(prefix_of(database), "default")) <= module.KEEP_S


def test_a_bus_that_is_closed_has_rung_before(make_bell, redis_url, tokens):
    """A program that publishes and ends does not leave its job to the workers' next look."""
    bell = make_bell(redis_url)
    bell.announce(["default"])
    bell.close()

    assert tokens() == 1


def test_a_bell_that_never_rang_has_connected_to_nothing(make_bell):
    began = time.monotonic()
    make_bell("redis://192.0.2.1").close()
    assert time.monotonic() - began < 0.5


def test_what_could_not_be_rung_is_rung_when_redis_is_back(make_bell, own_redis, database, capsys):
    """One line in the log when it goes, one when it comes."""
    bell = make_bell(own_redis.url)
    own_redis.crash()
    for _ in range(3):
        bell.announce(["default"])
        time.sleep(module.GAP_S * 2)
    wait_until(lambda: "redis_away" in capsys.readouterr().err)
    own_redis.start()

    with Client.from_url(own_redis.url) as client:
        wait_until(lambda: client.llen(wake_key(prefix_of(database), "default")) == 3)
    log = ""

    def told():
        nonlocal log
        log += capsys.readouterr().err
        return "redis_back" in log

    wait_until(told)
    assert "redis_away" not in log


@pytest.fixture
def deaf_server():
    """A port that takes connections and says nothing, ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("where", ["refusing", "deaf", "nowhere"])
def test_no_publisher_waits_for_a_redis_that_does_not_answer(make_bell, deaf_server, where, own_redis):
    own_redis.crash()
    bell = make_bell({"refusing": own_redis.url, "deaf": deaf_server, "nowhere": "redis://192.0.2.1"}[where])
    longest = 0.0
    for _ in range(2_000):
        began = time.monotonic()
        bell.announce(["default"])
        longest = max(longest, time.monotonic() - began)
    began = time.monotonic()
    bell.close()

    assert longest < 0.5
    assert time.monotonic() - began < module.CLOSE_S + 0.5


def test_a_fork_rings_by_itself(make_bell, redis_url, tokens):
    """The thread that rings stays with the parent."""
    bell = make_bell(redis_url)
    bell.announce(["default"])
    wait_until(lambda: tokens() == 1)
    child = os.fork()
    if child == 0:
        bell.announce(["default"])
        bell.close()
        os._exit(0)
    os.waitpid(child, 0)

    assert tokens() == 2
    bell.announce(["default"])
    wait_until(lambda: tokens() == 3)


def test_a_database_in_memory_rings_nowhere(open_bus, redis_url):
    from workers import workers
    from workers.bells import SilentBell

    bus = open_bus("sqlite://", plugins=[workers], broker=redis_url)
    assert isinstance(bus.provider, SilentBell)
