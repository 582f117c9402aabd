"""Whether the tables in a database are those the code describes.

Alembic compares tables, columns, types, defaults, keys and indexes (names and columns); ``definitions.py`` adds what
Alembic passes over. Only tables that carry a loaded plugin's name are looked at; virtual tables of SQLite and what
belongs to them are not.

Not here: which revisions have run (bus/migration/heads.py).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Identity

from bus.migration import definitions, faults, ledger, words
from bus.migration.heads import judge
from bus.migration.start import refuse_behind, refuse_old_code

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

    from bus.database import Database
    from bus.migration.heads import State
    from bus.plugin import Plugin


def check(database: Database, plugins: Sequence[Plugin]) -> list[str]:
    """Every difference between the database's tables and those of the plugins, in words; empty: they are equal.

    Raises:
        SetupError: the database has to be upgraded first, is too new, or cannot be read.
    """
    with faults.explained(database, "the comparison"), database.connect() as connection:
        state = judge(ledger.read(connection), plugins)
        refuse_old_code(database, state)
        refuse_behind(database, state)
        tables = [metadata for plugin in plugins if (metadata := tables_of(plugin)) is not None]
        return differences(connection, tables, owned_by(plugins, state))


def tables_of(plugin: Plugin) -> MetaData | None:
    """The plugin's tables as its code describes them."""
    tables = plugin.tables
    return tables() if callable(tables) else tables


def owned_by(plugins: Sequence[Plugin], state: State) -> Callable[[str], bool]:
    """Tell whether a table's name is one of a loaded plugin's: the longest plugin name that begins it decides."""
    loaded = {plugin.name for plugin in plugins}
    names = sorted(loaded | {branch.plugin for branch in state.branches}, key=len, reverse=True)

    def is_owned(table: str) -> bool:
        owner = next((name for name in names if table.startswith(f"{name}_")), None)
        return owner in loaded and table != ledger.TABLE

    return is_owned


def differences(connection: Connection, tables: Sequence[MetaData], is_owned: Callable[[str], bool]) -> list[str]:
    """Compare the database behind a connection with metadata."""
    hidden = definitions.virtual_tables(connection)

    def is_compared(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or (name is not None and name not in hidden and is_owned(name))

    def is_of_here(made: Any, _name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
        """Alembic does not know that ``Index(...).ddl_if(dialect=...)`` leaves an index to one kind of database."""
        condition = getattr(made, "_ddl_if", None) if kind == "index" else None
        return condition is None or condition.dialect == connection.dialect.name

    options = {
        "include_object": is_of_here,
        "include_name": is_compared,
        "compare_server_default": True,
        "version_table": ledger.TABLE,
    }
    context = MigrationContext.configure(connection, opts=options)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*(expression-based|functional) index", Warning)  # compared below
        found: Any = compare_metadata(context, tables)  # type: ignore[arg-type]  # Alembic takes a list as well
    meant = (directive for directive in words.flat(found) if not _is_unsupported(directive, connection))
    return [words.sentence(directive) for directive in meant] + definitions.differences(connection, tables)


def _is_unsupported(directive: tuple[Any, ...], connection: Connection) -> bool:
    # Code for both databases says Identity(), and SQLite leaves that out by design.
    return isinstance(directive[-1], Identity) and not connection.dialect.supports_identity_columns
