"""Answers ``client_crud``: the action's word, then the caller's role, then the action's own command with the rest."""

from __future__ import annotations

from typing import Any, NamedTuple

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.clients.v1.clients import ClientCrud
from contracts.workshop.actions import word_of
from contracts.workshop.roles import ADMIN, ROLES, SUPERVISOR, TECHNICIAN
from plugins.clients.plugin import clients as plugin


class Action(NamedTuple):
    """What a word stands for."""

    command: str
    #: Those who may.
    roles: frozenset[str]


WORKERS, ANYBODY = frozenset((ADMIN, SUPERVISOR, TECHNICIAN)), frozenset(ROLES)
ACTIONS = {
    "create": Action("client_create", WORKERS),
    "get": Action("client_get", ANYBODY),
    "getwithtasks": Action("client_get_with_tasks", ANYBODY),
    "update": Action("client_update", WORKERS),
    "delete": Action("client_delete", frozenset((ADMIN,))),
    "list": Action("client_list", ANYBODY),
    "listwithtasks": Action("client_list_with_tasks", ANYBODY),
    "search": Action("client_search", ANYBODY),
    "stats": Action("client_statistics", ANYBODY),
}


@plugin.handles(ClientCrud)
def client_crud(ctx: Context, action: dict[str, Any]) -> dict[str, Any]:
    """What the action's command answers."""
    chosen = _action_of(action)
    if chosen.roles.isdisjoint(ctx.principal.roles):
        raise Forbidden("your role does not allow this action")
    try:
        return ctx.call(chosen.command, {name: value for name, value in action.items() if name != "action"})
    except InvalidArguments as error:  # the caller's own arguments, in the caller's own words
        message = error.message.replace(chosen.command, ClientCrud.name, 1)
        raise InvalidArguments(message, (error.details or {}).get("fields")) from None


def _action_of(action: dict[str, Any]) -> Action:
    found = ACTIONS.get(word_of(action) or "")
    if found is None:
        fault = "must be Create, Get, GetWithTasks, Update, Delete, List, ListWithTasks, Search or Stats"
        raise InvalidArguments(f"action {fault}", {"action": [fault]})
    return found
