"""Where RabbitMQ is, as ``BUS_BROKER_URL`` says, and with which parameters a connection to it is made.

    amqp://user:password@host:5672/vhost       amqps:// the same over TLS
    amqp://user:password@host,host/vhost       the nodes of a cluster: whichever answers

Not here: what is said over a connection (workers/amqp/line.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from workers.brokers.tls import context_of
from workers.brokers.url import TLS_OPTIONS, hosts_of, options_of, parts_of, refuse

SCHEMES = ("amqp", "amqps")
AMQP_PORT, AMQPS_PORT = 5672, 5671
#: Seconds between two signs of life; a connection that is silent for two of them is dead.
HEARTBEAT_S, MAX_HEARTBEAT_S = 10, 600
#: Seconds that a connection may take to open.
CONNECT_S = 3.0


@dataclass(frozen=True)
class Place:
    """A RabbitMQ, or the nodes of its cluster."""

    hosts: tuple[tuple[str, int], ...]
    vhost: str = "/"
    user: str = "guest"
    password: str = field(default="guest", repr=False)
    heartbeat_s: int = HEARTBEAT_S
    #: How the connection is encrypted; None: not at all.
    tls: Mapping[str, Any] | None = field(default=None, repr=False)

    def parameters(self, attempt: int) -> Any:
        """pika's parameters for one attempt to connect; each attempt asks the next host."""
        import pika

        host, port = self.hosts[attempt % len(self.hosts)]
        return pika.ConnectionParameters(
            host,
            port,
            self.vhost,
            pika.PlainCredentials(self.user, self.password),
            heartbeat=self.heartbeat_s,
            socket_timeout=CONNECT_S,
            stack_timeout=CONNECT_S,
            connection_attempts=1,
            ssl_options=None if self.tls is None else pika.SSLOptions(context_of(self.tls), host),
            client_properties={"connection_name": "charterbus"},
        )


def place_of(url: str) -> Place:
    """What a broker URL names.

    Raises:
        SetupError: it cannot be read; the password is not repeated.
    """
    parts = parts_of(url, SCHEMES)
    is_tls = parts.scheme == "amqps"
    hosts = hosts_of(parts.hosts, AMQPS_PORT if is_tls else AMQP_PORT)
    options = options_of(parts.query, {"heartbeat", *(TLS_OPTIONS if is_tls else ())})
    heartbeat_s = _heartbeat(options.pop("heartbeat", str(HEARTBEAT_S)))
    if "/" in parts.path:
        refuse("a slash in the name of a virtual host is written %2F, as in amqp://host/%2Fshop")
    place = Place(
        hosts,
        unquote(parts.path) or "/",
        parts.user or "guest",
        parts.password or "guest",
        heartbeat_s,
        options if is_tls else None,
    )
    if place.tls is not None:
        context_of(place.tls)  # a certificate that cannot be read stops the start
    return place


def _heartbeat(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_HEARTBEAT_S:
        refuse(f"heartbeat must be a whole number of seconds from 1 to {MAX_HEARTBEAT_S}")
    return int(text)
