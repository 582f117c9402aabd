"""Running a script over kept connections: threads, restarts, forgotten scripts, errors. A real Redis."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis as Client
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from workers.redis.place import place_of
from workers.redis.sender import Sender

ADD = "redis.call('RPUSH', KEYS[1], ARGV[1]) return redis.call('LLEN', KEYS[1])"


@pytest.fixture
def redis(own_redis):
    with Client.from_url(own_redis.url) as client:
        yield client


@pytest.fixture
def sender(own_redis):
    sender = Sender(place_of(own_redis.url).connect(2.0), ADD)
    yield sender
    sender.close()


def test_it_answers_what_the_script_answers(sender, redis):
    assert [sender.run(["l"], [n]) for n in (1, "two", b"3")] == [1, 2, 3]
    assert redis.lrange("l", 0, -1) == [b"1", b"two", b"3"]


def test_connections_are_kept(sender, redis):
    for n in range(20):
        sender.run(["l"], [n])
    assert redis.info("clients")["connected_clients"] == 2


def test_a_script_that_redis_has_forgotten_is_sent_again(sender, redis):
    sender.run(["l"], [1])
    redis.script_flush()
    assert (sender.run(["l"], [2]), sender.run(["l"], [3])) == (2, 3)


def test_threads_do_not_meet(sender, redis):
    """Each gets its own answer, with as many connections as there are threads at most."""
    gate = threading.Barrier(4)

    def run(name: str) -> list[int]:
        gate.wait(10)
        return [sender.run([name], [n]) for n in range(200)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(run, "abcd"))
    assert answers == [list(range(1, 201))] * 4
    assert redis.info("clients")["connected_clients"] <= 5


def test_an_error_of_the_script_leaves_the_connection_as_it_was(sender, redis):
    redis.set("text", "x")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        sender.run(["text"], [1])
    assert sender.run(["l"], [1]) == 1
    assert redis.info("clients")["connected_clients"] == 2


def test_a_connection_that_was_closed_meanwhile_is_made_again(sender, redis, own_redis):
    """By an operator, by a restart: nobody is told, for nothing was sent."""
    sender.run(["l"], [1])
    redis.client_kill_filter(_type="normal", skipme=True)
    assert sender.run(["l"], [2]) == 2
    own_redis.crash()
    own_redis.start()
    assert sender.run(["l"], [3]) == 1


def test_a_redis_that_is_away_is_told_each_time(sender, own_redis):
    sender.run(["l"], [1])
    own_redis.crash()
    for _ in range(3):
        with pytest.raises(RedisConnectionError):
            sender.run(["l"], [2])
    own_redis.start()
    assert sender.run(["l"], [3]) == 1


def test_what_was_not_answered_is_not_answered_to_the_next(sender, redis, own_redis):
    """The answer that comes late belongs to nobody."""
    sender = Sender(place_of(own_redis.url).connect(0.2), ADD)
    sender.run(["l"], [1])
    with own_redis.frozen(), pytest.raises(RedisTimeoutError):
        sender.run(["l"], [2])
    assert sender.run(["other"], [1]) == 1
    sender.close()
