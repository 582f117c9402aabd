"""Do listing a folder and moving a node take the same time in a tree of 100,000 nodes as in one of 1,000?

Repeat: python -m benchmarks --only workspace_tree

Half of the nodes are folders, half are references, each to a note of its own; a folder that has children has ten. What
is listed and moved, and where to, is drawn by lot. A move goes to the tail of its new parent. The same in a folder that
holds all nodes at once is measured, too: one row is written, but all children are looked at for gaps.
"""

from __future__ import annotations

import functools
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from statistics import median

from benchmarks.domain import accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import microseconds, take_turns
from bus import Bus

UNIT = "µs"
FULL, SMALL = 100_000, 1_000
DATABASES = ("SQLite", "PostgreSQL")
#: Children of a folder that has any.
CHILDREN = 10
#: Moves in a folder that holds everything.
MOVES = 5
LINES = tuple(
    Line(f"{name}, {work}, {FULL:,} nodes", f"{name}, {work}, {SMALL:,} nodes", must=bound, aim=bound)
    for name in DATABASES
    for work, bound in (("list", at_most(3)), ("move", at_most(3)), ("move in one folder", None))
)
NODES = (
    "lazynote_workspace_nodes(node_uuid, owner, kind, parent_uuid, atom_uuid, display_name, sort_order, is_deleted, "
    "created_at, updated_at)"
)
ATOMS = "lazynote_atoms(uuid, owner, type, content, is_deleted, created_at, updated_at, search_text, token_count)"


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    figures: dict[str, float] = {}
    for name in DATABASES:
        with ExitStack() as stack:
            contenders: dict[str, Callable[[], object]] = {}
            for full in (FULL, SMALL):
                nodes = stage.times(full, least=10 * CHILDREN)
                tree, wide = (Tree(stack.enter_context(opened(url(stage, stack, name))), nodes) for _ in range(2))
                tree.grow()
                wide.spread()
                contenders[f"{name}, list, {full:,} nodes"] = tree.list_one
                contenders[f"{name}, move, {full:,} nodes"] = tree.move_one
                figures[f"{name}, move in one folder, {full:,} nodes"] = median(wide.moves(MOVES))
            figures |= take_turns(stage, contenders)
    return figures


def url(stage: Stage, stack: ExitStack, name: str) -> str:
    """The URL of an empty database."""
    if name == "SQLite":
        return f"sqlite:///{stage.folder}/{uuid.uuid4()}.sqlite"
    return stack.enter_context(stage.postgresql().database())


class Tree:
    """A tree of so many nodes, and one random thing after another that is done to it."""

    def __init__(self, bus: Bus, nodes: int) -> None:
        self.bus = bus
        self._chance = random.Random(nodes)  # noqa: S311  # chance that repeats is the point
        self._folders, self._refs, self._notes = (
            [str(uuid.UUID(int=self._chance.getrandbits(128))) for _ in range(nodes // 2)] for _ in range(3)
        )
        #: Folders that have children.
        self.parents: list[str] = []

    def grow(self) -> None:
        """Every folder has ten children until there are no more nodes: half folders, half references."""
        half = CHILDREN // 2
        self.parents = self._folders[: len(self._refs) // half]
        self._fill([None, *(self._folders[(n - 1) // half] for n in range(1, len(self._folders)))], half)

    def spread(self) -> None:
        """One folder holds everything."""
        self.parents = self._folders[:1]
        self._fill([None, *(self._folders[0] for _ in self._folders[1:])], len(self._refs))

    def _fill(self, parents: list[str | None], refs_each: int) -> None:
        nodes = [
            _node(node, parent, None, n) for n, (node, parent) in enumerate(zip(self._folders, parents, strict=True))
        ]
        behind = len(nodes)
        for n, (node, note) in enumerate(zip(self._refs, self._notes, strict=True)):
            nodes.append(_node(node, self._folders[n // refs_each], note, behind + n))
        self._insert(ATOMS, ((note, "local", "note", "A note", False, 0, 0, " a note ", 2) for note in self._notes))
        self._insert(NODES, iter(nodes))
        with self.bus.database.connect() as connection:
            connection.exec_driver_sql("ANALYZE")

    def _insert(self, into: str, rows: Iterator[tuple[object, ...]]) -> None:
        mark = "?" if self.bus.database.kind == "sqlite" else "%s"
        marks = ", ".join([mark] * (into.count(",") + 1))
        with self.bus.database.writer().transaction() as kept:
            kept.raw.cursor().executemany(f"INSERT INTO {into} VALUES ({marks})", list(rows))

    def list_one(self) -> None:
        """List a folder."""
        accepted(self.bus.call("workspace_list_children", {"parent_node_id": self._chance.choice(self.parents)}))

    def move_one(self) -> None:
        """Move a reference behind the children of a folder."""
        self._move(self._chance.choice(self._refs), self._chance.choice(self.parents))

    def moves(self, count: int) -> list[float]:
        """Microseconds of moves of one reference to where it is; the first has moved it there and is not measured."""
        move = functools.partial(self._move, self._refs[0], self.parents[0])
        move()
        return [microseconds(move, 1) for _ in range(count)]

    def _move(self, node: str, parent: str) -> None:
        accepted(self.bus.call("workspace_move_node", {"node_id": node, "new_parent_id": parent}))


def _node(node: str, parent: str | None, note: str | None, number: int) -> tuple[object, ...]:
    return (node, "local", "note_ref" if note else "folder", parent, note, "A node", number, False, 0, 0)
