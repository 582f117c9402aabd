"""Where a bus is: the URLs that a client takes.

Not here: going there (bus/client/http_sync.py, places.py and their neighbours).
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit


class Address(NamedTuple):
    """One bus."""

    #: ``http``, ``unix`` or ``stdio``.
    way: str
    #: The URL, the path of the socket, or the program to start.
    place: str

    @classmethod
    def of(cls, url: str) -> Address:
        """What a URL says.

        Raises:
            ValueError: it is of no kind that is known.
        """
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and not (parts.username or parts.password):
            return cls("http", url)
        if not parts.netloc and (parts.scheme == "stdio" or (parts.scheme == "unix" and parts.path)):
            return cls(parts.scheme, parts.path)
        raise ValueError(
            "the address of a bus is http://host:port, https://host, unix:/path/of/socket or stdio:, without a user"
        )
