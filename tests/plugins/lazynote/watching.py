"""What tests see of the database beneath a bus, and do to it behind the bus's back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from plugins.lazynote.tables import atoms, metadata

if TYPE_CHECKING:
    from bus.application import Bus


def content(bus: Bus) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the plugin."""
    with bus.database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }


def stored(bus: Bus, atom_id: str) -> dict[str, Any]:
    """The whole row of an atom."""
    with bus.database.engine.connect() as connection:
        return dict(connection.execute(select(atoms).where(atoms.c.uuid == atom_id)).mappings().one())


def change(bus: Bus, atom_id: str, **values: Any) -> None:
    """Another row for an atom, as no command would write it."""
    with bus.database.engine.connect() as connection:
        connection.execute(update(atoms).where(atoms.c.uuid == atom_id).values(values))


def delete_atom(bus: Bus, atom_id: str) -> None:
    """The atom is deleted, as deletions are: softly."""
    change(bus, atom_id, is_deleted=True)
