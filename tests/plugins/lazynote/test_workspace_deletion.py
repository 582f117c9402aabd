"""``workspace_delete_folder``: dissolved, or deleted with all that is below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from plugins.lazynote.tables import workspace_nodes as nodes
from tests.plugins.lazynote.caller import START_MS, Caller
from tests.plugins.lazynote.tree import Tree
from tests.plugins.lazynote.watching import content, delete_atom, stored

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock


@pytest.fixture
def tree(db: Caller) -> Tree:
    """The empty tree of the local caller."""
    return Tree(db)


@pytest.mark.parametrize("mode", ["dissolve", "delete_all", " delete_all\n"])
def test_only_folders_are_deleted_and_only_once(tree: Tree, mode: str) -> None:
    note = tree.db.note()
    folder, ref = tree.folder(), tree.ref(note)
    assert tree.db.code("workspace_delete_folder", node_id=ref, mode=mode) == "node_not_folder"
    assert tree.db("workspace_delete_folder", node_id=folder, mode=mode) == {"node_id": folder}
    assert tree.db.code("workspace_delete_folder", node_id=folder, mode=mode) == "node_not_found"
    assert tree.db.code("workspace_list_children", parent_node_id=folder) == "parent_not_found"
    assert tree.db.code("workspace_create_folder", parent_node_id=folder, name="x") == "parent_not_found"
    assert list(tree.orders()) == [ref]


def test_a_dissolved_folder_leaves_its_children_behind_the_root_nodes(tree: Tree) -> None:
    """Not in its own parent, in their order, and nothing deeper changes."""
    top, last = tree.folder(), tree.folder()
    middle = tree.folder(top)
    note = tree.db.note()
    low, ref, second = tree.folder(middle), tree.ref(note, middle), tree.folder(middle)
    deep = tree.folder(low)
    tree.move(second, middle, 0)
    tree.dissolve(middle)
    assert list(tree.orders()) == [top, last, second, low, ref]
    assert list(tree.orders().values()) == [0, 1, 2, 3, 4]
    assert tree.orders(top) == {}
    assert tree.orders(low) == {deep: 0}
    assert tree.db.ids("notes_list") == [note]


def test_a_dissolved_root_folder_leaves_its_children_behind_those_that_stay(tree: Tree) -> None:
    top, other = tree.folder(), tree.folder()
    child = tree.folder(top)
    tree.dissolve(top)
    assert list(tree.orders()) == [other, child]


def test_a_hidden_child_is_lifted_too_and_comes_back_with_its_note(bus: Bus, tree: Tree) -> None:
    note, top = tree.db.note(), tree.folder()
    hidden = tree.ref(note, top)
    delete_atom(bus, note)
    tree.dissolve(top)
    assert tree.orders() == {}
    assert tree.stored(hidden)["parent_uuid"] is None


def test_what_was_dissolved_is_shown_at_root_and_under_uncategorized(tree: Tree) -> None:
    top, note = tree.folder(), tree.db.note("# The note")
    folder, ref = tree.folder(top), tree.ref(note, top)
    assert tree.explored("__uncategorized__") == []
    tree.dissolve(top)
    assert [row["node_id"] for row in tree.explored()] == ["__uncategorized__", folder]
    assert [row["node_id"] for row in tree.explored("__uncategorized__")] == [ref]


def test_all_below_a_folder_goes_with_it(bus: Bus, tree: Tree) -> None:
    top, beside = tree.folder(), tree.folder()
    middle = tree.folder(top)
    note = tree.db.note("words", "tag")
    gone = [top, middle, tree.folder(middle), tree.ref(note, middle)]
    tree.delete_all(top)
    assert list(tree.orders()) == [beside]
    assert all(tree.stored(node)["is_deleted"] for node in gone)
    assert tree.db.code("note_get", atom_id=note) == "note_not_found"
    assert tree.db("tags_list")["items"] == []
    assert tree.db("entry_search", text="words")["total_count"] == 0
    assert stored(bus, note)["updated_at"] == START_MS + 1 + 1  # its tag was the first change


@pytest.mark.parametrize("width", [1, 30])
def test_the_number_of_statements_does_not_depend_on_the_number_of_nodes(bus: Bus, tree: Tree, width: int) -> None:
    """Who deletes holds the only write lock of SQLite meanwhile."""
    top = tree.folder()
    for low in [tree.folder(tree.folder(top)) for _ in range(width)]:
        tree.ref(tree.db.note(), low)
    sent: list[str] = []

    def listener(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(bus.database.engine, "before_cursor_execute", listener)
    try:
        tree.delete_all(top)
    finally:
        sa.event.remove(bus.database.engine, "before_cursor_execute", listener)
    assert len([statement for statement in sent if "UPDATE" in statement]) == 2
    assert tree.db("notes_list")["total_count"] == 0


def test_a_folder_that_is_its_own_descendant_is_deleted_too(bus: Bus, tree: Tree) -> None:
    """No command makes such a tree, and none hangs in one."""
    top = tree.folder()
    low = tree.folder(tree.folder(top))
    with bus.database.engine.connect() as connection:
        connection.execute(sa.update(nodes).where(nodes.c.node_uuid == top).values(parent_uuid=low))
    tree.delete_all(top)
    assert all(row["is_deleted"] for row in map(tree.stored, (top, low)))


def test_a_note_lives_while_any_reference_is_left(tree: Tree) -> None:
    inside, outside, unlinked = tree.db.note("a"), tree.db.note("b"), tree.db.note("c")
    top, other = tree.folder(), tree.folder()
    low = tree.folder(top)
    for note, parents in ((inside, (top, low, top)), (outside, (low, None))):
        for parent in parents:
            tree.ref(note, parent)
    tree.delete_all(top)
    assert set(tree.db.ids("notes_list")) == {outside, unlinked}
    at_root = [row["atom_id"] for row in tree.rows()]
    assert at_root == [None, outside]
    tree.move(tree.rows()[1]["node_id"], other)
    tree.delete_all(other)
    assert tree.db.ids("notes_list") == [unlinked]


def test_the_words_of_deleted_notes_go_and_come_back_with_them(bus: Bus, tree: Tree, clock: FakeClock) -> None:
    """Whatever order the notes were changed in; those of a note that lives on stay."""
    top = tree.folder()
    notes = [tree.db.note(f"tea milk {number}") for number in range(6)]
    for note in (notes[number] for number in (3, 0, 5, 1, 4, 2)):
        tree.ref(note, top)
        clock.advance(3_000)
        tree.db("note_set_tags", atom_id=note, tags=["seen"])
    tree.ref(notes[4])
    tree.delete_all(top)
    assert tree.db.ids("entry_search", text="tea-milk") == [notes[4]]
    assert tree.db("entry_search", text="3")["total_count"] == 0
    with bus.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE lazynote_atoms SET is_deleted = false")
    assert set(tree.db.ids("entry_search", text="tea-milk")) == set(notes)


def test_a_reference_that_was_deleted_before_keeps_no_note_alive_and_ends_none(bus: Bus, tree: Tree) -> None:
    """Only what is left in the tree counts, and a note that was brought back without its tree is not in it."""
    note, first, second = tree.db.note(), tree.folder(), tree.folder()
    low = tree.folder(first)
    tree.ref(note, low)
    tree.delete_all(low)
    with bus.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE lazynote_atoms SET is_deleted = false")
    tree.delete_all(first)
    assert tree.db.ids("notes_list") == [note]
    tree.ref(note, second)
    tree.delete_all(second)
    assert tree.db.ids("notes_list") == []


def test_tasks_and_hidden_notes_are_left_as_they_are(bus: Bus, tree: Tree) -> None:
    task, note, top = tree.db.task(), tree.db.note(), tree.folder()
    tree.ref(note, top)
    delete_atom(bus, note)
    before = stored(bus, note), stored(bus, task)
    tree.delete_all(top)
    assert (stored(bus, note), stored(bus, task)) == before


def test_a_refusal_changes_nothing(bus: Bus, tree: Tree) -> None:
    tree.ref(tree.db.note(), tree.folder())
    before = content(bus)
    for mode, code in (("Dissolve", "invalid_delete_mode"), ("", "invalid_delete_mode")):
        assert tree.db.code("workspace_delete_folder", node_id=next(iter(tree.orders())), mode=mode) == code
    assert content(bus) == before


def test_what_belongs_to_somebody_else_stays(tree: Tree, db: Caller) -> None:
    adas = Tree(db.of("ada"))
    note = adas.db.note()
    kept = adas.folder(adas.folder()), adas.ref(note)
    for mode in ("dissolve", "delete_all"):
        assert tree.db.code("workspace_delete_folder", node_id=kept[0], mode=mode) == "node_not_found"
        tree.folder(tree.folder())
        tree.db("workspace_delete_folder", node_id=next(iter(tree.orders())), mode=mode)
    assert adas.db.ids("notes_list") == [note]
    assert len(adas.orders()) == 2
