"""The types of one plugin as one JSON Schema: an entry of ``$defs`` for the arguments and the data of each version.

An entry stands by itself, so that a validator can be given one: what it refers to stands inside of it.

Not here: the schema of one command (bus/documents/json_schema.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from bus.documents.json_schema import DIALECT
from bus.typesync.exporting import SIDES, Exported
from bus.wire import encode_canonical


def schema_document(commands: Iterable[Exported], comment: str) -> str:
    """The document of one plugin's commands.

    Args:
        commands: of the plugin.
        comment: stands first.
    """
    entries: dict[str, Any] = {}
    for command in commands:
        for end, side in SIDES.items():
            name = f"{command.type_name}{end}"
            entries[name] = _embedded(command.shape[side], f"#/$defs/{name}")
        if command.sample is not None:
            entries[f"{command.type_name}Args"]["examples"] = [command.sample]
    head = {"$comment": comment, "$schema": DIALECT}
    lines = [f" {_text(name)}: {_text(value)},\n" for name, value in head.items()]
    return f"{{\n{''.join(lines)} {_text('$defs')}: {listed(entries)}\n}}\n"


def listed(entries: Mapping[str, Any], indent: str = " ") -> str:
    """An object with one member a line, by name: a change shows as a line."""
    if not entries:
        return "{}"
    lines = ",\n".join(f"{indent} {_text(name)}: {_text(entries[name])}" for name in sorted(entries))
    return f"{{\n{lines}\n{indent}}}"


def own_schema(entry: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The schema that an entry of ``$defs`` was made of."""
    found = _moved(entry, f"#/$defs/{name}/$defs/", "#/$defs/")
    return {key: value for key, value in found.items() if key != "examples"}


def _embedded(schema: Mapping[str, Any], place: str) -> dict[str, Any]:
    """A document as a part of another one."""
    return _moved(schema, "#/$defs/", f"{place}/$defs/")


def _moved(part: Any, old: str, new: str) -> Any:
    """The same, its references leading to another place."""
    if isinstance(part, list):
        return [_moved(one, old, new) for one in cast("list[Any]", part)]
    if not isinstance(part, Mapping):
        return part
    members = cast("Mapping[str, Any]", part)
    return {
        name: new + value.removeprefix(old) if name == "$ref" and isinstance(value, str) else _moved(value, old, new)
        for name, value in members.items()
    }


def _text(value: Any) -> str:
    return encode_canonical(value).decode()
