"""Answers ``notification_get_preferences`` and ``notification_set_preferences``: the caller's own."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, bindparam, select, text

from bus.columns import JsonText
from bus.context import Context
from contracts.notifications.kinds import KINDS
from contracts.notifications.v1 import preferences as contracts
from plugins.notifications.plugin import notifications as plugin
from plugins.notifications.tables import preferences

_UNWANTED = select(preferences.c.unwanted).where(preferences.c.user_id == bindparam("of_user"))
# Both databases read these words, for which SQLAlchemy has one insert each.
_KEEP = text(
    "INSERT INTO notifications_preferences (id, user_id, unwanted, updated_at) "
    "VALUES (:id, :user_id, :unwanted, :updated_at) "
    "ON CONFLICT (user_id) DO UPDATE SET unwanted = excluded.unwanted, updated_at = excluded.updated_at"
).bindparams(bindparam("unwanted", type_=JsonText), bindparam("updated_at", type_=BigInteger))


@plugin.handles(contracts.NotificationGetPreferences)
def notification_get_preferences(ctx: Context) -> dict[str, Any]:
    """Every kind is wanted by whoever never said otherwise."""
    return _view(ctx.db.scalar(_UNWANTED, {"of_user": ctx.principal.id}) or [])


@plugin.handles(contracts.NotificationSetPreferences)
def notification_set_preferences(ctx: Context, wanted: list[str]) -> dict[str, Any]:
    """What was told already stays in the inbox."""
    unwanted = [kind for kind in KINDS if kind not in wanted]
    own = {"id": str(uuid.uuid4()), "user_id": ctx.principal.id}
    ctx.db.execute(_KEEP, own | {"unwanted": unwanted, "updated_at": ctx.now_ms})
    return _view(unwanted)


def _view(unwanted: Collection[str]) -> dict[str, Any]:
    """Both halves of the kinds that there are by now."""
    return {
        "wanted": [kind for kind in KINDS if kind not in unwanted],
        "unwanted": [kind for kind in KINDS if kind in unwanted],
    }
