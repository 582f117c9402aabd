"""What keeps ``bus serve`` from starting, and what it listens at."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from bus.errors import SetupError
from bus.gateway.listening import listen, place_of
from bus.gateway.names import check_names
from bus.settings import Settings


def test_a_free_port_is_chosen_and_told() -> None:
    for host, begin in {"127.0.0.1": "http://127.0.0.1:", "::1": "http://[::1]:", "localhost": "http://"}.items():
        with listen(Settings(http_host=host, http_port=0)) as listener:
            assert place_of(listener).startswith(begin), host
            assert not place_of(listener).endswith(":0"), host
            socket.create_connection(listener.getsockname()[:2]).close()


def test_where_nobody_can_listen_is_one_sentence() -> None:
    with listen(Settings(http_port=0)) as taken:
        port = taken.getsockname()[1]
        for host, number in (("127.0.0.1", port), ("203.0.113.7", 0), ("nowhere.invalid", 0)):
            with pytest.raises(SetupError, match=f"cannot listen at {host} port {number} "):
                listen(Settings(http_host=host, http_port=number))


def test_what_would_never_match_is_refused() -> None:
    right = Settings(
        http_origins=("*", "https://a.example", "http://[::1]:80", "http://localhost:3000"),
        http_hosts=("a.example", "*.a.example", "[::1]"),
        http_proxies=("10.0.0.2", "10.0.0.0/8", "::1"),
    )
    check_names(right)
    for wrong in (
        {"http_origins": ("a.example",)},
        {"http_origins": ("https://a.example/",)},
        {"http_hosts": ("a.example:8000",)},
        {"http_hosts": ("https://a.example",)},
        {"http_proxies": ("10.0.0.1/8",)},
        {"http_proxies": ("proxy.example",)},
    ):
        ((name, (value,)),) = wrong.items()
        with pytest.raises(SetupError, match=f"BUS_{name.upper()} names '{value}'; "):
            check_names(right.replace(**wrong))


def test_processes_share_no_database_in_memory(run_python: Callable[..., Any]) -> None:
    variables = {"BUS_DATABASE_URL": "sqlite://", "BUS_HTTP_PROCESSES": "2", "BUS_HTTP_PORT": "0"}
    done = run_python("-m", "bus", "serve", env=variables, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("bus: ")
    assert "in memory" in done.stderr
    assert len(done.stderr.splitlines()) == 1
