"""The plugin that only a drill's processes load: commands that leave a row for each thing they do.

No entry point names it, so no other process knows its commands. The table stands for a domain's own; it has no key
that would hide a second row.
"""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, text
from sqlalchemy.exc import SQLAlchemyError

from bus.contract import AT_LEAST_ONCE, LOCAL, MANY, WRITE, Contract, QueuePolicy, Schema
from bus.errors import SetupError
from bus.fields import Int64
from bus.plugin import Plugin

if TYPE_CHECKING:
    from bus.context import Context
    from bus.database import Database, Db

DEED, UNITS, LETTER = "drill_deed", "drill_units", "drill_letter"
#: What a command does, as the table has it; a command of several units does one thing in each.
DONE = "done"
EFFECTS: dict[str, tuple[str, ...]] = {
    DEED: (DONE,),
    UNITS: ("unit 0", "unit 1", "unit 2"),
    LETTER: (DONE,),
}


class Numbered(Schema):
    """The number of the order, which every effect carries."""

    n = Int64(required=True)


class Paced(Numbered):
    """How long to rest between two units, besides."""

    #: Milliseconds.
    ms = Int64(required=True)


def table_of(name: str, now_ms: str = "0") -> Table:
    """The table of effects; a row says what was done for which order, and when.

    Args:
        name: of the table.
        now_ms: SQL of the database's clock; only whoever makes the table needs it.
    """
    return Table(
        name,
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("n", BigInteger, nullable=False),
        Column("what", Text, nullable=False),
        # Epoch milliseconds, by the clock that also says when a job is due.
        Column("at", BigInteger, nullable=False, server_default=text(f"({now_ms})")),
    )


def create(database: Database, name: str) -> None:
    """Make the table.

    Raises:
        SetupError: the database does not let this user.
    """
    try:
        with database.connect() as connection:
            table_of(name, database.dialect.now_ms).create(connection)
    except SQLAlchemyError as error:
        raise SetupError(
            f"the table {name} cannot be made ({first_line(error)}); drill as a user who may create and drop tables"
        ) from error


def first_line(error: Exception) -> str:
    """What the driver says, short."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


def plugin_of(queue: str, table: str) -> Plugin:
    """The commands of one drill, which go to its queue and write to its table."""
    policy = QueuePolicy(name=queue, attempts=20, min_backoff_ms=20, max_backoff_ms=200)

    class Deed(Contract):
        """One unit of work."""

        name, effect, access, queue = DEED, WRITE, LOCAL, policy
        Params = Numbered

    class Units(Contract):
        """Three of them, with a rest in between."""

        name, effect, access, units, queue = UNITS, WRITE, LOCAL, MANY, policy
        Params = Paced

    class Letter(Contract):
        """One unit of work that travels whole where the broker carries requests."""

        name, effect, access, delivery, queue = LETTER, WRITE, LOCAL, AT_LEAST_ONCE, policy
        Params = Numbered

    plugin = Plugin("drill", contracts=[Deed, Units, Letter])
    insert = table_of(table).insert()

    def add(what: str, n: int, db: Db) -> None:
        db.execute(insert, {"n": n, "what": what})

    @plugin.handles(Deed)
    @plugin.handles(Letter)
    def deed(ctx: Context, n: int) -> dict[str, Any]:  # pyright: ignore[reportUnusedFunction]  # the plugin has it
        add(DONE, n, ctx.db)
        return {}

    @plugin.handles(Units)
    def units(ctx: Context, n: int, ms: int) -> dict[str, Any]:  # pyright: ignore[reportUnusedFunction]  # as above
        for what in EFFECTS[UNITS]:
            ctx.unit(what, functools.partial(add, what, n))
            time.sleep(ms / 1000)  # no transaction is open meanwhile: nobody waits for it
        return {}

    return plugin
