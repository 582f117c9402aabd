"""Which command answers a name, and which plugins cannot stand beside each other."""

from __future__ import annotations

from typing import Any

import pytest

from bus import MANY, Plugin, Schema, SetupError, fields
from bus.errors import InvalidArguments, UnknownCommand, UnknownVersion
from bus.registry import Registry
from tests.bus.sample import N, contract, plugin


def test_a_command_is_found_under_all_its_spellings() -> None:
    registry = Registry([plugin(contract("tea", version=1), contract("tea", version=3))])
    assert registry.find("tea").version == registry.find("tea@3").version == registry.find("tea", 3).version == 3
    assert registry.find("tea@1") is registry.find("tea", 1) is registry.find("tea@1", 1)
    assert registry.versions("tea") == [1, 3]
    assert [command.key for command in registry] == ["tea@1", "tea@3"]
    assert [command.key for command in registry.newest()] == ["tea@3"]
    assert "tea" in registry
    assert "tea@1" not in registry


@pytest.mark.parametrize(
    ("spelling", "version", "error", "sentence"),
    [
        ("coffee", None, UnknownCommand, "no plugin answers the command 'coffee'; `command_list` names those that"),
        ("coffee@1", None, UnknownCommand, "no plugin answers the command 'coffee'"),
        ("Tea", None, UnknownCommand, "no plugin answers the command 'Tea'"),
        ("tea@2", None, UnknownVersion, "tea has no version 2; it has 1, 3"),
        ("tea@", None, UnknownVersion, "tea has no version ; it has 1, 3"),
        ("tea@01", None, UnknownVersion, "tea has no version 01; it has 1, 3"),
        ("tea", 2, UnknownVersion, "tea has no version 2; it has 1, 3"),
        ("tea@2", 2, UnknownVersion, "tea has no version 2; it has 1, 3"),
        ("tea@1", 3, InvalidArguments, "the request names version 1 in the command and 3 beside it"),
    ],
)
def test_what_is_not_found_is_told(spelling: str, version: int | None, error: type[Exception], sentence: str) -> None:
    registry = Registry([plugin(contract("tea", version=1), contract("tea", version=3))])
    with pytest.raises(error) as raised:
        registry.find(spelling, version)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [
        (dict, "must take the context as its first argument"),
        (lambda *, n: {}, "must take the context as its first argument"),
        (lambda *ctx: {}, "must take the context as its first argument"),
        (lambda ctx: {}, "and its contract differ: it lacks maybe, n"),
        (lambda ctx, n, maybe=None, more=1: {}, None),
        (lambda ctx, n, maybe=None, *, more: {}, "and its contract differ: the contract lacks more"),
        (lambda ctx, m, maybe=None: {}, "and its contract differ: it lacks n; the contract lacks m"),
        (lambda ctx, n, maybe: {}, "and its contract differ: callers may leave out maybe, which needs a default"),
        (lambda ctx, n, maybe=None, /: {}, "and its contract differ: maybe, n cannot be given by name"),
        (lambda ctx, n, maybe=None, *more: {}, None),
        (lambda ctx, **values: {}, None),
        (lambda ctx, k, **values: {}, "and its contract differ: the contract lacks k"),
    ],
)
def test_a_handler_is_compared_with_its_contract(handler: Any, sentence: str | None) -> None:
    """It takes the context and each field by name; what callers may leave out needs a default."""
    made = contract("tea", params={"n": fields.Int64(required=True), "maybe": fields.Int64()})
    acme = Plugin("acme", contracts=[made])
    acme.handles(made)(handler)
    if sentence is None:
        assert "tea" in Registry([acme])
    else:
        with pytest.raises(SetupError) as raised:
            Registry([acme])
        assert str(raised.value) == f"the handler of tea@1 in plugin acme {sentence}"


def test_a_handler_is_compared_with_the_newest_version() -> None:
    old, new = contract("tea", params=N), contract("tea", version=2, params={"m": fields.Int64(required=True)})
    acme = Plugin("acme", contracts=[new, old])
    acme.handles(old)(lambda ctx, m: {})
    assert Registry([acme]).find("tea").version == 2


def test_a_field_may_arrive_under_another_name() -> None:
    """``attribute`` names the handler's argument, ``data_key`` the caller's."""
    made = contract("tea", params={"cups": fields.Int64(required=True, data_key="nCups", attribute="count")})
    acme = Plugin("acme", contracts=[made])
    acme.handles(made)(lambda ctx, count: {})
    assert Registry([acme]).find("tea").load({"nCups": 3}) == {"count": 3}


def test_two_contracts_of_one_version_are_refused() -> None:
    with pytest.raises(SetupError, match="plugin acme: two contracts for tea@1; give one another version"):
        Registry([plugin(contract("tea"), contract("tea"))])


def test_a_schema_that_cannot_be_made_is_told() -> None:
    """Not by a traceback out of somebody's __init__."""

    class Broken(Schema):
        def __init__(self, **options: Any) -> None:
            raise ZeroDivisionError("what?")

    made = contract("tea", Params=Broken)
    with pytest.raises(SetupError, match=r"plugin acme: the contract Made cannot be used: ZeroDivisionError: what\?"):
        Registry([plugin(made)])


def test_an_async_handler_needs_many() -> None:
    made = contract("tea")
    acme = Plugin("acme", contracts=[made])

    @acme.handles(made)
    async def tea(ctx: Any) -> dict[str, Any]:
        return {}

    with pytest.raises(SetupError, match="plugin acme: the handler of tea is async; its contract needs units = MANY"):
        Registry([acme])
    patient = contract("tea", units=MANY)
    acme = Plugin("acme", contracts=[patient])
    acme.handles(patient)(tea)
    assert Registry([acme]).find("tea").is_async


def test_two_plugins_with_one_command_are_both_named() -> None:
    """In one version or in two; and nothing of the second is taken in."""
    for version in (1, 2):
        registry = Registry([plugin(contract("tea"))])
        with pytest.raises(SetupError, match="the plugins acme and other both answer tea; remove one"):
            registry.join(Registry([plugin(contract("tea", version=version), contract("cake"), name="other")]))
        assert "cake" not in registry
        with pytest.raises(SetupError, match="the plugins acme and other both answer tea"):
            Registry([plugin(contract("tea")), plugin(contract("tea", version=version), name="other")])
