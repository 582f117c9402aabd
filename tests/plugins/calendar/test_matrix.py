"""Who may do what, and how often: every command of the plugin, for every role, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL
from plugins.calendar import calendar
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.tasks.shop import TODAY, Shop

pytestmark = pytest.mark.any_database

OWN, OTHER = "own", "other"
ALL, NONE = (OWN, OTHER), ()
SPAN = {"start_datetime": f"{TODAY}T09:00Z", "end_datetime": f"{TODAY}T10:00Z"}
EVERYBODY = dict.fromkeys(ROLES, ALL)
PLANNERS = {"admin": ALL, "supervisor": ALL, "technician": (OWN,), "viewer": NONE}
#: Command -> its arguments, with what is filled in by name, and for each role whose it may be.
COMMANDS: dict[str, tuple[dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "calendar_get_tasks": ({"date_range": {"start_date": TODAY, "end_date": TODAY}}, EVERYBODY),
    "calendar_check_conflicts": ({"task_id": "task", "new_date": TODAY}, EVERYBODY),
    "calendar_schedule_task": ({"task_id": "task", "new_date": TODAY}, PLANNERS),
    "calendar_schedule_task by force": (
        {"task_id": "task", "new_date": TODAY, "force": True},
        PLANNERS | {"technician": NONE},
    ),
    "create_event": ({"title": "x", **SPAN, "technician_id": "technician"}, PLANNERS),
    "get_event_by_id": ({"id": "event"}, EVERYBODY),
    "update_event": ({"id": "event", "title": "y"}, PLANNERS),
    "delete_event": ({"id": "event"}, PLANNERS),
    "get_events": ({"start_date": TODAY, "end_date": TODAY}, EVERYBODY),
    "get_events_for_technician": ({"technician_id": "technician"}, EVERYBODY),
    "get_events_for_task": ({"task_id": "task"}, EVERYBODY),
}
PUBLIC = [contract for contract in calendar.contracts if contract.access is not INTERNAL]


def filled(shop: Shop, args: dict[str, Any], whose: str) -> dict[str, Any]:
    """The arguments with a task, an event and a technician of that kind."""
    of = "technician" if whose == OWN else "colleague"
    found = {
        "task": lambda: shop.task(of=of)["id"],
        "event": lambda: shop.event(technician_id=shop.id_of(of))["id"],
        "technician": lambda: shop.id_of(of),
    }
    return {
        name: found[value]() if name.endswith("id") and isinstance(value, str) else value
        for name, value in args.items()
    }


def test_the_table_has_every_command_that_callers_see() -> None:
    assert {contract.name for contract in PUBLIC} == {name.partition(" ")[0] for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_role_may_what_the_table_says(shop: Shop, name: str) -> None:
    args, allowed = COMMANDS[name]
    for role in ROLES:
        for whose in ALL:
            envelope = shop.as_role(role).envelope(name.partition(" ")[0], **filled(shop, args, whose))
            assert envelope.code == (None if whose in allowed[role] else "FORBIDDEN"), (role, whose, envelope)


@pytest.mark.parametrize("contract", PUBLIC, ids=lambda contract: contract.name)
def test_nobody_comes_in_without_a_session(shop: Shop, contract: Any) -> None:
    for token in (None, "A" * 43):
        assert Caller(shop.bus, token).code(contract.name, nonsense=1) == "UNAUTHENTICATED"


@pytest.mark.parametrize("contract", [one for one in calendar.contracts if one not in PUBLIC], ids=lambda c: c.name)
def test_commands_for_other_domains_do_not_exist_outside(shop: Shop, contract: Any) -> None:
    assert shop.admin.code(contract.name) == "UNKNOWN_COMMAND"


def test_all_commands_share_one_limit(shop: Shop) -> None:
    """200 calls a minute and user, whichever they are and however they end; forbidden ones do not count."""
    calls: list[tuple[str, dict[str, Any]]] = [
        (contract.name, {"nonsense": 1}) for contract in PUBLIC if contract.access.kind != "roles"
    ]
    for number in range(200):
        command, args = calls[number % len(calls)]
        assert shop.viewer.code(command, **args) == "VALIDATION_ERROR"
        assert shop.viewer.code("delete_event", id=NIL) == "FORBIDDEN"
        shop.clock.advance(100)
    for contract in PUBLIC:
        refusal = shop.viewer.refusal(contract.name, nonsense=1)
        if contract.access.kind == "roles":
            assert refusal["code"] == "FORBIDDEN"
        else:
            assert (refusal["code"], refusal["details"]) == ("RATE_LIMITED", {"retry_after_seconds": 40})
    assert shop.admin.code("get_event_by_id", id=NIL) == "NOT_FOUND"
    shop.clock.advance(40_000)
    assert shop.viewer.code("get_event_by_id", id=NIL) == "NOT_FOUND"
    assert shop.viewer.code("get_event_by_id", id=NIL) == "RATE_LIMITED"


def test_a_delay_and_a_schedule_count_once_or_not_at_all(shop: Shop) -> None:
    """What a command calls inside itself is nobody's call."""
    task = shop.task(of="technician")
    for _ in range(210):
        shop.technician("delay_task", task_id=task["id"], new_scheduled_date=TODAY, reason="x")
    for _ in range(200):
        assert shop.technician("calendar_schedule_task", task_id=task["id"], new_date=TODAY)["scheduled"]
    assert shop.technician.code("calendar_schedule_task", task_id=task["id"], new_date=TODAY) == "RATE_LIMITED"
