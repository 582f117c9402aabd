"""What operators set for this domain: where operations are pushed to, and what the push needs."""

# ruff: noqa: RUF009  # setting returns dataclasses.field(...), which ruff cannot see

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from bus.environment import setting
from bus.setting_kinds import Kind, whole

#: Ten pushes of this length are over before the first of them counts as lost.
MIN_TIMEOUT_MS, MAX_TIMEOUT_MS = 100, 20_000
_URL_CHARACTERS = re.compile(r"[!-~]+")
_TOKEN = re.compile(r"[!-~]{1,4096}")


class Address(NamedTuple):
    """Where operations are posted to."""

    is_tls: bool
    host: str
    port: int
    #: Path and query.
    target: str

    def __repr__(self) -> str:
        return f"Address({self.host}:{self.port})"  # a query may hold a secret


def _read_address(text: str) -> Address:
    parts = urlsplit(text)
    port = parts.port
    is_address = parts.scheme in ("http", "https") and parts.hostname and port != 0 and _URL_CHARACTERS.fullmatch(text)
    if not is_address or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise ValueError
    is_tls = parts.scheme == "https"
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return Address(is_tls, parts.hostname, port or (443 if is_tls else 80), target)


def _read_token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise ValueError
    return text


ADDRESS = Kind(
    "an address such as https://remote.example/operations, without name, password and fragment",
    _read_address,
    is_secret=True,
)
TOKEN = Kind("up to 4,096 printable ASCII characters without blanks", _read_token, is_secret=True)


@dataclass(frozen=True)
class SyncSettings:
    """Variables of the environment, read when they are needed."""

    address: Address | None = setting(
        "BUS_SYNC_URL",
        ADDRESS,
        "Where operations are posted to; a name and password go into the token.",
        None,
        shown="nowhere",
    )
    token: str | None = setting(
        "BUS_SYNC_TOKEN",
        TOKEN,
        "Sent with each operation as the bearer token.",
        None,
        shown="none",
    )
    timeout_ms: int = setting(
        "BUS_SYNC_TIMEOUT_MS",
        whole(MIN_TIMEOUT_MS, MAX_TIMEOUT_MS),
        "Longest push, from connecting to the end of the answer's head.",
        MAX_TIMEOUT_MS,
        unit="milliseconds",
    )
