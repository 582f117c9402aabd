"""What a drill deletes at Redis is what it has there itself."""

from __future__ import annotations

import pytest
from redis import Redis

from bus.errors import QueueUnavailable
from bus.jobs.port import Flushable
from tests.deeds import deeds
from workers import workers
from workers.brokers.identity import key_of, prefix_of
from workers.redis.flushing import flush
from workers.redis.place import place_of

OURS = ("wake:mine", "wake:mail:mine", "mail:mine", "owners", "refused", "held:host/1-a", "alive:host/1-a")


def test_every_key_of_a_database_goes_and_no_other(redis_url):
    with Redis.from_url(redis_url) as client:
        for prefix in ("charterbus:a:", "charterbus:b:"):
            for name in OURS:
                if name == "owners":
                    client.sadd(prefix + name, "host/1-a")
                else:
                    client.set(prefix + name, "1")
        client.set("charterbus:a:wake:another", "1")

        flush(place_of(redis_url), "charterbus:a:", ["mine"])

        left = {f"charterbus:b:{name}" for name in OURS} | {"charterbus:a:wake:another"}
        assert {key.decode() for key in client.scan_iter()} == left


def test_the_provider_flushes_under_the_name_of_its_database(sqlite_url, redis_url, open_bus):
    bus = open_bus(sqlite_url, broker=redis_url, plugins=[deeds, workers])
    assert isinstance(bus.provider, Flushable)
    with Redis.from_url(redis_url) as client:
        client.set(key_of(prefix_of(bus.database), "wake", "q"), "1")
        client.set("somebody's", "1")
        bus.provider.flush(["q"])
        assert list(client.scan_iter()) == [b"somebody's"]


def test_a_redis_that_does_not_answer_is_told():
    with pytest.raises(QueueUnavailable, match="Redis was not flushed"):
        flush(place_of("redis://127.0.0.1:1"), "charterbus:a:", ["mine"])
