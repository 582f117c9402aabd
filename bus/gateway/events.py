"""``GET /jobs/{id}/events``: a job as it goes on, as server-sent events.

    state     {"id", "state", "attempt", "is_cancelled", "run_at"}    at first, and whenever one of them has changed
    progress  {"done", "total", "message", "at"}                      as the handler told it
    envelope  the answer of the job                                   once, and the stream is over
    refused   an envelope of ``job_get``                              once: the session has ended, or the job is gone

An event's id says what its reader has seen by then, so that a reader that comes back with ``Last-Event-ID`` is told
what is new; one that has seen everything gets 204, which tells browsers not to come back.

Not here: noticing that something has changed (bus/gateway/watching.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from bus.envelope import Envelope
from bus.gateway.headers import read_head
from bus.gateway.jobs import Asker, has_ended
from bus.gateway.replies import NO_STORE, Reply, plain, reply
from bus.jobs.states import ENDED
from bus.wire import encode

if TYPE_CHECKING:
    from bus.gateway.application import Gateway
    from bus.gateway.watching import Watch

#: Seconds of silence after which a comment keeps the stream open: proxies end what is silent for long.
PING_S = 15.0
PING = b": still here\n\n"
#: Told to nginx: events must not wait for more of them.
_UNBUFFERED = (b"x-accel-buffering", b"no")
_NOTHING_NEW = Reply(204, [NO_STORE], b"")
#: Between the parts of an event's id.
_SEPARATOR = ":"


class Seen(NamedTuple):
    """What a reader knows of a job; written out, the id of an event."""

    state: str = ""
    progress: str = ""
    #: ``end`` after the envelope.
    end: str = ""

    @classmethod
    def read(cls, scope: Any) -> Seen:
        """What a reader who comes back has seen; nothing, if it does not say so in our words."""
        header = dict(scope["headers"]).get(b"last-event-id", b"")
        parts = header.decode("latin-1").split(_SEPARATOR)
        return cls(*parts) if len(parts) == len(cls._fields) else cls()


class Event(NamedTuple):
    """One event."""

    name: str
    data: Any
    #: What its reader has seen after it.
    seen: Seen

    @property
    def written(self) -> bytes:
        """The event as it is sent."""
        mark = _SEPARATOR.join(self.seen).encode("latin-1", "replace")
        return b"event: %s\nid: %s\ndata: %s\n\n" % (self.name.encode(), mark, encode(self.data))


async def stream_events(gateway: Gateway, job_id: str, scope: Any, receive: Any, send: Any) -> Reply | None:
    """Send events until the job has ended; a whole answer instead, where there is no stream to send."""
    head = read_head(scope)
    if isinstance(head, str):
        return plain(400, head)
    asker, seen = Asker(gateway, head, job_id), Seen.read(scope)
    with gateway.watching.watch(job_id) as watch:
        envelope = await asker.ask()
        if envelope.data is None:
            return reply(envelope, gateway.bus.registry, head, scope.get("root_path", ""))
        if seen.end and seen.state == _state_mark(envelope.data["job"]):
            return _NOTHING_NEW
        await send({"type": "http.response.start", "status": 200, "headers": _headers(envelope)})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return None
        leaving = asyncio.ensure_future(_left(receive))
        leaving.add_done_callback(lambda _: watch.end())
        try:
            await _stream(asker, watch, envelope, seen, send)
        finally:
            leaving.cancel()
    await send({"type": "http.response.body", "body": b""})
    return None


async def _stream(asker: Asker, watch: Watch, envelope: Envelope, seen: Seen, send: Any) -> None:
    while True:
        text = b""
        for event in news(envelope, seen):
            text += event.written
            seen = event.seen
        if text:
            await send({"type": "http.response.body", "body": text, "more_body": True})
        if has_ended(envelope) or watch.is_over:
            return
        while not await watch.changed(PING_S):
            await send({"type": "http.response.body", "body": PING, "more_body": True})
        if watch.is_over:
            return
        envelope = await asker.ask()


def news(envelope: Envelope, seen: Seen) -> Iterator[Event]:
    """The events for what a reader has not seen of a job.

    Args:
        envelope: of ``job_get``.
        seen: what the reader knows.
    """
    if envelope.data is None:
        yield Event("refused", envelope.to_dict(), seen)
        return
    job = envelope.data["job"]
    if seen.state != _state_mark(job):
        seen = Seen(_state_mark(job), seen.progress)
        yield Event("state", {name: job[name] for name in ("id", "state", "attempt", "is_cancelled", "run_at")}, seen)
    progress = job["progress"]
    if progress is not None and seen.progress != _progress_mark(progress):
        seen = seen._replace(progress=_progress_mark(progress))
        yield Event("progress", progress, seen)
    if job["state"] in ENDED and job["envelope"] is not None and not seen.end:
        seen = seen._replace(end="end")
        yield Event("envelope", {**job["envelope"], "job": {"id": job["id"], "state": job["state"]}}, seen)


def _state_mark(job: dict[str, Any]) -> str:
    return f"{job['state']}.{job['attempt']}.{job['is_cancelled']:d}.{job['run_at']}"


def _progress_mark(progress: dict[str, Any]) -> str:
    return f"{progress['at']}.{progress['done']}"


def _headers(envelope: Envelope) -> list[tuple[bytes, bytes]]:
    correlation_id = (b"x-correlation-id", envelope.correlation_id.encode())
    return [(b"content-type", b"text/event-stream; charset=utf-8"), NO_STORE, _UNBUFFERED, correlation_id]


async def _left(receive: Any) -> None:
    """Wait until the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
