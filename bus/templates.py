"""A text with arguments in braces, ``"task:{task_id}"``: checked with its contract, filled for each job."""

from __future__ import annotations

import functools
import string
from collections.abc import Iterable, Mapping
from typing import Any

#: Bytes of a filled text; a longer one ends in its digest, since an index of the database takes no more.
MAX_BYTES = 500


def template_fault(template: object, names: Iterable[str]) -> str | None:
    """Why a text is no template over these arguments; None when it is one."""
    if type(template) is not str or not template:
        return "must be text"
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        return f"cannot be read ({error})"
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            return f"may hold names of arguments in braces and nothing else; {{{name}}} is more"
        if name not in names:
            return f"names {name!r}, which is no argument"
    return None


def filled(template: str, values: Mapping[str, Any]) -> str:
    """The text for these arguments; an argument that is absent or null leaves its place empty."""
    form, names = _parsed(template)
    key = form % tuple([_text(values.get(name)) for name in names])
    if len(key) <= MAX_BYTES // 4:  # no character takes more than four bytes
        return key
    raw = key.encode()
    if len(raw) <= MAX_BYTES:
        return key
    import hashlib  # few texts are so long

    return f"{key[:50]}#{hashlib.sha256(raw).hexdigest()}"


@functools.cache  # there are as many as contracts have
def _parsed(template: str) -> tuple[str, tuple[str, ...]]:
    """The text with ``%s`` in each place, and the names of the places."""
    parts = [(text, name) for text, name, _, _ in string.Formatter().parse(template)]
    form = "".join(text.replace("%", "%%") + ("" if name is None else "%s") for text, name in parts)
    return form, tuple(name for _, name in parts if name is not None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return value.replace("\0", "\N{SYMBOL FOR NULL}")  # PostgreSQL stores no other
    if type(value) is int or not isinstance(value, dict | list | bool):
        return str(value)
    from bus import wire  # few keys are made of such

    return wire.encode_canonical(value).decode()
