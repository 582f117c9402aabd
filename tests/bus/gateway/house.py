"""The plugin that the gateway's tests are asked for over HTTP: a command for each thing that HTTP can show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, func, select

from bus import (
    AUTHENTICATED,
    LOCAL,
    MANY,
    OPERATORS,
    PUBLIC,
    READ,
    WRITE,
    CallLimit,
    Contract,
    Plugin,
    Principal,
    Refusal,
    Schema,
    fields,
)
from bus.testing import wait_until

if TYPE_CHECKING:
    from bus import Bus, Context

tables = MetaData()
note = Table("house_note", tables, Column("id", Integer, primary_key=True), Column("text", Text, nullable=False))

#: Tokens that open a session, and whose.
SESSIONS = {
    "ann's": Principal("ann", frozenset({"guest"})),
    "bob's": Principal("bob", frozenset({"guest"})),
    "operator's": Principal("operator", is_operator=True),
}


class NoteNotFound(Refusal):
    """There is no such note."""

    code = "note_not_found"
    message = "no note has the id {note_id}"


class NameTaken(Refusal):
    """There is one already."""

    code = "NAME_TAKEN"
    message = "{name} is taken"


class Locked(Refusal):
    """Not yet."""

    code = "house_locked"
    message = "come back later"


REFUSALS = {
    "missing": lambda: NoteNotFound(note_id=7),
    "taken": lambda: NameTaken(name="Ann"),
    "locked": lambda: Locked(retry_after_seconds=17),
}


def contract(name: str, **members: Any) -> type[Contract]:
    """A contract, in one call."""
    documented = {"__doc__": f"{name}.", "name": name, "__module__": __name__, **members}
    return type("".join(part.title() for part in name.split("_")), (Contract,), documented)


class Value(Schema):
    value = fields.Json(allow_none=True, load_default=None)


class Words(Schema):
    text = fields.Text(required=True)


class Count(Schema):
    count = fields.Int64(required=True)


class Files(Schema):
    begun = fields.Text(required=True)
    end = fields.Text(required=True)


class Who(Schema):
    id = fields.Text(required=True)
    address = fields.Text(required=True, allow_none=True)
    user_agent = fields.Text(required=True, allow_none=True)


class Kind(Schema):
    kind = fields.Text(required=True)


class Length(Schema):
    length = fields.Int64(required=True)


class Add1(Contract):
    """Write a note: how it was in the beginning."""

    name, version, effect, access = "house_add", 1, WRITE, LOCAL
    deprecated, sunset = "use version 2", "2031-02-03"
    Params = Words
    Result = Count


class Add2(Contract):
    """Write a note."""

    name, version, effect, access = "house_add", 2, WRITE, LOCAL
    Params = Words
    Result = Count


class Long(Contract):
    """Take two steps, telling how far it is; begin each when a file is there."""

    name, effect, access, units = "house_long", WRITE, LOCAL, MANY
    Params = Files
    Result = Count


class Slow(Contract):
    """Say that it has begun, and end when told so. Both by a file."""

    name, effect, access = "house_slow", READ, PUBLIC
    Params = Files
    Result = Count


ECHO = contract("house_echo", access=PUBLIC, Params=Value, Result=Value)
WHO = contract("house_who", access=PUBLIC, Result=Who)
MINE = contract("house_mine", access=AUTHENTICATED, Result=Who)
STEER = contract("house_steer", access=OPERATORS, Result=Who)
SECRET = contract("house_secret", access=PUBLIC, secret=True, Params=Words, Result=Words)
REFUSE = contract("house_refuse", access=PUBLIC, Params=Kind, errors=(NoteNotFound, NameTaken, Locked))
FAIL = contract("house_fail", access=PUBLIC)
RARE = contract("house_rare", access=PUBLIC, limit=CallLimit("house_rare", 2, 3_600_000, by_address=True))
BIG = contract("house_big", access=PUBLIC, Params=Length, Result=Words)
PROCESS = contract("house_process", access=PUBLIC, Result=Count)

house = Plugin(
    "house",
    contracts=[Add1, Add2, Long, Slow, ECHO, WHO, MINE, STEER, SECRET, REFUSE, FAIL, RARE, BIG, PROCESS],
    tables=tables,
)


@house.hook
def bus_start(bus: Bus) -> None:
    with bus.database.connect() as connection:
        tables.create_all(connection)


@house.hook
def bus_authenticate(token: str) -> Principal | None:
    return SESSIONS.get(token)


@house.hook
def bus_principal(principal_id: str) -> Principal | None:
    return next((one for one in SESSIONS.values() if one.id == principal_id), None)


@house.handles(Add2)
def house_add(ctx: Context, text: str) -> dict[str, int]:
    ctx.db.execute(note.insert(), {"text": text})
    return {"count": ctx.db.scalar(select(func.count()).select_from(note))}


@house.handles(Long)
def house_long(ctx: Context, begun: str, end: str) -> dict[str, int]:
    ctx.progress(1, 2, "half way")
    Path(begun).touch()
    wait_until(Path(end).exists, 60)
    ctx.progress(2, 2)
    return {"count": 2}


@house.handles(Slow)
def house_slow(ctx: Context, begun: str, end: str) -> dict[str, int]:
    Path(begun).touch()
    wait_until(Path(end).exists, 60)
    return {"count": 1}


@house.handles(ECHO)
def house_echo(ctx: Context, value: Any) -> dict[str, Any]:
    return {"value": value}


def _who(ctx: Context) -> dict[str, Any]:
    peer = ctx.peer
    return {
        "id": ctx.principal.id,
        "address": None if peer is None else peer.address,
        "user_agent": None if peer is None else peer.user_agent,
    }


for asked in (WHO, MINE, STEER):
    house.handles(asked)(_who)


@house.handles(SECRET)
def house_secret(ctx: Context, text: str) -> dict[str, str]:
    return {"text": text * 100}


@house.handles(REFUSE)
def house_refuse(ctx: Context, kind: str) -> dict[str, Any]:
    refusal = REFUSALS[kind]()
    raise refusal


@house.handles(FAIL)
def house_fail(ctx: Context) -> dict[str, Any]:
    raise RuntimeError("nobody foresaw this")


@house.handles(RARE)
def house_rare(ctx: Context) -> dict[str, Any]:
    return {}


@house.handles(BIG)
def house_big(ctx: Context, length: int) -> dict[str, str]:
    return {"text": "x" * length}


@house.handles(PROCESS)
def house_process(ctx: Context) -> dict[str, int]:
    return {"count": os.getpid()}
