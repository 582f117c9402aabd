"""Who may do what: every role has an inbox of its own, and nobody else comes in."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL
from plugins.notifications import notifications
from tests.plugins.identity.caller import ROLES, Caller
from tests.plugins.notifications.office import Office

pytestmark = pytest.mark.any_database

#: Command -> its arguments.
COMMANDS: dict[str, dict[str, Any]] = {
    "notification_list": {},
    "notification_mark_read": {"all": True},
    "notification_get_preferences": {},
    "notification_set_preferences": {"wanted": []},
}
INSIDE = sorted(contract.name for contract in notifications.contracts if contract.access is INTERNAL)


def test_the_table_has_every_command_that_callers_see() -> None:
    assert {contract.name for contract in notifications.contracts} == COMMANDS.keys() | set(INSIDE)


def test_every_role_may_use_its_own_inbox(office: Office) -> None:
    for command, args in COMMANDS.items():
        for role in ROLES:
            assert office.as_role(role).envelope(command, **args).ok, (command, role)


def test_nobody_comes_in_without_a_session(office: Office) -> None:
    for command in COMMANDS:
        for token in (None, "A" * 43):
            assert Caller(office.bus, token).code(command, nonsense=1) == "UNAUTHENTICATED"


def test_commands_for_events_and_schedules_do_not_exist_outside(office: Office) -> None:
    assert INSIDE == ["notification_forget", "notification_hear"]
    for command in INSIDE:
        assert office.admin.code(command) == "UNKNOWN_COMMAND"
