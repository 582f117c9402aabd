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
from bus.fields import Coded, WrongShape
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
    #: As marshmallow gives them: most often a list of texts.
    messages: Any
    #: The code named by the outermost field on the path that names one.
    code: str | None
    #: Whether the contract knows no field of this name.
    is_unknown: bool = False

    def texts(self) -> list[str]:
        """What is wrong, short enough to be shown."""
        texts = _texts(self.messages)
        if isinstance(texts, list):
            return [_bounded(str(texts[0]), MAX_MESSAGE_CHARS)]
        return [_bounded(str(text), MAX_MESSAGE_CHARS) for text in islice(texts, MAX_MESSAGES)]

    def is_of_shape(self) -> bool:
        """Whether there is no value that a field's own code could be about."""
        return self.is_unknown or any(isinstance(text, WrongShape) for text in _texts(self.messages))


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
        Its code is VALIDATION_ERROR if any field is of a wrong shape, else the first bad field's own, if it has one;
        ``details.fields`` maps paths to messages, and ``details.more`` counts the bad fields left out, if any are.
    """
    faults = list(_faults(cast("Any", error).normalized_messages(), schema, "", None))
    code = faults[0].code
    if code is not None and any(fault.is_of_shape() for fault in faults):
        code = None
    shown = [(_bounded(fault.path, MAX_PATH_CHARS) or _SCHEMA, fault.texts()) for fault in faults[:MAX_IN_DETAILS]]
    fields: dict[str, list[str]] = {}
    for path, texts in shown:
        fields.setdefault(path, []).extend(texts)
    refusal = InvalidArguments(_sentence(command, shown, len(faults)), fields, code)
    if len(faults) > len(shown) and refusal.details is not None:
        refusal.details["more"] = len(faults) - len(shown)
    return refusal


def _sentence(command: str, shown: list[tuple[str, list[str]]], count: int) -> str:
    parts = [_clause(path, texts) for path, texts in shown[:MAX_IN_TEXT]]
    if count > len(parts):
        parts.append(f"and {count - len(parts)} more")
    return f"Invalid args for {command}: {'; '.join(parts)}"


def _clause(path: str, texts: list[str]) -> str:
    text = texts[0] if len(texts) == 1 else _bounded(", ".join(texts), MAX_MESSAGE_CHARS)
    return text if path == _SCHEMA else f"{path}: {text}"


def _faults(messages: Any, node: Any, path: str, code: str | None) -> Iterator[Fault]:
    """Every bad field, in the order of declaration.

    Args:
        messages: marshmallow's.
        node: the schema or field they are about.
        path: to it.
        code: the outermost field's on the path that names one.
    """
    if not isinstance(messages, dict):
        yield Fault(path, messages, code)
        return
    schema = _schema_of(node)
    fields = None if schema is None else _fields_of(schema)
    by_key = cast("dict[Any, Any]", messages)
    for key in _in_order(by_key, fields):
        below = (fields.get(key) if fields else None) or _below(node, schema, key)
        is_own = key == _SCHEMA or (key == "value" and type(node) is _Entry)
        segment = "" if is_own else _segment(key)
        below_path = path if is_own else f"{path}.{segment}" if path else segment
        below_code = code or (below.code if isinstance(below, Coded) else None)
        is_unknown = fields is not None and below is None and not is_own
        below_messages = by_key[key]
        if not isinstance(below_messages, dict):  # nearly always: no iterator for it
            yield Fault(below_path, below_messages, below_code, is_unknown)
            continue
        for fault in _faults(below_messages, below, below_path, below_code):
            yield fault._replace(is_unknown=True) if is_unknown else fault


def _texts(messages: Any) -> Iterable[str]:
    """All texts: nearly always a list of one, else one by one."""
    if type(messages) is list:
        listed = cast("list[Any]", messages)
        if len(listed) == 1 and isinstance(listed[0], str):
            return listed
    return _nested_texts(messages)


def _nested_texts(messages: Any) -> Iterator[str]:
    if isinstance(messages, dict):
        messages = list(cast("dict[Any, Any]", messages).values())
    if not isinstance(messages, list):
        yield str(messages)
        return
    for message in cast("list[Any]", messages):
        if isinstance(message, str):
            yield message
        else:
            yield from _nested_texts(message)


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
