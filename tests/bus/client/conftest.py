"""One gateway, one socket and one worker for all tests of the clients; and each client there is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bus import Bus
from bus.settings import Settings
from tests.bus.client.any_client import KINDS, AnyClient
from tests.bus.client.between import Between
from tests.bus.gateway.house import house
from tests.bus.gateway.unix_server import UnixServer, short_folder
from tests.bus.gateway.web_server import WebServer
from tests.bus.worker import work
from workers import workers

TOKEN = "ann's"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("web")) as server:
        yield server


@pytest.fixture(scope="package")
def socket_path(server: WebServer) -> Iterator[str]:
    """The socket of a second server, on the same database."""
    with short_folder() as folder, contextlib.closing(UnixServer(folder / "s", server._environment)) as unix:
        yield str(unix.wait_ready().path)


@pytest.fixture(scope="package")
def bus(server: WebServer) -> Iterator[Bus]:
    """The same database in this process, where its worker works."""
    settings = Settings(home=server.folder, database_url=server.database)
    with Bus.open(settings=settings, plugins=[house, workers]) as bus:
        yield bus


@pytest.fixture
def working(bus: Bus) -> Callable[[], threading.Thread]:
    """Start to do what is due, beside the test."""

    def start() -> threading.Thread:
        thread = threading.Thread(target=work, args=[bus])
        thread.start()
        return thread

    return start


@pytest.fixture
def connect() -> Iterator[Callable[..., AnyClient]]:
    """Make a client of a kind; all are closed at the end."""
    made: list[AnyClient] = []

    def make(kind: str, url: str, **options: Any) -> AnyClient:
        made.append(AnyClient(kind, url, **{"session_token": TOKEN, **options}))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture(params=["http", "http async", "lines", "lines async"])
def client(
    request: pytest.FixtureRequest, connect: Callable[..., AnyClient], server: WebServer, socket_path: str
) -> AnyClient:
    """Each way to reach the bus, with a session."""
    way, _, kind = request.param.partition(" ")
    return connect(kind or "sync", server.url if way == "http" else f"unix:{socket_path}")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """For threads, for event loops."""
    return request.param


@pytest.fixture
def between(server: WebServer) -> Iterator[Between]:
    """A network that breaks when told to, between clients and the gateway."""
    with Between(*server.address) as between:
        yield between
