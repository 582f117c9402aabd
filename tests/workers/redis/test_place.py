"""What a broker URL names, and what is said about one that cannot be read."""

from __future__ import annotations

import pytest

from bus.errors import SetupError
from tests.tls import Authority
from workers.redis.place import Place, place_of


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("redis://h", Place((("h", 6379),))),
        ("redis://h:7000/3", Place((("h", 7000),), db=3)),
        ("redis://[::1]:7000", Place((("::1", 7000),))),
        ("redis://:p%40ss@h/", Place((("h", 6379),), options={"password": "p@ss"})),
        ("redis://joe:a:b@h", Place((("h", 6379),), options={"username": "joe", "password": "a:b"})),
        ("rediss://h", Place((("h", 6379),), options={"ssl": True}, sentinel_options={"ssl": True})),
        ("redis+sentinel://a,b:7/main/2", Place((("a", 26379), ("b", 7)), "main", 2)),
        (
            "redis+sentinel://:one@a/main?sentinel_password=two",
            Place((("a", 26379),), "main", options={"password": "one"}, sentinel_options={"password": "two"}),
        ),
    ],
)
def test_a_url_names_a_place(url, place):
    assert place_of(url) == place


def test_tls_is_as_strict_as_the_url_says(tmp_path):
    file = str(Authority(tmp_path).file)
    place = place_of(f"rediss://h?ssl_ca_certs={file}&ssl_check_hostname=false")

    assert place.options == {"ssl": True, "ssl_ca_certs": file, "ssl_check_hostname": False}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("redis+udp://h", "must begin with one of redis://"),
        ("redis://", "a host must be"),
        ("redis://h:port", "a host must be"),
        ("redis://h:70000", "a port must be"),
        ("redis://a,b", r"write redis\+sentinel://"),
        ("redis+sentinel://a,b", "name of the master's service"),
        ("redis://h/first", "the database must be a number"),
        ("redis://h?ssl_ca_certs=x", "'ssl_ca_certs' is not known here; known are: none"),
        ("rediss://h?ssl_ca=x", "known are: ssl_ca_certs, "),
    ],
)
def test_what_cannot_be_read_is_told_without_the_password(url, why):
    with pytest.raises(SetupError, match=why) as refused:
        place_of(url.replace("://", "://u:hunter2@"))

    assert "hunter2" not in str(refused.value)
    assert "BUS_BROKER_URL" in str(refused.value)


def test_neither_credentials_nor_tls_show_where_a_place_is_printed():
    assert "hunter2" not in repr(place_of("rediss://joe:hunter2@h"))


def test_a_bus_with_a_wrong_url_does_not_open(open_bus):
    from workers import workers

    with pytest.raises(SetupError, match="a port must be"):
        open_bus("sqlite://", plugins=[workers], broker="redis://h:0")
