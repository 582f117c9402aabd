"""How the text of an environment variable becomes a value, and what a wrong one should have been.

Not here: which settings there are (bus/settings.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """How the text of a variable becomes a value."""

    #: What is allowed, as the end of the sentence "... must be".
    allowed: str
    #: Raises ValueError or KeyError when the text is not allowed.
    read: Callable[[str], Any]
    #: Nobody may see a value of it.
    is_secret: bool = False


#: A key for HMAC-SHA-256 that is shorter than the digest weakens it (RFC 2104).
MIN_KEY_BYTES = 32
_YES, _NO = frozenset(("1", "true", "yes", "on")), frozenset(("0", "false", "no", "off"))


def whole(low: int, high: int) -> Kind:
    """A whole number between two bounds, both allowed."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return Kind(f"a whole number from {low} to {high}", read)


def one_of(*words: str) -> Kind:
    """One of these words, in any case."""

    def read(text: str) -> str:
        return {word.lower(): word for word in words}[text.lower()]

    return Kind(f"one of {', '.join(words)}", read)


def _read_switch(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError
    return text.lower() in _YES


def _read_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if any(re.search(r"\s", name) for name in names):
        raise ValueError
    return names


def _read_name(text: str) -> str:
    if not re.fullmatch(r"\S{1,200}", text):
        raise ValueError
    return text


def _read_folder(text: str) -> Path:
    if "\0" in text:
        raise ValueError
    return Path(text).expanduser().absolute()


def _read_database(text: str) -> str:
    if not re.match(r"(sqlite|postgres|postgresql|postgresql\+psycopg)://", text):
        raise ValueError
    return re.sub(r"^postgres://", "postgresql://", text)  # as hosting services spell it; SQLAlchemy does not


def _read_broker(text: str) -> str:
    if not re.match(r"[a-z][a-z0-9+.-]*://", text):
        raise ValueError
    return text


def _read_keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(","))
    if any(len(key.encode()) < MIN_KEY_BYTES for key in keys):
        raise ValueError
    return keys


def _read_token(text: str) -> str:
    if not re.fullmatch(r"[!-~]{1,4096}", text):
        raise ValueError
    return text


SWITCH = Kind("true or false", _read_switch)
NAME = Kind("a name of 1 to 200 characters without blanks", _read_name)
NAMES = Kind("names separated by commas", _read_names)
FOLDER = Kind("the path of a folder", _read_folder)
DATABASE = Kind("a URL that begins with sqlite:// or postgresql://", _read_database)
BROKER = Kind("a URL such as redis://host:6379/0 or amqp://host:5672", _read_broker)
KEYS = Kind(f"keys of at least {MIN_KEY_BYTES} bytes, separated by commas", _read_keys, is_secret=True)
TOKEN = Kind("a session token of 1 to 4096 characters", _read_token, is_secret=True)
