"""What a broker URL names, and what is said about one that cannot be read."""

from __future__ import annotations

import pytest

from bus.errors import SetupError
from workers import workers
from workers.amqp.place import Place, place_of


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("amqp://h", Place((("h", 5672),))),
        ("amqp://h/", Place((("h", 5672),))),
        ("amqp://h:7000/shop", Place((("h", 7000),), "shop")),
        ("amqp://h/%2Fshop", Place((("h", 5672),), "/shop")),
        ("amqp://joe:p%40ss@[::1]:7000", Place((("::1", 7000),), user="joe", password="p@ss")),
        ("amqp://a,b:7/x?heartbeat=5", Place((("a", 5672), ("b", 7)), "x", heartbeat_s=5)),
        ("amqps://h?ssl_check_hostname=no", Place((("h", 5671),), tls={"ssl_check_hostname": False})),
    ],
)
def test_a_url_names_a_place(url, place):
    assert place_of(url) == place


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("amqp+udp://h", "must begin with one of amqp://, amqps://"),
        ("amqp://", "a host must be"),
        ("amqp://h:port", "a host must be"),
        ("amqp://h:70000", "a port must be"),
        ("amqp://h/a/b", "is written %2F"),
        ("amqp://h?heartbeat=0", "from 1 to 600"),
        ("amqp://h?heartbeat=soon", "from 1 to 600"),
        ("amqp://h?ssl_ca_certs=x", "'ssl_ca_certs' is not known here; known are: heartbeat"),
        ("amqps://h?ssl_ca_certs=/no/such/file", "certificates cannot be read"),
        ("amqps://h?ssl_cert_reqs=maybe", "must be one of none, optional, required"),
    ],
)
def test_what_cannot_be_read_is_told_without_the_password(url, why):
    with pytest.raises(SetupError, match=why) as refused:
        place_of(url.replace("://", "://u:hunter2@"))

    assert "hunter2" not in str(refused.value)
    assert "BUS_BROKER_URL" in str(refused.value)


def test_the_password_does_not_show_where_a_place_is_printed():
    assert "hunter2" not in repr(place_of("amqps://joe:hunter2@h"))
    assert "hunter2" not in repr(place_of("amqp://joe:hunter2@h").parameters(0))


def test_each_attempt_asks_the_next_node():
    place = place_of("amqp://a,b:7")

    assert [(place.parameters(n).host, place.parameters(n).port) for n in range(3)] == [
        ("a", 5672),
        ("b", 7),
        ("a", 5672),
    ]


def test_tls_checks_who_answers_unless_told_otherwise():
    strict = place_of("amqps://h").parameters(0).ssl_options
    assert strict.context.check_hostname
    assert strict.server_hostname == "h"
    assert not place_of("amqps://h?ssl_cert_reqs=none").parameters(0).ssl_options.context.check_hostname


def test_a_bus_with_a_wrong_url_does_not_open(open_bus):
    with pytest.raises(SetupError, match="a port must be"):
        open_bus("sqlite://", plugins=[workers], broker="amqp://h:0")


def test_a_broker_that_nobody_knows_is_told(open_bus):
    with pytest.raises(SetupError, match=r"'kafka'.*redis:// or amqp://"):
        open_bus("sqlite://", plugins=[workers], broker="kafka://h")
