"""Passwords as the database knows them: argon2id, with a salt each.

A check costs the same whether there is an account or not: where there is none, a hash that no password fits is checked.
Hashing takes memory and tens of milliseconds, so it happens outside of units of work. Operators set what it costs; what
was hashed at another cost is still checked at its own, and passwords are hashed anew when their owners log in.

Source: RFC 9106 (Argon2).
"""

from __future__ import annotations

import functools
import os
import struct
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from plugins.identity.plugin import identity

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LANES, SALT_BYTES, HASH_BYTES = 1, 16, 32
#: Stands before the salt of a set of secrets: the memory and the passes that they are hashed with.
_COST = struct.Struct(">IH")


class Cost(NamedTuple):
    """What one hash takes."""

    memory_kib: int
    passes: int


def hashed(password: str) -> str:
    """The password as a PHC string: ``$argon2id$v=19$m=…,t=…,p=…$salt$hash``."""
    return _hasher(_cost()).hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the hash was made of this password; never, where there is no hash, and as slowly."""
    from argon2.exceptions import InvalidHashError, VerificationError

    cost = _cost()
    try:
        return _hasher(cost).verify(password_hash or _nobodys_hash(cost), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _hasher(_cost()).check_needs_rehash(password_hash)


def new_salt() -> bytes:
    """A salt for a set of short secrets, and today's cost."""
    return _COST.pack(*_cost()) + os.urandom(SALT_BYTES)


def raw_hash(text: str, salt: bytes) -> bytes:
    """The hash of a short secret, at the cost that stands with its salt."""
    from argon2.low_level import Type, hash_secret_raw

    cost = Cost(*_COST.unpack_from(salt))
    return hash_secret_raw(text.encode(), salt[_COST.size :], cost.passes, cost.memory_kib, LANES, HASH_BYTES, Type.ID)


def _cost() -> Cost:
    settings = identity.configured()
    return Cost(settings.password_memory_kib, settings.password_passes)


@functools.cache
def _hasher(cost: Cost) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(cost.passes, cost.memory_kib, LANES, HASH_BYTES, SALT_BYTES)


@functools.cache
def _nobodys_hash(cost: Cost) -> str:
    """Looks like every other and was made of nothing, so that the first to ask for it does not wait longer."""
    salt, made = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (SALT_BYTES, HASH_BYTES))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={LANES}${salt}${made}"
