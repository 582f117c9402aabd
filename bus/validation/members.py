"""A schema's fields with the names they go by."""

from typing import Any, NamedTuple, cast

from marshmallow import Schema


class Member(NamedTuple):
    """One field of a schema."""

    #: The name it was declared with.
    name: str
    #: The key on the wire.
    key: str
    #: The name the handler reads and writes.
    attribute: str
    #: Any, here and wherever fields are handled: marshmallow's annotations leave what a field holds open.
    field: Any


def loaded_members(schema: Schema) -> list[Member]:
    """The fields that take part in loading, in declaration order."""
    return _members(cast("Any", schema).load_fields)


def dumped_members(schema: Schema) -> list[Member]:
    """The fields that take part in dumping, in declaration order."""
    return _members(cast("Any", schema).dump_fields)


def _members(fields: dict[str, Any]) -> list[Member]:
    return [
        Member(name, name if field.data_key is None else field.data_key, field.attribute or name, field)
        for name, field in fields.items()
    ]
