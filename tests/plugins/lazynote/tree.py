"""How tests build trees and look at them."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import select

from plugins.lazynote.tables import workspace_nodes
from tests.plugins.lazynote.caller import Caller


@dataclasses.dataclass(frozen=True)
class Tree:
    """The tree of one caller."""

    db: Caller

    def folder(self, parent: str | None = None, name: str = "Folder") -> str:
        """The id of a new folder."""
        return self.db("workspace_create_folder", parent_node_id=parent, name=name)["node"]["node_id"]

    def ref(self, note: str, parent: str | None = None, name: str | None = None) -> str:
        """The id of a new reference."""
        args = {"parent_node_id": parent, "atom_id": note, "display_name": name}
        return self.db("workspace_create_note_ref", **args)["node"]["node_id"]

    def move(self, node: str, parent: str | None, place: int | None = None) -> None:
        """A move that succeeds."""
        data = self.db("workspace_move_node", node_id=node, new_parent_id=parent, target_order=place)
        assert data == {"node_id": node}

    def dissolve(self, node: str) -> None:
        """The folder is dissolved."""
        assert self.db("workspace_delete_folder", node_id=node, mode="dissolve") == {"node_id": node}

    def delete_all(self, node: str) -> None:
        """The folder and all below it are deleted."""
        assert self.db("workspace_delete_folder", node_id=node, mode="delete_all") == {"node_id": node}

    def rows(self, parent: str | None = None) -> list[dict[str, Any]]:
        """The children as they are listed."""
        return self.db("workspace_list_children", parent_node_id=parent)["items"]

    def orders(self, parent: str | None = None) -> dict[str, int]:
        """The numbers of the children, in the order in which they are listed."""
        return {row["node_id"]: row["sort_order"] for row in self.rows(parent)}

    def explored(self, parent: str | None = None) -> list[dict[str, Any]]:
        """The rows of the explorer."""
        return self.db("workspace_explorer", parent_node_id=parent)["items"]

    def stored(self, node: str) -> dict[str, Any]:
        """The whole row of a node, deleted or not."""
        with self.db.bus.database.engine.connect() as connection:
            found = select(workspace_nodes).where(workspace_nodes.c.node_uuid == node)
            return dict(connection.execute(found).mappings().one())
