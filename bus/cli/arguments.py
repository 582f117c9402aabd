"""Options of ``bus call`` made from a contract: one for each field, its text converted by the field's kind.

Lists are given by repeating the option, objects as JSON, yes or no as ``--flag`` and ``--no-flag``. What an option
cannot say (null, lists in lists) is said with ``--json``. The contract alone decides whether a value is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click
from marshmallow import Schema, missing
from marshmallow import fields as plain
from marshmallow.validate import OneOf

from bus import fields
from bus.errors import BusError
from bus.wire import decode

#: Bounds for JSON typed at a command line; the bus checks its own as well.
MAX_BYTES = 2**30
MAX_DEPTH = 500


class JsonType(click.ParamType[Any, Any]):
    """Any JSON value."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value of a JSON text."""
        if not isinstance(value, str):
            return value
        try:
            return decode(value.encode("utf-8", "surrogateescape"), max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
        except BusError as error:
            self.fail(error.message.replace("the request", "the text"), param, ctx)


class WholeType(click.ParamType[Any, Any]):
    """A whole number of any length."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that a text spells."""
        if not isinstance(value, str) or re.fullmatch(r"[+-]?[0-9]{1,4000}", value):
            return int(value)
        return self.fail(f"{value!r} is not a whole number", param, ctx)


class NumberType(click.ParamType[Any, Any]):
    """A number, kept whole when it is written so."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that a text spells."""
        if not isinstance(value, str):
            return value
        if re.fullmatch(r"[+-]?[0-9]{1,4000}", value):
            return int(value)
        if re.fullmatch(r"[+-]?[0-9]+\.?[0-9]*([eE][+-]?[0-9]+)?", value):
            return float(value)
        return self.fail(f"{value!r} is not a number", param, ctx)


JSON, WHOLE, NUMBER = JsonType(), WholeType(), NumberType()

#: The first kind a field belongs to decides; everything else is text.
TYPES: tuple[tuple[tuple[type[plain.Field[Any]], ...], click.ParamType[Any, Any]], ...] = (
    ((fields.Int64, plain.Integer), WHOLE),
    ((fields.Number, plain.Float), NUMBER),
    ((fields.Json, plain.Nested, plain.Mapping, plain.Tuple, plain.List, plain.Raw, plain.Constant), JSON),
)


def options_of(params: Schema, taken: set[str]) -> tuple[list[click.Option], dict[str, str]]:
    """The options for a contract's arguments.

    Args:
        params: the contract's ``Params``.
        taken: options that mean something else, such as ``--queue``; a field of that name becomes ``--arg-queue``.

    Returns:
        The options, and for each one's parameter name the argument it sets.
    """
    options: list[click.Option] = []
    names: dict[str, str] = {}
    used = set(taken)
    schema: Any = params  # marshmallow does not say what fields these are
    for index, (attribute, field) in enumerate(schema.load_fields.items()):
        name = field.data_key or attribute
        flag = f"--{kebab(name)}"
        while flag in used:
            flag = f"--arg-{flag[2:]}"
        used.add(flag)
        names[f"argument_{index}"] = name
        options.append(_option(f"argument_{index}", flag, field))
    return options, names


def given_arguments(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The arguments that options gave; those that were not used are left out."""
    return {
        names[parameter]: list(value) if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownArgumentType]
        for parameter, value in values.items()
        if parameter in names and value is not None and value != ()
    }


def kebab(name: str) -> str:
    """A name as options spell it: ``projectKey`` and ``project_key`` are both ``project-key``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower().replace("_", "-")


def _option(parameter: str, flag: str, field: plain.Field[Any]) -> click.Option:
    note = _note(field)
    if isinstance(field, plain.Boolean):
        return click.Option([parameter, f"{flag}/--no-{flag[2:]}"], default=None, help=note)
    inner: Any = getattr(field, "inner", None)
    if isinstance(field, plain.List):
        return click.Option([parameter, flag], multiple=True, type=_type_of(inner), help=f"Repeatable. {note}")
    return click.Option([parameter, flag], type=_type_of(field), help=note)


def _type_of(field: plain.Field[Any]) -> click.ParamType[Any, Any]:
    return next((option_type for kinds, option_type in TYPES if isinstance(field, kinds)), click.STRING)


def _note(field: plain.Field[Any]) -> str:
    """What the help says about a field."""
    notes = [str(field.metadata["description"])] if "description" in field.metadata else []
    notes += ["Required."] * field.required
    checks: list[Any] = [check for check in field.validators if isinstance(check, OneOf)]
    notes += [f"One of: {', '.join(str(choice) for choice in check.choices)}." for check in checks]
    if field.load_default is not missing and field.load_default is not None and not callable(field.load_default):
        notes.append(f"Default: {field.load_default}.")
    return " ".join(notes)
