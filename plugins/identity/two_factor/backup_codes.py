"""Backup codes: ten for an account, shown once, each good for once, known to the database by slow hashes alone."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select, update

from bus.context import Context
from plugins.identity.passwords import new_salt, raw_hash
from plugins.identity.tables import backup_codes

#: Letters and digits that nobody takes for one another: 31, so ten of them are 49 bits.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
COUNT, CHARS = 10, 10

_IS_OF = backup_codes.c.user_id == bindparam("of_user")
_IS_ACTIVE = _IS_OF & (backup_codes.c.state == "active")
_SALT = select(backup_codes.c.set_salt).where(_IS_ACTIVE).limit(1)
_LEFT = select(func.count()).select_from(backup_codes).where(_IS_ACTIVE, backup_codes.c.used_at.is_(None))
_USE = (
    update(backup_codes)
    .where(_IS_ACTIVE, backup_codes.c.code_hash == bindparam("hash"), backup_codes.c.used_at.is_(None))
    .values(used_at=bindparam("now", type_=BigInteger))
)
_INSERT = insert(backup_codes).inline()
_DELETE = delete(backup_codes).where(_IS_OF)
_ACTIVATE = update(backup_codes).where(_IS_OF).values(state="active")


class CodeSet:
    """New codes, and the rows they are known by. Hashing takes a while: made outside of units of work."""

    def __init__(self) -> None:
        plain: set[str] = set()
        while len(plain) < COUNT:
            plain.add("".join(secrets.choice(ALPHABET) for _ in range(CHARS)))
        salt = new_salt()
        #: As their owner gets them, once.
        self.codes = [f"{code[: CHARS // 2]}-{code[CHARS // 2 :]}" for code in plain]
        self._rows: list[dict[str, Any]] = [{"set_salt": salt, "code_hash": raw_hash(code, salt)} for code in plain]

    def store(self, ctx: Context, user_id: str, state: str) -> None:
        """Replace the codes of a user by these."""
        forget(ctx, user_id)
        ctx.db.execute(_INSERT, [row | {"user_id": user_id, "state": state} for row in self._rows])


def salt_of(ctx: Context, user_id: str) -> bytes | None:
    """The salt of the user's active codes."""
    return ctx.db.scalar(_SALT, {"of_user": user_id})


def use(ctx: Context, user_id: str, code_hash: bytes) -> bool:
    """Use up the code of a hash; whether there was one that was not used."""
    return ctx.db.execute(_USE, {"of_user": user_id, "hash": code_hash, "now": ctx.now_ms}).rowcount == 1


def remaining(ctx: Context, user_id: str) -> int:
    """How many active codes are not used."""
    return ctx.db.scalar(_LEFT, {"of_user": user_id})


def activate(ctx: Context, user_id: str) -> None:
    """Let the codes of the set-up count."""
    ctx.db.execute(_ACTIVATE, {"of_user": user_id})


def forget(ctx: Context, user_id: str) -> None:
    """Delete the codes of a user."""
    ctx.db.execute(_DELETE, {"of_user": user_id})
