"""What callers may know of every command, ready to be written down in any language.

Sorted by name and version; the same contracts give the same export, in whatever order Python declares them, and words
for people are left out: who corrects one changes no type.

Not here: the spelling in a language (bus/typesync/typescript.py, python.py, documents.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bus.contract import INTERNAL
from bus.errors import SetupError
from bus.typesync.naming import NotExportable, command_type

if TYPE_CHECKING:
    from bus.command import Command
    from bus.contract import Contract
    from bus.registry import Registry

#: When a call may be sent again though nobody knows whether it has run.
ALWAYS, WITH_KEY, NEVER = "always", "with key", "never"
#: What the names of a version's types end with -> where its shape has their JSON Schema.
SIDES = {"Args": "args", "Data": "data"}


@dataclass(frozen=True)
class Exported:
    """One command in one version."""

    name: str
    version: int
    plugin: str
    #: ``NoteCreateV1``: what the names of its types begin with.
    type_name: str
    is_newest: bool
    is_deprecated: bool
    #: Whether the answer is a job, unless the caller asks otherwise.
    is_queued: bool
    #: ALWAYS, WITH_KEY or NEVER.
    repeatable: str
    #: The codes of its own, sorted: those of refusals and of arguments.
    codes: tuple[str, ...]
    #: All that callers rest on (bus/lock/shapes.py), the JSON Schemas ``args`` and ``data`` among it.
    shape: dict[str, Any]
    #: Arguments that are accepted; None: nobody could make any up.
    sample: dict[str, Any] | None

    @property
    def key(self) -> str:
        """``name@version``."""
        return f"{self.name}@{self.version}"


def export(registry: Registry) -> list[Exported]:
    """Every command that callers may know, by name and version.

    Raises:
        NotExportable: a contract has no types.
    """
    try:
        commands = [*registry]
    except SetupError as error:
        raise NotExportable(str(error)) from error
    return [_exported(command) for command in commands if command.contract.access != INTERNAL]


def bus_codes() -> list[str]:
    """The codes with which the bus itself refuses any command, sorted."""
    from bus.documents import codes

    return sorted(found.code for found in codes.bus_codes())


def _exported(command: Command) -> Exported:
    from bus.lock.shapes import shape

    contract = command.contract
    try:
        found, sample = shape(contract), _sample(contract)
    except Exception as error:  # fields, schemas and validators run code of their author
        raise NotExportable(f"{command.key} of the plugin {command.plugin}: {type(error).__name__}: {error}") from error
    return Exported(
        name=command.name,
        version=command.version,
        plugin=command.plugin,
        type_name=f"{command_type(command.name)}V{command.version}",
        is_newest=command.newer is None,
        is_deprecated=bool(contract.deprecated or contract.sunset),
        is_queued=bool(command.queue.by_default),
        repeatable=ALWAYS if command.is_read else WITH_KEY if command.takes_key else NEVER,
        codes=tuple(sorted({*found["errors"], *_own_codes(found["args"])})),
        shape=found,
        sample=sample,
    )


def _sample(contract: type[Contract]) -> dict[str, Any] | None:
    from bus.documents.samples import sample_args

    try:
        return sample_args(contract)
    except SetupError:
        return None


def _own_codes(schema: Any) -> Iterable[str]:
    """The codes that arguments name for values that are bad."""
    parts: Iterable[Any] = cast("list[Any]", schema) if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        members = cast("dict[str, Any]", schema)
        parts = members.values()
        if isinstance(members.get("x-code"), str):
            yield members["x-code"]
    for part in parts:
        yield from _own_codes(part)
