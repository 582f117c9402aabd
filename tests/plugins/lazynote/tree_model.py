"""The tree in memory: the specification's rules in plain Python, one node at a time."""

from __future__ import annotations

import dataclasses
from typing import Any

UNCATEGORIZED = "__uncategorized__"


@dataclasses.dataclass
class Node:
    """A folder, or (with an atom) a reference to a note."""

    parent: str | None
    atom: str | None
    name: str
    order: int
    is_deleted: bool = False

    @property
    def is_folder(self) -> bool:
        return self.atom is None


@dataclasses.dataclass
class Note:
    """What of a note shows in the tree."""

    title: str
    updated_at: int
    is_deleted: bool = False


class Model:
    """Each command answers its code, or None when it succeeds. The clock stands still."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.notes: dict[str, Note] = {}

    def sees(self, node: str) -> bool:
        it = self.nodes[node]
        return not it.is_deleted and (it.is_folder or not self.notes[it.atom or ""].is_deleted)

    def left(self, parent: str | None) -> list[str]:
        """The children that are not deleted, in their order."""
        found = [node for node, it in self.nodes.items() if it.parent == parent and not it.is_deleted]
        return sorted(found, key=lambda node: (self.nodes[node].order, node))

    def children(self, parent: str | None) -> list[str]:
        return [node for node in self.left(parent) if self.sees(node)]

    def next_order(self, parent: str | None) -> int:
        return max((self.nodes[node].order for node in self.left(parent)), default=-1) + 1

    def path(self, node: str | None) -> list[str]:
        """The node and everything above it."""
        return [] if node is None else [node, *self.path(self.nodes[node].parent)]

    def branch(self, node: str) -> list[str]:
        """The node and everything that is left below it."""
        return [node, *(lower for child in self.left(node) for lower in self.branch(child))]

    def parent_fault(self, parent: str | None) -> str | None:
        if parent is None:
            return None
        if not self.sees(parent):
            return "parent_not_found"
        return None if self.nodes[parent].is_folder else "parent_not_folder"

    def create_fault(self, parent: str | None, atom: str | None = None) -> str | None:
        gone = atom is not None and self.notes[atom].is_deleted
        return self.parent_fault(parent) or ("atom_not_found" if gone else None)

    def create(self, node: str, parent: str | None, atom: str | None, name: str) -> None:
        self.nodes[node] = Node(parent, atom, name, self.next_order(parent))

    def rename(self, node: str, name: str) -> str | None:
        if not self.sees(node):
            return "node_not_found"
        self.nodes[node].name = name
        return None

    def move(self, node: str, parent: str | None, place: int | None) -> str | None:
        if not self.sees(node):
            return "node_not_found"
        if parent == node:
            return "cycle_detected"
        if fault := self.parent_fault(parent):
            return fault
        if node in self.path(parent):
            return "cycle_detected"
        siblings = [child for child in self.children(parent) if child != node]
        siblings.insert(len(siblings) if place is None else min(max(place, 0), len(siblings)), node)
        self.nodes[node].parent = parent
        for number, child in enumerate(siblings):
            self.nodes[child].order = number
        return None

    def delete_fault(self, node: str) -> str | None:
        if not self.sees(node):
            return "node_not_found"
        return None if self.nodes[node].is_folder else "node_not_folder"

    def dissolve(self, node: str) -> str | None:
        if fault := self.delete_fault(node):
            return fault
        first = self.next_order(None)
        for number, child in enumerate(self.left(node)):
            self.nodes[child].parent, self.nodes[child].order = None, first + number
        self.nodes[node].is_deleted = True
        return None

    def delete_all(self, node: str) -> str | None:
        if fault := self.delete_fault(node):
            return fault
        gone = [self.nodes[lower] for lower in self.branch(node)]
        for it in gone:
            it.is_deleted = True
        for atom in {it.atom for it in gone if it.atom}:
            if not any(it.atom == atom and not it.is_deleted for it in self.nodes.values()):
                self._delete_note(self.notes[atom])
        return None

    @staticmethod
    def _delete_note(note: Note) -> None:
        if not note.is_deleted:
            note.is_deleted = True
            note.updated_at += 1

    def write(self, atom: str, title: str) -> str | None:
        note = self.notes[atom]
        if note.is_deleted:
            return "note_not_found"
        note.title = title
        note.updated_at += 1
        return None

    def row(self, node: str) -> dict[str, Any]:
        """As ``workspace_list_children`` shows it."""
        it = self.nodes[node]
        return {
            "node_id": node,
            "kind": "folder" if it.is_folder else "note_ref",
            "parent_node_id": it.parent,
            "atom_id": it.atom,
            "display_name": it.name,
            "sort_order": it.order,
        }

    def explored(self, parent: str | None) -> list[dict[str, Any]]:
        """As ``workspace_explorer`` shows a level."""
        if parent == UNCATEGORIZED:
            return self._uncategorized()
        rows = [self._shown(node) for node in self.children(parent) if parent or self.nodes[node].is_folder]
        rows.sort(key=lambda row: (row["kind"] == "note_ref", row["display_name"].casefold(), row["node_id"]))
        return rows if parent else [_invented(UNCATEGORIZED, "folder", None, None, "Uncategorized", -1), *rows]

    def _shown(self, node: str) -> dict[str, Any]:
        row, atom = self.row(node), self.nodes[node].atom
        if atom is None:
            return row | {"synthetic": False, "renameable": True, "movable": True, "deletable": True}
        flags = {"synthetic": False, "renameable": False, "movable": True, "deletable": False}
        return row | flags | {"display_name": self.notes[atom].title}

    def _uncategorized(self) -> list[dict[str, Any]]:
        rows = []
        active = {atom: note for atom, note in self.notes.items() if not note.is_deleted}
        for atom, note in sorted(active.items(), key=lambda pair: (-pair[1].updated_at, pair[0])):
            at_root = [node for node in self.children(None) if self.nodes[node].atom == atom]
            if at_root:
                rows.append(self._shown(at_root[0]) | {"parent_node_id": UNCATEGORIZED, "sort_order": len(rows)})
            elif not any(it.atom == atom and not it.is_deleted for it in self.nodes.values()):
                node = f"note_ref_uncategorized_{atom}"
                rows.append(_invented(node, "note_ref", UNCATEGORIZED, atom, note.title, len(rows)))
        return rows


def _invented(node: str, kind: str, parent: str | None, atom: str | None, name: str, order: int) -> dict[str, Any]:
    stored = {"node_id": node, "kind": kind, "parent_node_id": parent, "atom_id": atom, "display_name": name}
    flags = {"synthetic": True, "renameable": False, "movable": False, "deletable": False}
    return stored | {"sort_order": order} | flags
