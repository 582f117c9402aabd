"""What a call carries on from where it is made: the correlation id and the trace.

Inside a handler, and inside ``correlated(...)``, calls to another bus bear the correlation id of the call around them.
The trace is what ``traced(...)`` says, else OpenTelemetry's present span where the program uses OpenTelemetry.

Not here: what the bus itself binds to its logs (bus/logs.py).
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Generator, Mapping
from contextvars import ContextVar
from typing import Any

from bus import ids, logs
from bus.requests import lifted

#: W3C Trace Context, level 1: version, trace id, span id, flags.
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_traceparent: ContextVar[str | None] = ContextVar("bus.client.traceparent", default=None)


@contextlib.contextmanager
def correlated(correlation_id: str) -> Generator[None]:
    """Calls made inside bear this correlation id, unless they name one."""
    token = logs.correlation.set(correlation_id)
    try:
        yield
    finally:
        logs.correlation.reset(token)


@contextlib.contextmanager
def traced(traceparent: str) -> Generator[None]:
    """Calls made inside belong to this trace (W3C ``traceparent``).

    Raises:
        ValueError: it is no traceparent.
    """
    if not _TRACEPARENT.fullmatch(traceparent):
        raise ValueError(f"{traceparent[:100]!r} is no W3C traceparent, as 00-<32 hex>-<16 hex>-01")
    token = _traceparent.set(traceparent)
    try:
        yield
    finally:
        _traceparent.reset(token)


def correlation_of(explicit: str | None, args: Mapping[str, Any] | None = None) -> str:
    """The correlation id of a call: its own, that among its arguments, the present one, or a new one."""
    for given in (explicit, (args or {}).get("correlation_id"), logs.correlation.get()):
        if given is not None:
            return lifted("correlation_id", given)
    return ids.correlation_id()


def trace_headers() -> dict[str, str]:
    """The headers that carry the present trace on; none where there is no trace."""
    given = _traceparent.get()
    if given is not None:
        return {"traceparent": given}
    headers: dict[str, str] = {}
    if "opentelemetry.trace" in sys.modules:  # imported by the program, or there is nothing to carry on
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(headers)
    return headers
