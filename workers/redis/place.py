"""Where Redis is, as ``BUS_BROKER_URL`` says, and how a connection to it is made.

    redis://user:password@host:6379/0       rediss:// the same over TLS
    redis+sentinel://host:26379,host:26379/service/0        the master that the Sentinels name

Not here: what is said over a connection (workers/redis/bell.py, workers/redis/ear.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from workers.brokers.url import TLS_OPTIONS, hosts_of, options_of, parts_of, refuse

if TYPE_CHECKING:
    from redis import Redis

SCHEMES = ("redis", "rediss", "redis+sentinel", "rediss+sentinel")
REDIS_PORT, SENTINEL_PORT = 6379, 26379
#: How the Sentinels know this client, where they ask.
SENTINEL_OPTIONS = frozenset(("sentinel_password", "sentinel_username"))


@dataclass(frozen=True)
class Place:
    """A Redis, or the Sentinels that know it."""

    #: Host and port: of the Redis, or of each Sentinel.
    hosts: tuple[tuple[str, int], ...]
    #: The name under which the Sentinels know the master; None: no Sentinels.
    service: str | None = None
    db: int = 0
    #: Further arguments of a connection to Redis: who this is, TLS.
    options: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    #: The same for connections to Sentinels.
    sentinel_options: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)

    def connect(self, timeout_s: float, answer_s: float | None = None) -> Redis:
        """A client, which connects with its first command and never tries one twice by itself.

        Args:
            timeout_s: longest wait for a connection, and for an answer.
            answer_s: longest wait for an answer, where that is another one.
        """
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
        from redis.sentinel import Sentinel

        waits: dict[str, Any] = {
            "socket_connect_timeout": timeout_s,
            "socket_timeout": answer_s or timeout_s,
            "socket_keepalive": True,
            # Whoever waits here has a patience of its own: a retry would double it.
            "retry": Retry(NoBackoff(), 0),
            # The older protocol: one round trip less to connect, and every server speaks it.
            "protocol": 2,
        }
        given: dict[str, Any] = waits | {"db": self.db} | dict(self.options)
        if self.service is None:
            ((host, port),) = self.hosts
            return Redis(host=host, port=port, **given)
        asked: dict[str, Any] = waits | {"socket_timeout": timeout_s} | dict(self.sentinel_options)
        sentinel: Any = Sentinel(list(self.hosts), sentinel_kwargs=asked, **given)
        return sentinel.master_for(self.service)


def place_of(url: str) -> Place:
    """What a broker URL names.

    Raises:
        SetupError: it cannot be read; the password is not repeated.
    """
    parts = parts_of(url, SCHEMES)
    is_tls, is_sentinel = parts.scheme.startswith("rediss"), parts.scheme.endswith("+sentinel")
    hosts = hosts_of(parts.hosts, SENTINEL_PORT if is_sentinel else REDIS_PORT)
    if len(hosts) > 1 and not is_sentinel:
        refuse("several hosts are Sentinels; write redis+sentinel://host:26379,host:26379/service")
    none = frozenset[str]()
    query = options_of(parts.query, (TLS_OPTIONS if is_tls else none) | (SENTINEL_OPTIONS if is_sentinel else none))
    tls = {"ssl": True, **{name: value for name, value in query.items() if name in TLS_OPTIONS}} if is_tls else {}
    if is_tls:
        from workers.brokers.tls import context_of  # most speak in the clear

        context_of(query)  # a certificate that cannot be read stops the start
    sentinel = {name.removeprefix("sentinel_"): value for name, value in query.items() if name in SENTINEL_OPTIONS}
    who = {"username": parts.user, "password": parts.password}
    who = {what: value for what, value in who.items() if value}
    service, db = _service(parts.path) if is_sentinel else (None, parts.path)
    return Place(hosts, service, _number(db), who | tls, sentinel | tls)


def _service(path: str) -> tuple[str, str]:
    service, _, db = path.partition("/")
    if not service:
        refuse("Sentinels need the name of the master's service; write redis+sentinel://host:26379/service/0")
    return unquote(service), db


def _number(db: str) -> int:
    if not re.fullmatch(r"[0-9]{0,6}", db):
        refuse("the database must be a number, as in redis://host:6379/0")
    return int(db or 0)
