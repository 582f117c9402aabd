"""What must not be shown: which names hold secrets, and how values look once the secrets are out.

A name tells by its words (``session_token``, ``apiKey``, ``X-Auth-Token``). Masking too much costs a log line its
detail, masking too little costs an account, so words that are usually secret are masked wherever they stand.

Not here: which arguments of a command are secret (``secret = True`` on its contract keeps them out altogether).
"""

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

MASK = "***"
#: Levels of nesting that are shown; what lies deeper is left out.
MAX_DEPTH = 8

#: What is shown as a list.
SEQUENCES: tuple[type[Any], ...] = (list, tuple, set, frozenset)

#: Secret wherever they stand in a name.
SECRET_WORDS = frozenset(
    {"password", "passwd", "sslpassword", "passphrase", "pwd", "secret", "secrets", "token", "tokens", "otp", "totp"}
    | {"credential", "credentials", "authorization", "cookie", "cookies", "apikey"}
)
#: Secret as the last word of a name: ``backup_codes``, ``signing_key``; not ``key_count``.
SECRET_ENDINGS = frozenset(("code", "codes", "key", "keys", "pin"))
#: Names that end like a secret and are none.
PLAIN_NAMES = frozenset(("error_code", "exit_code", "status_code"))

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# To the last @ of the word: people forget to escape an @ or / in a password.
_URL_PASSWORD = re.compile(r"(?<=://)([^/@\s:]{0,200}):\S{0,200}@")
_QUERY_MEMBER = re.compile(r"([?&]([^=?&#\s]{1,100})=)[^&#\s]+")


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Whether a value under this name is taken for a secret."""
    if name in PLAIN_NAMES:
        return False
    words = [word.lower() for word in _WORDS.findall(name)]
    return not SECRET_WORDS.isdisjoint(words) or bool(words and words[-1] in SECRET_ENDINGS)


def masked_text(text: str) -> str:
    """The text with the passwords of all URLs in it replaced."""
    if "://" not in text:
        return text
    return _QUERY_MEMBER.sub(_masked_member, _URL_PASSWORD.sub(rf"\1:{MASK}@", text))


def masked(value: Any, depth: int = MAX_DEPTH) -> Any:
    """The value as plain JSON without its secrets; what is no JSON appears as text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if depth == 0:
        return "..."
    if isinstance(value, Mapping):
        return masked_members(value, depth)  # pyright: ignore[reportUnknownArgumentType]  # keys of any kind
    if isinstance(value, SEQUENCES):
        return [masked(item, depth - 1) for item in value]
    return masked_text(_described(value))


def masked_members(members: Mapping[Any, Any], depth: int = MAX_DEPTH) -> dict[str, Any]:
    """The members with the values of secret names replaced."""
    return {
        str(name): MASK if value is not None and is_secret_name(str(name)) else masked(value, depth - 1)
        for name, value in members.items()
    }


def _masked_member(found: re.Match[str]) -> str:
    return f"{found[1]}{MASK}" if is_secret_name(found[2]) else found[0]


def _described(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001  # a broken __str__ must not lose the record
        return f"<{type(value).__name__}>"
