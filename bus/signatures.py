"""Whether a handler takes what its contract gives: compared once, at the start, with the differences named."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, missing
from marshmallow.fields import Field

from bus.errors import SetupError
from bus.fields import fields_of
from bus.plugin import Handler

Parameter = inspect.Parameter


def check_signature(what: str, handler: Handler, params: Schema) -> None:
    """Pass when the handler takes the context and exactly the contract's fields, optional ones with a default.

    Args:
        what: names command, version and plugin in the error.
        handler: takes the context first; ``**fields`` takes whatever the contract gives.
        params: the contract's arguments.

    Raises:
        SetupError: names what differs.
    """
    where = f"the handler of {what}"
    try:
        parameters = list(inspect.signature(handler).parameters.values())
    except (TypeError, ValueError):  # some built-in callables have no signature to look at
        parameters = []
    if not parameters or parameters[0].kind not in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD):
        raise SetupError(f"{where} must take the context as its first argument")
    taken = {p.name: p for p in parameters[1:] if p.kind not in (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)}
    fields = {field.attribute or name: field for name, field in fields_of(params).items()}
    takes_all = any(p.kind is Parameter.VAR_KEYWORD for p in parameters)
    differences = _differences(taken, fields, takes_all=takes_all)
    if differences:
        raise SetupError(f"{where} and its contract differ: {'; '.join(differences)}")


def _differences(taken: Mapping[str, Parameter], fields: Mapping[str, Field[Any]], *, takes_all: bool) -> list[str]:
    lacking = [] if takes_all else sorted(fields.keys() - taken.keys())
    surplus = sorted(name for name in taken.keys() - fields.keys() if _has_no_default(taken[name]))
    naked = sorted(
        name for name in taken.keys() & fields.keys() if _may_be_absent(fields[name]) and _has_no_default(taken[name])
    )
    unnamed = sorted(name for name in taken.keys() & fields.keys() if taken[name].kind is Parameter.POSITIONAL_ONLY)
    sentences = (
        ("it lacks {}", lacking),
        ("{} cannot be given by name", unnamed),
        ("the contract lacks {}", surplus),
        ("callers may leave out {}, which needs a default", naked),
    )
    return [sentence.format(", ".join(names)) for sentence, names in sentences if names]


def _may_be_absent(field: Field[Any]) -> bool:
    return not field.required and field.load_default is missing


def _has_no_default(parameter: Parameter) -> bool:
    return parameter.default is Parameter.empty
