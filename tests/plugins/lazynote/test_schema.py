"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.lazynote import lazynote
from plugins.lazynote.listing import Listing
from plugins.lazynote.notes import NOTES
from plugins.lazynote.sections import INBOX
from plugins.lazynote.tables import atom_tags, atoms, metadata, tags, workspace_nodes
from tests.plugins.lazynote.caller import NIL, Caller

if TYPE_CHECKING:
    from bus.application import Bus

OTHER = NIL.replace("0", "1")
NODE = {
    "owner": "local",
    "kind": "folder",
    "display_name": "x",
    "sort_order": 0,
    "created_at": 0,
    "updated_at": 0,
}


@contextmanager
def undone(bus: Bus) -> Iterator[sa.Connection]:
    """A connection whose work is rolled back."""
    with bus.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")


def test_the_tables_equal_their_migrations(bus: Bus) -> None:
    assert check(bus.database, [builtins(), lazynote]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in metadata.sorted_tables:
        assert table.name.startswith("lazynote_")
        assert all(str(index.name).startswith("lazynote_") for index in table.indexes)


@pytest.mark.parametrize(
    "values",
    [
        {"type": "memo"},
        {"task_status": "Done"},
        {"start_at": 5, "end_at": 4},
        {"uuid": None},
        {"owner": None},
        {"content": None},
        {"updated_at": None},
    ],
)
def test_impossible_atoms_are_refused_by_the_database(bus: Bus, db: Caller, values: dict[str, Any]) -> None:
    atom_id = db.note()
    with undone(bus) as connection, pytest.raises(IntegrityError):
        connection.execute(sa.update(atoms).where(atoms.c.uuid == atom_id).values(values))


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "link"},
        {"kind": "note_ref"},
        {"kind": "folder", "atom_uuid": "a note"},
        {"parent_uuid": NIL},
        {"parent_uuid": OTHER},
        {"kind": "note_ref", "atom_uuid": OTHER},
    ],
)
def test_impossible_nodes_are_refused_by_the_database(bus: Bus, db: Caller, values: dict[str, Any]) -> None:
    note = db.note()
    row = NODE | {"node_uuid": NIL} | values
    row |= {"atom_uuid": note} if row.get("atom_uuid") == "a note" else {}
    with undone(bus) as connection, pytest.raises(IntegrityError):
        connection.execute(sa.insert(workspace_nodes).values(row))


def test_a_tag_is_there_once_for_each_owner(bus: Bus) -> None:
    with undone(bus) as connection:
        for owner in ("ada", "bob"):
            connection.execute(sa.insert(tags).values(owner=owner, name="t"))
        with pytest.raises(IntegrityError):
            connection.execute(sa.insert(tags).values(owner="ada", name="t"))


@pytest.mark.parametrize("table", [atoms, tags])
def test_links_go_with_the_atom_and_with_the_tag(bus: Bus, db: Caller, table: sa.Table) -> None:
    db.note("x", "a", "b")
    with undone(bus) as connection:
        connection.execute(sa.delete(table))
        assert connection.execute(sa.select(sa.func.count()).select_from(atom_tags)).scalar() == 0


@pytest.mark.parametrize(("listing", "index"), [(NOTES, "lazynote_atoms_latest"), (INBOX, "lazynote_atoms_inbox")])
def test_the_long_lists_are_read_from_an_index_in_its_order(bus: Bus, listing: Listing, index: str) -> None:
    """No sorting, however many notes there are."""
    rows = listing.rows.params(of_owner="x", limit=10, offset=0)
    query = rows.compile(bus.database.engine, compile_kwargs={"literal_binds": True})
    with undone(bus) as connection:
        if bus.database.kind == "sqlite":
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
        else:
            connection.exec_driver_sql(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
            plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {query}")]
    assert any(index in line for line in plan), plan
    assert not any("Sort" in line or "TEMP B-TREE" in line for line in plan), plan
