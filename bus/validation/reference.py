"""What a handler's result must be, said with marshmallow alone; the generated dumper says the same faster.

A result is an object without unknown keys, nested ones included. It is dumped in the schema's order, and what comes out
must load again and be JSON that can be sent and stored everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from marshmallow import Schema, ValidationError, missing
from marshmallow import fields as plain

from bus.storable import json_fault
from bus.validation.members import dumped_members

#: How deep a result may be nested: the deepest ``Json`` value inside the deepest schemas that are written out.
MAX_RESULT_DEPTH = 200

Path = tuple[Any, ...]


class Row(dict[str, Any]):
    """An object whose absent members are absent.

    marshmallow looks for a missing key among the attributes, where every dict has ``items``, ``keys`` and ``values``.
    """

    def __missing__(self, key: str) -> Any:
        return missing


def dump_checked(schema: Schema, result: Any) -> dict[str, Any]:
    """The data of an answer: the result as JSON-ready values, in the schema's order.

    Raises:
        ValidationError: the result is no dict, has an unknown key, cannot be dumped, or what was dumped is not valid.
    """
    if not isinstance(result, dict):
        raise ValidationError(f"must be a dict, not {type(result).__name__}")
    unknown: dict[Any, Any] = {}
    row = _row(schema, cast("dict[Any, Any]", result), (), unknown)
    if unknown:
        raise ValidationError(unknown)
    data = _dumped(schema, row)
    errors = schema.validate(data, many=False)
    if errors:
        raise ValidationError(errors)
    if result_fault(data) is not None:
        raise ValidationError(_faults(data))
    return data


def result_fault(data: Any) -> str | None:
    """Why dumped data is not JSON that can be sent and stored everywhere; None when it is."""
    return json_fault(data, MAX_RESULT_DEPTH)


def _dumped(schema: Schema, row: Row) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", schema.dump(row, many=False))
    except ValidationError:
        raise
    except Exception as error:  # noqa: BLE001  # dumping calls code of fields, which may raise anything
        reason = type(error).__name__  # and no more: the error's text quotes the value, which may be a secret
    raise ValidationError({name: [f"cannot be dumped: {reason}"] for name in _undumpable(schema, row) or ["_schema"]})


def _undumpable(schema: Schema, row: Row) -> list[str]:
    names: list[str] = []
    for member in dumped_members(schema):
        try:
            member.field.serialize(member.name, row, accessor=schema.get_attribute)
        except Exception:  # noqa: BLE001  # as above
            names.append(member.key)
    return names


def _faults(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        return {"_schema": [result_fault(data)]}
    members = cast("dict[str, Any]", data).items()
    faults = {name: json_fault(value, MAX_RESULT_DEPTH - 1) for name, value in members}
    return {name: [fault] for name, fault in faults.items() if fault} or {"_schema": [result_fault(data)]}


def _row(schema: Schema, value: Mapping[Any, Any], path: Path, unknown: dict[Any, Any]) -> Row:
    """The value with its nested rows as ``Row``; notes keys the schema does not have."""
    known = {member.attribute.split(".")[0]: member.field for member in dumped_members(schema)}
    row = Row()
    for name, part in value.items():
        if name in known:
            row[name] = _part(known[name], part, (*path, name), unknown)
        else:
            _note(unknown, (*path, name), schema.error_messages["unknown"])
    return row


def _part(field: Any, value: Any, path: Path, unknown: dict[Any, Any]) -> Any:
    if isinstance(field, plain.Nested):
        schema = field.schema
        if schema.many or field.many:
            return _parts(value, path, lambda item, place: _nested_row(schema, item, place, unknown))
        return _nested_row(schema, value, path, unknown)
    if isinstance(field, plain.List):
        inner = cast("Any", field).inner
        return _parts(value, path, lambda item, place: _part(inner, item, place, unknown))
    if isinstance(field, plain.Mapping) and isinstance(value, dict):
        entries = cast("dict[Any, Any]", value).items()
        inner = cast("Any", field).value_field
        return {name: _part(inner, part, (*path, name), unknown) for name, part in entries}
    return value


def _parts(value: Any, path: Path, part: Callable[[Any, Path], Any]) -> Any:
    if not isinstance(value, list | tuple):
        return value
    return [part(item, (*path, index)) for index, item in enumerate(cast("list[Any]", value))]


def _nested_row(schema: Schema, value: Any, path: Path, unknown: dict[Any, Any]) -> Any:
    """Mappings become rows; of any other object marshmallow reads the attributes it knows and no more."""
    return _row(schema, cast("Mapping[Any, Any]", value), path, unknown) if isinstance(value, Mapping) else value


def _note(errors: dict[Any, Any], path: Path, message: Any) -> None:
    for place in path[:-1]:
        errors = errors.setdefault(place, {})
    errors[path[-1]] = [message]
