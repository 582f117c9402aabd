"""A letter: one request that travels whole, signed, so that nobody who only reaches Redis can make a worker run it.

    key id ⇥ HMAC-SHA-256 ⇥ expiry ⇥ who and what, as JSON ⇥ arguments, as JSON

The signature covers all that follows it, and the database and queue it was written for. It is checked first, then the
expiry; only then is anything taken apart.

Source: RFC 2104, HMAC.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bus import wire

if TYPE_CHECKING:
    from bus.jobs.rows import Row

#: Between the parts; JSON as the bus writes it holds none.
TAB = b"\t"
_KEY_ID_LENGTH = 8


class Letter(NamedTuple):
    """A request as a worker gets it."""

    id: str
    #: ``name@version``.
    contract: str
    principal: str
    correlation_id: str
    #: The caller's arguments, as JSON.
    args: str


class Forged(ValueError):
    """A letter that must not be opened; the message says why."""


class Seal:
    """Writes letters and opens them.

    Args:
        keys: the first signs, all of them verify.
        lasts_ms: how long a letter may be under way.
    """

    def __init__(self, keys: Sequence[str], lasts_ms: int) -> None:
        self._keys = {_id_of(key): key.encode() for key in keys}
        self._signs = _id_of(keys[0]) if keys else b""
        self._lasts_ms = lasts_ms

    def write(self, row: Row, address: bytes) -> bytes:
        """A letter for a queue's address."""
        head = wire.encode((row.id, row.contract, row.principal, row.correlation_id))
        content = b"%d\t%b\t%b" % (int(time.time() * 1000) + self._lasts_ms, head, row.args.encode())
        return TAB.join((self._signs, _signature(self._keys[self._signs], address, content), content))

    def open(self, letter: bytes, address: bytes) -> Letter:
        """What a letter says.

        Raises:
            Forged: it was not written for this address with one of our keys, or long ago.
        """
        expires, _, said = self._content(letter, address).partition(TAB)
        if int(expires) < time.time() * 1000:
            raise Forged("it has expired")
        head, _, args = said.partition(TAB)
        job_id, contract, principal, correlation_id = wire.decode_stored(head)
        return Letter(job_id, contract, principal, correlation_id, args.decode())

    def age_ms(self, letter: bytes, address: bytes) -> int:
        """How long ago a letter was written, by the clocks of two hosts; at least 0.

        Raises:
            Forged: it was not written for this address with one of our keys.
        """
        expires, _, _ = self._content(letter, address).partition(TAB)
        return max(0, int(time.time() * 1000) - (int(expires) - self._lasts_ms))

    def _content(self, letter: bytes, address: bytes) -> bytes:
        """What is signed."""
        key_id, _, rest = letter.partition(TAB)
        signature, _, content = rest.partition(TAB)
        key = self._keys.get(key_id)
        if key is None:
            raise Forged("it is signed with a key that is not among BUS_SIGNING_KEYS")
        if not hmac.compare_digest(_signature(key, address, content), signature):
            raise Forged("its signature is wrong")
        return content


def _signature(key: bytes, address: bytes, content: bytes) -> bytes:
    return hmac.digest(key, b"charterbus letter 1\t%b\t%b" % (address, content), "sha256").hex().encode()


def _id_of(key: str) -> bytes:
    """Says which key it was, and nothing about the key."""
    return hashlib.sha256(b"charterbus key id\t" + key.encode()).hexdigest()[:_KEY_ID_LENGTH].encode()
