"""With TLS: who has the authority's file talks to the broker; who has not, or meets another name, tells it nothing."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pika
import pytest
from redis import Redis as Client
from redis.exceptions import ConnectionError as RedisConnectionError

from bus import SetupError
from bus.database import Database
from bus.testing import wait_until
from tests.rabbitmq import RabbitMQ
from tests.servers import Redis
from tests.tls import Authority
from workers.amqp.place import place_of as amqp_place_of
from workers.brokers.identity import prefix_of, wake_key
from workers.redis.bell import RedisBell
from workers.redis.place import place_of


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def redis_door(authority: Authority, redis_server: Redis) -> Iterator[int]:
    with authority.door(redis_server.port) as port:
        yield port


def test_a_worker_is_woken_over_tls(authority, redis_door, redis_url, sqlite_url):
    database = Database(sqlite_url)
    bell = RedisBell(place_of(f"rediss://127.0.0.1:{redis_door}/0?ssl_ca_certs={authority.file}"), database)
    try:
        bell.announce(["default"])
        with Client.from_url(redis_url) as client:
            wait_until(lambda: client.llen(wake_key(prefix_of(database), "default")) == 1, what="the token")
    finally:
        bell.close()
        database.close()


@pytest.mark.parametrize("query", ["", "?ssl_ca_certs={stranger}"], ids=["the system's authorities", "another one"])
def test_redis_with_a_certificate_that_nobody_vouches_for_is_an_outage(stranger, redis_door, query):
    place = place_of(f"rediss://127.0.0.1:{redis_door}/0{query.format(stranger=stranger.file)}")
    with place.connect(5) as client, pytest.raises(RedisConnectionError, match="certificate verify failed"):
        client.ping()


def test_redis_under_another_name_is_an_outage(authority, redis_server):
    with authority.door(redis_server.port, "elsewhere.example") as port:
        url = f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={authority.file}"
        with place_of(url).connect(5) as client, pytest.raises(RedisConnectionError, match="certificate"):
            client.ping()
        with place_of(f"{url}&ssl_check_hostname=no").connect(5) as client:
            assert client.ping()


def test_rabbitmq_over_tls(authority: Authority, stranger: Authority, rabbitmq_server: RabbitMQ) -> None:
    with authority.door(rabbitmq_server.port) as port:
        url = f"amqps://127.0.0.1:{port}/?ssl_ca_certs="
        with pika.BlockingConnection(amqp_place_of(f"{url}{authority.file}").parameters(0)) as connection:
            assert connection.is_open
        with pytest.raises(ssl.SSLCertVerificationError):
            pika.BlockingConnection(amqp_place_of(f"{url}{stranger.file}").parameters(0))


@pytest.mark.parametrize("make", [place_of, amqp_place_of], ids=["rediss", "amqps"])
def test_an_authority_whose_file_is_missing_stops_the_start(make, tmp_path: Path) -> None:
    scheme = "amqps" if make is amqp_place_of else "rediss"
    with pytest.raises(SetupError, match="cannot be read"):
        make(f"{scheme}://127.0.0.1/?ssl_ca_certs={tmp_path}/nowhere.pem")
