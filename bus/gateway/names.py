"""Hosts, origins and proxies as they must be spelled: what is misspelt would match nothing, in silence."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from bus.errors import SetupError

if TYPE_CHECKING:
    from bus.settings import Settings

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?|https?://\[[0-9a-f:]+\](:[0-9]+)?", re.IGNORECASE)
_HOST = re.compile(r"(\*\.)?[a-z0-9.-]+|\[[0-9a-f:]+\]", re.IGNORECASE)


def check_names(settings: Settings) -> None:
    """Refuse what could never match.

    Raises:
        SetupError: says which name it is, and how it should look.
    """
    for origin in settings.http_origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SetupError(f"BUS_HTTP_ORIGINS names {origin!r}; an origin looks like https://app.example.org")
    for host in settings.http_hosts or ():
        if not _HOST.fullmatch(host):
            raise SetupError(f"BUS_HTTP_HOSTS names {host!r}; a host looks like bus.example.org, without a port")
    for proxy in settings.http_proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            raise SetupError(
                f"BUS_HTTP_PROXIES names {proxy!r}; a proxy looks like 10.0.0.2, a network like 10.0.0.0/24"
            ) from None
