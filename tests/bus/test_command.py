"""What versions do to arguments and answers, and what a command does only when it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from bus import READ, fields
from bus.errors import InvalidArguments
from bus.registry import Registry
from tests.bus.sample import N, contract, plugin


def test_old_arguments_and_new_answers_pass_through_every_version_between() -> None:
    """1 asks for cups, 2 for millilitres, 3 for litres; each answers in its own words."""
    one = contract(
        "pour",
        params={"cups": fields.Int64(required=True)},
        result={"cups": fields.Int64(required=True)},
        upcast=lambda args: {"ml": args["cups"] * 250},
        downcast=lambda data: {"cups": data["ml"] // 250},
    )
    two = contract(
        "pour",
        version=2,
        params={"ml": fields.Int64(required=True)},
        result={"ml": fields.Int64(required=True)},
        upcast=lambda args: {"litres": args["ml"] / 1000},
        downcast=lambda data: {"ml": round(data["litres"] * 1000)},
    )
    three = contract(
        "pour",
        version=3,
        params={"litres": fields.Number(required=True)},
        result={"litres": fields.Number(required=True)},
    )
    registry = Registry([plugin(three, one, two)])
    assert registry.find("pour@1").load({"cups": 2}) == {"litres": 0.5}
    assert registry.find("pour@1").dump({"litres": 0.5}) == {"cups": 2}
    assert registry.find("pour@2").dump({"litres": 0.5}) == {"ml": 500}
    with pytest.raises(InvalidArguments, match="Invalid args for pour: cups: required"):
        registry.find("pour@1").load({})


def test_a_version_without_casts_hands_on_what_it_knows() -> None:
    """What an old version was told to ignore does not reach the new one."""
    old = contract("tea", params=N, unknown="exclude")
    new = contract("tea", version=2, params={**N, "m": fields.Int64(load_default=7)})
    registry = Registry([plugin(old, new)])
    assert registry.find("tea@1").load({"n": 1, "m": 2}) == {"n": 1, "m": 7}


@pytest.mark.parametrize(
    ("members", "warning"),
    [
        ({"deprecated": "use tea@2"}, "tea@1 is deprecated: use tea@2"),
        ({"sunset": "2027-01-31"}, "tea@1 is deprecated: use the newest version; it may be gone from 2027-01-31"),
        (
            {"deprecated": "use tea@2", "sunset": "2027-01-31"},
            "tea@1 is deprecated: use tea@2; it may be gone from 2027-01-31",
        ),
    ],
)
def test_an_old_version_warns(members: dict[str, Any], warning: str) -> None:
    registry = Registry([plugin(contract("tea", **members), contract("tea", version=2))])
    assert registry.find("tea", 1).warnings == [warning]
    assert registry.find("tea").warnings == []


def test_compiling_waits_for_the_first_call() -> None:
    """Most processes use a few of many commands."""
    command = Registry([plugin(contract("tea", effect=READ, params=N))]).find("tea")
    assert command._load is None
    command.load({"n": 1})
    assert command._load is not None
