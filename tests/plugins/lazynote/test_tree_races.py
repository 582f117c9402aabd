"""Callers who change one tree at once: it stays a tree, nothing is lost, and nobody is told of a lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from contracts.lazynote.base import STORE_FAILURES
from plugins.lazynote import lazynote
from plugins.lazynote.tables import atoms, workspace_nodes
from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.tree import Tree
from tests.plugins.racing import Call, Processes, Race, race_in_threads

if TYPE_CHECKING:
    from bus.application import Bus

#: (call, its code or None)
Outcome = tuple[Call, str | None]

THREADS, PROCESSES = 8, 4
#: Commands of each racer.
CALLS = 40
FOLDERS, NOTES = 30, 12
#: What a command may be refused with while others change the tree.
ALLOWED = {
    contract.name: {refusal.code for refusal in contract.errors if refusal not in STORE_FAILURES}
    for contract in lazynote.contracts
}


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Processes that each open a bus of their own; they live as long as the tests."""
    racers = Processes(PROCESSES, "plugins.lazynote:lazynote")
    yield racers
    racers.close()


@pytest.fixture(params=["threads", "processes"])
def race(request: pytest.FixtureRequest, bus: Bus) -> Race:
    """8 threads on one bus, or 4 processes with a bus each."""
    if request.param == "threads":
        return Race(bus, THREADS, race_in_threads)
    return Race(bus, PROCESSES, request.getfixturevalue("processes").race)


def outcomes_of(race: Race, calls: list[list[Call]]) -> list[Outcome]:
    """What came of each call of each racer."""
    errors = (answer["error"] for answer in race(lambda number: calls[number]))
    made = (call for own in calls for call in own)
    return [(call, error and error["code"]) for call, error in zip(made, errors, strict=True)]


def planted(tree: Tree, rng: Random) -> tuple[list[str], list[str]]:
    """Folders in folders, and notes with two references each: the nodes and the notes."""
    folders: list[str] = []
    for _ in range(FOLDERS):
        folders.append(tree.folder(rng.choice([None, *folders])))
    notes = [tree.db.note() for _ in range(NOTES)]
    return [*folders, *(tree.ref(note, rng.choice(folders)) for note in notes * 2)], notes


def a_call(rng: Random, nodes: list[str], notes: list[str]) -> Call:
    """Mostly moves; now and then a deletion, a new node, or a change of a note."""
    node, parent = rng.choice(nodes), rng.choice([None, *nodes])
    calls: list[Call] = [
        ("workspace_delete_folder", {"node_id": node, "mode": "dissolve"}),
        ("workspace_delete_folder", {"node_id": node, "mode": "delete_all"}),
        ("workspace_delete_large_folder", {"node_id": node}),
        ("workspace_create_folder", {"parent_node_id": parent, "name": "New"}),
        ("workspace_create_note_ref", {"parent_node_id": parent, "atom_id": rng.choice(notes)}),
        ("workspace_rename_node", {"node_id": node, "new_name": "New"}),
        ("note_update", {"atom_id": rng.choice(notes), "content": "New"}),
        ("note_set_tags", {"atom_id": rng.choice(notes), "tags": rng.sample("abc", 2)}),
    ]
    moves: Call = (
        "workspace_move_node",
        {"node_id": node, "new_parent_id": parent, "target_order": rng.choice([None, 0, 1, 5])},
    )
    return rng.choices([*calls, moves], [1, 1, 1, 2, 2, 1, 3, 3, 30])[0]


def forest(bus: Bus) -> dict[str, Any]:
    """Every row of the tree."""
    with bus.database.engine.connect() as connection:
        return {row.node_uuid: row for row in connection.execute(select(workspace_nodes))}


def test_a_tree_stays_a_tree(bus: Bus, db: Caller, race: Race, rng: Random) -> None:
    """No cycle, nothing left below what is deleted, no node lost, and the notes alive are those still linked."""
    nodes, notes = planted(Tree(db), rng)
    outcomes = outcomes_of(race, plans(race.racers, rng, nodes, notes))
    assert_allowed(outcomes)
    rows = forest(bus)
    made = sum(command.startswith("workspace_create") and code is None for (command, _), code in outcomes)
    assert len(rows) == len(nodes) + made
    assert rows.keys() >= set(nodes)
    for row in rows.values():
        path = [row]
        while path[-1].parent_uuid is not None:
            path.append(rows[path[-1].parent_uuid])
            assert len(path) <= len(rows), "a cycle"
        assert row.is_deleted or not any(above.is_deleted for above in path)
        assert all(above.kind == "folder" for above in path[1:])
    linked = {row.atom_uuid for row in rows.values() if row.kind == "note_ref" and not row.is_deleted}
    with bus.database.engine.connect() as connection:
        alive = set(connection.execute(select(atoms.c.uuid).where(~atoms.c.is_deleted)).scalars())
    assert alive == linked


def test_after_a_move_the_new_parent_has_no_gap(db: Caller, race: Race, rng: Random) -> None:
    """Each racer moves its own nodes to the same few parents: whoever came last has numbered all children."""
    tree = Tree(db)
    parents = [None, *(tree.folder() for _ in range(2))]
    own = [[tree.folder() for _ in range(4)] for _ in range(race.racers)]
    places = [None, 0, 2, 100]

    def plan(mine: list[str]) -> list[Call]:
        places_of = ((rng.choice(mine), rng.choice(parents[1:]), rng.choice(places)) for _ in range(CALLS))
        return [
            ("workspace_move_node", {"node_id": node, "new_parent_id": parent, "target_order": place})
            for node, parent, place in places_of
        ]

    outcomes = outcomes_of(race, [plan(mine) for mine in own])
    assert all(code is None for _, code in outcomes), outcomes
    for parent in parents[1:]:
        before = list(tree.orders(parent))
        assert len(set(tree.orders(parent).values())) == len(before)
        tree.move(before[-1], parent)
        assert tree.orders(parent) == {node: number for number, node in enumerate(before)}
    assert sum(len(tree.orders(parent)) for parent in parents) == race.racers * 4 + 2


def test_two_moves_never_make_a_cycle(db: Caller, race: Race) -> None:
    """A below B while B goes below A, through folders on the way: one of the two is refused, each time."""
    tree = Tree(db)
    for _ in range(10):
        tops = [tree.folder() for _ in range(race.racers)]
        lows = [tree.folder(tree.folder(top)) for top in tops]
        # Each top goes below its neighbour's low, all around: the last one would close the ring.
        calls = [
            [("workspace_move_node", {"node_id": top, "new_parent_id": lows[(n + 1) % race.racers]})]
            for n, top in enumerate(tops)
        ]
        codes = [code for _, code in outcomes_of(race, calls)]
        assert Counter(codes) == {None: race.racers - 1, "cycle_detected": 1}


def plans(racers: int, rng: Random, nodes: list[str], notes: list[str]) -> list[list[Call]]:
    """The calls of each racer."""
    return [[a_call(rng, nodes, notes) for _ in range(CALLS)] for _ in range(racers)]


def assert_allowed(outcomes: list[Outcome]) -> None:
    """Every refusal speaks of the tree; locks and failures are nobody's business here."""
    unexpected = [(call, code) for call, code in outcomes if code is not None and code not in ALLOWED[call[0]]]
    assert not unexpected
    assert any(code is None for _, code in outcomes)
