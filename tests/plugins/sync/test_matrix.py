"""Who may call what: every command of the plugin, for every role, from one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plugins.sync import sync
from tests.plugins.identity.caller import ROLES, Caller
from tests.plugins.sync.desk import Desk

pytestmark = pytest.mark.any_database

OPERATION = {"operation_id": 1}
ENTITY = {"entity_type": "task", "entity_id": "t-1"}
#: Command -> what it is called with, and the lowest role that may.
COMMANDS: dict[str, tuple[dict[str, Any], str]] = {
    "sync_get_status": ({}, "viewer"),
    "sync_get_metrics": ({}, "viewer"),
    "sync_get_operation": (OPERATION, "viewer"),
    "sync_get_operations_for_entity": (ENTITY, "viewer"),
    "sync_enqueue": ({"operation_type": "create", **ENTITY}, "technician"),
    "sync_dequeue_batch": ({}, "supervisor"),
    "sync_mark_completed": (OPERATION, "supervisor"),
    "sync_mark_failed": ({**OPERATION, "error": "no"}, "supervisor"),
    "sync_retry_operation": (OPERATION, "supervisor"),
    "sync_drop_operation": (OPERATION, "supervisor"),
    "sync_now": ({}, "supervisor"),
    "sync_start_background_service": ({}, "supervisor"),
    "sync_stop_background_service": ({}, "supervisor"),
    "sync_cleanup_old_operations": ({"days_old": 1}, "admin"),
}
#: Nobody calls it but a schedule.
INTERNAL = {"sync_run"}


def test_the_table_has_every_command() -> None:
    sync.load()
    assert COMMANDS.keys() | INTERNAL == sync.handlers.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_role_may_what_the_table_says(
    desk: Desk, as_role: Callable[[str], Caller], command: str, role: str
) -> None:
    args, lowest = COMMANDS[command]
    code = as_role(role).envelope(command, **args).code
    assert (code != "FORBIDDEN") is (ROLES.index(role) <= ROLES.index(lowest))
    assert code not in ("HANDLER_ERROR", "UNAUTHENTICATED", "VALIDATION_ERROR")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("token", [None, "", "nobody's"])
def test_nobody_may_anything_without_a_session(desk: Desk, command: str, token: str | None) -> None:
    """Whatever else is wrong with the call."""
    for args in (COMMANDS[command][0], {"nonsense": 1}):
        assert Caller(desk.bus, token).code(command, **args) == "UNAUTHENTICATED"


@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_may_not_learns_nothing_of_the_arguments(
    desk: Desk, as_role: Callable[[str], Caller], command: str
) -> None:
    lowest = COMMANDS[command][1]
    if lowest != "viewer":
        assert as_role("viewer").code(command, nonsense=1) == "FORBIDDEN"
    assert as_role(lowest).code(command, nonsense=1) == "VALIDATION_ERROR"


@pytest.mark.parametrize("command", INTERNAL)
def test_to_callers_there_is_no_background_run(desk: Desk, command: str) -> None:
    assert desk.admin.code(command) == "UNKNOWN_COMMAND"
    assert desk.bus.call(command).code == "UNKNOWN_COMMAND"
    assert desk.bus.submit(command).code == "UNKNOWN_COMMAND"
