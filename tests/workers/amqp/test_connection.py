"""Connections as the URL says: nodes in turn, TLS; who is not let in is told why, without the password."""

from __future__ import annotations

import socket
import threading

import pytest

from bus.database import Database
from bus.errors import QueueUnavailable
from bus.jobs.rows import Row
from bus.settings import Settings
from bus.testing import wait_until
from tests.servers import HOST
from workers.amqp import carrier as amqp_carrier
from workers.amqp.carrier import AmqpCarrier
from workers.amqp.line import Line
from workers.amqp.place import place_of
from workers.brokers.identity import mail_key, prefix_of

ROW = Row("id", "default", 0, "deed@1", '{"n":1}', "local", "c", 0, 0, 0, None)


@pytest.fixture
def database(sqlite_url):
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def make_carrier(database):
    carriers = []

    def make(url):
        carriers.append(AmqpCarrier(place_of(url), database, Settings(signing_keys=("k" * 32,))))
        return carriers[-1]

    yield make
    for carrier in carriers:
        carrier.close()


@pytest.mark.parametrize("url", ["amqp://guest:hunter2@{host}", "amqp://guest:guest@{host}/hunter2"])
def test_who_is_not_let_in_is_told_and_the_log_says_why(make_carrier, rabbitmq_server, capsys, url):
    carrier = make_carrier(url.format(host=f"{HOST}:{rabbitmq_server.port}"))

    with pytest.raises(QueueUnavailable, match="RabbitMQ did not take the request"):
        carrier.send([ROW])
    log = capsys.readouterr().err
    assert "rabbitmq_away" in log
    assert "guest:" not in log
    assert ("hunter2" in log) is url.endswith("/hunter2"), "the name of a virtual host is no secret"


def test_a_node_that_is_down_is_passed_over(make_carrier, rabbitmq_server, database):
    carrier = make_carrier(f"amqp://guest:guest@{HOST}:1,{HOST}:{rabbitmq_server.port}")
    carrier.announce(["default"])  # the line goes on by itself

    wait_until(lambda: carrier._line._is_open, 20, "the second node")
    carrier.send([ROW])
    assert rabbitmq_server.count(mail_key(prefix_of(database), "default")) == 1


def test_amqps_says_nothing_in_the_clear(make_carrier):
    """What arrives first is a TLS handshake, and whoever cannot answer it hears no password."""
    heard = []
    with socket.create_server((HOST, 0)) as server:

        def listen():
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(4096))

        listener = threading.Thread(target=listen)
        listener.start()
        carrier = make_carrier(f"amqps://joe:hunter2@{HOST}:{server.getsockname()[1]}")
        with pytest.raises(QueueUnavailable):
            carrier.send([ROW])
        listener.join()
        carrier.close()

    assert heard[0][:2] == b"\x16\x03"
    assert b"hunter2" not in heard[0]


def test_a_connection_may_stand_before_its_publisher_goes_on(make_carrier, rabbitmq_server, monkeypatch, capsys):
    """On a busy machine its thread is there first."""

    class QuickLine(Line):
        def __init__(self, *given) -> None:
            super().__init__(*given)
            wait_until(lambda: self._is_open, 20, "the connection")

    monkeypatch.setattr(amqp_carrier, "Line", QuickLine)
    carrier = make_carrier(rabbitmq_server.url)

    carrier.send([ROW])
    assert carrier.waiting(["default"])["default"].letters >= 1
    assert "rabbitmq_away" not in capsys.readouterr().err
