"""JSON in, JSON out, with nothing changed on the way and nothing that could stop the process.

Numbers stay what they are: whole numbers of any length are exact, NaN and Infinity are refused, and so is a number
beyond what a double can hold. A lone surrogate is refused by its place; a member given twice is refused, because two
programs would read two different requests. Size and nesting are bounded, and everything takes linear time.

orjson does the work. It would round whole numbers beyond 64 bits and keep the last of two equal members, so a line
that may hold either (seen by counting bytes) is read once more by the standard library, which is exact and slower.

Not here: what the members of a request must be (bus/requests.py), the arguments of a command (bus/validation).
"""

import json
from collections.abc import Iterable
from typing import Any, cast

import orjson

from bus.errors import InvalidArguments, PayloadTooLarge

#: Every digit becomes "0", so that one search finds a long run of any digits.
_DIGITS_TO_ZERO = bytes(ord("0") if chr(byte).isdigit() else byte for byte in range(128)) + bytes(range(128, 256))
#: 2**63 has 19 digits: any shorter run fits in 64 bits.
_LONG_RUN = b"0" * 19
_WHITE_SPACE = b" \t\r\n"
_CONTAINERS = (dict, list)


class LoneSurrogate(InvalidArguments):
    """A text is JSON, but something in it is no Unicode.

    Args:
        members: what the text stands for, with question marks for lone surrogates: what can be echoed of it.
        place: of the first one, as ``args.tags.0``.
    """

    def __init__(self, members: Any, place: str) -> None:
        fault = "must not hold lone surrogates"
        super().__init__(f"Invalid request: {place or 'it'}: {fault}", {place: [fault]})
        self.members: Any = {"id": None, **members} if isinstance(members, dict) else members


def decode(data: bytes, *, max_bytes: int, max_depth: int) -> Any:
    """The value that a JSON text stands for.

    Args:
        data: UTF-8.
        max_bytes: largest text.
        max_depth: deepest nesting of objects and lists; ``[]`` is 1 deep.

    Raises:
        LoneSurrogate: it is JSON but for a lone surrogate.
        InvalidArguments: the text is no JSON, or holds what JSON forbids or a member twice.
        PayloadTooLarge: it is beyond one of the limits.
    """
    if len(data) > max_bytes:
        raise PayloadTooLarge(
            f"the request has more than {max_bytes} bytes; send less at once", {"max_bytes": max_bytes}
        )
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _refusal(error, data, max_depth) from None
    depth, members = _survey(value)
    if depth > max_depth:
        raise _too_deep(max_depth)
    squeezed = data.translate(_DIGITS_TO_ZERO, _WHITE_SPACE)
    # In the squeezed text each member shows one `":`, and only quotes inside of texts can show more.
    if _LONG_RUN in squeezed or squeezed.count(b'":') != members:
        return _read_exactly(data)
    return value


def encode(value: Any) -> bytes:
    """The value as JSON text in one line, UTF-8, without white space.

    Raises:
        TypeError, ValueError: the value is no JSON. (NaN becomes null: contracts keep it out of results.)
    """
    try:
        return orjson.dumps(value)
    except TypeError:  # whole numbers beyond 64 bits, or nesting beyond 254
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def encode_canonical(value: Any) -> bytes:
    """The same bytes for equal values, whatever the order of their members. For hashing.

    Raises:
        InvalidArguments: the value is no JSON (only callers in Python can send such arguments).
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        pass
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArguments(f"the arguments are not JSON: {error}", {"args": ["must be JSON"]}) from None


def decode_stored(text: str | bytes) -> Any:
    """The value of a text that ``encode`` made and a database kept; such a text needs no checks."""
    data = text.encode() if isinstance(text, str) else text
    return json.loads(data) if _LONG_RUN in data.translate(_DIGITS_TO_ZERO) else orjson.loads(data)


def _refusal(error: orjson.JSONDecodeError, data: bytes, max_depth: int) -> InvalidArguments | PayloadTooLarge:
    if "depth limit" in error.msg or "ecursion limit" in error.msg:
        return _too_deep(max_depth)
    return _lone_surrogate(data) or InvalidArguments(
        f"the request is not valid JSON: {error.msg} at character {error.pos + 1}"
    )


def _lone_surrogate(data: bytes) -> LoneSurrogate | None:
    """Why orjson refused the text, if the standard library, which lets lone surrogates pass, finds one in it."""
    try:
        value = json.loads(data.decode())
        place = _place_of_surrogate(value, "")
        if place is None:
            return None
        readable = json.dumps(value, ensure_ascii=False).encode(errors="replace")
        return LoneSurrogate(json.loads(readable), place)
    except (ValueError, RecursionError):
        return None


def _place_of_surrogate(value: Any, place: str) -> str | None:
    """Where the first lone surrogate is, below the place of the value; a member's name counts as its object's."""
    if isinstance(value, str):
        return None if _is_text(value) else place
    for name, part in _parts(value):
        if not _is_text(str(name)):
            return place
        found = _place_of_surrogate(part, f"{place}.{name}" if place else str(name))
        if found is not None:
            return found
    return None


def _parts(value: Any) -> Iterable[tuple[Any, Any]]:
    """The members of an object with their names, the items of a list with their numbers."""
    if isinstance(value, dict):
        return cast("dict[Any, Any]", value).items()
    return enumerate(cast("list[Any]", value)) if isinstance(value, list) else ()


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep(max_depth: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"the request is nested more than {max_depth} deep", {"max_depth": max_depth})


def _survey(value: Any) -> tuple[int, int]:
    """How deep the value is nested, and how many members all its objects have.

    Every request comes through here, so this is plain loops: comprehensions and calls take three times as long.
    """
    depth = members = 0
    child: Any
    level: list[dict[str, Any] | list[Any]] = [value] if type(value) in _CONTAINERS else []
    while level:
        depth += 1
        below: list[dict[str, Any] | list[Any]] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
            children: Iterable[Any] = node.values() if type(node) is dict else node
            for child in children:
                if type(child) in _CONTAINERS:
                    below.append(child)  # noqa: PERF401  # as said above
        level = below
    return depth, members


def _read_exactly(data: bytes) -> Any:
    """The value, read by the standard library; orjson has already found the text to be JSON, and not too deep."""
    return json.loads(data.decode(), object_pairs_hook=_without_doubles)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            shown = name[:100]
            raise InvalidArguments(f"the request gives the member {shown!r} twice; keep one", {shown: ["given twice"]})
        members[name] = value
    return members
