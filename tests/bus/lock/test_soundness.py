"""What is called safe is safe: chance-made contracts in pairs, judged by the contracts themselves."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import jsonschema
import pytest
from marshmallow import ValidationError

from bus.command import Command
from bus.lock.changes import changes
from bus.lock.fitting import fits
from bus.lock.loading import refusal
from bus.lock.shapes import shape
from bus.lock.values import values
from bus.lock.verdicts import SAFE
from bus.lock.views import whole
from tests.bus.lock.pairs import contract_of, edited, members_of, unknown_of

GARBAGE = (None, True, 0, 7, 1.5, "", "a", "aaaa", "open", "7", [], ["a"], [1, None], {}, {"a": 1}, {"a": {"b": []}})


def documents(rng: random.Random, *schemas: dict[str, Any]) -> list[Any]:
    """Objects that fit a schema, and some in which a member is anything."""
    made = [one for schema in schemas for one in itertools.islice(values(whole(schema)), 40)]
    some = rng.sample(made, min(len(made), 20))
    made += [{**one, rng.choice("abcdef"): rng.choice(GARBAGE)} for one in some if isinstance(one, dict)]
    return [one for one in made if isinstance(one, dict)]


def command_of(contract) -> Command:
    return Command(contract, "made", lambda command: print)


def opened(schema: Any) -> Any:
    """The schema of somebody who ignores members that he does not know."""
    if isinstance(schema, list):
        return [opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: opened(value) for name, value in schema.items() if (name, value) != ("additionalProperties", False)}


@pytest.fixture(params=[80, pytest.param(2_000, marks=(pytest.mark.drill, pytest.mark.timeout(900)))])
def count(request) -> int:
    """How many pairs are compared."""
    return request.param


def pairs(rng: random.Random, count: int):
    for _ in range(count):
        members = members_of(rng)
        unknown = unknown_of(rng)
        later = edited(rng, members)
        yield (
            contract_of(members, unknown=unknown),
            contract_of(later, unknown=unknown if rng.random() < 0.9 else unknown_of(rng)),
        )


def test_arguments_that_were_taken_are_taken_after_every_safe_change(rng, count):
    """For callers and for queued jobs; and what is not called safe mostly is not, so that the word means something."""
    safe = refused = unsafe = 0
    for old, new in pairs(rng, count):
        before, after = shape(old), shape(new)
        found = [change for change in changes(before, after) if change.side == "args"]
        was, now = command_of(old), command_of(new)
        taken = [one for one in documents(rng, before["args"], after["args"]) if refusal(was, one) is None]
        lost = [(one, refusal(now, one)) for one in taken if refusal(now, one) is not None]
        if all(change.for_callers is SAFE and change.for_jobs is SAFE for change in found):
            safe += 1
            assert lost == [], (before["args"], after["args"], found)
        else:
            unsafe += 1
            refused += bool(lost)
    assert safe > count / 10
    assert refused > unsafe / 2


def test_data_that_come_after_a_safe_change_fit_what_callers_know(rng, count):
    safe = 0
    for old, new in pairs(rng, count):
        before, after = shape(old), shape(new)
        found = [change for change in changes(before, after) if change.side == "data"]
        if any(change.for_callers is not SAFE for change in found):
            continue
        safe += 1
        known = jsonschema.Draft202012Validator(opened(before["data"]))
        for returned in documents(rng, after["data"]):
            try:
                given = command_of(new).dump(returned)
            except ValidationError:
                continue
            assert known.is_valid(given), (given, before["data"], after["data"], found)
    assert safe > count / 10


def test_answers_that_are_stored_fit_the_shape_after_a_safe_change(rng, count):
    for old, new in pairs(rng, count):
        before, after = shape(old), shape(new)
        found = [change for change in changes(before, after) if change.side == "data"]
        if all(change.for_answers is SAFE for change in found):
            promised = jsonschema.Draft202012Validator(opened(after["data"]))
            for stored in documents(rng, before["data"]):
                if fits(stored, whole(before["data"])):
                    assert promised.is_valid(stored), (stored, before["data"], after["data"], found)


def test_whether_a_value_fits_is_what_the_standard_says(rng, count):
    """Of several spellings only one counts here, so of those nothing is asked."""
    agreed = 0
    for contract, other in pairs(rng, count):
        schema = shape(contract)["args"]
        judge = jsonschema.Draft202012Validator(schema)
        for document in (
            documents(rng, schema, shape(other)["args"]) if "x-normalised" not in json.dumps(schema) else ()
        ):
            assert fits(document, whole(schema)) == judge.is_valid(document), (document, schema)
            agreed += 1
    assert agreed > count


def test_nothing_has_changed_between_a_contract_and_itself(rng, count):
    for contract, _ in pairs(rng, count):
        facts = shape(contract)
        assert changes(facts, json.loads(json.dumps(facts))) == []
