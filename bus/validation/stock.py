"""Whether a field or a schema behaves exactly like a class we know.

A subclass that only adds names of its own, messages or metadata does. One that replaces anything the known class has
does not, wherever in the class tree the replacement stands, nor does an object with a replacement of its own.
"""

from __future__ import annotations

from typing import Any, cast

from marshmallow import Schema
from marshmallow.decorators import POST_DUMP, POST_LOAD, PRE_DUMP, PRE_LOAD, VALIDATES, VALIDATES_SCHEMA
from marshmallow.fields import Field

from bus.validation.members import Member, dumped_members, loaded_members
from bus.validation.plan import Unusual

#: Names a subclass may define without changing how values are loaded or dumped. So may names with two underscores on
#: both sides, which Python and its copy module write themselves, but for the few that change what an object does.
_HARMLESS = frozenset(
    {
        "Meta",
        "OPTIONS_CLASS",
        "TYPE_MAPPING",
        "_abc_impl",
        "_declared_fields",
        "_default_error_messages",
        "_hooks",
        "default_error_messages",
        "error_messages",
        "handle_error",
        "make_error",
        "on_bind_field",
        "opts",
    }
)
_ACTIVE = frozenset({"__call__", "__getattr__", "__getattribute__"})
#: What runs around a field's own ``_deserialize``.
_AROUND = ("deserialize", "_validate", "_validate_all", "_validate_missing", "__getattribute__", "__getattr__")
_LOAD_HOOKS = (PRE_LOAD, POST_LOAD, VALIDATES, VALIDATES_SCHEMA)
_DUMP_HOOKS = (PRE_DUMP, POST_DUMP)


def is_stock(instance: object, known: type[Any]) -> bool:
    """Whether nothing of ``known`` is replaced in this object or between its class and ``known``."""
    family = set(known.__mro__)
    strange = [
        name for cls in type(instance).__mro__ if cls not in family for name in vars(cls) if _matters(name, known)
    ]
    own: dict[str, Any] = getattr(instance, "__dict__", {})
    return not strange and not any(callable(getattr(known, name, None)) for name in own)


def _matters(name: str, known: type[Any]) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return name in _ACTIVE
    return name not in _HARMLESS and hasattr(known, name)


def has_stock_frame(field: Any) -> bool:
    """Whether only ``_deserialize`` is the field's own, and required, null and validators work as in every field."""
    cls = cast("type[Any]", type(field))
    is_replaced = any(getattr(cls, name, None) is not getattr(Field, name, None) for name in _AROUND)
    return not (field.pre_load or field.post_load or is_replaced or any(name in vars(field) for name in _AROUND))


def refuse_unusual(schema: Schema, *, is_dumping: bool) -> None:
    """Raise Unusual when a schema does more than its fields say."""
    members = loaded_members(schema)
    for is_unusual, reason in (
        (not is_stock(schema, Schema), "it replaces methods of Schema"),
        (_has_hooks(schema, (*_LOAD_HOOKS, *_DUMP_HOOKS) if is_dumping else _LOAD_HOOKS), "it has hooks"),
        (schema.partial is not None, "it is partial"),
        (is_dumping and members != dumped_members(schema), "it has fields that are only loaded or only dumped"),
        (len({member.key for member in members}) < len(members), "two of its fields read one key"),
        (not all(_is_simple(member) for member in members), "one of its keys is not plain text"),
    ):
        if is_unusual:
            raise Unusual(reason)


def _has_hooks(schema: Schema, tags: tuple[str, ...]) -> bool:
    hooks: dict[str, Any] = vars(type(schema))["_hooks"]
    return any(hooks.get(tag) for tag in tags)


def _is_simple(member: Member) -> bool:
    texts: tuple[Any, ...] = (member.name, member.key, member.attribute)
    is_text = all(type(text) is str and text.isprintable() for text in texts) and member.field.attribute != ""
    return is_text and "." not in member.attribute
