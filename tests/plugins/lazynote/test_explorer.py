"""``workspace_explorer``: the tree as it is shown, row by row as it was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plugins.lazynote.workspace.titles import title
from tests.plugins.lazynote.caller import NIL, Caller
from tests.plugins.lazynote.tree import Tree
from tests.plugins.lazynote.watching import change, delete_atom

if TYPE_CHECKING:
    from bus.application import Bus

UNCATEGORIZED = "__uncategorized__"
FLAGS = ("synthetic", "renameable", "movable", "deletable")
ROOT_ROW = {
    "node_id": UNCATEGORIZED,
    "kind": "folder",
    "parent_node_id": None,
    "atom_id": None,
    "display_name": "Uncategorized",
    "sort_order": -1,
    "synthetic": True,
    "renameable": False,
    "movable": False,
    "deletable": False,
}


@pytest.fixture
def tree(db: Caller) -> Tree:
    """The empty tree of the local caller."""
    return Tree(db)


def names(rows: list[dict[str, Any]]) -> list[str]:
    """What is read on the rows."""
    return [row["display_name"] for row in rows]


def flags(row: dict[str, Any]) -> tuple[bool, ...]:
    """What callers may do with a row."""
    return tuple(row[name] for name in FLAGS)


def test_an_empty_tree_has_the_synthetic_folder_alone(tree: Tree) -> None:
    assert tree.explored() == [ROOT_ROW]
    assert tree.explored(UNCATEGORIZED) == []
    assert tree.explored(f"  {UNCATEGORIZED}\t") == []


def test_the_root_level_shows_folders_by_name_and_no_references(tree: Tree) -> None:
    tree.ref(tree.db.note("Aardvark"))
    ids = [tree.folder(name=name) for name in ("b", "C", "a", "B", "Uncategorized")]
    rows = tree.explored()
    assert rows[0] == ROOT_ROW
    assert names(rows[1:]) == ["a", *("b", "B"), "C", "Uncategorized"]
    assert [row["node_id"] for row in rows[2:4]] == sorted((ids[0], ids[3]))
    assert [row["sort_order"] for row in rows[1:]] == [3, *sorted((1, 4)), 2, 5]
    assert all(flags(row) == (False, True, True, True) for row in rows[1:])
    assert all((row["parent_node_id"], row["atom_id"]) == (None, None) for row in rows[1:])


def test_a_folder_shows_folders_first_and_notes_by_title(tree: Tree) -> None:
    top = tree.folder()
    tree.ref(tree.db.note("# ärger"), top, "A stored name that nobody sees")
    tree.ref(tree.db.note("\n\n## Zoo\nAnt"), top, "A")
    tree.ref(tree.db.note("aal"), top, "z")
    tree.folder(top, "zz")
    tree.folder(top, "AA")
    rows = tree.explored(top)
    assert names(rows) == ["AA", "zz", "aal", "Zoo", "ärger"]
    assert [row["sort_order"] for row in rows] == [4, 3, 2, 1, 0]
    assert [flags(row) for row in rows] == [(False, True, True, True)] * 2 + [(False, False, True, False)] * 3
    assert {row["parent_node_id"] for row in rows} == {top}


def test_names_fold_case_fully_and_ties_go_by_id(tree: Tree) -> None:
    top = tree.folder()
    same = [tree.folder(top, name) for name in ("STRASSE", "straße", "Strasse")]
    first, last = tree.folder(top, "straSSa"), tree.folder(top, "strasz")
    assert [row["node_id"] for row in tree.explored(top)] == [first, *sorted(same), last]


def test_uncategorized_shows_references_at_root_and_notes_without_any(bus: Bus, tree: Tree) -> None:
    folder = tree.folder()
    notes = [tree.db.note(f"# {name}\nbody") for name in ("at root", "nowhere", "in a folder", "in both", "gone")]
    at_root, nowhere, inside, both, gone = notes
    refs = {at_root: tree.ref(at_root), both: tree.ref(both)}
    tree.ref(inside, folder)
    tree.ref(both, folder)
    tree.ref(gone)
    delete_atom(bus, gone)
    for moment, note in enumerate((both, nowhere, at_root, inside)):
        change(bus, note, updated_at=moment)
    rows = tree.explored(UNCATEGORIZED)
    assert names(rows) == ["at root", "nowhere", "in both"]
    assert [row["sort_order"] for row in rows] == [0, 1, 2]
    expected = {"kind": "note_ref", "parent_node_id": UNCATEGORIZED}
    stored = {"synthetic": False, "renameable": False, "movable": True, "deletable": False}
    invented = {"synthetic": True, "renameable": False, "movable": False, "deletable": False}
    assert rows[0] == expected | stored | {
        "node_id": refs[at_root],
        "atom_id": at_root,
        "display_name": "at root",
        "sort_order": 0,
    }
    assert rows[1] == expected | invented | {
        "node_id": f"note_ref_uncategorized_{nowhere}",
        "atom_id": nowhere,
        "display_name": "nowhere",
        "sort_order": 1,
    }
    assert (rows[2]["node_id"], flags(rows[2])) == (refs[both], (False, False, True, False))


def test_a_note_is_shown_once_by_its_first_reference(tree: Tree) -> None:
    note = tree.db.note()
    refs = [tree.ref(note) for _ in range(3)]
    assert [row["node_id"] for row in tree.explored(UNCATEGORIZED)] == [refs[0]]
    tree.move(refs[2], None, 0)
    assert [row["node_id"] for row in tree.explored(UNCATEGORIZED)] == [refs[2]]


def test_notes_changed_at_one_moment_go_by_id(tree: Tree) -> None:
    notes = [tree.db.note() for _ in range(5)]
    tree.ref(notes[3])
    assert [row["atom_id"] for row in tree.explored(UNCATEGORIZED)] == sorted(notes)


def test_tasks_and_events_are_in_no_tree(tree: Tree) -> None:
    tree.db.task()
    tree.db.event(1)
    assert tree.explored(UNCATEGORIZED) == []


def test_synthetic_ids_are_refused_elsewhere(tree: Tree) -> None:
    note = tree.db.note()
    invented = tree.explored(UNCATEGORIZED)[0]["node_id"]
    for synthetic in (UNCATEGORIZED, invented):
        assert tree.db.code("workspace_list_children", parent_node_id=synthetic) == "invalid_parent_node_id"
        assert tree.db.code("workspace_rename_node", node_id=synthetic, new_name="x") == "invalid_node_id"
        move = {"node_id": NIL, "new_parent_id": synthetic}
        assert tree.db.code("workspace_move_node", **move) == "invalid_parent_node_id"
    assert tree.db.code("workspace_explorer", parent_node_id=invented) == "invalid_parent_node_id"
    assert tree.db.code("workspace_explorer", parent_node_id=UNCATEGORIZED.upper()) == "invalid_parent_node_id"
    assert tree.db.code("workspace_explorer", parent_node_id=note) == "parent_not_found"


def test_another_owner_sees_a_tree_of_its_own(tree: Tree, db: Caller) -> None:
    tree.folder()
    tree.ref(tree.db.note())
    tree.db.note()
    adas = Tree(db.of("ada"))
    assert adas.explored() == [ROOT_ROW]
    assert adas.explored(UNCATEGORIZED) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "Untitled"),
        (" \n\t\n\u3000", "Untitled"),
        ("Plain", "Plain"),
        ("# One\n# Two", "One"),
        ("\n\n   ### \t Three  \nrest", "Three"),
        ("#tag first", "tag first"),
        ("#", "#"),
        (" ### \nNext", "###"),
        ("a # b", "a # b"),
        ("Untitled", "Untitled"),
        ("\r\n# Windows\r\nrest", "Windows"),
        ("Old\rMac", "Old"),
        ("## ## Twice", "## Twice"),
        ("- item", "- item"),
    ],
)
def test_a_title_is_the_first_line_with_anything_on_it(content: str, expected: str) -> None:
    assert title(content) == expected


@pytest.mark.parametrize("blanks", [0, 1, 990, 998, 999, 1_000, 1_001, 5_000])
@pytest.mark.parametrize("line", ["# short", "x" * 998, "x" * 999, "x" * 1_000, "# " + "x y" * 5_000, "#" * 1_000])
def test_a_title_is_found_however_far_down_and_however_long_it_is(tree: Tree, blanks: int, line: str) -> None:
    """Short of that, lists do not read whole contents."""
    top, note = tree.folder(), tree.db.note("\n" * blanks + line + "\nrest" * (blanks % 2))
    expected = line if set(line) == {"#"} else line.lstrip("# ")
    assert names(tree.explored(UNCATEGORIZED)) == [expected]
    tree.ref(note, top)
    assert names(tree.explored(top)) == [expected]


def test_the_literal_title_untitled_is_no_reason_to_show_the_stored_name(tree: Tree) -> None:
    top = tree.folder()
    tree.ref(tree.db.note("# Untitled"), top, "A name")
    tree.ref(tree.db.note("#"), top, "Another")
    assert names(tree.explored(top)) == ["#", "Untitled"]
