"""A domain on one page: a tea house that takes orders. Read it before the tests beside it; they go by number.

A contract says what a command is called, what it takes and answers, and which refusals it knows. A handler does the
work. A plugin holds them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, func, select

from bus import LOCAL, MANY, READ, WRITE, Context, Contract, Plugin, Refusal, Schema, fields

if TYPE_CHECKING:
    from bus import Bus

# What the plugin stores: tables begin with the plugin's name.

tables = MetaData()
order = Table(
    "teahouse_order",
    tables,
    Column("id", Integer, primary_key=True),
    Column("tea", Text, nullable=False),
    Column("cups", Integer, nullable=False),
)

# What it refuses: one class, one code, a sentence with the values in it.


class SoldOut(Refusal):
    """This tea is not there today. Callers offer another one."""

    code = "sold_out"
    message = "there is no {tea} left"


# What can be asked of it.


class Greet(Contract):
    """Say hello."""

    name = "tea_greet"
    access, effect = LOCAL, READ

    class Params(Schema):
        guest = fields.Text(required=True, validate=fields.validate.Length(1, 40))
        times = fields.Int64(load_default=1, validate=fields.validate.Range(1, 3))

    class Result(Schema):
        words = fields.Text(required=True)


class Order1(Contract):
    """Order one cup of tea: how it was asked for in the beginning."""

    name, version = "tea_order", 1
    access, effect = LOCAL, WRITE
    errors = (SoldOut,)
    deprecated = "use version 2, which takes a number of cups"

    class Params(Schema):
        tea = fields.Key(required=True)

    class Result(Schema):
        number = fields.Int64(required=True)

    @staticmethod
    def upcast(args: dict[str, Any]) -> dict[str, Any]:
        """What version 2 would have been asked."""
        return {"tea": args["tea"], "cups": 1}

    @staticmethod
    def downcast(data: dict[str, Any]) -> dict[str, Any]:
        """What version 1 would have answered."""
        return {"number": data["number"]}


class Order2(Contract):
    """Order tea."""

    name, version = "tea_order", 2
    access, effect = LOCAL, WRITE
    errors = (SoldOut,)

    class Params(Schema):
        tea = fields.Key(required=True)
        cups = fields.Int64(required=True, validate=fields.validate.Range(1, 20))

    class Result(Schema):
        number = fields.Int64(required=True)
        cups = fields.Int64(required=True)


class Count(Contract):
    """Count the cups ordered so far."""

    name = "tea_count"
    access, effect = LOCAL, READ

    class Result(Schema):
        cups = fields.Int64(required=True)


class Party(Contract):
    """Order several teas at once: all of them, or none."""

    name = "tea_party"
    access, effect = LOCAL, WRITE
    errors = (SoldOut,)

    class Params(Schema):
        teas = fields.List(fields.Key(), required=True)
        # What to bring when a tea is sold out; left out, the party is off.
        instead = fields.Key()

    class Result(Schema):
        numbers = fields.List(fields.Int64(), required=True)


class Ceremony(Contract):
    """Serve tea in three steps, with pauses in which nobody else has to wait."""

    name = "tea_ceremony"
    access, effect, units = LOCAL, WRITE, MANY

    class Params(Schema):
        guest = fields.Text(required=True)

    class Result(Schema):
        steps = fields.List(fields.Int64(), required=True)


# How it is done.

teahouse = Plugin("teahouse", contracts=[Greet, Order1, Order2, Count, Party, Ceremony], tables=tables)
INSERT = order.insert()
COUNT = select(func.coalesce(func.sum(order.c.cups), 0))


@teahouse.handles(Greet)
def greet(ctx: Context, guest: str, times: int) -> dict[str, Any]:
    return {"words": f"{'welcome, ' * times}{guest}"}


@teahouse.handles(Order2)
def order_tea(ctx: Context, tea: str, cups: int) -> dict[str, Any]:
    number = ctx.db.execute(INSERT, {"tea": tea, "cups": cups}).inserted_primary_key[0]
    if tea == "white tea":
        raise SoldOut(tea=tea)
    ctx.emit("tea_ordered", {"number": number})
    return {"number": number, "cups": cups}


@teahouse.handles(Count)
def count(ctx: Context) -> dict[str, Any]:
    return {"cups": ctx.db.scalar(COUNT)}


@teahouse.handles(Party)
def party(ctx: Context, teas: list[str], instead: str | None = None) -> dict[str, Any]:
    numbers = []
    for tea in teas:
        try:
            ordered = ctx.call("tea_order", {"tea": tea, "cups": 1})
        except SoldOut:
            if instead is None:
                raise
            ordered = ctx.call("tea_order", {"tea": instead, "cups": 1})
        numbers.append(ordered["number"])
    return {"numbers": numbers}


@teahouse.handles(Ceremony)
async def ceremony(ctx: Context, guest: str) -> dict[str, Any]:
    steps = []
    for step in ("bow", "pour", "drink"):
        tea = f"{step} of {guest}"
        # Each unit is one short transaction, and takes effect once even if the ceremony is begun again.
        number = ctx.unit(step, lambda db, tea=tea: db.execute(INSERT, {"tea": tea, "cups": 1}).inserted_primary_key[0])
        steps.append(number)
        if guest == "clumsy" and step == "pour" and not spilled:
            spilled.append(guest)
            raise RuntimeError("the cup fell")
    return {"steps": steps}


#: Guests who have dropped their cup once.
spilled: list[str] = []


@teahouse.hook
def bus_start(bus: Bus) -> None:
    """Make the table. A plugin that is installed brings migrations instead."""
    with bus.database.connect() as connection:
        tables.create_all(connection)
