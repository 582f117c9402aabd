"""Arguments as a log may show them: without secrets, and short.

A member is secret when its name, in any case, is or ends in one of a few words; too many names rather than too few.

Not here: what the bus's own logs mask, whatever they are given (bus/masking.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

REDACTED = "[REDACTED]"
#: Names that are secret; ``session_token`` and ``refresh_token`` end in one of them.
SECRET_ENDINGS = ("password", "token", "secret", "code", "backup_codes", "key", "authorization")
#: Longest text, longest list and largest object that are shown.
MOST_CHARACTERS, MOST_ITEMS, MOST_MEMBERS = 100, 10, 10


def redacted(value: Any) -> Any:
    """A copy of a JSON value, fit to be logged."""
    if isinstance(value, Mapping):
        return _redacted_members(cast("Mapping[Any, Any]", value))
    if isinstance(value, list | tuple):
        items = cast("list[Any]", value)
        return f"[{len(items)} items]" if len(items) > MOST_ITEMS else [redacted(item) for item in items]
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return f"{value[:MOST_CHARACTERS]}…"
    return value


def _redacted_members(members: Mapping[Any, Any]) -> dict[str, Any] | str:
    if len(members) > MOST_MEMBERS:
        return f"{{{len(members)} members}}"
    return {
        str(name): REDACTED if str(name).lower().endswith(SECRET_ENDINGS) else redacted(value)
        for name, value in members.items()
    }
