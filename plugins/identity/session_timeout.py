"""Answers ``update_session_timeout`` and ``get_session_timeout_config``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, text

from bus import wire
from bus.context import Context
from contracts.identity.v1 import security
from plugins.identity import audit
from plugins.identity.plugin import identity
from plugins.identity.sessions import DEFAULT_TIMEOUT_MIN, TIMEOUT_SETTING
from plugins.identity.tables import settings

_READ = select(settings.c.value).where(settings.c.key == bindparam("of_key"))
_WRITE = text(
    "INSERT INTO identity_settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"
)


@identity.handles(security.UpdateSessionTimeout)
def update_session_timeout(ctx: Context, timeout_minutes: int) -> dict[str, Any]:
    """Every session ends after so many idle minutes."""
    ctx.db.execute(_WRITE, {"key": TIMEOUT_SETTING, "value": wire.encode(timeout_minutes).decode()})
    audit.record(ctx, "session_timeout_changed", user_id=ctx.principal.id, timeout_minutes=timeout_minutes)
    return {"timeout_minutes": timeout_minutes}


@identity.handles(security.GetSessionTimeoutConfig)
def get_session_timeout_config(ctx: Context) -> dict[str, Any]:
    """The idle time as it is now."""
    stored = ctx.db.scalar(_READ, {"of_key": TIMEOUT_SETTING})
    return {
        "default_timeout_minutes": DEFAULT_TIMEOUT_MIN if stored is None else wire.decode_stored(stored),
        "max_timeout_minutes": security.MAX_TIMEOUT_MIN,
        "enforce_timeout": True,
    }
