"""JSON Schema (2020-12) of a command's arguments as callers may send them, and of the data of its answers.

Arguments: whatever the contract takes, the schema takes; where marshmallow asks for more than JSON Schema can say (a
date that exists, two members that go together, text without U+0000) the schema takes more. Data: whatever an answer
may hold. A document stands by itself: objects inside of others are found under ``$defs`` by the name of their class.

Beside the standard's words there are ``x-code``, the error code of a bad value, and ``x-normalised`` (values.py).

Not here: the schema of one value (bus/documents/values.py), other kinds of documents (openapi.py, asyncapi.py).
"""

# marshmallow's annotations leave what its schemas hold open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import inspect
from typing import Any, cast

from marshmallow import RAISE, Schema, missing
from marshmallow.decorators import POST_DUMP, PRE_DUMP, PRE_LOAD

from bus.contract import Contract
from bus.documents.kinds import Shape
from bus.documents.values import asks_for_a_value, value_schema
from bus.validation.members import Member, dumped_members, loaded_members
from bus.validation.stock import is_stock

#: The dialect that all of these documents are written in.
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What a class of schemas may replace to read objects its own way, and what marshmallow's decorators leave on a method.
_READING = frozenset(("load", "_do_load", "_deserialize"))
_HOOK = "__marshmallow_hook__"


def args_schema(contract: type[Contract]) -> Shape:
    """The arguments of a command, as callers may send them."""
    return _Document(is_dumping=False).written(contract.Params(unknown=contract.unknown))


def data_schema(contract: type[Contract]) -> Shape:
    """The data of a command's answer, where it is ``ok`` and was not queued."""
    return _Document(is_dumping=True).written(contract.Result())


class _Document:
    """One document while it grows."""

    def __init__(self, *, is_dumping: bool) -> None:
        self.is_dumping = is_dumping
        #: Finished objects by name; those in work stand there empty.
        self._defs: dict[str, Shape] = {}
        self._names: dict[Any, str] = {}

    def written(self, schema: Schema) -> Shape:
        """The whole document about one object."""
        shape = self._object(schema, schema.unknown)
        definitions = {"$defs": dict(sorted(self._defs.items()))} if self._defs else {}
        return {"$schema": DIALECT, **shape, **definitions}

    def value(self, field: Any) -> Shape:
        """The schema of a value inside of another one."""
        return value_schema(field, self)

    def reference(self, schema: Schema, unknown: str | None) -> Shape:
        """A reference to an object inside of another one."""
        unknown = unknown or cast("str", schema.unknown)
        key = (type(schema), *map(_settled, (schema.only, schema.exclude, schema.partial)), unknown)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._free_name(type(schema).__name__.lstrip("_"))
            self._defs[name] = {}
            self._defs[name] = self._object(schema, unknown)
        return {"$ref": f"#/$defs/{name}"}

    def _free_name(self, name: str) -> str:
        number, free = 1, name
        while free in self._defs:
            number += 1
            free = f"{name}{number}"
        return free

    def _object(self, schema: Schema, unknown: str | None) -> Shape:
        if self.is_dumping:
            return {"type": "object"} if _has_hooks(schema, PRE_DUMP, POST_DUMP) else self._members(schema, RAISE)
        shape = self._members(schema, unknown)
        if is_stock(schema, Schema) and not _has_hooks(schema, PRE_LOAD):
            return shape
        return cast("Any", schema).json_schema(shape) if _says_itself(schema) else {}

    def _members(self, schema: Schema, unknown: str | None) -> Shape:
        """The schema of an object whose hooks change nothing."""
        members = dumped_members(schema) if self.is_dumping else loaded_members(schema)
        shape: Shape = {"type": "object", **_described(schema)}
        if members:
            shape["properties"] = {member.key: self.value(member.field) for member in members}
        required = [member.key for member in members if self._is_required(schema, member)]
        if required:
            shape["required"] = required
        if unknown == RAISE:
            shape["additionalProperties"] = False
        return shape

    def _is_required(self, schema: Schema, member: Member) -> bool:
        field = member.field
        if self.is_dumping and field.dump_default is not missing:
            return True
        is_left_out = schema.partial is True or (self.is_dumping and field.dump_only)
        return bool(field.required) and not is_left_out and asks_for_a_value(field)


def _says_itself(schema: Schema) -> bool:
    """Whether a class of the schema tells what it takes, and none nearer than that reads another way."""
    for cls in type(schema).__mro__:
        if "json_schema" in vars(cls):
            return True
        if not _READING.isdisjoint(vars(cls)) or any(PRE_LOAD in getattr(one, _HOOK, ()) for one in vars(cls).values()):
            return False
    return False


def _settled(option: Any) -> Any:
    return option if option is None or isinstance(option, bool) else frozenset(option)


def _has_hooks(schema: Schema, *tags: str) -> bool:
    hooks: dict[str, Any] = vars(type(schema))["_hooks"]
    return any(hooks.get(tag) for tag in tags)


def _described(schema: Schema) -> Shape:
    text = type(schema).__dict__.get("__doc__")
    return {"description": inspect.cleandoc(text)} if isinstance(text, str) else {}
