"""marshmallow's messages as one refusal: dotted paths, one sentence, one code.

However much is wrong, the refusal stays small: it names the first faults, in the contract's order, and counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from marshmallow import Schema, ValidationError
from marshmallow import fields as plain

from bus.errors import InvalidArguments
from bus.fields import Coded
from bus.validation.members import loaded_members

#: Fields named in the sentence, and in the details.
MAX_IN_TEXT, MAX_IN_DETAILS = 20, 100
#: Messages of one field, characters of one message, characters of one path.
MAX_MESSAGES, MAX_MESSAGE_CHARS, MAX_PATH_CHARS = 10, 500, 200

#: Where marshmallow puts what concerns no single field.
_SCHEMA = "_schema"
#: Schema -> its fields by key: what they are is asked at every refusal.
_known_fields: WeakKeyDictionary[Schema, dict[str, Any]] = WeakKeyDictionary()


class Fault(NamedTuple):
    """One bad field."""

    path: str
    messages: list[str]
    #: The code named by the outermost field on the path that names one.
    code: str | None


class _Entry(NamedTuple):
    """One entry of a Dict field: marshmallow files its faults under ``key`` and ``value``."""

    field: Any


def refusal_of(error: ValidationError, schema: Schema, command: str) -> InvalidArguments:
    """The answer to arguments that break a contract.

    Args:
        error: what loading raised.
        schema: what was loaded with; its declaration order decides which fault comes first.
        command: the command's name.

    Returns:
        Its code is the first bad field's own, else VALIDATION_ERROR; ``details.fields`` maps paths to messages, and
        ``details.more`` counts the bad fields left out, if any are.
    """
    messages: dict[Any, Any] = cast("Any", error).normalized_messages()
    shown: list[Fault] = []
    _collect(shown, messages, schema, "", None)
    more = _count(messages) - len(shown) if len(shown) == MAX_IN_DETAILS else 0
    fields: dict[str, list[str]] = {}
    for fault in shown:
        fields.setdefault(fault.path, []).extend(fault.messages)
    refusal = InvalidArguments(_sentence(command, shown, more), fields, shown[0].code if shown else None)
    if more and refusal.details is not None:
        refusal.details["more"] = more
    return refusal


def _sentence(command: str, shown: list[Fault], more: int) -> str:
    parts = [_clause(fault) for fault in shown[:MAX_IN_TEXT]]
    left_out = len(shown) - len(parts) + more
    if left_out:
        parts.append(f"and {left_out} more")
    return f"Invalid args for {command}: {'; '.join(parts)}"


def _clause(fault: Fault) -> str:
    texts = fault.messages
    text = texts[0] if len(texts) == 1 else _bounded(", ".join(texts), MAX_MESSAGE_CHARS)
    return text if fault.path == _SCHEMA else f"{fault.path}: {text}"


def _collect(found: list[Fault], messages: Any, node: Any, path: str, code: str | None) -> None:
    """Add every bad field, in the order of declaration, until there are enough of them."""
    if not isinstance(messages, dict):
        texts = [_bounded(text, MAX_MESSAGE_CHARS) for text in islice(_texts(messages), MAX_MESSAGES)]
        found.append(Fault(_bounded(path, MAX_PATH_CHARS) or _SCHEMA, texts, code))
        return
    schema = _schema_of(node)
    fields = None if schema is None else _fields_of(schema)
    for key in _in_order(cast("dict[Any, Any]", messages), fields):
        if len(found) == MAX_IN_DETAILS:
            return
        below = (fields.get(key) if fields else None) or _below(node, schema, key)
        is_own = key == _SCHEMA or (key == "value" and type(node) is _Entry)
        segment = "" if is_own else _segment(key)
        below_path = path if is_own else f"{path}.{segment}" if path else segment
        _collect(found, messages[key], below, below_path, code or (below.code if isinstance(below, Coded) else None))


def _count(messages: dict[Any, Any]) -> int:
    """How many bad fields there are, without a word about them."""
    count, level = 0, [messages]
    while level:
        for below in level.pop().values():
            if isinstance(below, dict):
                level.append(cast("dict[Any, Any]", below))
            else:
                count += 1
    return count


def _texts(messages: Any) -> Iterator[str]:
    if isinstance(messages, dict):
        messages = list(cast("dict[Any, Any]", messages).values())
    if not isinstance(messages, list):
        yield str(messages)
        return
    for message in cast("list[Any]", messages):
        if isinstance(message, str):
            yield message
        else:
            yield from _texts(message)


def _in_order(messages: dict[Any, Any], fields: dict[str, Any] | None) -> Iterable[Any]:
    """Declared fields first, then what concerns the whole, then unknown keys by name; items by place."""
    if len(messages) == 1 or fields is None or all(type(key) is int for key in messages):
        return messages
    known = [key for key in fields if key in messages]
    if len(known) == len(messages):
        return known
    if _SCHEMA in messages and _SCHEMA not in known:
        known.append(_SCHEMA)
    return [*known, *sorted(messages.keys() - set(known), key=_segment)]


def _fields_of(schema: Schema) -> dict[str, Any]:
    """Key -> field, in the order of declaration."""
    fields = _known_fields.get(schema)
    if fields is None:
        fields = _known_fields[schema] = {member.key: member.field for member in loaded_members(schema)}
    return fields


def _schema_of(node: Any) -> Schema | None:
    if isinstance(node, Schema):
        return node
    return node.schema if isinstance(node, plain.Nested) else None


def _below(node: Any, schema: Schema | None, key: Any) -> Any:
    """What a key of the messages stands for: a field, a row of a list, or nothing known."""
    if schema is not None:
        return schema if type(key) is int else None
    if isinstance(node, plain.List):
        return cast("Any", node).inner
    if isinstance(node, plain.Mapping):
        return _Entry(cast("Any", node))
    if isinstance(node, _Entry):
        return node.field.value_field if key == "value" else node.field.key_field
    return None


def _segment(key: Any) -> str:
    if type(key) is int and abs(key) < 10**9:
        return str(key)
    return key if isinstance(key, str) else f"<{type(key).__name__}>"


def _bounded(text: str, max_chars: int) -> str:
    """The text, short enough and fit for every store and wire."""
    if len(text) > max_chars:
        text = text[: max_chars - 1] + "…"
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
