"""Which commands are offered, to whom, under which names, with which schemas."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from mcp import Client

from bus import AUTHENTICATED, INTERNAL, LOCAL, OPERATORS, PUBLIC, WRITE, Bus, Contract, Plugin, Principal, roles
from bus.mcp.offer import Choice, Offer, is_allowed, tool_names
from bus.mcp.serving import server_of

#: SEP-986.
NAME = re.compile(r"[A-Za-z0-9._-]{1,128}")
OPEN = {"t_public", "t_local"}


def contract(name: str, **members: Any) -> type[Contract]:
    return type("T", (Contract,), {"__doc__": "Do it.", "name": name, "__module__": __name__, **members})


CONTRACTS = [
    contract("t_public", access=PUBLIC),
    contract("t_local", access=LOCAL),
    contract("t_operators", access=OPERATORS),
    contract("t_session", access=AUTHENTICATED),
    contract("t_role", access=roles("guest")),
    contract("t_other_role", access=roles("admin")),
    contract("t_internal", access=INTERNAL),
    contract("t_secret", access=PUBLIC, secret=True),
    contract("t_write", access=PUBLIC, effect=WRITE),
]
PRINCIPALS = {
    "ann's": Principal("ann", frozenset({"guest"})),
    "operator's": Principal("op", is_operator=True),
    "key's": Principal("key", frozenset({"guest"}), scope=frozenset({"t_role", "t_local"})),
}


@pytest.fixture
def bus(open_bus: Callable[..., Bus]) -> Bus:
    plugin = Plugin("tools", contracts=CONTRACTS)
    for one in CONTRACTS:
        plugin.handles(one)(lambda ctx: {})

    @plugin.hook
    def bus_authenticate(token: str) -> Principal | None:
        return PRINCIPALS.get(token)

    return open_bus("sqlite://", plugins=[plugin])


def offered(bus: Bus, *allowed: str, writes: bool = False, token: str | None = None) -> set[str]:
    tools = Offer(bus, Choice(allowed, writes, token)).tools()
    return {name for name in tools if name.startswith("t_")}


def test_each_caller_is_offered_what_it_may_call(bus: Bus) -> None:
    for token, names in (
        (None, {*OPEN, "t_operators"}),
        ("ann's", {*OPEN, "t_session", "t_role"}),
        ("operator's", {*OPEN, "t_session", "t_operators"}),
        ("key's", {*OPEN, "t_role"}),  # what is public is everybody's
        ("nobody's", {"t_public"}),
    ):
        assert offered(bus, token=token) == names, token
        for name in names:
            assert bus.call(name, session_token=token).ok, (token, name)


def test_what_writes_is_offered_when_the_operator_says_so(bus: Bus) -> None:
    assert "t_write" not in offered(bus, "t_write")
    assert offered(bus, "t_write", writes=True) == {"t_write"}


def test_what_is_secret_must_be_named_in_full_and_what_is_internal_never_is_offered(bus: Bus) -> None:
    assert offered(bus, "t_*", "*") == {*OPEN, "t_operators"}
    assert offered(bus, "t_secret", "t_internal") == {"t_secret"}


def test_a_session_that_ends_is_offered_no_more(bus: Bus) -> None:
    offer = Offer(bus, Choice(session_token="ann's"))
    assert "t_role" in offer.tools()
    gone = PRINCIPALS.pop("ann's")
    assert "t_role" not in offer.tools()
    PRINCIPALS["ann's"] = gone


def test_calls_are_those_of_the_session(bus: Bus) -> None:
    async def use() -> None:
        async with Client(server_of(bus, Choice(session_token="ann's"))) as client:
            assert not (await client.call_tool("t_role")).is_error

    asyncio.run(use())


def test_names_with_stars_choose_and_case_counts() -> None:
    for name, allowed, is_in in (
        ("note_get", (), True),
        ("note_get", ("note_*",), True),
        ("note_get", ("NOTE_*",), False),
        ("note_get", ("note",), False),
        ("db.effort.get", ("db.*.get",), True),
    ):
        assert is_allowed(name, allowed, is_secret=False) is is_in, (name, allowed)


def test_tools_have_names_that_the_protocol_allows(bus: Bus) -> None:
    command = bus.registry.find("t_local")

    class Named:
        def __init__(self, name: str) -> None:
            self.name = name

    names = ["a_b", "a b", "a/b", "db.effort.get", "ü" * 200, "v" * 128, "v" * 128 + "w", "note-get"]
    named: dict[str, Any] = tool_names([Named(name) for name in names])  # type: ignore[misc]
    assert len(named) == len(names)
    assert all(NAME.fullmatch(name) for name in named)
    for kept in ("a_b", "db.effort.get", "v" * 128, "note-get"):
        assert named[kept].name == kept
    assert command.name in tool_names([command])


def test_every_command_of_the_installed_plugins_is_a_sound_tool(open_bus: Callable[..., Bus]) -> None:
    """Schemas that judges accept, and answers that fit them, for all commands that are there."""
    bus = open_bus("sqlite://")

    async def use() -> None:
        async with Client(server_of(bus, Choice((), writes=True))) as client:
            tools = (await client.list_tools()).tools
            assert len(tools) > 60
            for tool in tools:
                assert NAME.fullmatch(tool.name)
                assert tool.description
                for schema in (tool.input_schema, tool.output_schema):
                    assert schema is not None
                    assert schema["type"] == "object", tool.name
                    jsonschema.Draft202012Validator.check_schema(schema)
            # The kit's client holds each result against the schema.
            for name, args in (("db.project.find", {"path": "/x"}), ("command_list", {}), ("notes_list", {})):
                assert not (await client.call_tool(name, args)).is_error, name
            assert (await client.call_tool("note_get", {"atom_id": "x"})).is_error

    asyncio.run(use())
