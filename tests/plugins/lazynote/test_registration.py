"""A command is there when its module is loaded, in the versions of the specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus.contract import LOCAL, WRITE
from plugins.lazynote import lazynote
from tests.plugins.lazynote.arguments import ARGUMENTS

if TYPE_CHECKING:
    from bus.application import Bus

WRITES = {
    "entry_create_note",
    "entry_create_task",
    "entry_schedule",
    "entry_execute",
    "note_create",
    "note_update",
    "note_set_tags",
    "atom_update_status",
    "calendar_update_event",
    "workspace_create_folder",
    "workspace_create_note_ref",
    "workspace_rename_node",
    "workspace_move_node",
    "workspace_delete_folder",
    "workspace_delete_large_folder",
    "search_rebuild",
}


def test_the_plugin_answers_the_specified_commands_and_two_for_large_vaults(bus: Bus) -> None:
    versions: dict[str, set[int]] = {}
    for command in bus.registry:
        if command.plugin == "lazynote":
            versions.setdefault(command.name, set()).add(command.version)
    assert versions.keys() == ARGUMENTS.keys() | {"search_rebuild"}
    assert {name: found for name, found in versions.items() if found != {1}} == {"notes_list": {1, 2}}


def test_commands_write_or_read_and_are_open_to_local_callers() -> None:
    for contract in lazynote.contracts:
        assert contract.access is LOCAL
        assert (contract.effect is WRITE) == (contract.name in WRITES), contract.name
