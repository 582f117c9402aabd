"""Answers ``notification_hear``: an event becomes a row for everybody whom it concerns and who wants its kind.

Not here: whom it concerns (rules.py).
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import BigInteger, bindparam, select, text

from bus.columns import JsonText
from bus.context import Context
from contracts.notifications.v1.within import NotificationHear
from plugins.notifications.plugin import notifications as plugin
from plugins.notifications.rules import RULES, Rule
from plugins.notifications.tables import preferences

# Both databases read these words, for which SQLAlchemy has one insert each.
_TELL = text(
    "INSERT INTO notifications_inbox (id, user_id, occasion, event, title, data, created_at) "
    "VALUES (:id, :user_id, :occasion, :event, :title, :data, :created_at) ON CONFLICT (occasion, user_id) DO NOTHING"
).bindparams(bindparam("data", type_=JsonText), bindparam("created_at", type_=BigInteger))
_PREFERENCES = select(preferences.c.user_id, preferences.c.unwanted).where(
    preferences.c.user_id.in_(bindparam("of_users", expanding=True))
)


@plugin.handles(NotificationHear)
def notification_hear(ctx: Context, event: str, payload: dict[str, Any]) -> dict[str, Any]:
    """How many people have it in their inbox now and had not before."""
    rule = RULES.get(event)
    if rule is None:
        return {"told_count": 0}
    news = {
        "occasion": ctx.job_id or ctx.correlation_id,
        "event": event,
        "title": rule.title.format(**payload),
        "data": {name: payload[name] for name in rule.linked},
        "created_at": ctx.now_ms,
    }
    told = [_tell(ctx, user_id, news) for user_id in _those_who_want(ctx, event, _concerned(ctx, rule, payload))]
    return {"told_count": sum(told)}


def _concerned(ctx: Context, rule: Rule, payload: dict[str, Any]) -> set[str]:
    concerned = set(ctx.call("user_ids_of_roles", {"roles": list(rule.roles)})["user_ids"])
    concerned |= _person(ctx, rule, payload)
    return concerned - {payload[rule.author]} if rule.author else concerned


def _person(ctx: Context, rule: Rule, payload: dict[str, Any]) -> set[str]:
    """The one whom the payload names, if that is somebody who can still log in: no program, and not the system."""
    named = [payload[name] for name in rule.people if payload[name] is not None][:1]
    people = ctx.call("user_names", {"user_ids": named})["items"]
    return {person["id"] for person in people if person["is_active"]}


def _those_who_want(ctx: Context, event: str, concerned: set[str]) -> list[str]:
    """In one order, so that two who tell the same people do not wait for each other."""
    stated = ctx.db.execute(_PREFERENCES, {"of_users": sorted(concerned)})
    return sorted(concerned - {row.user_id for row in stated if event in row.unwanted})


def _tell(ctx: Context, user_id: str, news: dict[str, Any]) -> int:
    return ctx.db.execute(_TELL, news | {"id": str(uuid.uuid4()), "user_id": user_id}).rowcount
