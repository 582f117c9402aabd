"""Who may do what: every command of the plugin, for every role and for own, made and other tasks, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL, READ
from contracts.tasks.v1.tasks import TaskCrud
from plugins.tasks import tasks
from plugins.tasks.crud import ACTIONS
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.tasks.shop import CAR, TODAY, TOMORROW, Shop

pytestmark = pytest.mark.any_database

#: Whose the task is, seen by the technician: theirs, made by them, somebody else's.
OWN, MADE, OTHER = "own", "made", "other"
ALL = (OWN, MADE, OTHER)
#: Command -> its arguments beside the task's id, and, for each role, whose tasks it may be called for.
COMMANDS: dict[str, tuple[dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "task_crud Get": ({}, {"admin": ALL, "supervisor": ALL, "technician": (OWN, MADE), "viewer": ALL}),
    "task_crud Update": ({"data": {"notes": "x"}}, {"admin": ALL, "supervisor": ALL, "technician": (OWN,)}),
    "task_crud Delete": ({}, {"admin": ALL}),
    "edit_task": ({"data": {"notes": "x"}}, {"admin": ALL, "supervisor": ALL, "technician": (OWN,)}),
    "edit_task assign": ({"data": {"technician_id": None}}, {"admin": ALL, "supervisor": ALL}),
    "task_transition_status": (
        {"new_status": "on_hold"},
        {"admin": ALL, "supervisor": ALL, "technician": (OWN,)},
    ),
    "delay_task": (
        {"new_scheduled_date": TOMORROW, "reason": "x"},
        {"admin": ALL, "supervisor": ALL, "technician": (OWN,)},
    ),
    "add_task_note": ({"note": "x"}, {"admin": ALL, "supervisor": ALL, "technician": (OWN,)}),
    "task_get_history": ({}, {"admin": ALL, "supervisor": ALL, "technician": (OWN, MADE), "viewer": ALL}),
    "check_task_assignment": ({"user_id": NIL}, {"admin": ALL, "supervisor": ALL}),
    "check_task_availability": ({}, {"admin": ALL, "supervisor": ALL, "technician": ALL, "viewer": ALL}),
    "validate_task_assignment_change": ({"new_user_id": NIL}, {"admin": ALL, "supervisor": ALL}),
}
#: Actions that are about no task that is there -> who may.
WITHOUT_A_TASK = {
    "Create": ({"data": {**CAR, "scheduled_date": TODAY}}, ("admin", "supervisor", "technician")),
    "List": ({}, ROLES),
    "GetStatistics": ({}, ROLES),
}
#: Commands about whole files -> their arguments, and who may.
FILES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "task_import_csv": ({"content": "title\n"}, ("admin", "supervisor")),
    "task_export_csv": ({}, ROLES),
}


def call(caller: Caller, name: str, task_id: str, args: dict[str, Any]) -> Any:
    command, _, more = name.partition(" ")
    if command == "task_crud":
        return caller.envelope(command, action=more, id=task_id, **args)
    return caller.envelope(command, task_id=task_id, **args)


def test_the_table_has_every_command_that_callers_see() -> None:
    seen = {contract.name for contract in tasks.contracts if contract.access is not INTERNAL}
    assert seen == {name.partition(" ")[0] for name in COMMANDS} | FILES.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_role_may_what_the_table_says(shop: Shop, name: str) -> None:
    args, allowed = COMMANDS[name]
    for role in ROLES:
        for whose in ALL:
            task = {
                OWN: lambda: shop.task(of="technician"),
                MADE: lambda: shop.task(by=shop.technician),
                OTHER: lambda: shop.task(of="colleague"),
            }[whose]()
            envelope = call(shop.as_role(role), name, task["id"], args)
            expected = None if whose in allowed.get(role, ()) else "FORBIDDEN"
            assert envelope.code == expected, (role, whose, envelope)
            if expected and name != "task_crud Delete":
                assert shop.stored(task["id"]) == task


@pytest.mark.parametrize("word", WITHOUT_A_TASK)
def test_every_role_may_what_needs_no_task(shop: Shop, word: str) -> None:
    args, allowed = WITHOUT_A_TASK[word]
    codes = {role: shop.as_role(role).envelope("task_crud", action=word, **args).code for role in ROLES}
    assert codes == {role: None if role in allowed else "FORBIDDEN" for role in ROLES}


@pytest.mark.parametrize("command", FILES)
def test_every_role_may_with_files_what_the_table_says(shop: Shop, command: str) -> None:
    args, allowed = FILES[command]
    for role in ROLES:
        answer = shop.bus.call(command, args, session_token=shop.as_role(role).token, mode="sync")
        assert answer.code == (None if role in allowed else "FORBIDDEN"), role


@pytest.mark.parametrize("name", [*COMMANDS, *FILES])
def test_nobody_comes_in_without_a_session(shop: Shop, name: str) -> None:
    for token in (None, "A" * 43):
        assert call(Caller(shop.bus, token), name, NIL, {"nonsense": 1}).code == "UNAUTHENTICATED"


@pytest.mark.parametrize("contract", [one for one in tasks.contracts if one.access is INTERNAL], ids=lambda c: c.name)
def test_commands_for_other_domains_do_not_exist_outside(shop: Shop, contract: Any) -> None:
    assert shop.admin.code(contract.name) == "UNKNOWN_COMMAND"


def test_actions_that_read_wait_for_no_writer() -> None:
    effects = {contract.name: contract.effect for contract in tasks.contracts}
    for word, action in ACTIONS.items():
        assert TaskCrud.only_reads({"action": {"action": word}}) == (effects[action.command] is READ), word
