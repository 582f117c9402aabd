"""The server's keys: what turns a token, an email or a secret into something a thief of the database cannot use.

Each purpose has a key of its own, derived with HKDF, so that what one of them made means nothing to another. There is
no default key. When keys are changed, the new one goes first and the old ones stay behind it until nothing needs them:
counters of failures begin anew, sessions and second factors go on.

Source: RFC 5869 (HKDF), RFC 2104 (HMAC), the Fernet specification (AES-128-CBC and HMAC-SHA-256).
"""

from __future__ import annotations

import base64
import functools
import hmac
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bus import wire
from bus.errors import SetupError
from bus.setting_kinds import MIN_KEY_BYTES
from plugins.identity import settings
from plugins.identity.plugin import identity

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def digests(purpose: str, text: str) -> list[bytes]:
    """HMAC-SHA-256 of a text under every key, the one in use first."""
    return [_digest(key, purpose, text) for key in _keys()]


def digest(purpose: str, text: str) -> bytes:
    """HMAC-SHA-256 of a text under the key in use."""
    return _digest(_keys()[0], purpose, text)


def sealed(text: str, owner: str) -> bytes:
    """A text encrypted under the key in use; it opens for the same owner alone."""
    return _box(_keys()).encrypt(wire.encode([owner, text]))


def opened(blob: bytes, owner: str) -> str:
    """The text that was sealed for the owner.

    Raises:
        SetupError: it was changed, or the key it was sealed with is not among the keys.
        PermissionError: it was sealed for somebody else.
    """
    from cryptography.fernet import InvalidToken

    try:
        sealed_for, text = wire.decode_stored(_box(_keys()).decrypt(blob))
    except InvalidToken:
        raise SetupError("a second factor was stored under a key that is gone; put it back behind the others") from None
    if sealed_for != owner:
        raise PermissionError("a second factor stands in the row of another user")
    return text


def forget() -> None:
    """Read the keys anew at the next need."""
    _read.cache_clear()


def _keys() -> tuple[str, ...]:
    return _read(os.environ.get("BUS_IDENTITY_KEYS", ""), os.environ.get("BUS_HOME", ""))


@functools.lru_cache(maxsize=16)
def _read(_set: str, _home: str) -> tuple[str, ...]:
    return identity.configured().keys or (_key_of_file(settings.key_file()),)


def _digest(key: str, purpose: str, text: str) -> bytes:
    # What callers send as a token may be text that UTF-8 does not know; it is nobody's.
    return hmac.digest(_derived(key, purpose), text.encode("utf-8", "surrogatepass"), "sha256")


@functools.lru_cache(maxsize=64)
def _derived(key: str, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=f"identity:{purpose}".encode()).derive(key.encode())


@functools.lru_cache(maxsize=16)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "seal"))) for key in keys])


def _key_of_file(file: Path) -> str:
    """The key in the file; the first process that needs it makes it."""
    try:
        if not file.exists():
            _make(file)
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise SetupError(f"others can read the keys in {file}; make it your own: chmod 600")
        key = file.read_text().strip()
    except OSError as error:
        raise SetupError(
            f"the keys in {file} cannot be used ({error.strerror}); set BUS_IDENTITY_KEYS, or BUS_HOME"
        ) from error
    if len(key.encode()) < MIN_KEY_BYTES:
        raise SetupError(f"the key in {file} is too short; put back the one that was there, or set BUS_IDENTITY_KEYS")
    return key


def _make(file: Path) -> None:
    """A new key, whole or not at all, and never over another one: processes may start at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # readable by its owner alone
    try:
        with os.fdopen(handle, "w") as writing:
            writing.write(f"{secrets.token_urlsafe(48)}\n")
            writing.flush()
            os.fsync(writing.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()
