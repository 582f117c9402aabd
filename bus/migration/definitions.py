"""What Alembic passes over when it compares: CHECK constraints, conditions of indexes, SQLite's kinds of table.

A database writes definitions in its own words (PostgreSQL turns ``IN`` into ``= ANY``), so the code's tables are
created beside the real ones, empty and for a moment, and the database's words about both are compared. That place is
an in-memory database or PostgreSQL's temporary schema.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bus.migration.words import ONLY_IN_CODE, ONLY_IN_DATABASE

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

#: Table, kind, name -> definition in the database's words.
Definitions = dict[tuple[str, str, str], str]

_SQLITE_INDEXES = "SELECT tbl_name, 'index', name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_SQLITE_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_SQLITE_KINDS = {
    "never reuses an id": r"\bAUTOINCREMENT\b",
    "is without rowid": r"\bWITHOUT\s+ROWID\b",
    "is strict": r"\)[^)]*\bSTRICT\b[^)]*$",
}
_EXPRESSION = re.compile(r" ON \w+ \([^)]*\(")
_POSTGRESQL_INDEXES = "SELECT tablename, 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = :schema"
_POSTGRESQL_CHECKS = """
SELECT c.relname, 'check', k.conname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'c' AND n.nspname = :schema
"""


def virtual_tables(connection: Connection) -> set[str]:
    """SQLite's virtual tables and the tables they keep their content in; Alembic cannot describe them."""
    if connection.dialect.name != "sqlite":
        return set()
    listed = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')")
    return set(listed.scalars())


def differences(connection: Connection, tables: Sequence[MetaData]) -> list[str]:
    """One sentence for each definition that differs, for tables and indexes that exist on both sides."""
    on_sqlite = connection.dialect.name == "sqlite"
    real = _of_sqlite(connection) if on_sqlite else _of_postgresql(connection, "current_schema()")
    wanted = _wanted_on_sqlite(tables) if on_sqlite else _wanted_on_postgresql(connection, tables)
    both = _tables(connection) & {table.name for metadata in tables for table in metadata.tables.values()}
    keys = sorted(key for key in real.keys() | wanted.keys() if key[0] in both)
    return [sentence for key in keys if (sentence := _difference(key, real.get(key), wanted.get(key)))]


def _difference(key: tuple[str, str, str], real: str | None, wanted: str | None) -> str | None:
    table, kind, name = key
    # An index on one side alone is Alembic's to tell.
    if real == wanted or (kind == "index" and None in (real, wanted)):
        return None
    subject = f"{kind} {name} on {table}" if kind != "table" else f"table {table}: that it {name}"
    if real is None or wanted is None:
        definition = f" ({real or wanted})" if kind == "check" else ""
        return f"{subject}{definition} {ONLY_IN_CODE if real is None else ONLY_IN_DATABASE}"
    return f"{subject} is {real} in the database but {wanted} in the code"


def _tables(connection: Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names())


def _wanted_on_sqlite(tables: Sequence[MetaData]) -> Definitions:
    with sa.create_engine("sqlite://", poolclass=sa.NullPool).connect() as scratch:
        for metadata in tables:
            metadata.create_all(scratch)
        return _of_sqlite(scratch)


def _wanted_on_postgresql(connection: Connection, tables: Sequence[MetaData]) -> Definitions:
    connection.exec_driver_sql("BEGIN")
    try:
        connection.exec_driver_sql("SET LOCAL search_path TO pg_temp")
        for metadata in tables:
            metadata.create_all(connection, checkfirst=False)
        return _of_postgresql(connection, "pg_my_temp_schema()::regnamespace::text")
    finally:
        connection.exec_driver_sql("ROLLBACK")


def _of_sqlite(connection: Connection) -> Definitions:
    inspector = sa.inspect(connection)
    indexes = connection.exec_driver_sql(_SQLITE_INDEXES)
    found: Definitions = {}
    for table, kind, name, sql in indexes:
        text = _plain(sql)
        # Alembic sees no index of SQLite that is over more than columns, so one that is missing is ours to tell.
        found[table, f"expression {kind}" if _EXPRESSION.search(text) else kind, name] = text
    for table, sql in connection.exec_driver_sql(_SQLITE_TABLES):
        kinds = (kind for kind, sign in _SQLITE_KINDS.items() if re.search(sign, sql, re.IGNORECASE))
        found.update({(table, "table", kind): "yes" for kind in kinds})
        for check in inspector.get_check_constraints(table):
            text = _plain(check["sqltext"])
            found[table, "check", str(check["name"] or text)] = text
    return found


def _of_postgresql(connection: Connection, schema: str) -> Definitions:
    name = str(connection.exec_driver_sql(f"SELECT {schema}").scalar())
    found: Definitions = {}
    for query in (_POSTGRESQL_INDEXES, _POSTGRESQL_CHECKS):
        for table, kind, item, text in connection.execute(sa.text(query), {"schema": name}):
            found[table, kind, item] = re.sub(rf"\b(pg_temp|{re.escape(name)})\.", "", text)
    return found


def _plain(sql: str) -> str:
    """The same definition written by another hand: without quotes around names and spare space."""
    return re.sub(r"\s+", " ", sql.replace('"', "").replace("IF NOT EXISTS ", "")).strip()
