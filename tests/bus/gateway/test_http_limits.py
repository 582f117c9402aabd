"""What one client may take: bytes of a head, time to send and to read, a place among others."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bus.testing import wait_until
from tests.bus.gateway.web_server import WebServer

REQUEST_MS, IDLE_MS, HEADER_BYTES, CONNECTIONS = 600, 1_000, 2_048, 6
#: Seconds after which a slow client is cut off for sure: the limit, and the second between two looks.
SURELY_S = 10
WHOLE = b"POST /commands/house_echo HTTP/1.1\r\nHost: a\r\n\r\n"
BEGUN = b"POST /commands/house_echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server with narrow limits."""
    limits = {
        "BUS_HTTP_REQUEST_MS": REQUEST_MS,
        "BUS_HTTP_IDLE_MS": IDLE_MS,
        "BUS_HTTP_HEADER_BYTES": HEADER_BYTES,
        "BUS_HTTP_CONNECTIONS": CONNECTIONS,
    }
    with WebServer(tmp_path_factory.mktemp("narrow"), **limits) as server:
        yield server


class Client(contextlib.AbstractContextManager["Client"]):
    """A client that sends what it likes."""

    def __init__(self, server: WebServer, *, receives: int | None = None) -> None:
        self.socket = socket.socket()
        self.socket.settimeout(SURELY_S)
        if receives is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        self.socket.connect(server.address)

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def one(self) -> bytes:
        """One answer."""
        found = b""
        while b"\r\n\r\n" not in found:
            found += self.socket.recv(65_536)
        head, _, body = found.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self.socket.recv(65_536)
        return head + body

    def rest(self) -> bytes:
        """All that comes until the server ends the connection; an abrupt end is one, too."""
        found = b""
        with contextlib.suppress(ConnectionError):
            while data := self.socket.recv(65_536):
                found += data
        return found


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_head_that_is_too_large_is_refused(server: WebServer) -> None:
    """In one piece, in many, and one that never ends."""
    long = b"X-Long: " + b"x" * HEADER_BYTES
    for sent in (BEGUN + long + b"\r\n\r\n", BEGUN + long, b"GET /" + b"x" * 3_000 + b" HTTP/1.1\r\n\r\n"):
        with Client(server) as client:
            client.send(sent)
            answer = client.rest()
            assert status(answer) == 431, sent[:40]
            assert b"content-type: text/plain" in answer, sent[:40]
    with Client(server) as client:
        client.send(BEGUN)
        for _ in range(1_000):
            try:
                client.send(b"X-More: x\r\n")
            except ConnectionError:
                break
        assert status(client.rest() or b"- 431 -") == 431
    with Client(server) as client:
        client.send(b"POST /commands/house_echo HTTP/1.1\r\nHost: a\r\nX: " + b"x" * (HEADER_BYTES - 200) + b"\r\n\r\n")
        assert status(client.one()) == 200


def test_what_is_no_http_is_answered_and_the_connection_ends(server: WebServer) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"hello\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
    ):
        with Client(server) as client:
            client.send(sent)
            answer = client.rest()
            assert status(answer) == 400, sent
            assert b"connection: close" in answer, sent


def test_a_request_that_does_not_come_to_its_end_is_cut_off(server: WebServer) -> None:
    """Where it is still in its head or already in its body; and where nothing has ever come."""
    lengthy = BEGUN + b"Content-Length: 100\r\n\r\n"
    expected = {b"": [], b"POST": [b"408"], BEGUN: [b"408"], lengthy: [b"408"], lengthy + b"{": [b"408"]}
    with contextlib.ExitStack() as opened:
        clients = {begin: opened.enter_context(Client(server)) for begin in expected}
        for begin, client in clients.items():
            client.send(begin)
        assert {begin: client.rest().split(b" ")[1:2] for begin, client in clients.items()} == expected


def test_a_client_that_never_begins_is_cut_off_however_much_it_sends(server: WebServer) -> None:
    with Client(server) as client:
        client.socket.settimeout(0.05)
        began = time.monotonic()
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - began < SURELY_S:
                client.send(b"\r\n")
                with contextlib.suppress(TimeoutError):
                    if client.socket.recv(1) == b"":
                        break
        assert time.monotonic() - began < SURELY_S


def test_a_client_that_does_not_read_is_cut_off(server: WebServer) -> None:
    length = 3_000_000
    body = b'{"length": %d}' % length
    with Client(server, receives=4_096) as client:
        client.send(b"POST /commands/house_big HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n")
        client.send(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        assert client.socket.recv(10) == b"HTTP/1.1 2"
        wait_until(lambda: is_cut_off(client.socket), SURELY_S)


def is_cut_off(connection: socket.socket) -> bool:
    """Whether the other end has ended the connection, without reading what is there."""
    try:
        connection.send(b"")
    except OSError:
        return True
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0 or _state(connection) != 1


def _state(connection: socket.socket) -> int:
    """Of TCP; 1: established (linux/tcp.h)."""
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def test_a_client_that_reads_slowly_is_not(server: WebServer) -> None:
    """As long as it reads at all, an answer may take longer than the limit."""
    length, bytes_per_s = 12_000_000, 4_000_000  # the system itself takes a few millions off the server's hands
    body = b'{"length": %d}' % length
    with Client(server, receives=65_536) as client:
        client.send(b"POST /commands/house_big HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n")
        client.send(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        read, began = 0, time.monotonic()
        while read < length:
            data = client.socket.recv(65_536)
            assert data, read
            read += len(data)
            time.sleep(max(0.0, read / bytes_per_s - (time.monotonic() - began)))  # as fast as its network
        assert time.monotonic() - began > 4 * REQUEST_MS / 1_000


def test_an_idle_connection_ends(server: WebServer) -> None:
    with Client(server) as client:
        client.send(WHOLE)
        assert status(client.rest()) == 200


def test_who_is_one_too_many_is_told_so_and_those_inside_are_not_disturbed(server: WebServer) -> None:
    with contextlib.ExitStack() as inside:
        clients: list[Client] = []
        while len(clients) < CONNECTIONS:  # those of other tests may not have left yet
            client = inside.enter_context(Client(server))
            client.send(WHOLE)
            if status(client.one()) == 200:
                clients.append(client)
        with Client(server) as client:
            client.send(WHOLE)
            answer = client.rest()
            assert status(answer) == 503
            assert b"retry-after: 1" in answer
        for client in clients:
            client.send(WHOLE)
            assert status(client.one()) == 200
    wait_until(lambda: _is_let_in(server))


def _is_let_in(server: WebServer) -> bool:
    with Client(server) as client:
        client.send(WHOLE)
        return status(client.one()) == 200


def test_a_client_that_has_only_ended_what_it_sends_is_answered(server: WebServer) -> None:
    """As ``printf … | nc`` does."""
    with Client(server) as client:
        client.send(BEGUN + b"Content-Length: 2\r\n\r\n{}")
        client.socket.shutdown(socket.SHUT_WR)
        assert status(client.rest()) == 200


def test_an_answer_on_its_way_arrives_whatever_is_sent_after_its_request(server: WebServer, tmp_path: Path) -> None:
    """Something that is no request, a head that is too large, or one that does not come to its end."""
    after = (b"\x00nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 5_000, b"GET / HT")
    with contextlib.ExitStack() as opened:
        clients = [opened.enter_context(Client(server)) for _ in after]
        for number, client in enumerate(clients):
            files = b'{"begun": "%s/begun-%d", "end": "%s/end"}' % (bytes(tmp_path), number, bytes(tmp_path))
            begun = BEGUN.replace(b"house_echo", b"house_slow")
            client.send(begun + b"Content-Length: %d\r\n\r\n%s" % (len(files), files))
            wait_until((tmp_path / f"begun-{number}").exists)
            client.send(after[number])
        with Client(server) as other:  # is cut off for being slow, and so these had the time for it
            other.send(b"GET / HT")
            assert status(other.rest()) == 408
        (tmp_path / "end").touch()
        for sent, client in zip(after, clients, strict=True):
            assert status(client.one()) == 200, sent
            assert client.rest()[9:12] in (b"", b"408"), sent


def test_requests_may_be_sent_before_answers_are_read(server: WebServer) -> None:
    """Pipelining: answers come in order."""
    with Client(server) as client:
        for number in range(20):
            body = b'{"value": %d}' % number
            client.send(BEGUN + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        answers = client.rest()
    values = [int(part.split(b"}")[0]) for part in answers.split(b'"value":')[1:]]
    assert values == list(range(20))


def test_requests_are_answered_wherever_the_network_cuts_them(server: WebServer) -> None:
    """Commands and others, in turns, in one piece and in two."""
    body = b'{"value": 7}'
    command = BEGUN + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    last = b"POST /commands/house_echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    sent = command + b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n" + command + last
    for place in range(0, len(sent), 5):
        with Client(server) as client:
            client.send(sent[:place])
            client.send(sent[place:])
            answers = client.rest()
        assert answers.count(b"HTTP/1.1 200 OK\r\n") == 4, place
        assert answers.find(b'"value":7') < answers.find(b'"ok"}') < answers.rfind(b'"value":7'), place


def test_bodies_are_held_up_to_a_limit_together(tmp_path: Path) -> None:
    """Who sends on top is told to come again; who was there before is answered, and leaves room."""
    most = 2**20
    body = b'{"value": "%s"}' % (b"x" * (most * 3 // 4))
    request = BEGUN + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    def one_more() -> bytes:
        with Client(server) as client, contextlib.suppress(ConnectionError):  # it ends while we still send
            client.send(request)
            return client.one()
        return b"HTTP/1.1 0"

    with WebServer(tmp_path, BUS_HTTP_BODIES_BYTES=most, BUS_MAX_REQUEST_BYTES=most) as server:
        with Client(server) as first:
            first.send(request[:-1])
            refused = wait_until(lambda: status(answer := one_more()) == 503 and answer, 30, "the first to be held")
            assert b"retry-after: " in refused
            first.send(request[-1:])
            assert status(first.one()) == 200
        assert status(one_more()) == 200
