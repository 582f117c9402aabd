"""A field of a contract in words: what it holds, whether it must be there, and the comment beside it in the source."""

import ast
import functools
import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any

from marshmallow import Schema, missing, validate
from marshmallow import fields as plain

from bus import fields
from docs.generator.markdown import link, literal, sentence

#: The most special kind comes first.
WORDS: tuple[tuple[type[plain.Field[Any]], str], ...] = (
    (fields.Id, "UUID"),
    (plain.UUID, "UUID"),
    (fields.EpochMillis, "epoch milliseconds"),
    (fields.Int64, "whole number"),
    (plain.Integer, "whole number"),
    (plain.Decimal, "decimal as text"),
    (fields.Number, "number"),
    (plain.Float, "number"),
    (plain.Boolean, "true or false"),
    (plain.Email, "e-mail address"),
    (fields.Key, "text, not empty"),
    (plain.String, "text"),
    (plain.AwareDateTime, "ISO 8601 moment with zone"),
    (plain.DateTime, "ISO 8601 moment"),
    (plain.Date, "ISO 8601 date"),
    (plain.Time, "ISO 8601 time"),
    (fields.Object, "object"),
    (fields.Json, "any JSON"),
)


def rows(schema: type[Schema]) -> list[tuple[str, str, str, str]]:
    """Name, content, presence and remark of each field, in declaration order."""
    told = remarks(schema)
    return [
        (f"`{field.data_key or name}`", content(field), presence(field), _remarked(told.get(name, ""), field))
        for name, field in schema().fields.items()
    ]


def content(field: plain.Field[Any]) -> str:
    """What a field may hold."""
    words = [_kind(field), *(text for validator in field.validators if (text := _rule(validator)))]
    return ", ".join(words) + (" or null" if field.allow_none else "")


def presence(field: plain.Field[Any]) -> str:
    """Whether callers must give a field, and what stands in for it."""
    if field.required:
        return "always"
    if field.load_default is missing:
        return "may be left out"
    default = field.load_default() if callable(field.load_default) else field.load_default
    return f"default `{json.dumps(default, default=str)}`"


def _remarked(remark: str, field: plain.Field[Any]) -> str:
    code = getattr(field, "code", None)
    return "; ".join(part for part in (remark, f"if bad: {link(code, 'codes.md')}" if code else "") if part)


def _kind(field: plain.Field[Any]) -> str:
    if isinstance(field, plain.Nested):
        return f"list of {_object(field)}" if field.many else _object(field)
    if isinstance(field, plain.List):
        return f"list of {content(field.inner)}"
    if isinstance(field, plain.Dict):
        return f"object of {content(field.value_field)}" if field.value_field else "object"
    if isinstance(field, plain.Constant):
        return f"always `{json.dumps(field.constant)}`"
    return next((words for kind, words in WORDS if isinstance(field, kind)), type(field).__name__)


def _object(field: plain.Nested) -> str:
    return link(type(field.schema).__name__)


def _rule(validator: Callable[..., Any]) -> str:
    """A validator in words."""
    match validator:
        case validate.Length(equal=int(exactly)):
            return f"length {exactly}"
        case validate.Length() | validate.Range():
            return _range(validator)
        case validate.OneOf():
            return "one of " + " ".join(f"`{json.dumps(choice)}`" for choice in validator.choices)
        case validate.ContainsOnly():
            return "only " + " ".join(f"`{json.dumps(choice)}`" for choice in validator.choices)
        case validate.Regexp():
            return f"matching `{validator.regex.pattern}`"
        case validate.Email():
            return ""
        case _:
            return literal(sentence(validator)).rstrip(".")


def _range(validator: validate.Length | validate.Range) -> str:
    what = "length " if isinstance(validator, validate.Length) else ""
    if validator.min is None or validator.max is None:
        return f"{what}from {validator.min}" if validator.max is None else f"{what}up to {validator.max}"
    return f"{what}from {validator.min} to {validator.max}"


def schemas_of(schema: type[Schema]) -> Iterable[type[Schema]]:
    """The named objects inside a schema, however deep."""
    for field in schema().fields.values():
        inner: Any = field
        while isinstance(inner, plain.List):
            inner = inner.inner
        if isinstance(inner, plain.Nested):
            named = type(inner.schema)
            yield named
            yield from schemas_of(named)


@functools.cache
def remarks(schema: type[Schema]) -> dict[str, str]:
    """The comment of each field: the ``#:`` lines above it, or what stands behind it in its line."""
    found: dict[str, str] = {}
    for owner in reversed(schema.__mro__):
        if owner not in (object, Schema) and issubclass(owner, Schema):
            found |= _comments(owner)
    return found


def _comments(owner: type) -> dict[str, str]:
    try:
        text = inspect.cleandoc("\n" + inspect.getsource(owner))
    except (OSError, TypeError):  # made without a source file
        return {}
    lines = text.splitlines()
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.ClassDef)
    found: dict[str, str] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            remark = _remark(lines, statement)
            if remark:
                found[statement.targets[0].id] = literal(remark)
    return found


def _remark(lines: list[str], statement: ast.Assign) -> str:
    above: list[str] = []
    for line in reversed(lines[: statement.lineno - 1]):
        if not line.strip().startswith("#:"):
            break
        above.insert(0, line.strip()[2:].strip())
    last = lines[(statement.end_lineno or statement.lineno) - 1]
    behind = last.encode()[statement.end_col_offset or 0 :].decode().strip()
    return " ".join(above) or (behind[1:].strip() if behind.startswith("#") and "noqa" not in behind else "")
