"""Where Redis is, as ``BUS_BROKER_URL`` says, and how a connection to it is made.

    redis://user:password@host:6379/0       rediss:// the same over TLS
    redis+sentinel://host:26379,host:26379/service/0        the master that the Sentinels name

Not here: what is said over a connection (workers/redis/bell.py, workers/redis/ear.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import parse_qsl, unquote

from bus.errors import SetupError

if TYPE_CHECKING:
    from redis import Redis

SCHEMES = ("redis", "rediss", "redis+sentinel", "rediss+sentinel")
REDIS_PORT, SENTINEL_PORT = 6379, 26379
#: What may follow the question mark, each as redis-py knows it.
TLS_OPTIONS = frozenset(("ssl_ca_certs", "ssl_cert_reqs", "ssl_certfile", "ssl_check_hostname", "ssl_keyfile"))
#: How the Sentinels know this client, where they ask.
SENTINEL_OPTIONS = frozenset(("sentinel_password", "sentinel_username"))

_URL = re.compile(r"(?P<scheme>[a-z+]+)://(?P<authority>[^/?]*)(?:/(?P<path>[^?]*))?(?:\?(?P<query>.*))?", re.DOTALL)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s]+)(?::([0-9]{1,5}))?")


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
    parts = _URL.fullmatch(url)
    if parts is None or parts["scheme"] not in SCHEMES:
        _refuse(f"it must begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    user, _, hosts = parts["authority"].rpartition("@")
    is_tls, is_sentinel = parts["scheme"].startswith("rediss"), parts["scheme"].endswith("+sentinel")
    query = _query(parts["query"] or "", is_tls=is_tls, is_sentinel=is_sentinel)
    tls = {"ssl": True, **{name: value for name, value in query.items() if name in TLS_OPTIONS}} if is_tls else {}
    sentinel = {name.removeprefix("sentinel_"): value for name, value in query.items() if name in SENTINEL_OPTIONS}
    service, db = _service(parts["path"] or "") if is_sentinel else (None, parts["path"] or "")
    return Place(_hosts(hosts, is_sentinel=is_sentinel), service, _number(db), _credentials(user) | tls, sentinel | tls)


def _credentials(user: str) -> dict[str, Any]:
    name, _, password = user.partition(":")
    given = {"username": unquote(name), "password": unquote(password)}
    return {what: value for what, value in given.items() if value}


def _hosts(text: str, *, is_sentinel: bool) -> tuple[tuple[str, int], ...]:
    found = [_HOST.fullmatch(host) for host in text.split(",")]
    if not all(found):
        _refuse("a host must be a name or an address, with a port after a colon; IPv6 addresses stand in brackets")
    hosts = [
        (host[1].strip("[]"), int(host[2] or (SENTINEL_PORT if is_sentinel else REDIS_PORT))) for host in found if host
    ]
    if any(not 0 < port < 65_536 for _, port in hosts):  # noqa: PLR2004  # the ports that TCP has
        _refuse("a port must be a number from 1 to 65535")
    if len(hosts) > 1 and not is_sentinel:
        _refuse("several hosts are Sentinels; write redis+sentinel://host:26379,host:26379/service")
    return tuple(hosts)


def _service(path: str) -> tuple[str, str]:
    service, _, db = path.partition("/")
    if not service:
        _refuse("Sentinels need the name of the master's service; write redis+sentinel://host:26379/service/0")
    return unquote(service), db


def _number(db: str) -> int:
    if not re.fullmatch(r"[0-9]{0,6}", db):
        _refuse("the database must be a number, as in redis://host:6379/0")
    return int(db or 0)


def _query(text: str, *, is_tls: bool, is_sentinel: bool) -> dict[str, Any]:
    allowed = (TLS_OPTIONS if is_tls else frozenset[str]()) | (SENTINEL_OPTIONS if is_sentinel else frozenset[str]())
    given: dict[str, Any] = dict(parse_qsl(text, keep_blank_values=True))
    for name in sorted(given.keys() - allowed):
        _refuse(f"the option {name!r} is not known here; known are: {', '.join(sorted(allowed)) or 'none'}")
    if "ssl_check_hostname" in given:
        given["ssl_check_hostname"] = given["ssl_check_hostname"].lower() not in {"0", "false", "no"}
    return given


def _refuse(why: str) -> NoReturn:
    raise SetupError(f"the broker URL cannot be read: {why}; set BUS_BROKER_URL")
