"""What all broker URLs are made of, and what is said about one that cannot be read; never with its password.

Their parts are ``scheme://user:password@host:port,host:port/path?option=value``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, NoReturn
from urllib.parse import parse_qsl, unquote

from bus.errors import SetupError

#: What may follow the question mark where the connection is encrypted.
TLS_OPTIONS = frozenset(("ssl_ca_certs", "ssl_cert_reqs", "ssl_certfile", "ssl_check_hostname", "ssl_keyfile"))

_URL = re.compile(r"(?P<scheme>[a-z+]+)://(?P<authority>[^/?]*)(?:/(?P<path>[^?]*))?(?:\?(?P<query>.*))?", re.DOTALL)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s]+)(?::([0-9]{1,5}))?")


class Parts(NamedTuple):
    """The parts of a broker URL; those that are missing are empty."""

    scheme: str
    user: str
    password: str
    hosts: str
    #: Without the slash in front; as it was written.
    path: str
    query: str


def parts_of(url: str, schemes: Sequence[str]) -> Parts:
    """A URL, taken apart.

    Raises:
        SetupError: it has no scheme of these.
    """
    parts = _URL.fullmatch(url)
    if parts is None or parts["scheme"] not in schemes:
        refuse(f"it must begin with one of {', '.join(f'{scheme}://' for scheme in schemes)}")
    credentials, _, hosts = parts["authority"].rpartition("@")
    user, _, password = credentials.partition(":")
    return Parts(parts["scheme"], unquote(user), unquote(password), hosts, parts["path"] or "", parts["query"] or "")


def hosts_of(text: str, port: int) -> tuple[tuple[str, int], ...]:
    """Hosts and ports; ``port`` where none is written.

    Raises:
        SetupError: one cannot be read.
    """
    found = [_HOST.fullmatch(host) for host in text.split(",")]
    if not all(found):
        refuse("a host must be a name or an address, with a port after a colon; IPv6 addresses stand in brackets")
    hosts = [(host[1].strip("[]"), int(host[2] or port)) for host in found if host]
    if any(not 0 < port < 65_536 for _, port in hosts):  # noqa: PLR2004  # the ports that TCP has
        refuse("a port must be a number from 1 to 65535")
    return tuple(hosts)


def options_of(query: str, allowed: Iterable[str]) -> dict[str, Any]:
    """The options after the question mark, as text; ``ssl_check_hostname`` as a bool.

    Raises:
        SetupError: one is not among the allowed ones.
    """
    given: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    known = sorted(allowed)
    for name in sorted(given.keys() - set(known)):
        refuse(f"the option {name!r} is not known here; known are: {', '.join(known) or 'none'}")
    if "ssl_check_hostname" in given:
        given["ssl_check_hostname"] = given["ssl_check_hostname"].lower() not in {"0", "false", "no"}
    return given


def refuse(why: str) -> NoReturn:
    """Stop the start."""
    raise SetupError(f"the broker URL cannot be read: {why}; set BUS_BROKER_URL")
