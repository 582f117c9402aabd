"""Who may connect, how many, and for how long an answer waits to be read; with real sockets, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bus import LOCAL, READ, Bus, Contract, Plugin, Schema, fields
from bus.gateway.unix import admit, user_of
from bus.gateway.unix_clients import Clients
from bus.gateway.unix_place import Place
from bus.testing import wait_until
from tests.bus.gateway.unix_server import UnixClient, short_folder

LONG = "x" * 2**20


class Much(Contract):
    """Answer a mebibyte."""

    name, access, effect = "much", LOCAL, READ

    class Result(Schema):
        text = fields.Text(required=True)


plugin = Plugin("talker", contracts=[Much])


@plugin.handles(Much)
def much(ctx: Any) -> dict[str, Any]:
    return {"text": LONG}


@pytest.fixture
def bus(open_bus: Callable[..., Bus]) -> Bus:
    return open_bus("sqlite://", plugins=[plugin])


@pytest.fixture
def place() -> Iterator[Place]:
    with short_folder() as folder:
        place = Place(folder / "s")
        yield place
        place.leave()


@pytest.fixture
def connect(place: Place) -> Iterator[Callable[[], UnixClient]]:
    """Come to the door."""
    clients: list[UnixClient] = []

    def one() -> UnixClient:
        clients.append(UnixClient(place.path))
        return clients[-1]

    yield one
    for client in clients:
        client.close()


def test_a_client_that_does_not_read_is_cut_off_and_keeps_nobody_waiting(
    bus: Bus, place: Place, connect: Callable[[], UnixClient], capsys: pytest.CaptureFixture[str]
) -> None:
    clients = Clients(bus, patience_s=0.3)
    deaf, other = connect(), connect()
    admit(place.listener, clients, 10)
    deaf.write(*[{"command": "much"}] * 10)
    for _ in range(20):
        assert len(other.ask({"command": "much"})["data"]["text"]) == len(LONG)
    wait_until(lambda: len(clients) == 1)
    assert "client_cut_off" in capsys.readouterr().err
    with pytest.raises(OSError, match="reset|Broken"):
        deaf.write(*[{"command": "much"}] * 10)
    assert clients.drain(10) == 0


def test_one_client_too_many_is_told_so(
    bus: Bus, place: Place, connect: Callable[[], UnixClient], capsys: pytest.CaptureFixture[str]
) -> None:
    clients = Clients(bus)
    first, second = connect(), connect()
    admit(place.listener, clients, 1)
    answer = json.loads(second.rest())
    assert (answer["id"], answer["error"]["code"]) == (None, "RATE_LIMITED")
    assert answer["error"]["details"] == {"retry_after_seconds": 1}
    assert "BUS_UNIX_CLIENTS" in answer["error"]["message"]
    assert "client_turned_away" in capsys.readouterr().err
    first.close()
    wait_until(lambda: len(clients) == 0)
    third = connect()
    admit(place.listener, clients, 1)
    assert third.ask({"command": "much"})["ok"]
    assert clients.drain(10) == 0


def test_another_user_is_turned_away_without_a_word(
    bus: Bus, place: Place, connect: Callable[[], UnixClient], capsys: pytest.CaptureFixture[str]
) -> None:
    """Also when the permissions of the file would let them in: the kernel says who it is."""
    clients, stranger = Clients(bus), connect()
    stranger.write({"command": "much"})
    admit(place.listener, clients, 10, users={user_of(stranger.socket) + 1})
    with pytest.raises(ConnectionResetError):
        stranger.rest()
    assert len(clients) == 0
    assert "another user" in capsys.readouterr().err
