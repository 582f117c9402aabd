"""marshmallow's messages as one refusal: dotted paths, one sentence, one code.

However much is wrong, the refusal stays small: it names the first faults, in the contract's order, and counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, cast

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
    shown = _plain_faults(messages, schema)
    if shown is not None:
        clauses = "; ".join([f"{fault.path}: {', '.join(fault.messages)}" for fault in shown])
        found = {fault.path: fault.messages for fault in shown}
        return InvalidArguments(f"Invalid args for {command}: {clauses}", found, shown[0].code)
    shown = list(islice(_faults(messages, schema, (), None), MAX_IN_DETAILS))
    more = _count(messages) - len(shown)
    fields: dict[str, list[str]] = {}
    for fault in shown:
        fields.setdefault(fault.path, []).extend(fault.messages)
    refusal = InvalidArguments(_sentence(command, shown, more), fields, shown[0].code if shown else None)
    if more and refusal.details is not None:
        refusal.details["more"] = more
    return refusal


def _plain_faults(messages: dict[Any, Any], schema: Schema) -> list[Fault] | None:
    """The faults if each is a few short words about one declared field; None sends the rest the general way.

    Nearly every refusal is such a one, and the general way would cost as much as marshmallow's whole load.
    """
    if not 0 < len(messages) <= MAX_IN_TEXT:
        return None
    shown: list[Fault] = []
    fields: dict[str, Any] = cast("Any", schema).load_fields
    for name, field in fields.items():
        texts = messages.get(name)
        if texts is None:
            continue
        if field.data_key is not None or len(name) > MAX_PATH_CHARS or not _are_plain(texts):
            return None
        shown.append(Fault(name, texts, getattr(field, "code", None)))
    return shown if len(shown) == len(messages) else None


def _are_plain(texts: Any) -> bool:
    """Whether these are a few short messages of plain characters, none of which needs bounding."""
    if type(texts) is not list or len(cast("list[Any]", texts)) > MAX_MESSAGES:
        return False
    joined = 0
    for text in cast("list[Any]", texts):
        if type(text) is not str or not text.isascii() or "\0" in text:
            return False
        joined += len(text) + 2
    return joined <= MAX_MESSAGE_CHARS


def _sentence(command: str, shown: list[Fault], more: int) -> str:
    parts = [_clause(fault) for fault in shown[:MAX_IN_TEXT]]
    left_out = len(shown) - len(parts) + more
    if left_out:
        parts.append(f"and {left_out} more")
    return f"Invalid args for {command}: {'; '.join(parts)}"


def _clause(fault: Fault) -> str:
    text = _bounded(", ".join(fault.messages), MAX_MESSAGE_CHARS)
    return text if fault.path == _SCHEMA else f"{fault.path}: {text}"


def _faults(messages: Any, node: Any, path: tuple[str, ...], code: str | None) -> Iterator[Fault]:
    """Every bad field, in the order of declaration."""
    if not isinstance(messages, dict):
        texts = [_bounded(text, MAX_MESSAGE_CHARS) for text in islice(_texts(messages), MAX_MESSAGES)]
        yield Fault(_bounded(".".join(path), MAX_PATH_CHARS) or _SCHEMA, texts, code)
        return
    for key in _in_order(cast("dict[Any, Any]", messages), node):
        below = _below(node, key)
        is_own = key == _SCHEMA or (isinstance(node, _Entry) and key == "value")
        own_code = below.code if isinstance(below, Coded) else None
        yield from _faults(messages[key], below, path if is_own else (*path, _segment(key)), code or own_code)


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
    if isinstance(messages, list):
        for message in cast("list[Any]", messages):
            yield from _texts(message)
    else:
        yield str(messages)


def _in_order(messages: dict[Any, Any], node: Any) -> Iterable[Any]:
    """Declared fields first, then what concerns the whole, then unknown keys by name; items by place."""
    schema = _schema_of(node)
    if schema is None or all(type(key) is int for key in messages):
        return messages
    known = [key for key in (*(member.key for member in loaded_members(schema)), _SCHEMA) if key in messages]
    return [*known, *sorted(messages.keys() - set(known), key=_segment)]


def _schema_of(node: Any) -> Schema | None:
    if isinstance(node, Schema):
        return node
    return node.schema if isinstance(node, plain.Nested) else None


def _below(node: Any, key: Any) -> Any:
    """What a key of the messages stands for: a field, a row of a list, or nothing known."""
    schema = _schema_of(node)
    if schema is not None:
        if type(key) is int:
            return schema
        return next((member.field for member in loaded_members(schema) if member.key == key), None)
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
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
