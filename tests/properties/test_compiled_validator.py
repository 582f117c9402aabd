"""Generated loaders and dumpers answer as marshmallow does: value, refusal, message, order and sharing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from marshmallow import Schema, ValidationError, validate

from bus.validation import compile_dumper, compile_loader, dump_checked
from tests.properties.schemas import CHECKS, EVERYTHING, EXTRAS, SCALARS, STRANGERS, cases


def pictured(value: Any) -> Any:
    """The value as something that is equal only to a value of equal types, members and order."""
    if isinstance(value, dict):
        return type(value), [(pictured(name), pictured(part)) for name, part in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [pictured(part) for part in value]
    return type(value), str.__repr__(value) if isinstance(value, str) else repr(value)


def containers_in(value: Any) -> list[Any]:
    """Every mutable part of a value, itself included, in order."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list | tuple) else []
    inner = [found for part in parts for found in containers_in(part)]
    return [value, *inner] if isinstance(value, dict | list) else inner


def answer(function: Callable[[Any], Any], value: Any) -> tuple[Any, ...]:
    """What the function does with the value, and which parts of the value its answer shares."""
    try:
        made = function(value)
    except ValidationError as error:
        return "refused", error.messages
    except Exception as error:  # noqa: BLE001  # whatever a field raises, both have to raise
        return "raised", type(error), str(error)
    given_parts = {id(part) for part in containers_in(value)}
    return "accepted", pictured(made), [id(part) in given_parts for part in containers_in(made)]


def assert_equal_answers(fast: Callable[[Any], Any], slow: Callable[[Any], Any], value: Any) -> None:
    before = pictured(value)
    assert answer(fast, value) == answer(slow, value)
    assert pictured(value) == before


def variants(kind: type[Any]) -> Iterator[Any]:
    """Fields of one class: as it is, with each of its own options, and with each validator."""
    for extra in ({}, *(choice for known, choices in EXTRAS.items() if issubclass(kind, known) for choice in choices)):
        yield kind(allow_none=True, **extra)
        yield kind(validate=validate.Range(min=1), **extra)
    yield from (kind(validate=check) for check in CHECKS)


@pytest.mark.parametrize("kind", dict.fromkeys((*SCALARS, *STRANGERS)))
def test_every_kind_with_every_validator_answers_alike_to_everything(kind: type[Any]) -> None:
    for field in variants(kind):
        schema = Schema.from_dict({"it": field})()
        load, dump = compile_loader(schema), compile_dumper(schema)
        for value in EVERYTHING:
            assert answer(load, {"it": value}) == answer(schema.load, {"it": value})
            assert answer(dump, {"it": value}) == answer(partial(dump_checked, schema), {"it": value})


@settings(max_examples=150, derandomize=True)
@given(cases(is_dumping=False))
def test_a_generated_loader_answers_as_the_schema_does(case: tuple[Schema, list[Any]]) -> None:
    schema, values = case
    load = compile_loader(schema)
    for value in values:
        assert_equal_answers(load, schema.load, value)


@settings(max_examples=150, derandomize=True)
@given(cases(is_dumping=True))
def test_a_generated_dumper_answers_as_the_reference_does(case: tuple[Schema, list[Any]]) -> None:
    schema, values = case
    dump = compile_dumper(schema)
    for value in values:
        assert_equal_answers(dump, partial(dump_checked, schema), value)
