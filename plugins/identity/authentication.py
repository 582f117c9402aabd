"""Who stands behind a token: the bus asks here before every command that needs a session.

Everything is read from the rows at each call: the role, whether the user is banned, both ends of the session. A token
that is wrong in any way is not known, and nothing says in which.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, select, update

from bus.context import Context
from bus.errors import BusError
from bus.principal import Principal
from contracts.identity.errors import NoSession
from contracts.roles import ADMIN
from plugins.identity import sessions
from plugins.identity.tables import user_sessions, users
from plugins.identity.tokens import SESSION, possible_hashes

#: A session's last activity is written when the one on record is older than this.
TOUCH_EVERY_MS = 30_000

_OF_TOKEN = sessions.ROWS.where(user_sessions.c.token_hash.in_(bindparam("hashes", expanding=True)))
_OF_ID = select(users.c.id, users.c.role, users.c.is_active, users.c.deleted_at).where(
    users.c.id == bindparam("of_user")
)
_NOW = bindparam("now", type_=BigInteger)
_TOUCH = (
    update(user_sessions)
    .where(sessions.IS_THIS, user_sessions.c.revoked_at.is_(None), user_sessions.c.last_activity < _NOW)
    .values(last_activity=_NOW)
)


class SessionPrincipal(Principal):
    """A user, and the session in which they call."""

    session_id: str

    @classmethod
    def of(cls, row: Row[Any]) -> SessionPrincipal:
        """The principal of a session with its user."""
        principal = cls(row.user_id, frozenset({row.role}), row.role == ADMIN)
        principal.session_id = row.id
        return principal


def session_of(ctx: Context) -> str:
    """The id of the calling session.

    Raises:
        NoSession: a queued job runs for a user, not in a session.
    """
    if not isinstance(ctx.principal, SessionPrincipal):
        raise NoSession
    return ctx.principal.session_id


def is_admin(ctx: Context) -> bool:
    """Whether an admin calls."""
    return ADMIN in ctx.principal.roles


def of_token(token: str, database: Any, now_ms: int) -> Principal | None:
    """The principal of a live session token; None: it is nobody's."""
    with database.reader().transaction(write=False) as kept:
        row = kept.db.execute(_OF_TOKEN, {"hashes": possible_hashes(SESSION, token)}).one_or_none()
    if row is None or not _opens(row, now_ms):
        return None
    if now_ms - row.last_activity >= TOUCH_EVERY_MS:
        _touch(database, row.id, now_ms)
    return SessionPrincipal.of(row)


def of_id(user_id: str, database: Any) -> Principal | None:
    """The user of an id as they are by now; None: they may not act."""
    with database.reader().transaction(write=False) as kept:
        row = kept.db.execute(_OF_ID, {"of_user": user_id}).one_or_none()
    if row is None or not row.is_active or row.deleted_at is not None:
        return None
    return Principal(row.id, frozenset({row.role}), row.role == ADMIN)


def _opens(row: Row[Any], now_ms: int) -> bool:
    is_users = row.is_active and row.deleted_at is None
    return is_users and sessions.is_live(row, now_ms) and now_ms < row.expires_at


def _touch(database: Any, session_id: str, now_ms: int) -> None:
    # A database that cannot be written to now still answers questions.
    with suppress(BusError), database.writer().transaction() as kept:
        kept.db.execute(_TOUCH, {"of_session": session_id, "now": now_ms})
