"""Questions carried over HTTP by threads that wait.

Not here: what the messages mean (bus/client/http_messages.py).
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque

import httpx2

from bus.client.failures import NoAnswerInTime
from bus.client.http_faults import LIMITS, SILENCE_S, is_stream, patience, told
from bus.client.http_messages import Message, message_for, reply_of
from bus.client.server_events import ServerEvents
from bus.client.steps import Ask, Event, Open, Reply


class HttpCarrier:
    """Connections to one gateway, kept while they are good. Safe to share between threads.

    Args:
        url: its address.
    """

    #: The bus tells of jobs by itself.
    tells = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._process = os.getpid()
        self._http = self._connected()
        #: Of the process that forked this one; closing them would end its connections as well.
        self._inherited: list[httpx2.Client] = []

    def ask(self, step: Ask) -> Reply:
        """Send a question and read its answer.

        Raises:
            NoAnswer: there is none.
        """
        deadline_s = time.monotonic() + step.timeout_s
        with told(self._url):
            return self._read(self._sent(message_for(step.question), patience(step.timeout_s)), deadline_s)

    def open(self, step: Open) -> HttpStream | Reply:
        """Begin to hear of a job; a reply where the bus refuses to tell.

        Raises:
            NoAnswer: there is neither.
        """
        with told(self._url):
            response = self._sent(message_for(step.question), patience(step.timeout_s, SILENCE_S))
            if is_stream(response):
                return HttpStream(self._url, response)
            return self._read(response, time.monotonic() + step.timeout_s)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _connected(self) -> httpx2.Client:
        return httpx2.Client(base_url=self._url.rstrip("/") + "/", limits=LIMITS)

    def _sent(self, message: Message, within: httpx2.Timeout) -> httpx2.Response:
        if os.getpid() != self._process:  # forked: two processes must not read from one connection
            self._inherited.append(self._http)
            self._process, self._http = os.getpid(), self._connected()
        method, path, headers, body = message
        request = self._http.build_request(method, path, headers=headers, content=body, timeout=within)
        return self._http.send(request, stream=True)

    def _read(self, response: httpx2.Response, deadline_s: float) -> Reply:
        body = bytearray()
        with contextlib.closing(response):
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > deadline_s:  # httpx2 looks at each read by itself
                    raise NoAnswerInTime(self._url, was_sent=True)
            return reply_of(response.status_code, response.headers, bytes(body))


class HttpStream:
    """The events of one job."""

    def __init__(self, url: str, response: httpx2.Response) -> None:
        self._url = url
        self._response = response
        self._pieces = response.iter_bytes()
        self._events = ServerEvents()
        self._waiting: deque[Event] = deque()

    def next(self) -> Event | None:
        """The next event; None: the stream has ended.

        Raises:
            NoAnswer: it broke off.
        """
        while not self._waiting:
            with told(self._url):
                piece = next(self._pieces, None)
            if piece is None:
                return None
            self._waiting.extend(self._events.take(piece))
        return self._waiting.popleft()

    def close(self) -> None:
        """Hear no more."""
        self._response.close()
