"""``workspace_list_children``, ``…_create_folder``, ``…_create_note_ref``, ``…_rename_node``, ``…_move_node``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, insert

from bus.testing import FakeClock
from plugins.lazynote.tables import workspace_nodes
from plugins.lazynote.workspace.level import BELOW, ROOT
from tests.plugins.lazynote.caller import NIL, START_MS, Caller
from tests.plugins.lazynote.test_schema import NODE, undone
from tests.plugins.lazynote.tree import Tree
from tests.plugins.lazynote.watching import content, delete_atom

if TYPE_CHECKING:
    from bus.application import Bus

#: What takes a parent, and what else it needs.
WITH_PARENT: dict[str, dict[str, Any]] = {
    "workspace_list_children": {},
    "workspace_create_folder": {"name": "x"},
    "workspace_create_note_ref": {"atom_id": NIL, "display_name": ""},
    "workspace_explorer": {},
}


@pytest.fixture
def tree(db: Caller) -> Tree:
    """The empty tree of the local caller."""
    return Tree(db)


def test_a_folder_is_answered_as_it_is_listed(tree: Tree) -> None:
    node = tree.db("workspace_create_folder", name="  Projects\n")["node"]
    expected = {"kind": "folder", "parent_node_id": None, "atom_id": None, "display_name": "Projects", "sort_order": 0}
    assert node == expected | {"node_id": node["node_id"]}
    assert tree.rows() == [node]
    assert tree.db("workspace_list_children") == {"items": [node]}


def test_a_reference_is_answered_as_it_is_listed(tree: Tree) -> None:
    folder, note = tree.folder(), tree.db.note()
    for name, shown in (("  A name ", "A name"), (None, "Untitled note"), ("x" * 255, "x" * 255)):
        args = {"parent_node_id": folder, "atom_id": note, "display_name": name}
        node = tree.db("workspace_create_note_ref", **args)["node"]
        expected = {"kind": "note_ref", "parent_node_id": folder, "atom_id": note, "display_name": shown}
        assert node == expected | {"node_id": node["node_id"], "sort_order": node["sort_order"]}
        assert tree.rows(folder)[-1] == node
    assert [row["sort_order"] for row in tree.rows(folder)] == [0, 1, 2]


def test_equal_names_lie_beside_each_other(tree: Tree) -> None:
    assert tree.folder() != tree.folder()
    assert [row["display_name"] for row in tree.rows()] == ["Folder", "Folder"]


def test_a_new_node_goes_behind_all_that_are_left_hidden_ones_too(bus: Bus, tree: Tree) -> None:
    note = tree.db.note()
    first = tree.folder()
    tree.ref(note)
    delete_atom(bus, note)
    assert tree.orders() == {first: 0}
    last = tree.folder()
    assert tree.orders() == {first: 0, last: 2}


@pytest.mark.parametrize("command", WITH_PARENT)
def test_a_parent_is_a_visible_folder(bus: Bus, tree: Tree, command: str) -> None:
    note = tree.db.note()
    ref, gone = tree.ref(note), tree.folder()
    tree.dissolve(gone)

    def code(parent: str) -> str:
        return tree.db.code(command, parent_node_id=parent, **WITH_PARENT[command])

    assert code(NIL) == code(gone) == "parent_not_found"
    assert code(ref) == "parent_not_folder"
    delete_atom(bus, note)
    assert code(ref) == "parent_not_found"


def test_the_note_of_a_reference_is_looked_for_before_its_name_is_judged(bus: Bus, tree: Tree) -> None:
    note, gone = tree.db.note(), tree.db.note()
    delete_atom(bus, gone)

    def code(atom: str) -> str:
        return tree.db.code("workspace_create_note_ref", atom_id=atom, display_name=" ")

    assert code(NIL) == code(gone) == code(tree.db.of("ada").note()) == "atom_not_found"
    assert code(tree.db.task()) == code(tree.db.event(1)) == "atom_not_note"
    assert code(note) == "invalid_display_name"
    assert tree.rows() == []


@pytest.mark.parametrize("name", ["", "x" * 256, "\0", "\ud800"])
def test_a_bad_name_of_a_reference_is_refused_at_last(tree: Tree, name: str) -> None:
    args = {"atom_id": tree.db.note(), "display_name": name}
    assert tree.db.code("workspace_create_note_ref", **args) == "invalid_display_name"
    assert tree.rows() == []


def test_renaming_touches_the_name_alone(tree: Tree, clock: FakeClock) -> None:
    for node in (tree.folder(), tree.ref(tree.db.note())):
        before = tree.stored(node)
        clock.advance(5)
        assert tree.db("workspace_rename_node", node_id=node, new_name=" New ") == {"node_id": node}
        assert tree.stored(node) == before | {"display_name": "New"}


def test_what_is_not_visible_is_no_node(bus: Bus, tree: Tree) -> None:
    note = tree.db.note()
    ref, gone = tree.ref(note), tree.folder()
    tree.dissolve(gone)
    delete_atom(bus, note)
    for node in (ref, gone, NIL):
        assert tree.db.code("workspace_rename_node", node_id=node, new_name="x") == "node_not_found"
        assert tree.db.code("workspace_move_node", node_id=node, new_parent_id=node) == "node_not_found"
        assert tree.db.code("workspace_delete_folder", node_id=node, mode="delete_all") == "node_not_found"
        assert tree.db.code("workspace_delete_large_folder", node_id=node) == "node_not_found"


def test_a_reference_to_what_is_no_note_is_not_visible(bus: Bus, tree: Tree) -> None:
    """No command makes one; one that is there all the same is neither listed nor found."""
    row = NODE | {"node_uuid": NIL, "kind": "note_ref", "atom_uuid": tree.db.task()}
    with bus.database.engine.connect() as connection:
        connection.execute(insert(workspace_nodes).values(row))
    assert tree.rows() == []
    assert tree.db.code("workspace_rename_node", node_id=NIL, new_name="x") == "node_not_found"
    assert tree.db.code("workspace_move_node", node_id=NIL) == "node_not_found"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, "bcda"),
        (0, "abcd"),
        (-5, "abcd"),
        (-(2**63), "abcd"),
        (1, "bacd"),
        (3, "bcda"),
        (9, "bcda"),
        (2**63 - 1, "bcda"),
    ],
)
def test_a_place_is_among_the_other_children(tree: Tree, place: int | None, expected: str) -> None:
    nodes = {tree.folder(name=name): name for name in "abcd"}
    tree.move(next(iter(nodes)), None, place)
    assert "".join(nodes[node] for node in tree.orders()) == expected
    assert list(tree.orders().values()) == [0, 1, 2, 3]


def test_a_move_numbers_the_new_parent_and_leaves_the_old_one(tree: Tree) -> None:
    old, new = tree.folder(), tree.folder()
    first, second, third = (tree.folder(old) for _ in range(3))
    there = [tree.folder(new) for _ in range(3)]
    tree.move(there[0], None)
    tree.move(first, new, 1)
    assert tree.orders(new) == {there[1]: 0, first: 1, there[2]: 2}
    assert tree.orders(old) == {second: 1, third: 2}
    assert tree.stored(first)["updated_at"] == START_MS


def test_hidden_children_are_no_siblings_and_keep_their_number(bus: Bus, tree: Tree) -> None:
    parent, note = tree.folder(), tree.db.note()
    hidden, *seen = tree.ref(note, parent), *(tree.folder(parent) for _ in range(2))
    delete_atom(bus, note)
    moved = tree.folder()
    tree.move(moved, parent, 1)
    assert tree.orders(parent) == {seen[0]: 0, moved: 1, seen[1]: 2}
    assert tree.stored(hidden)["sort_order"] == 0


def test_nothing_moves_to_itself_or_below_itself(bus: Bus, tree: Tree) -> None:
    top = tree.folder()
    middle = tree.folder(top)
    low = tree.folder(middle)
    ref = tree.ref(tree.db.note(), low)
    before = content(bus)
    for node, parent in ((top, top), (top, middle), (top, low), (middle, low), (ref, ref)):
        assert tree.db.code("workspace_move_node", node_id=node, new_parent_id=parent) == "cycle_detected"
    assert content(bus) == before


def test_the_kind_of_a_parent_is_told_before_a_cycle_through_it(tree: Tree) -> None:
    top = tree.folder()
    ref = tree.ref(tree.db.note(), top)
    assert tree.db.code("workspace_move_node", node_id=top, new_parent_id=ref) == "parent_not_folder"
    assert tree.db.code("workspace_move_node", node_id=top, new_parent_id=NIL) == "parent_not_found"


def test_a_move_up_is_no_cycle(tree: Tree) -> None:
    top = tree.folder()
    low = tree.folder(tree.folder(top))
    tree.move(low, top)
    assert list(tree.orders(top).values()) == [0, 1]
    assert low in tree.orders(top)


def test_a_deep_tree_is_walked_to_its_root(tree: Tree) -> None:
    nodes = [tree.folder()]
    for _ in range(60):
        nodes.append(tree.folder(nodes[-1]))
    assert tree.db.code("workspace_move_node", node_id=nodes[0], new_parent_id=nodes[-1]) == "cycle_detected"
    tree.move(nodes[-1], None)
    tree.move(nodes[0], nodes[-1])
    assert list(tree.orders()) == [nodes[-1]]


def test_a_move_writes_the_rows_whose_number_changes(bus: Bus, tree: Tree) -> None:
    parent = tree.folder()
    for _ in range(20):
        tree.folder(parent)
    written: list[int] = []

    def watch(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("UPDATE lazynote"):
            written.append(cursor.rowcount)

    tree.move(tree.folder(), parent)
    stranger = tree.folder()
    event.listen(bus.database.engine, "after_cursor_execute", watch)
    try:
        tree.move(stranger, parent)
        assert sum(written) == 1
        written.clear()
        tree.move(stranger, parent, 18)
        assert sum(written) == 1 + 3
    finally:
        event.remove(bus.database.engine, "after_cursor_execute", watch)
    assert list(tree.orders(parent).values()) == list(range(22))


def test_owners_have_trees_of_their_own(tree: Tree, db: Caller) -> None:
    adas = Tree(db.of("ada"))
    theirs = adas.folder()
    mine = tree.folder()
    assert tree.orders() == {mine: 0}
    tree.move(mine, None, 0)
    assert adas.orders() == {theirs: 0}
    assert tree.db.code("workspace_move_node", node_id=mine, new_parent_id=theirs) == "parent_not_found"
    assert tree.db.code("workspace_move_node", node_id=theirs, new_parent_id=mine) == "node_not_found"


def test_children_are_read_from_the_index_in_its_order(bus: Bus) -> None:
    """No sorting, and no node of another folder is looked at, at root level either."""
    below = [statement.params(parent="y") for statement in (BELOW.children, BELOW.last)]
    for statement in (ROOT.children, ROOT.last, *below):
        query = statement.params(of_owner="x").compile(bus.database.engine, compile_kwargs={"literal_binds": True})
        with undone(bus) as connection:
            if bus.database.kind == "sqlite":
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
            else:
                connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
                connection.exec_driver_sql("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
                plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {query}")]
        assert any("lazynote_workspace_nodes_children" in line for line in plan), plan
        assert not any("Sort" in line or "TEMP B-TREE" in line for line in plan), plan
