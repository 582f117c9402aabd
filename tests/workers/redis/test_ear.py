"""Listening: who sleeps is woken, who is busy leaves the token to others, and a lost connection comes back."""

from __future__ import annotations

import threading
import time

import pytest
from redis import Redis as Client

from bus.testing import wait_until
from workers.brokers.identity import prefix_of, wake_key
from workers.letters.consumer import LINGER_S
from workers.redis.bell import RedisBell
from workers.redis.ear import SETTLE_S, RedisListener
from workers.redis.hand import Hand
from workers.redis.mailbox import RedisMailbox
from workers.redis.place import place_of


@pytest.fixture
def make_listener(database):
    listeners = []

    def make(url):
        listeners.append(RedisListener(place_of(url), database))
        return listeners[-1]

    yield make
    for listener in listeners:
        listener.close()
    for listener in listeners:
        listener._thread.join()


@pytest.fixture
def redis(redis_url):
    with Client.from_url(redis_url) as client:
        yield client


@pytest.fixture
def ring(redis_url, database):
    bell = RedisBell(place_of(redis_url), database)
    yield lambda queue="default": bell.announce([queue])
    bell.close()


def slept_s(ear, timeout_s=10.0) -> float:
    began = time.monotonic()
    ear.sleep(timeout_s)
    return time.monotonic() - began


def test_a_sleeper_is_woken_and_the_token_is_gone(make_listener, redis_url, ring, tokens):
    ear = make_listener(redis_url).ear("default")
    ear.lie_down()
    ring()

    assert slept_s(ear) < 8
    assert tokens() == 0


def test_a_token_that_came_before_somebody_lay_down_is_not_missed(make_listener, redis_url, ring, tokens):
    ring()
    wait_until(lambda: tokens() == 1)
    ear = make_listener(redis_url).ear("default")
    ear.lie_down()

    assert slept_s(ear) < 8


def test_only_the_queue_that_rang_is_woken(make_listener, redis_url, ring):
    listener = make_listener(redis_url)
    mine, other = listener.ear("mine"), listener.ear("other")
    mine.lie_down()
    other.lie_down()
    ring("mine")

    assert slept_s(mine) < 8
    assert slept_s(other, 0.2) >= 0.2


def test_a_busy_process_takes_no_token(make_listener, redis_url, ring, tokens):
    """Somebody else may be idle."""
    listener = make_listener(redis_url)
    busy = listener.ear("default")
    ring()
    wait_until(lambda: tokens() == 1)
    idle = make_listener(redis_url).ear("default")
    idle.lie_down()

    assert slept_s(idle) < 8
    assert slept_s(busy, 0.1) >= 0.1


def test_a_token_that_reaches_a_process_too_late_is_handed_on(make_listener, redis_url, ring, tokens):
    """It slept when it asked for tokens and has found work since."""
    with Client.from_url(redis_url) as client:
        early = make_listener(redis_url).ear("default")
        early.lie_down()
        wait_until(lambda: client.info("clients")["blocked_clients"] == 1)
        early.get_up()
        late = make_listener(redis_url).ear("default")
        late.lie_down()
        wait_until(lambda: client.info("clients")["blocked_clients"] == 2)
    ring()

    assert slept_s(late) < 8
    assert tokens() == 0


def test_a_burst_wakes_several_processes(make_listener, redis_url, ring):
    """One sleeper takes one token and leaves the others."""
    ears = [make_listener(redis_url).ear("default") for _ in range(3)]
    for ear in ears:
        ear.lie_down()
    for _ in ears:
        ring()

    assert max(slept_s(ear) for ear in ears) < 8


def test_nobody_asks_redis_while_nobody_sleeps(make_listener, own_redis):
    """A busy worker has no use for tokens."""
    listener = make_listener(own_redis.url)
    ear = listener.ear("default")
    ear.lie_down()
    with Client.from_url(own_redis.url) as client:
        wait_until(lambda: client.info("clients")["blocked_clients"] == 1)
        ear.get_up()
        wait_until(lambda: client.info("clients")["blocked_clients"] == 0)
        before = client.info("commandstats")["cmdstat_blpop"]["calls"]
        time.sleep(1.2)
        assert client.info("commandstats")["cmdstat_blpop"]["calls"] == before


def test_a_listener_that_loses_its_connection_comes_back(make_listener, own_redis, database):
    ear = make_listener(own_redis.url).ear("default")
    ear.lie_down()
    with Client.from_url(own_redis.url) as client:
        wait_until(lambda: client.info("clients")["blocked_clients"] == 1)
    own_redis.crash()
    own_redis.start()
    with Client.from_url(own_redis.url) as client:
        client.rpush(wake_key(prefix_of(database), "default"), "1")

    assert slept_s(ear) < 8


def test_a_listener_ends_though_redis_is_away(make_listener, own_redis):
    own_redis.crash()
    listener = make_listener(own_redis.url)
    listener.ear("default").lie_down()
    listener.close()

    listener._thread.join(5)
    assert not listener._thread.is_alive()
    assert "bus-listen" not in {thread.name for thread in threading.enumerate()}


def test_a_consumer_that_lingers_is_waited_for():
    """Listening without it lasts for a glance, and on an idle server for as long as serverCron takes its time."""
    assert LINGER_S * 1.5 < SETTLE_S


@pytest.fixture
def mailbox(redis_url, database):
    """Of a consumer that has found nothing."""
    mailbox = RedisMailbox(Client.from_url(redis_url), prefix_of(database), "default", Hand("me", 30_000))
    assert mailbox.take(8) is None
    yield mailbox
    mailbox.close()


@pytest.mark.parametrize("has_token", [True, False])
def test_letters_come_with_the_token_or_without(make_listener, redis_url, ring, mailbox, redis, has_token):
    """A publisher may die between the two."""
    listener = make_listener(redis_url)
    ear = listener.ear("=default")
    ear.mailbox = mailbox
    ear.lie_down()
    redis.rpush(mailbox.address, "1", "2")
    if has_token:
        ring("=default")

    assert ear.sleep(8)
    assert mailbox.is_behind
    assert mailbox.take(1).letters == [b"2", b"1"]


def test_whoever_is_awake_is_brought_nothing(make_listener, redis_url, ring, mailbox, redis):
    make_listener(redis_url).ear("=default").mailbox = mailbox
    idle = make_listener(redis_url).ear("other")
    idle.lie_down()
    redis.rpush(mailbox.address, "1")
    ring("other")

    assert idle.sleep(8)
    assert not mailbox.is_behind
