"""What a contract may say, and the sentence for one that contradicts itself."""

from __future__ import annotations

from typing import Any

import pytest

from bus import (
    AT_LEAST_ONCE,
    AUTHENTICATED,
    EXACTLY_ONCE,
    LOCAL,
    MANY,
    ONE,
    PUBLIC,
    RAISE,
    READ,
    WRITE,
    CallLimit,
    Contract,
    QueuePolicy,
    Rate,
    Schema,
    SetupError,
    fields,
    roles,
)
from tests.bus.sample import contract


def test_a_contract_that_says_nothing_is_careful() -> None:
    """Left alone, a command reads, is one unit, needs a session, refuses unknown arguments and is not queued."""

    class Quiet(Contract):
        name = "quiet"

    assert (Quiet.version, Quiet.effect, Quiet.units, Quiet.access, Quiet.unknown) == (
        1,
        READ,
        ONE,
        AUTHENTICATED,
        RAISE,
    )
    assert Quiet.delivery is EXACTLY_ONCE
    assert not any((Quiet.secret, Quiet.external, Quiet.queue.by_default, Quiet.errors))
    assert Quiet.Params().load({}) == Quiet.Result().load({}) == {}


def test_roles_are_a_set() -> None:
    assert roles("admin", "viewer") == roles("viewer", "admin")
    assert roles("admin").kind == "roles"
    assert len({PUBLIC, LOCAL, AUTHENTICATED, roles("a")}) == 4


@pytest.mark.parametrize(
    ("members", "advice"),
    [
        ({"name": ""}, "needs a name"),
        ({"name": "a@2"}, "needs a name"),
        ({"name": "n" * 201}, "needs a name"),
        ({"name": "a\nb"}, "needs a name"),
        ({"delivery": "twice"}, "needs delivery to be EXACTLY_ONCE or AT_LEAST_ONCE"),
        ({"delivery": AT_LEAST_ONCE, "secret": True}, "is secret and so cannot be AT_LEAST_ONCE"),
        ({"delivery": AT_LEAST_ONCE, "queue": QueuePolicy(key="all")}, "can have neither key nor unique nor rate"),
        ({"delivery": AT_LEAST_ONCE, "queue": QueuePolicy(unique="all")}, "can have neither key nor unique nor rate"),
        ({"version": 0}, "needs a version that is a whole number from 1"),
        ({"version": "1"}, "needs a version that is a whole number from 1"),
        ({"version": True}, "needs a version that is a whole number from 1"),
        ({"Params": {}}, "needs Params and Result to be Schema classes"),
        ({"Result": Schema()}, "needs Params and Result to be Schema classes"),
        ({"errors": (ValueError,)}, "lists errors that are no Refusal classes"),
        ({"external": True}, "is external and so needs units = MANY"),
        ({"effect": READ, "units": MANY}, "is READ and so needs units = ONE"),
        ({"secret": True, "queue": QueuePolicy(by_default=True)}, "is secret and so cannot be queued by default"),
        ({"effect": "write"}, "needs effect to be READ or WRITE"),
        ({"units": "many"}, "needs units to be ONE or MANY"),
        ({"access": "local"}, "needs access to be PUBLIC, LOCAL, OPERATORS, AUTHENTICATED, INTERNAL or roles(...)"),
        ({"limit": 5}, "has a limit that is no CallLimit of whole numbers"),
        (
            {"limit": CallLimit("n", count=0, per_ms=1)},
            "has a limit that is no CallLimit of whole numbers",
        ),
        ({"limit": CallLimit("n", count=1, per_ms=0.5)}, "has a limit that is no CallLimit of whole numbers"),
        ({"access": roles()}, "names no role"),
        ({"unknown": "include"}, "needs unknown to be RAISE or EXCLUDE"),
        ({"time_limit_ms": 0}, "needs a time_limit_ms that is a whole number from 1"),
        ({"time_limit_ms": 1.5}, "needs a time_limit_ms that is a whole number from 1"),
        ({"queue": QueuePolicy(attempts=0)}, "needs a queue policy with a name and at least one attempt"),
        ({"queue": QueuePolicy(name="")}, "needs a queue policy with a name and at least one attempt"),
        ({"queue": "fast"}, "needs a queue policy with a name and at least one attempt"),
        ({"queue": QueuePolicy(key="")}, "has a queue policy whose key must be text"),
        ({"queue": QueuePolicy(key="task:{id}")}, "has a queue policy whose key names 'id', which is no argument"),
        ({"queue": QueuePolicy(unique="{n.real}")}, "may hold names of arguments in braces and nothing else"),
        ({"queue": QueuePolicy(unique="{n!r}")}, "may hold names of arguments in braces and nothing else"),
        ({"queue": QueuePolicy(key="{n")}, "has a queue policy whose key cannot be read"),
        ({"queue": QueuePolicy(key="all", limit=0)}, "has a queue policy whose limit is below 1"),
        ({"queue": QueuePolicy(key="all", limit=None)}, "has a key that limits nothing"),
        ({"queue": QueuePolicy(rate=Rate(5))}, "has a rate but no key to count by"),
        ({"queue": QueuePolicy(key="all", rate=Rate(0))}, "has a queue policy whose rate is no Rate(count, per_ms)"),
    ],
)
def test_a_contradiction_stops_the_import_with_a_sentence(members: dict[str, Any], advice: str) -> None:
    with pytest.raises(SetupError) as raised:
        type("Wrong", (Contract,), {"name": "wrong", **members})
    assert str(raised.value).startswith("the contract Wrong (")
    assert advice in str(raised.value)


def test_a_base_without_a_name_is_not_judged() -> None:
    """Domains share defaults through a base class; only what has a name is a command."""

    class Base(Contract):
        access = LOCAL
        effect = WRITE

    class Thing(Base):
        name = "thing"

    assert (Thing.access, Thing.effect) == (LOCAL, WRITE)


def test_a_read_command_may_be_many_if_it_looks_outside() -> None:
    made = contract("look", effect=READ, units=MANY, external=True)
    assert made.units is MANY


def test_a_contract_is_told_by_its_module() -> None:
    class Odd(Contract):
        name = "odd"

        class Params(Schema):
            n = fields.Int64()

    assert Odd.Params().load({"n": 1}) == {"n": 1}
    assert Odd.__module__.endswith("test_contract")
