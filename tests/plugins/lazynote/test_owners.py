"""Whose rows a caller sees and changes: its own, whatever ids it has heard of, through every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus import Request
from bus.contract import READ
from bus.plugin import Plugin
from bus.settings import Settings
from plugins.lazynote import lazynote
from tests.plugins.lazynote.arguments import ARGUMENTS, UNKNOWN, good_args
from tests.plugins.lazynote.caller import NIL, Caller
from tests.plugins.lazynote.watching import content

if TYPE_CHECKING:
    from bus.application import Bus

WORD = "ada's"
#: Arguments that decide nothing but let each command see all there is.
WIDE: dict[str, dict[str, Any]] = {
    "entry_search": {"text": "secret", "limit": 50},
    "notes_list": {"tag": None, "limit": 50},
    "tasks_list_today": {"bod_ms": -(2**63), "eod_ms": 2**63 - 1},
    "tasks_list_upcoming": {"eod_ms": -(2**63)},
    "calendar_list_by_range": {"start_ms": -(2**63), "end_ms": 2**63 - 1},
    "entry_execute": {"input": "secret"},
    "entry_parse": {"input": "> task x"},
}
#: Commands that refuse the ids of others; the rest neither takes an id nor shows one of others.
READS = sorted({contract.name for contract in lazynote.contracts if contract.effect is READ})


def furnish(db: Caller) -> dict[str, str]:
    """One of everything, and the ids by the argument they are for."""
    note = db.note(f"{WORD} secret note", "secret tag")
    db.task(f"{WORD} secret task")
    db.event(1_000, 2_000, f"{WORD} secret event")
    db.event(3_000, title=f"{WORD} secret point")
    folder = db("workspace_create_folder", name=f"{WORD} secret folder")["node"]["node_id"]
    db("workspace_create_note_ref", atom_id=note, parent_node_id=folder)
    db("workspace_create_note_ref", atom_id=note)
    return {"atom_id": note} | dict.fromkeys(("node_id", "parent_node_id", "new_parent_id"), folder)


def test_an_id_of_somebody_else_is_answered_like_nobodys(bus: Bus, db: Caller) -> None:
    """By every command that takes one, and nothing changes."""
    ids = furnish(db.of("ada"))
    before = content(bus)
    for command in sorted(UNKNOWN):
        own = {argument.name: ids[argument.name] for argument in ARGUMENTS[command] if argument.name in ids}
        for caller in (db.of("bob"), db):
            theirs = caller.refusal(command, **good_args(command) | own)
            nobodys = caller.refusal(command, **good_args(command))
            assert theirs["code"] == UNKNOWN[command], (command, theirs)
            assert str(theirs) == str(nobodys).replace(NIL, ids["atom_id" if "atom" in str(theirs) else "node_id"])
    assert content(bus) == before


def test_each_id_alone_is_refused(bus: Bus, db: Caller) -> None:
    """Also where the other ids of the call are the caller's own."""
    theirs, own = furnish(db.of("ada")), furnish(db.of("bob"))
    before = content(bus)
    for command in sorted(UNKNOWN):
        taken = [argument.name for argument in ARGUMENTS[command] if argument.name in theirs]
        for name in taken:
            mixed = {one: (theirs if one == name else own)[one] for one in taken}
            code = db.of("bob").code(command, **good_args(command) | mixed)
            assert code.endswith("_not_found"), (command, name, code)
    assert content(bus) == before


@pytest.mark.parametrize("command", READS)
def test_nobody_reads_what_belongs_to_somebody_else(db: Caller, command: str) -> None:
    """Not in rows, not in counts, not in snippets, not in messages; the owner does where there is something to see."""
    furnish(db.of("ada"))
    args = {name: value for name, value in good_args(command).items() if value != NIL} | WIDE.get(command, {})
    seen, unseen = db.of("ada").envelope(command, **args), db.of("bob").envelope(command, **args)
    if command in {"note_get", "entry_parse"}:
        assert seen.to_dict()["error"] == unseen.to_dict()["error"]
        return
    assert seen.data["items"], "the owner sees nothing either, so this shows nothing"
    assert "secret" not in str(unseen.data["items"])
    assert unseen.data.get("total_count", 0) == 0
    assert unseen.data["message"] != seen.data["message"] or "0" in unseen.data["message"]


def test_tags_are_kept_apart(db: Caller) -> None:
    """One name in two dictionaries: forgetting it in one leaves it in the other."""
    ada, bob = db.of("ada"), db.of("bob")
    note = ada.note("a", "shared")
    theirs = bob.note("b", "shared")
    assert ada.ids("notes_list", tag="shared") == [note]
    ada("note_set_tags", atom_id=note, tags=[])
    assert ada("tags_list")["items"] == []
    assert bob("tags_list")["items"] == ["shared"]
    assert bob("note_get", atom_id=theirs)["note"]["tags"] == ["shared"]


def test_the_local_caller_is_an_owner_of_its_own_or_the_one_it_is_told_to_be(
    bus: Bus, db: Caller, user_plugin: Plugin, open_bus: Callable[..., Bus], tmp_path: Any
) -> None:
    local, adas = db.note("local"), db.of("ada").note("ada")
    assert db.ids("notes_list") == [local]
    url = bus.database.url.render_as_string(hide_password=False)
    settings = Settings(home=tmp_path, local_owner="ada")
    as_ada = Caller(open_bus(url, plugins=[lazynote, user_plugin], settings=settings))
    assert as_ada.ids("notes_list") == [adas]
    assert as_ada.of("bob").ids("notes_list") == []


def test_from_the_network_every_command_needs_a_session(bus: Bus) -> None:
    for command in sorted({contract.name for contract in lazynote.contracts}):
        answer = bus.answer(Request(command, good_args(command) if command in ARGUMENTS else {}, is_local=False))
        assert answer.code == "UNAUTHENTICATED", command
