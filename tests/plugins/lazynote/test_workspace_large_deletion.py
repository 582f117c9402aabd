"""``workspace_delete_large_folder``: the same end as ``delete_all``, reached in short units that others can watch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus.settings import Settings
from bus.testing import wait_until
from plugins.lazynote import lazynote
from plugins.lazynote.workspace import large_deletion
from tests.bus.worker import work
from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.tree import Tree
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

COMMAND = "workspace_delete_large_folder"


@pytest.fixture
def tree(db: Caller) -> Tree:
    """The empty tree of the local caller."""
    return Tree(db)


def plant(tree: Tree) -> tuple[str, list[str], list[str]]:
    """A folder, the nodes below it, and the notes that are nowhere else."""
    top = tree.folder()
    notes = [tree.db.note(f"{number}") for number in range(6)]
    folders = [top]
    refs = []
    for note in notes:
        folders.append(tree.folder(folders[len(folders) // 2]))
        refs += [tree.ref(note, folders[-1]), tree.ref(note, top)]
    return top, [*folders[1:], *refs], notes


@pytest.mark.parametrize("batch", [1, 2, 5, 500])
def test_it_ends_as_a_deletion_of_everything_does(
    bus: Bus, tree: Tree, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Whatever fits into a batch; what lies elsewhere stays, with the notes that are linked from there."""
    monkeypatch.setattr(large_deletion, "BATCH", batch)
    top, nodes, notes = plant(tree)
    kept = tree.ref(notes[0])
    assert tree.db(COMMAND, node_id=top) == {"node_id": top}
    assert list(tree.orders()) == [kept]
    assert all(tree.stored(node)["is_deleted"] for node in (top, *nodes))
    assert tree.db.ids("notes_list") == notes[:1]
    assert tree.db.code(COMMAND, node_id=top) == "node_not_found"
    assert tree.db.code(COMMAND, node_id=kept) == "node_not_folder"


@pytest.mark.parametrize("batches", [0, 1, 5])
def test_a_run_that_died_goes_on_and_leaves_what_was_moved_away_meanwhile(
    bus: Bus, tree: Tree, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    """Nothing enters the folder any more; what is still below it can be used, and goes with it unless saved."""
    monkeypatch.setattr(large_deletion, "BATCH", 1)
    whole, runs = large_deletion.empty_some, []

    def dying(*given: Any) -> Any:
        runs.append(given)
        if len(runs) == batches + 1:
            raise MemoryError
        return whole(*given)

    monkeypatch.setattr(large_deletion, "empty_some", dying)
    top, nodes, notes = plant(tree)
    saved, late, beside = tree.folder(nodes[5]), tree.db.note("late"), tree.folder()
    below = tree.ref(notes[5], saved)
    assert bus.call(COMMAND, {"node_id": top}, idempotency_key=top).code == "internal_error"
    assert list(tree.orders()) == [beside]
    assert tree.db.code("workspace_create_folder", parent_node_id=top, name="x") == "parent_not_found"
    assert tree.db.code("workspace_move_node", node_id=beside, new_parent_id=top) == "parent_not_found"
    tree.move(saved, None)
    tree.ref(late, nodes[5])
    assert bus.call(COMMAND, {"node_id": top}, idempotency_key=top).ok
    assert list(tree.orders()) == [beside, saved]
    assert tree.orders(saved) == {below: 0}
    assert all(tree.stored(node)["is_deleted"] for node in (top, *nodes))
    assert tree.db.ids("notes_list") == notes[5:]


def test_a_worker_tells_how_far_it_is(
    open_bus: Callable[..., Bus], database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it works the folder is gone already; at the end everything is counted."""
    monkeypatch.setattr(large_deletion, "BATCH", 1)
    bus = open_bus(database_url, plugins=[lazynote, workers], settings=Settings(home=tmp_path))
    tree = Tree(Caller(bus))
    top = tree.folder()
    for _ in range(150):
        tree.folder(top)
    job = bus.submit(COMMAND, {"node_id": top}).job["id"]

    def told() -> dict[str, Any]:
        return bus.call("job_get", {"job_id": job}).data["job"]

    worker = threading.Thread(target=work, args=[bus])
    worker.start()
    try:
        wait_until(lambda: told()["progress"], what="any progress")
        halfway = told()["progress"]
        assert tree.orders() == {}
    finally:
        worker.join(60)
    assert halfway["total"] == 151
    assert 0 < halfway["done"] < 151
    assert (told()["progress"]["done"], told()["progress"]["total"]) == (151, 151)
    assert told()["state"] == "succeeded"
