"""Passwords as the database knows them: argon2id, with a salt each.

A check costs the same whether there is an account or not: where there is none, a hash that no password fits is checked.
Hashing takes memory and tens of milliseconds, so it happens outside of units of work.

Source: RFC 9106 (Argon2); OWASP, "Password Storage Cheat Sheet" (19 MiB, two passes, one lane).
"""

from __future__ import annotations

import functools
import os
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
SALT_BYTES, HASH_BYTES = 16, 32


def hashed(password: str) -> str:
    """The password as a PHC string: ``$argon2id$v=19$m=…,t=…,p=…$salt$hash``."""
    return _hasher().hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the hash was made of this password; never, where there is no hash, and as slowly."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


def raw_hash(text: str, salt: bytes) -> bytes:
    """The hash of a short secret whose salt is kept apart."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(text.encode(), salt, PASSES, MEMORY_KIB, LANES, HASH_BYTES, Type.ID)


@functools.cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(PASSES, MEMORY_KIB, LANES, HASH_BYTES, SALT_BYTES)


@functools.cache
def _nobodys_hash() -> str:
    """Looks like every other and was made of nothing, so that the first to ask for it does not wait longer."""
    salt, made = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (SALT_BYTES, HASH_BYTES))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${made}"
