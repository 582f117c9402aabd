"""A plugin put together inside the test that needs it: contracts in one call each, and one table to write to.

    @sample.command("row_add", params={"text": fields.Text(required=True)})
    def row_add(ctx, text):
        add(ctx.db, text)
        return {}

    bus = sample.open(url)

Not here: how a real domain looks (plugins/engine), the first plugin of a newcomer (tests/fundamentals).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, select

from bus import LOCAL, WRITE, Contract, Plugin, Refusal, Schema, fields

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.database import Db

metadata = MetaData()
row = Table(
    "sample_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)
INSERT, TEXTS = row.insert(), select(row.c.text).order_by(row.c.id)

#: The one argument and the one member of most sample commands.
TEXT: dict[str, Any] = {"text": fields.Text(required=True)}
N: dict[str, Any] = {"n": fields.Int64(required=True)}


class No(Refusal):
    """The domain says no."""

    code = "no"
    message = "no, because {why}"


class Never(Refusal):
    """A refusal that no contract lists."""

    code = "never"
    message = "never"


def add(db: Db, text: str) -> None:
    """Write one row."""
    db.execute(INSERT, {"text": text})


def contract(
    name: str,
    /,
    *,
    params: Mapping[str, Any] | None = None,
    result: Mapping[str, Any] | None = None,
    **members: Any,
) -> type[Contract]:
    """A contract with these fields; unless ``members`` say otherwise, a local command that writes."""
    shapes = {"Params": Schema.from_dict(dict(params or {})), "Result": Schema.from_dict(dict(result or {}))}
    return type("Made", (Contract,), {"name": name, "effect": WRITE, "access": LOCAL, **shapes, **members})


def plugin(*contracts: Any, name: str = "acme") -> Plugin:
    """A plugin with these contracts, whose handlers take anything."""
    made = Plugin(name, contracts=contracts)
    for one in {c.name: c for c in contracts}.values():
        made.handles(one)(lambda ctx, **values: values)
    return made


def create_table(bus: Bus) -> None:
    """Make the sample's table where it is missing."""
    with bus.database.connect() as connection:
        metadata.create_all(connection)


def texts(bus: Bus) -> list[str]:
    """What the table holds, in the order it was written; seen by a connection of its own where there can be one."""
    with bus.database.connect() as connection:
        return list(connection.scalars(TEXTS))


class Sample:
    """A plugin that grows, and buses that load it."""

    def __init__(self, open_bus: Callable[..., Bus], name: str = "sample") -> None:
        self.plugin = Plugin(name)
        self._open_bus = open_bus

    def command(self, name: str, /, **members: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the function below as the handler of a contract made of these members."""
        made = contract(name, **members)
        self.plugin.contracts.append(made)
        return self.plugin.handles(made)

    def version(self, name: str, /, **members: Any) -> None:
        """Add a contract of an older version; the handler of the newest serves it."""
        self.plugin.contracts.append(contract(name, **members))

    def open(self, database: str = "sqlite://", *others: Plugin, **options: Any) -> Bus:
        """A bus with this plugin, and others, on a database with the table."""
        bus = self._open_bus(database, plugins=[self.plugin, *others], **options)
        create_table(bus)
        return bus
