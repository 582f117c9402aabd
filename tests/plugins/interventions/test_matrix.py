"""Who may do what: every command of the plugin, for every role and for own and other interventions, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL
from plugins.interventions import interventions
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.interventions.work import Begun, Work, photos
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database

#: Command -> its arguments for an intervention in progress whose inspection and installation are done.
COMMANDS: dict[str, Any] = {
    "intervention_start": lambda begun: {"task_id": begun.task_id},
    "intervention_get": lambda begun: {"id": begun.id},
    "intervention_get_active_by_task": lambda begun: {"task_id": begun.task_id},
    "intervention_get_latest_by_task": lambda begun: {"task_id": begun.task_id},
    "intervention_get_step": lambda begun: {"intervention_id": begun.id, "step_id": begun.step_id(1)},
    "intervention_list": lambda begun: {"task_id": begun.task_id},
    "intervention_advance_step": lambda begun: {
        "intervention_id": begun.id,
        "step_id": begun.step_id(3),
        "photos": photos(2),
    },
    "intervention_save_step_progress": lambda begun: {"step_id": begun.step_id(3), "notes": "x"},
    "intervention_get_progress": lambda begun: {"intervention_id": begun.id},
    "intervention_pause": lambda begun: {"intervention_id": begun.id},
    "intervention_resume": lambda begun: {"intervention_id": begun.id},
    "intervention_cancel": lambda begun: {"intervention_id": begun.id},
    "intervention_finalize": lambda begun: {"intervention_id": begun.id},
}


def begin(work: Work, command: str, whose: str) -> Begun:
    """Work in the state that the command is for."""
    begun = work.start(of=whose)
    work.complete(begun, 1, 2)
    if command == "intervention_resume":
        work.shop.admin("intervention_pause", intervention_id=begun.id)
    if command == "intervention_start":
        work.finalize(begun)
        work.shop.set(begun.task_id, status="pending")
    return begun


def test_the_table_has_every_command_that_callers_see() -> None:
    seen = {contract.name for contract in interventions.contracts if contract.access is not INTERNAL}
    assert seen == set(COMMANDS)
    assert len(seen) == 13


@pytest.mark.parametrize("command", COMMANDS)
def test_every_role_may_what_the_table_says(shop: Shop, work: Work, command: str) -> None:
    """A viewer may nothing, a technician what is theirs; a list leaves out what is not. A refusal changes nothing."""
    for role in ROLES:
        for whose in ("technician", "colleague"):
            begun = begin(work, command, whose)
            before = work.everything(begun)
            envelope = shop.as_role(role).envelope(command, **COMMANDS[command](begun))
            is_hidden = role == "technician" and whose == "colleague"
            is_refused = role == "viewer" or (is_hidden and command != "intervention_list")
            assert envelope.code == ("FORBIDDEN" if is_refused else None), (role, whose, envelope)
            if is_refused:
                assert work.everything(begun) == before
            elif command == "intervention_list":
                assert envelope.data["total_count"] == (0 if is_hidden else 1)


def test_the_work_belongs_to_who_carries_it_out_not_to_who_has_the_task(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician", technician_id=shop.id_of("colleague"))
    assert shop.technician.code("intervention_get", id=begun.id) == "FORBIDDEN"
    assert shop.technician.code("intervention_pause", intervention_id=begun.id) == "FORBIDDEN"
    assert shop.colleague("intervention_pause", intervention_id=begun.id)["intervention"]["status"] == "paused"
    assert shop.colleague("intervention_cancel", intervention_id=begun.id)["intervention"]["status"] == "cancelled"


@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_may_not_learns_nothing_of_the_arguments(shop: Shop, command: str) -> None:
    """Session, then role, then shape, then what is there."""
    for token in (None, "A" * 43):
        assert Caller(shop.bus, token).code(command, nonsense=1) == "UNAUTHENTICATED"
    assert shop.viewer.code(command, nonsense=1) == "FORBIDDEN"
    assert shop.technician.code(command, nonsense=1) == "VALIDATION_ERROR"
    nowhere = Begun({"id": NIL, "task_id": NIL}, [{"id": NIL}] * 3)
    codes = {"intervention_list": None, "intervention_save_step_progress": "INTERVENTION_STEP_NOT_FOUND"}
    envelope = shop.technician.envelope(command, **COMMANDS[command](nowhere))
    assert envelope.code == codes.get(command, "NOT_FOUND")


@pytest.mark.parametrize(
    "contract", [one for one in interventions.contracts if one.access is INTERNAL], ids=lambda c: c.name
)
def test_commands_for_other_domains_do_not_exist_outside(shop: Shop, contract: Any) -> None:
    assert shop.admin.code(contract.name) == "UNKNOWN_COMMAND"
