"""Connections as the URL says: password, user, database, TLS, Sentinels that name another master after a while."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest
from redis import Redis as Client
from redis.exceptions import AuthenticationError, ConnectionError, RedisError  # noqa: A004  # redis-py's names

from bus.database import Database
from bus.testing import wait_until
from workers.redis.bell import RedisBell
from workers.redis.ear import RedisListener
from workers.redis.place import place_of


def hosts_of(server):
    return f"127.0.0.1:{server.port}"


def test_a_password_and_a_user_are_given(own_redis):
    with Client.from_url(own_redis.url) as client:
        client.execute_command("ACL", "SETUSER", "joe", "on", ">p@ss", "~*", "+@all")
        client.config_set("requirepass", "secret")

    for user, who in ((":secret", "default"), ("joe:p%40ss", "joe")):
        with place_of(f"redis://{user}@{hosts_of(own_redis)}/3").connect(5) as client:
            assert client.execute_command("ACL", "WHOAMI") == who.encode()
            assert client.client_info()["db"] == 3
    with place_of(f"redis://:hunter2@{hosts_of(own_redis)}").connect(5) as client:
        with pytest.raises(AuthenticationError) as refused:
            client.ping()
        assert "hunter2" not in str(refused.value)


def test_rediss_says_nothing_in_the_clear():
    """What arrives first is a TLS handshake, and whoever cannot answer it hears no password."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(4096))

        listener = threading.Thread(target=listen)
        listener.start()
        place = place_of(f"rediss://:hunter2@127.0.0.1:{server.getsockname()[1]}")
        with place.connect(5) as client, pytest.raises(ConnectionError):
            client.ping()
        listener.join()

    assert heard[0][:2] == b"\x16\x03"
    assert b"hunter2" not in heard[0]


def test_a_server_that_says_nothing_costs_one_timeout():
    """And not several, with pauses between, as redis-py would have it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = place_of(f"redis://127.0.0.1:{server.getsockname()[1]}")
        began = time.monotonic()
        with place.connect(0.5) as client, pytest.raises(RedisError):
            client.ping()

    assert time.monotonic() - began < 2


def test_after_a_failover_bell_and_ear_meet_at_the_new_master(guarded, sqlite_url):
    master, sentinel = guarded
    place = place_of(f"redis+sentinel://127.0.0.1:1,{hosts_of(sentinel)}/main/0")
    database = Database(sqlite_url)
    bell, listener = RedisBell(place, database), RedisListener(place, database)
    ear = listener.ear("default")

    def is_rung():
        ear.lie_down()
        bell.announce(["default"])
        ear.sleep(0.2)
        was_rung = not ear.is_lying
        ear.get_up()
        return was_rung

    try:
        wait_until(is_rung, 20, "the first master")
        master.crash()
        with place.connect(1) as client:

            def is_new():
                with contextlib.suppress(RedisError):
                    return client.role()[0] == b"master" and client.config_get("port")["port"] != str(master.port)
                return False

            wait_until(is_new, 40, "the failover")
        wait_until(is_rung, 20, "the second master")
    finally:
        listener.close()
        bell.close()
        listener._thread.join()
        database.close()


def test_a_service_that_the_sentinels_do_not_know_is_an_outage(guarded):
    _, sentinel = guarded
    with place_of(f"redis+sentinel://{hosts_of(sentinel)}/other").connect(1) as client, pytest.raises(RedisError):
        client.ping()
