"""Answers ``auth_refresh_token``: tokens are exchanged once, and whoever comes second with the same one is a thief.

Nobody can tell whether the owner or the thief came first, so the session ends for both. A unit that refuses still
commits that, so the refusal is raised behind it.

Source: RFC 9700, "OAuth 2.0 Security Best Current Practice", 4.14 (refresh token rotation).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bus.context import Context
from contracts.identity.errors import AuthInvalid
from contracts.identity.v1 import auth
from plugins.identity import accounts, audit, sessions
from plugins.identity.plugin import identity
from plugins.identity.tables import used_refresh_tokens, user_sessions
from plugins.identity.tokens import REFRESH, new_pair, possible_hashes

_HASHES = bindparam("hashes", expanding=True)
_OF_TOKEN = sessions.ROWS.where(user_sessions.c.refresh_hash.in_(_HASHES)).with_for_update(of=user_sessions)
_USED = (
    select(user_sessions.c.id, user_sessions.c.user_id)
    .join(used_refresh_tokens, used_refresh_tokens.c.session_id == user_sessions.c.id)
    .where(used_refresh_tokens.c.refresh_hash.in_(_HASHES))
)
_NOTE_USED = insert(used_refresh_tokens).inline()
_RENEW = update(user_sessions).where(sessions.IS_THIS)


@identity.handles(auth.AuthRefreshToken)
def auth_refresh_token(ctx: Context, refresh_token: str) -> dict[str, Any]:
    """The session with new tokens; the old ones are worth nothing."""
    hashes = possible_hashes(REFRESH, refresh_token)
    granted = ctx.unit("exchange", lambda _db: _exchange(ctx, hashes))
    if granted is None:
        raise AuthInvalid
    return granted


def _exchange(ctx: Context, hashes: list[bytes]) -> dict[str, Any] | None:
    """The session's grant; None: refuse."""
    row = ctx.db.execute(_OF_TOKEN, {"hashes": hashes}).one_or_none()
    if row is None:
        _look_for_thief(ctx, hashes)
        return None
    if not (sessions.is_live(row, ctx.now_ms) and accounts.may_act(row)):
        return None
    return _renewed(ctx, row)


def _renewed(ctx: Context, row: Row[Any]) -> dict[str, Any]:
    pair, now_ms = new_pair(), ctx.now_ms
    ctx.db.execute(_NOTE_USED, {"refresh_hash": row.refresh_hash, "session_id": row.id, "used_at": now_ms})
    times = {
        "issued_at": now_ms,
        "expires_at": min(now_ms + sessions.TOKEN_MS, row.absolute_expires_at),
        "last_activity": now_ms,
    }
    ctx.db.execute(_RENEW.values(**pair.hashes(), **times), {"of_session": row.id})
    renewed = sessions.find(ctx, row.id)
    assert renewed is not None
    return sessions.grant(renewed, pair)


def _look_for_thief(ctx: Context, hashes: list[bytes]) -> None:
    used = ctx.db.execute(_USED, {"hashes": hashes}).one_or_none()
    if used is None:
        return
    sessions.end(ctx, "refresh_token_reuse", sessions.IS_THIS, of_session=used.id)
    audit.record(ctx, "refresh_token_reuse", user_id=used.user_id, session_id=used.id)
