"""Tokens: random text that means nothing by itself. The database knows them by keyed hashes alone.

A session token and a refresh token are hashed under different keys, so that one is never taken for the other.
"""

import secrets
from typing import NamedTuple

from plugins.identity import keys

#: Random bytes of a token: 256 bits.
TOKEN_BYTES = 32
SESSION, REFRESH = "session token", "refresh token"
#: Ids of service accounts begin so, and the keys' hashes are made for this.
SERVICE = "svc-"
#: Keys of service accounts begin so: programs that look for secrets in source code know them by it.
KEY_PREFIX = "bus_"


class Pair(NamedTuple):
    """The two tokens of a session, as its owner gets them."""

    token: str
    refresh_token: str

    def hashes(self) -> dict[str, bytes]:
        """The columns by which they will be known again."""
        return {
            "token_hash": keys.digest(SESSION, self.token),
            "refresh_hash": keys.digest(REFRESH, self.refresh_token),
        }


def new_pair() -> Pair:
    """Tokens that nobody has had before."""
    return Pair(secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES))


def possible_hashes(kind: str, token: str) -> list[bytes]:
    """The hashes under which a token of this kind may have been stored."""
    return keys.digests(kind, token)


def new_key() -> str:
    """The key of a service account."""
    return f"{KEY_PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"


def is_service(principal_id: str) -> bool:
    """Whether a principal is a program, not a person."""
    return principal_id.startswith(SERVICE)
