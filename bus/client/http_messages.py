"""Questions as HTTP requests to ``bus serve``, and what its answers mean.

Not here: sending them (bus/client/http_sync.py, http_async.py), the stream of a job's events (server_events.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, NoReturn
from urllib.parse import quote

from bus import wire
from bus.client.ambient import trace_headers
from bus.client.answers import MOST_SHOWN, error_of, is_still_running
from bus.client.failures import NoAnswer
from bus.client.steps import Dispatch, Follow, Look, Reply

#: Statuses with which the bus, or a proxy before it, says that another time may do.
PASSING = frozenset((429, 503))
#: Statuses with which a proxy says that the bus is away; of the bus itself they would hold an envelope.
AWAY = frozenset((429, 502, 503, 504))
_JSON = {"content-type": "application/json"}


class Message(NamedTuple):
    """An HTTP request."""

    method: str
    #: Below the address of the bus.
    path: str
    headers: dict[str, str]
    body: bytes | None = None


def message_for(question: Dispatch | Look | Follow) -> Message:
    """The request that asks a question."""
    headers = {"accept": "application/json", **trace_headers()}
    token = question.session_token
    if isinstance(question, Dispatch) and question.is_batch:
        # Not in a header: a request that brings a token of its own must not be given this one.
        requests = [request if token is None else {"session_token": token, **request} for request in question.requests]
        return Message("POST", "dispatch/batch", headers | _JSON, wire.encode(requests))
    if token is not None:
        # What no header can hold is nobody's token, as on every other way in.
        headers["authorization"] = f"Bearer {token if token.isascii() and token.isprintable() else ''}".rstrip()
    if isinstance(question, Dispatch):
        return Message("POST", "dispatch", headers | _JSON, wire.encode(question.requests[0]))
    headers["x-correlation-id"] = question.correlation_id
    path = f"jobs/{quote(question.job_id, safe='')}"
    if isinstance(question, Look):
        return Message("GET", f"{path}?wait_ms={question.wait_ms}" if question.wait_ms else path, headers)
    headers["accept"] = "text/event-stream"
    if question.after is not None:
        headers["last-event-id"] = question.after
    return Message("GET", f"{path}/events", headers)


def reply_of(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    """What an answer says.

    Raises:
        NoAnswer: it is not the bus's.
    """
    retry_after_s = _seconds(headers.get("retry-after"))
    try:
        value = wire.decode_stored(body)
    except ValueError:
        _refuse_strange(status, headers, body, retry_after_s)
    return Reply(value, status in PASSING or is_still_running(error_of(value)), retry_after_s)


def _refuse_strange(status: int, headers: Mapping[str, str], body: bytes, retry_after_s: float | None) -> NoReturn:
    shown = body[:MOST_SHOWN].decode(errors="replace").strip()
    where = headers.get("location")
    moved = f", moved to {where}" if where else ""
    raise NoAnswer(
        f"the answer has the status {status}{moved} and is no JSON: {shown!r}; is this the address of a bus?",
        was_sent=True,
        is_passing=status in AWAY,
        retry_after_s=retry_after_s,
    )


def _seconds(retry_after: str | None) -> float | None:
    """What a Retry-After says: seconds, or a moment; None: nothing that can be read."""
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
