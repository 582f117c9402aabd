"""Answers ``user_names`` and ``user_ids_of_roles``: what other domains may know of users."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from bus.context import Context
from contracts.identity.v1 import internal
from plugins.identity.plugin import identity
from plugins.identity.tables import users

_SHOWN = (users.c.id, users.c.username, users.c.first_name, users.c.last_name, users.c.role, users.c.is_active)
_NAMED = (
    select(*_SHOWN)
    .where(users.c.id.in_(bindparam("ids", expanding=True)), users.c.deleted_at.is_(None))
    .order_by(users.c.id)
)
_OF_ROLES = (
    select(users.c.id)
    .where(users.c.role.in_(bindparam("roles", expanding=True)), users.c.is_active, users.c.deleted_at.is_(None))
    .order_by(users.c.id)
)


@identity.handles(internal.UserNames)
def user_names(ctx: Context, user_ids: list[str]) -> dict[str, Any]:
    """One item for each user there is, by id."""
    found = ctx.db.execute(_NAMED, {"ids": user_ids}).all()
    return {
        "items": [
            {
                "id": row.id,
                "username": row.username,
                "full_name": f"{row.first_name} {row.last_name}",
                "role": row.role,
                "is_active": row.is_active,
            }
            for row in found
        ]
    }


@identity.handles(internal.UserIdsOfRoles)
def user_ids_of_roles(ctx: Context, roles: list[str]) -> dict[str, Any]:
    """Each of them once."""
    return {"user_ids": list(ctx.db.execute(_OF_ROLES, {"roles": roles}).scalars())}
