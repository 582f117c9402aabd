"""Sessions: how long they live, what answers show of them, and the one home for opening and ending them.

A session ends with the first of: its absolute end, an idle time as long as the setting says, being revoked. The token
of a session ends sooner; whoever has its refresh token goes on with a new one.

Not here: which token belongs to which session (authentication.py, refresh.py).
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, bindparam, delete, insert, select, update

from bus import wire
from bus.context import Context
from plugins.identity import audit
from plugins.identity.moments import iso_text
from plugins.identity.tables import settings, user_sessions, users
from plugins.identity.tokens import Pair, new_pair

#: Life of a session token.
TOKEN_MS = 2 * 3_600_000
#: Life of a session, however often it is refreshed.
SESSION_MS = 7 * 24 * 3_600_000
#: Live sessions of one user; the next one ends the one that was idle longest.
MAX_LIVE = 20
#: Idle time after which a session ends, where no admin has set another.
DEFAULT_TIMEOUT_MIN = 480
TIMEOUT_SETTING = "session_timeout_minutes"

_TIMEOUT = select(settings.c.value).where(settings.c.key == TIMEOUT_SETTING).scalar_subquery().label("timeout")
#: A session with its user and the timeout.
ROWS = select(
    user_sessions,
    users.c.username,
    users.c.email,
    users.c.role,
    users.c.is_active,
    users.c.deleted_at,
    _TIMEOUT,
).join(users, users.c.id == user_sessions.c.user_id)
IS_THIS = user_sessions.c.id == bindparam("of_session")
IS_OF_USER = user_sessions.c.user_id == bindparam("of_user")
IS_ANOTHER = user_sessions.c.id != bindparam("of_session")

_ONE = ROWS.where(IS_THIS)
_OF_USER = ROWS.where(IS_OF_USER, user_sessions.c.revoked_at.is_(None)).order_by(
    user_sessions.c.last_activity.desc(), user_sessions.c.id
)
_INSERT = insert(user_sessions).inline()
_FORGET_OVER = delete(user_sessions).where(
    IS_OF_USER, user_sessions.c.absolute_expires_at <= bindparam("now", type_=BigInteger)
)
_VERIFY = update(user_sessions).where(IS_THIS).values(two_factor_verified=True)
_END = (
    update(user_sessions)
    .where(user_sessions.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now", type_=BigInteger), revoke_reason=bindparam("reason"))
    .returning(*user_sessions.c, _TIMEOUT)
)


def timeout_minutes(row: Row[Any]) -> int:
    """Idle minutes after which the session of a row ends."""
    return DEFAULT_TIMEOUT_MIN if row.timeout is None else wire.decode_stored(row.timeout)


def is_in_time(row: Row[Any], now_ms: int) -> bool:
    """Whether neither the absolute end nor the idle one has come."""
    return now_ms < row.absolute_expires_at and now_ms - row.last_activity < timeout_minutes(row) * 60_000


def is_live(row: Row[Any], now_ms: int) -> bool:
    """Whether the session could still be refreshed."""
    return row.revoked_at is None and is_in_time(row, now_ms)


def view(row: Row[Any]) -> dict[str, Any]:
    """A row of ``ROWS`` as answers show it."""
    return {
        "id": row.id,
        "user_id": row.user_id,
        "username": row.username,
        "email": row.email,
        "role": row.role,
        "expires_at": iso_text(row.expires_at),
        "refresh_expires_at": iso_text(row.absolute_expires_at),
        "last_activity": iso_text(row.last_activity),
        "created_at": iso_text(row.created_at),
        "device_info": None if row.device_info is None else wire.decode_stored(row.device_info),
        "ip_address": row.ip_address,
        "user_agent": row.user_agent,
        "location": None,
        "two_factor_verified": row.two_factor_verified,
        "session_timeout_minutes": timeout_minutes(row),
    }


def grant(row: Row[Any], pair: Pair) -> dict[str, Any]:
    """The session with its tokens, for its owner alone."""
    return view(row) | pair._asdict()


def find(ctx: Context, session_id: str) -> Row[Any] | None:
    """The session of an id, live or not."""
    return ctx.db.execute(_ONE, {"of_session": session_id}).one_or_none()


def live_of(ctx: Context, user_id: str) -> list[Row[Any]]:
    """The live sessions of a user, the last used first."""
    return [row for row in ctx.db.execute(_OF_USER, {"of_user": user_id}) if is_live(row, ctx.now_ms)]


def begin(
    ctx: Context, user_id: str, device_info: dict[str, Any] | None = None, *, is_verified: bool = False
) -> dict[str, Any]:
    """A new session of a user whose row is held; answers it with its tokens."""
    _make_room(ctx, user_id)
    pair, now_ms = new_pair(), ctx.now_ms
    session_id = str(uuid.uuid4())
    row = {
        "id": session_id,
        "user_id": user_id,
        **pair.hashes(),
        "issued_at": now_ms,
        "expires_at": now_ms + TOKEN_MS,
        "last_activity": now_ms,
        "created_at": now_ms,
        "absolute_expires_at": now_ms + SESSION_MS,
        "device_info": None if device_info is None else wire.encode(device_info).decode(),
        "two_factor_verified": is_verified,
        **audit.columns_of(ctx.peer),
    }
    ctx.db.execute(_INSERT, row)
    audit.record(ctx, "session_created", user_id=user_id, session_id=session_id)
    return grant(ctx.db.execute(_ONE, {"of_session": session_id}).one(), pair)


def mark_verified(ctx: Context, session_id: str) -> None:
    """Write that a second factor was shown in the session."""
    ctx.db.execute(_VERIFY, {"of_session": session_id})


def end(ctx: Context, reason: str, condition: ColumnElement[bool], **parameters: str) -> int:
    """End the sessions that meet a condition; answers how many of them were live.

    Those that have timed out end as well: a longer timeout must not bring them back.
    """
    ended = ctx.db.execute(_END.where(condition), parameters | {"now": ctx.now_ms, "reason": reason}).all()
    live = [row for row in ended if is_in_time(row, ctx.now_ms)]
    for row in live:
        audit.record(ctx, "session_invalidated", user_id=row.user_id, session_id=row.id, reason=reason)
    return len(live)


def end_all(ctx: Context, user_id: str, reason: str, *, but: str | None = None) -> int:
    """End the sessions of a user whose row is held, all or all but one; answers how many of them were live."""
    if but is None:
        return end(ctx, reason, IS_OF_USER, of_user=user_id)
    return end(ctx, reason, IS_OF_USER & IS_ANOTHER, of_user=user_id, of_session=but)


def _make_room(ctx: Context, user_id: str) -> None:
    # Nothing can bring them back, and no token of theirs needs to be known as used.
    ctx.db.execute(_FORGET_OVER, {"of_user": user_id, "now": ctx.now_ms})
    live = sorted(live_of(ctx, user_id), key=lambda row: (row.last_activity, row.created_at))
    for row in live[: max(0, len(live) - MAX_LIVE + 1)]:
        end(ctx, "too_many_sessions", IS_THIS, of_session=row.id)
