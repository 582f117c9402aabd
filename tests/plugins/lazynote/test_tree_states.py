"""Any sequence of commands leaves the tree, and what the explorer shows of it, as the rules in memory do."""

from __future__ import annotations

import functools
import itertools
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.tree_model import UNCATEGORIZED, Model, Note
from tests.plugins.lazynote.watching import change

NAMES = st.sampled_from(["b", "a", "B", "Straße", "STRASSE", "É", "e", "Uncategorized", "学"])
PLACES = st.none() | st.integers(-2, 6) | st.sampled_from([-(2**63), 2**63 - 1])


class TreeStates(RuleBasedStateMachine):
    """Folders, references and notes of one owner, against the model; every run has an owner of its own."""

    nodes: Bundle[str] = Bundle("nodes")
    notes: Bundle[str] = Bundle("notes")

    def __init__(self, db: Caller, owners: Any) -> None:
        super().__init__()
        self.db = db.of(next(owners))
        self.model = Model()

    def outcome(self, command: str, **args: Any) -> str | None:
        """The code of a refusal, or None."""
        envelope = self.db.envelope(command, **args)
        return None if envelope.error is None else envelope.error["code"]

    def create(self, command: str, parent: str | None, atom: str | None, name: str, args: dict[str, Any]) -> str:
        """The id of a new node, or where it is refused one of the parent, which goes on to be tried."""
        envelope = self.db.envelope(command, parent_node_id=parent, **args)
        fault = self.model.create_fault(parent, atom)
        assert (envelope.error and envelope.error["code"]) == fault
        if envelope.data is None:
            return parent or next(iter(self.model.nodes))
        node: str = envelope.data["node"]["node_id"]
        self.model.create(node, parent, atom, name)
        assert envelope.data["node"] == self.model.row(node)
        return node

    @initialize(target=nodes)
    def first_folder(self) -> str:
        return self.create("workspace_create_folder", None, None, "first", {"name": "first"})

    @initialize(target=notes)
    def first_note(self) -> str:
        return self.add_note("Ärger")

    @rule(target=notes, title=NAMES)
    def add_note(self, title: str) -> str:
        note = self.db("note_create", content=f"\n # {title} \nmore")["note"]
        self.model.notes[note["atom_id"]] = Note(title, note["updated_at"])
        return note["atom_id"]

    @rule(target=nodes, parent=st.none() | nodes, name=NAMES)
    def add_folder(self, parent: str | None, name: str) -> str:
        return self.create("workspace_create_folder", parent, None, name, {"name": name})

    @rule(target=nodes, parent=st.none() | nodes, note=notes, name=NAMES)
    def add_ref(self, parent: str | None, note: str, name: str) -> str:
        args = {"atom_id": note, "display_name": name}
        return self.create("workspace_create_note_ref", parent, note, name, args)

    @rule(node=nodes, name=NAMES)
    def rename(self, node: str, name: str) -> None:
        assert self.outcome("workspace_rename_node", node_id=node, new_name=name) == self.model.rename(node, name)

    @rule(node=nodes, parent=st.none() | nodes, place=PLACES)
    def move(self, node: str, parent: str | None, place: int | None) -> None:
        outcome = self.outcome("workspace_move_node", node_id=node, new_parent_id=parent, target_order=place)
        assert outcome == self.model.move(node, parent, place)

    @rule(node=nodes)
    def dissolve(self, node: str) -> None:
        outcome = self.outcome("workspace_delete_folder", node_id=node, mode="dissolve")
        assert outcome == self.model.dissolve(node)

    @rule(node=nodes, is_large=st.booleans())
    def delete_all(self, node: str, is_large: bool) -> None:
        if is_large:
            outcome = self.outcome("workspace_delete_large_folder", node_id=node)
        else:
            outcome = self.outcome("workspace_delete_folder", node_id=node, mode="delete_all")
        assert outcome == self.model.delete_all(node)

    @rule(note=notes, title=NAMES)
    def write(self, note: str, title: str) -> None:
        outcome = self.outcome("note_update", atom_id=note, content=f"{title}\n## Not this")
        assert outcome == self.model.write(note, title)

    @rule(note=notes, is_deleted=st.booleans())
    def hide_or_restore(self, note: str, is_deleted: bool) -> None:
        change(self.db.bus, note, is_deleted=is_deleted)
        self.model.notes[note].is_deleted = is_deleted

    @invariant()
    def every_level_is_that_of_the_model(self) -> None:
        for parent in (None, *self.model.nodes):
            fault = self.model.parent_fault(parent)
            for command, expected in (
                ("workspace_list_children", lambda it: [self.model.row(node) for node in self.model.children(it)]),
                ("workspace_explorer", self.model.explored),
            ):
                answer = self.db.envelope(command, parent_node_id=parent)
                if fault:
                    assert answer.error["code"] == fault
                else:
                    assert answer.data["items"] == expected(parent)
        assert self.db("workspace_explorer", parent_node_id=UNCATEGORIZED)["items"] == self.model.explored(
            UNCATEGORIZED
        )

    @invariant()
    def notes_are_those_of_the_model(self) -> None:
        left = {note for note, it in self.model.notes.items() if not it.is_deleted}
        assert {item["atom_id"] for item in self.db("notes_list", limit=50)["items"]} == left
        for note in left:
            found = self.db("note_get", atom_id=note)["note"]["updated_at"]
            assert found == self.model.notes[note].updated_at


def test_any_sequence_of_commands_goes_as_in_the_model(db: Caller) -> None:
    owners = (f"owner {number}" for number in itertools.count())
    machine: Any = functools.partial(TreeStates, db, owners)
    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=30))
