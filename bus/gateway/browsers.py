"""Letting pages of other origins call from a browser (CORS): nobody, unless they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus.gateway.application import Gateway

#: What pages may send, and what they may read of an answer.
SENT = (
    *("Accept", "Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "Prefer", "Traceparent"),
    "X-Correlation-ID",
)
READ = ("Deprecation", "Link", "Location", "Preference-Applied", "Retry-After", "Sunset", "X-Correlation-ID")
#: Seconds for which a browser need not ask again.
MAX_AGE_S = 600


def with_origins(gateway: Gateway) -> Any:
    """The gateway, for pages of the origins that were named as well."""
    origins = gateway.bus.settings.http_origins
    if not origins:
        return gateway
    from starlette.middleware.cors import CORSMiddleware

    return CORSMiddleware(
        gateway,
        allow_origins=origins,
        allow_methods=("GET", "POST"),
        allow_headers=SENT,
        expose_headers=READ,
        max_age=MAX_AGE_S,
    )
