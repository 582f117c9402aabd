"""Which types a plugin's part of the set declares: those of its commands, and the objects inside them.

A nested object is called after its plugin and its class (``TasksTask``). Where one class looks different in two
places, because versions or arguments and answers differ, the look of the lowest version keeps that name, among equals
the one that more places have, so that a new version renames nothing; the others are called after the first place that
has them (``TaskGetV2DataTask``).

Not here: how a language spells them (bus/typesync/typescript.py, python.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bus.typesync.exporting import SIDES, Exported
from bus.typesync.model import Named, Type, read
from bus.typesync.naming import NotExportable, camel

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Declared:
    """All types of one plugin."""

    plugin: str
    #: Name of a nested object -> what it is, sorted by name.
    nested: dict[str, Type]
    #: Each command with its arguments and its data, by name and version.
    commands: list[tuple[Exported, Type, Type]]

    @property
    def names(self) -> list[str]:
        """Every name, those twice that stand for two things."""
        found = list(self.nested)
        for command, _, _ in self.commands:
            starts = [command.type_name, camel(command.name)] if command.is_newest else [command.type_name]
            found += [f"{start}{end}" for start in starts for end in ("Args", "Data", "ErrorCode")]
        return found


def declare(plugin: str, commands: Iterable[Exported], taken: Collection[str] = ()) -> Declared:
    """The types of a plugin's commands.

    Args:
        plugin: whose they are.
        commands: all of them.
        taken: names that mean something else.
    """
    commands = sorted(commands, key=lambda command: (command.name, command.version))
    sides: list[tuple[int, str, Schema]] = [
        (command.version, f"{command.type_name}{end}", command.shape[side])
        for command in commands
        for end, side in SIDES.items()
    ]
    names = _names(plugin, sides, taken)
    nested: dict[str, Type] = {}
    for _, place, schema in sides:
        for inner, definition in schema.get("$defs", {}).items():
            nested[names[place, inner]] = read(definition, _namer(place, names))
    types = {place: read(schema, _namer(place, names)) for _, place, schema in sides}
    listed = [(c, types[f"{c.type_name}Args"], types[f"{c.type_name}Data"]) for c in commands]
    return Declared(plugin, dict(sorted(nested.items())), listed)


def check_names(parts: Iterable[Declared], reserved: Iterable[str]) -> None:
    """Refuse two types of one name anywhere in the set.

    Raises:
        NotExportable: naming both.
    """
    owners = dict.fromkeys(reserved, "the set itself")
    for part in parts:
        for name in part.names:
            if name in owners:
                raise NotExportable(
                    f"the plugin {part.plugin} needs the type {name}, which {owners[name]} has already; "
                    "rename the command or the schema that it is named after"
                )
            owners[name] = f"the plugin {part.plugin}"


def _names(plugin: str, sides: Sequence[tuple[int, str, Schema]], taken: Collection[str]) -> dict[tuple[str, str], str]:
    """(place, name of a nested object there) -> the name of its type."""
    looks: dict[str, dict[Type, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for version, place, schema in sides:
        definitions: Schema = schema.get("$defs", {})
        for inner in definitions:
            short = camel(inner)
            shared = short if short.startswith(camel(plugin)) and short not in taken else camel(plugin) + short
            looks[shared][_look(inner, definitions, ())].append(_Place(version, place, inner))
    return {
        (place.name, place.inner): shared if rank == 0 else f"{places[0].name}{camel(places[0].inner)}"
        for shared, by_look in looks.items()
        for rank, places in enumerate(sorted(by_look.values(), key=_rank))
        for place in places
    }


class _Place(NamedTuple):
    """Where a nested object is found."""

    version: int
    #: The type that it is a part of.
    name: str
    inner: str


def _rank(places: list[_Place]) -> tuple[int, int]:
    """Sorts the looks of a class; among equals the first place decides."""
    return min(place.version for place in places), -len(places)


def _look(inner: str, definitions: Schema, path: tuple[str, ...]) -> Type:
    """What a nested object is, with everything inside it written out; equal for objects that may share a type."""
    if inner in path or inner not in definitions:
        return Named(inner)
    return read(definitions[inner], lambda name: _look(name, definitions, (*path, inner)))


def _namer(place: str, names: Mapping[tuple[str, str], str]) -> Callable[[str], Type]:
    return lambda inner: Named(names[place, inner])
