"""Who may do what: every command of the plugin for every role, and for own and other interventions, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL
from plugins.inventory import inventory
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.interventions.work import Work
from tests.plugins.inventory.store import FILM, Store
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database

WORKERS = ("admin", "supervisor", "technician")
#: Command -> its arguments, where MATERIAL, SKU and INTERVENTION stand for some that are there, and who may.
MATERIAL, SKU, INTERVENTION = "a material", "its SKU", "an intervention"
COMMANDS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "material_create": ({**FILM, "sku": "new"}, WORKERS),
    "material_get": ({"id": MATERIAL}, ROLES),
    "material_get_by_sku": ({"sku": SKU}, ROLES),
    "material_list": ({}, ROLES),
    "material_update": ({"id": MATERIAL, "data": {"name": "New"}}, WORKERS),
    "material_delete": ({"id": MATERIAL}, WORKERS),
    "material_update_stock": ({"material_id": MATERIAL, "quantity_change": -1, "reason": "x"}, WORKERS),
    "material_create_inventory_transaction": (
        {"material_id": MATERIAL, "transaction_type": "waste", "quantity": 1},
        WORKERS,
    ),
    "material_record_consumption": (
        {"intervention_id": INTERVENTION, "material_id": MATERIAL, "quantity_used": 1},
        WORKERS,
    ),
    "material_get_transaction_history": ({"material_id": MATERIAL}, ROLES),
    "material_get_consumption_history": ({"material_id": MATERIAL}, ROLES),
    "material_get_intervention_consumption": ({"intervention_id": INTERVENTION}, ROLES),
    "material_get_intervention_summary": ({"intervention_id": INTERVENTION}, ROLES),
    "material_get_low_stock": ({}, ROLES),
    "material_get_expired": ({}, ROLES),
    "material_get_stats": ({}, ROLES),
}


def filled(args: dict[str, Any], material: dict[str, Any], intervention_id: str) -> dict[str, Any]:
    meant = {MATERIAL: material["id"], SKU: material["sku"], INTERVENTION: intervention_id}
    return {name: meant.get(value, value) if isinstance(value, str) else value for name, value in args.items()}


def test_the_table_has_every_command_that_callers_see() -> None:
    seen = {contract.name for contract in inventory.contracts if contract.access is not INTERNAL}
    assert seen == set(COMMANDS)
    assert len(seen) == 16


@pytest.mark.parametrize("command", COMMANDS)
def test_every_role_may_what_the_table_says(shop: Shop, store: Store, command: str) -> None:
    """A technician, where an intervention is meant, only with their own; a refusal changes nothing."""
    args, allowed = COMMANDS[command]
    work = Work(shop)
    whose = ("technician", "colleague") if INTERVENTION in args.values() else ("technician",)
    for role in ROLES:
        for owner in whose:
            material, intervention = store.material(9), work.start(of=owner)
            before = store.everything(material["id"])
            envelope = shop.as_role(role).envelope(command, **filled(args, material, intervention.id))
            is_allowed = role in allowed and not (role == "technician" and owner == "colleague")
            assert envelope.code == (None if is_allowed else "FORBIDDEN"), (role, owner, envelope)
            if not is_allowed:
                assert store.everything(material["id"]) == before
            if command == "material_create" and is_allowed:
                store.update(envelope.data["id"], sku=f"made by {role}")


def test_whoever_may_not_is_told_so_first(shop: Shop) -> None:
    """Before the arguments are looked at, and before what they mean."""
    for command, (args, allowed) in COMMANDS.items():
        if "viewer" not in allowed:
            assert shop.viewer.code(command, nonsense=1) == "FORBIDDEN", command
            assert shop.viewer.code(command, **args) == "FORBIDDEN", command


def test_nobody_comes_in_without_a_session(shop: Shop) -> None:
    for command in COMMANDS:
        for token in (None, "A" * 43):
            assert Caller(shop.bus, token).code(command, nonsense=1) == "UNAUTHENTICATED", command


def test_unknown_arguments_are_refused(shop: Shop) -> None:
    for command, (args, _) in COMMANDS.items():
        refusal = shop.admin.refusal(command, **args, nonsense=1)
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["nonsense"]), command


def test_commands_for_other_domains_do_not_exist_outside(shop: Shop) -> None:
    for contract in inventory.contracts:
        if contract.access is INTERNAL:
            assert shop.admin.code(contract.name, material_ids=[NIL]) == "UNKNOWN_COMMAND"
