"""Answers ``task_crud``: the action's word, then the caller's role, then the action's own command with the rest."""

from __future__ import annotations

from typing import Any, NamedTuple

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.tasks.v1.tasks import TaskCrud
from contracts.workshop.actions import word_of
from contracts.workshop.roles import ADMIN, ROLES, SUPERVISOR, TECHNICIAN
from plugins.tasks.plugin import tasks as plugin


class Action(NamedTuple):
    """What a word stands for."""

    command: str
    #: Those who may.
    roles: frozenset[str]


WORKERS, ANYBODY = frozenset((ADMIN, SUPERVISOR, TECHNICIAN)), frozenset(ROLES)
ACTIONS = {
    "create": Action("task_create", WORKERS),
    "get": Action("task_get", ANYBODY),
    "update": Action("task_update", WORKERS),
    "delete": Action("task_delete", frozenset((ADMIN,))),
    "list": Action("task_list", ANYBODY),
    "getstatistics": Action("task_statistics", ANYBODY),
}


@plugin.handles(TaskCrud)
def task_crud(ctx: Context, action: dict[str, Any]) -> dict[str, Any]:
    """What the action's command answers."""
    chosen = _action_of(action)
    if chosen.roles.isdisjoint(ctx.principal.roles):
        raise Forbidden("your role does not allow this action")
    try:
        return ctx.call(chosen.command, {name: value for name, value in action.items() if name != "action"})
    except InvalidArguments as error:  # the caller's own arguments, in the caller's own words
        message = error.message.replace(chosen.command, TaskCrud.name, 1)
        raise InvalidArguments(message, (error.details or {}).get("fields")) from None


def _action_of(action: dict[str, Any]) -> Action:
    found = ACTIONS.get(word_of(action) or "")
    if found is None:
        fault = "must be Create, Get, Update, Delete, List or GetStatistics"
        raise InvalidArguments(f"action {fault}", {"action": [fault]})
    return found
