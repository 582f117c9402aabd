"""Validators as keywords of JSON Schema.

Those of marshmallow that behave as it made them say what they ask for; of every other one nothing is known, and
nothing is said.
"""

# marshmallow's annotations leave what its validators hold open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from marshmallow import validate

from bus.documents.patterns import ecma_pattern
from bus.validation.checks import is_exact

#: The keywords that count the parts of a value.
_COUNTS = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}
_NUMBERS = ("integer", "number")
#: The types of Python whose values can be equal to one of a type of JSON, and what such a value is on the wire.
_TYPES: dict[str, dict[type[Any], Any]] = {
    "string": {str: str.__str__},
    "integer": {int: int.__int__},
    "number": {int: int.__int__, float: float.__float__},
}


def constrain(schema: dict[str, Any], validators: Iterable[Any]) -> None:
    """Add to a schema of one type what these validators ask of its values."""
    for validator in _flat(validators):
        for known, add in _KNOWN:
            if is_exact(validator, known):
                add(schema, validator)


def choices_of(validators: Iterable[Any]) -> list[Any] | None:
    """The values out of which one is asked for, in their order; None: it may be any."""
    for validator in _flat(validators):
        if is_exact(validator, validate.OneOf):
            choices = validator.choices
            if isinstance(choices, list | tuple):
                return [*choices]
            if isinstance(choices, set | frozenset):
                return sorted(choices, key=lambda choice: (str(type(choice)), str(choice)))
    return None


def narrow(schema: dict[str, Any], keyword: str, bound: float) -> None:
    """Set a bound, unless there is one that asks for more."""
    tighter = max if keyword.startswith(("min", "exclusiveMin")) else min
    schema[keyword] = tighter(bound, schema.get(keyword, bound))


def _type(schema: dict[str, Any]) -> str:
    """The one type of a schema; empty: it has none, or several."""
    types = schema.get("type", "")
    return types if isinstance(types, str) else ""


def _flat(validators: Iterable[Any]) -> Iterator[Any]:
    for validator in validators:
        if is_exact(validator, validate.And):
            yield from _flat(validator.validators)
        else:
            yield validator


def _length(schema: dict[str, Any], validator: Any) -> None:
    keywords = _COUNTS.get(_type(schema))
    if keywords is None:
        return
    low, high = (validator.min, validator.max) if validator.equal is None else (validator.equal, validator.equal)
    for keyword, bound in zip(keywords, (low, high), strict=True):
        if type(bound) is int:
            narrow(schema, keyword, bound)


def _range(schema: dict[str, Any], validator: Any) -> None:
    if _type(schema) not in _NUMBERS:
        return
    low = "minimum" if validator.min_inclusive else "exclusiveMinimum"
    high = "maximum" if validator.max_inclusive else "exclusiveMaximum"
    for keyword, bound in ((low, validator.min), (high, validator.max)):
        if type(bound) in {int, float}:
            narrow(schema, keyword, bound)


def _regexp(schema: dict[str, Any], validator: Any) -> None:
    pattern = ecma_pattern(validator.regex)
    if _type(schema) == "string" and pattern is not None:
        if "pattern" in schema:
            schema.setdefault("allOf", []).append({"pattern": pattern})
        else:
            schema["pattern"] = pattern


def _one_of(schema: dict[str, Any], validator: Any) -> None:
    fitting = _fitting(schema, choices_of([validator]) or [])
    if fitting:
        schema["enum"] = [choice for choice in schema.get("enum", fitting) if choice in fitting]


def _equal(schema: dict[str, Any], validator: Any) -> None:
    fitting = _fitting(schema, [validator.comparable])
    if fitting:
        schema["const"] = fitting[0]


def _none_of(schema: dict[str, Any], validator: Any) -> None:
    if _type(schema) == "string":
        refused = _fitting(schema, validator.iterable)
        if refused:
            schema["not"] = {"enum": refused}


def _fitting(schema: dict[str, Any], choices: Iterable[Any]) -> list[Any]:
    """Those that a value of the schema's type can be equal to."""
    types = _TYPES.get(_type(schema), {})
    return [
        plain(choice)
        for choice in choices
        for kind, plain in types.items()
        if isinstance(choice, kind) and not isinstance(choice, bool)
    ]


_KNOWN = (
    (validate.Length, _length),
    (validate.Range, _range),
    (validate.Regexp, _regexp),
    (validate.OneOf, _one_of),
    (validate.Equal, _equal),
    (validate.NoneOf, _none_of),
)
