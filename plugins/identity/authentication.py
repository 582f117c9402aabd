"""Who stands behind a token: the bus asks here before every command that needs a session.

Everything is read from the rows at each call: the role, whether the user is banned, both ends of the session. A token
that is wrong in any way is not known, and nothing says in which.
"""

from __future__ import annotations

import functools
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, bindparam, select, update

from bus.context import Context
from bus.errors import BusError
from bus.principal import Principal
from contracts.identity.errors import NoSession
from contracts.workshop.roles import ADMIN
from plugins.identity import sessions, single_read
from plugins.identity.tables import user_sessions, users
from plugins.identity.tokens import SESSION, possible_hashes

#: A session's last activity is written when the one on record is older than this. Where sessions may be idle for a
#: minute alone, half of that: nobody is shut out for want of a note that they were here.
TOUCH_EVERY_MS = 60_000

# As text, and of what is judged alone: it is asked before every call.
_OF_HASHES = """
SELECT s.id, s.user_id, u.role, s.last_activity, s.expires_at, s.absolute_expires_at,
    (SELECT value FROM identity_settings WHERE key = 'session_timeout_minutes')
FROM identity_user_sessions s JOIN identity_users u ON u.id = s.user_id
WHERE s.token_hash IN ({}) AND s.revoked_at IS NULL AND u.is_active AND u.deleted_at IS NULL
"""
_OF_ID = select(users.c.id, users.c.role, users.c.is_active, users.c.deleted_at).where(
    users.c.id == bindparam("of_user")
)
_NOW = bindparam("now", type_=BigInteger)
# Of many calls at the same moment one writes.
_TOUCH = (
    update(user_sessions)
    .where(
        sessions.IS_THIS,
        user_sessions.c.revoked_at.is_(None),
        user_sessions.c.last_activity == bindparam("seen", type_=BigInteger),
    )
    .values(last_activity=_NOW)
)


class _Found(NamedTuple):
    """A session that nobody has revoked, of a user who may act."""

    id: str
    user_id: str
    role: str
    last_activity: int
    expires_at: int
    absolute_expires_at: int
    #: Minutes as JSON; None: no admin has set any.
    timeout: str | None


class SessionPrincipal(Principal):
    """A user, and the session in which they call."""

    session_id: str

    @classmethod
    def of(cls, row: _Found) -> SessionPrincipal:
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
    hashes = possible_hashes(SESSION, token)
    values = single_read.row(database, _of_tokens(len(hashes)), hashes)
    if values is None:
        return None
    found: Any = _Found(*values)
    if not (now_ms < found.expires_at and sessions.is_in_time(found, now_ms)):
        return None
    if now_ms - found.last_activity >= min(TOUCH_EVERY_MS, sessions.timeout_minutes(found) * 30_000):
        _touch(database, found, now_ms)
    return SessionPrincipal.of(found)


def of_id(user_id: str, database: Any) -> Principal | None:
    """The user of an id as they are by now; None: they may not act."""
    with database.reader().transaction(write=False) as kept:
        row = kept.db.execute(_OF_ID, {"of_user": user_id}).one_or_none()
    if row is None or not row.is_active or row.deleted_at is not None:
        return None
    return Principal(row.id, frozenset({row.role}), row.role == ADMIN)


@functools.lru_cache(maxsize=16)
def _of_tokens(count: int) -> str:
    """The question for as many hashes."""
    return _OF_HASHES.format(", ".join("?" * count))


def _touch(database: Any, found: _Found, now_ms: int) -> None:
    # A database that cannot be written to now still answers questions.
    with suppress(BusError), database.writer().transaction() as kept:
        kept.db.execute(_TOUCH, {"of_session": found.id, "seen": found.last_activity, "now": now_ms})
