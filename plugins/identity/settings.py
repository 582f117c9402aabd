"""What operators set for this domain: environment variables of the process, read when they are needed.

``BUS_IDENTITY_KEYS``  keys of at least 32 bytes, separated by commas, the same for every process that shares a
                       database. The first hashes and encrypts, all of them are tried when something is checked.
                       Default: one key in the file ``identity.keys`` of the home folder, made at the first need.
``BUS_SIGNUP_OPEN``    whether strangers may make accounts once there is one. Default: false.
``BUS_HOME``           the home folder, as for the bus itself.

Not here: what is derived from a key (keys.py).
"""

from __future__ import annotations

import os
from pathlib import Path

from bus.errors import SetupError

#: A key for HMAC-SHA-256 that is shorter than the digest weakens it (RFC 2104).
MIN_KEY_BYTES = 32
KEY_FILE = "identity.keys"
_YES, _NO = frozenset(("1", "true", "yes", "on")), frozenset(("", "0", "false", "no", "off"))


def key_texts() -> tuple[str, ...]:
    """The keys of the environment; empty: none are set.

    Raises:
        SetupError: one is too short.
    """
    text = os.environ.get("BUS_IDENTITY_KEYS", "").strip()
    if not text:
        return ()
    keys = tuple(key.strip() for key in text.split(","))
    if any(len(key.encode()) < MIN_KEY_BYTES for key in keys):
        raise SetupError(
            f"BUS_IDENTITY_KEYS must be keys of at least {MIN_KEY_BYTES} bytes, separated by commas; "
            "one is made by: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return keys


def is_signup_open() -> bool:
    """Whether strangers may make accounts once there is one.

    Raises:
        SetupError: the setting is neither true nor false.
    """
    text = os.environ.get("BUS_SIGNUP_OPEN", "").strip().lower()
    if text not in _YES | _NO:
        raise SetupError(f"BUS_SIGNUP_OPEN is {text[:100]!r} but must be true or false; correct it or leave it out")
    return text in _YES


def key_file() -> Path:
    """Where the key lies that this machine made for itself."""
    home = os.environ.get("BUS_HOME", "").strip()
    if home:
        return Path(home).expanduser().absolute() / KEY_FILE
    import platformdirs  # only for whoever sets neither a home nor keys

    return Path(platformdirs.user_data_dir("charterbus", appauthor=False)) / KEY_FILE
