"""The manifest: which versions have been released, and what each of them promises.

``commands`` maps ``name@version`` to the shape of the contract, ``files`` the name of each other file to the digest of
what stands below its header.

Not here: what a shape is (bus/lock/shapes.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from bus.typesync.documents import listed
from bus.typesync.exporting import Exported
from bus.typesync.header import header, is_generated

NAME = "manifest.json"


class Unreadable(Exception):
    """A file that is needed is missing or damaged; the message names it and says what to do."""


def manifest_text(commands: Iterable[Exported], digests: Mapping[str, str]) -> str:
    """The whole file.

    Args:
        commands: those released.
        digests: name of each other file -> digest of what stands below its header.
    """
    parts = {"commands": {command.key: _entry(command) for command in commands}, "files": digests}
    lines = "".join(f',\n "{name}": {listed(entries)}' for name, entries in parts.items())
    return f'{{\n "$comment": "{header()}"{lines}\n}}\n'


def digests_in(text: str) -> dict[str, str]:
    """The digest of each other file, by name.

    Raises:
        Unreadable: the text is no manifest.
    """
    return _read(text)["files"]


def types_in(text: str) -> dict[str, str]:
    """``name@version`` -> what the names of its types begin with.

    Raises:
        Unreadable: the text is no manifest.
    """
    return {key: entry["type"] for key, entry in _read(text)["commands"].items()}


def shapes_in(text: str) -> dict[str, dict[str, Any]]:
    """``name@version`` -> the shape that was released.

    Raises:
        Unreadable: the text is no manifest.
    """
    return {key: entry["shape"] for key, entry in _read(text)["commands"].items()}


def _entry(command: Exported) -> dict[str, Any]:
    return {"type": command.type_name, "shape": command.shape}


def _read(text: str) -> dict[str, Any]:
    try:
        found: Any = json.loads(text)
    except ValueError as error:
        raise _damaged(f"is no JSON ({error})") from None
    if not is_generated(text) or not isinstance(found, dict):
        raise _damaged("was not written by `bus types sync`")
    parts = cast("dict[str, Any]", found)
    entries: Any = parts.get("commands")
    if not isinstance(entries, dict) or not isinstance(parts.get("files"), dict):
        raise _damaged("lacks commands or files")
    if not all(_is_entry(entry) for entry in cast("dict[str, Any]", entries).values()):
        raise _damaged("has commands without a type or a shape")
    return parts


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and {*cast("dict[str, Any]", entry)} >= {"type", "shape"}


def _damaged(what: str) -> Unreadable:
    return Unreadable(f"{NAME} {what}; restore it as it was committed")
