"""Servers that the tests of this folder share; those that stop theirs, or need narrow limits, start their own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from tests.bus.gateway.web_server import WebServer

#: What can be named, named.
NAMED = {
    "BUS_HTTP_HOSTS": "tea.example, *.inside.example",
    "BUS_HTTP_ORIGINS": "https://app.example",
    "BUS_HTTP_PROXIES": "127.0.0.0/8",
    "BUS_HTTP_DOCUMENTS": "no",
}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """``bus serve`` as it is without settings."""
    with WebServer(tmp_path_factory.mktemp("web")) as server:
        yield server


@pytest.fixture
def web(server: WebServer) -> Iterator[httpx2.Client]:
    """A client without a session."""
    with server.client() as client:
        yield client


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server with hosts, origins and proxies that were named, and documents that are not for everybody."""
    with WebServer(tmp_path_factory.mktemp("named"), **NAMED) as server:
        yield server
