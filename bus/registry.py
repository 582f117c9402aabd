"""Which command answers a name, and in which versions.

One dictionary look-up finds a command: it is filed under its name (the newest version), under ``name@version`` and
under (name, version).

Not here: what a command knows of itself (bus/command.py), where contracts and handlers come from (bus/loader.py).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

from bus.command import Command
from bus.contract import INTERNAL
from bus.errors import InvalidArguments, SetupError, UnknownCommand, UnknownVersion
from bus.plugin import Handler, Plugin
from bus.signatures import check_signature


class Registry:
    """All commands of the loaded plugins."""

    def __init__(self, plugins: Iterable[Plugin] = ()) -> None:
        self._by_spelling: dict[str, Command] = {}
        self._by_version: dict[tuple[str, int], Command] = {}
        self._newest: dict[str, Command] = {}
        for plugin in plugins:
            self._add(plugin)

    @property
    def spellings(self) -> Mapping[str, Command]:
        """Every command under ``name@version``, and its newest version under its name alone."""
        return self._by_spelling

    def find(self, spelling: str, version: int | None = None) -> Command:
        """The command of a name, ``name@version``, or name and version.

        Raises:
            UnknownCommand: no plugin answers the name.
            UnknownVersion: it is answered, but not in this version.
        """
        command = self._by_spelling.get(spelling) if version is None else self._by_version.get((spelling, version))
        return command if command is not None else self._search(spelling, version)

    def _search(self, spelling: str, version: int | None) -> Command:
        name, at, tail = spelling.partition("@")
        if at and version is not None and tail == str(version):
            return self.find(spelling)
        if name not in self._newest:
            raise UnknownCommand.named(name)
        if at and version is not None:
            raise InvalidArguments(
                f"the request names version {tail[:20]} in the command and {version} beside it",
                {"version": ["contradicts the command"]},
            )
        versions = self.versions(name)
        wanted = tail[:20] if at else str(version)
        raise UnknownVersion(
            f"{name} has no version {wanted}; it has {', '.join(map(str, versions))}", {"versions": versions}
        )

    def versions(self, name: str) -> list[int]:
        """The versions of a command, rising."""
        return sorted(version for known, version in self._by_version if known == name)

    def __iter__(self) -> Iterator[Command]:
        """Every command in every version, by name and version."""
        return iter(self._by_version[key] for key in sorted(self._by_version))

    def newest(self) -> list[Command]:
        """The newest version of every command, by name."""
        return [self._newest[name] for name in sorted(self._newest)]

    def shown(self) -> list[Command]:
        """The newest version of every command that callers may know, by name."""
        return [command for command in self.newest() if command.contract.access != INTERNAL]

    def __contains__(self, name: str) -> bool:
        return name in self._newest

    def join(self, other: Registry) -> None:
        """Take in the commands of other plugins: all of them, or none.

        Raises:
            SetupError: both answer a command.
        """
        for name in self._newest.keys() & other._newest.keys():
            _refuse_two(self._newest[name], other._newest[name])
        self._by_spelling |= other._by_spelling
        self._by_version |= other._by_version
        self._newest |= other._newest

    def _add(self, plugin: Plugin) -> None:
        is_whole = not plugin.modules  # else what they hold is looked at when it is first needed
        if is_whole:
            _check_complete(plugin)
        for contract in sorted(plugin.contracts, key=lambda c: (c.name, c.version)):
            self._add_command(Command(contract, plugin.name, functools.partial(_handler_of, plugin)))
        for command in self._by_version.values() if is_whole else ():
            _ = command.handler

    def _add_command(self, command: Command) -> None:
        other = self._newest.get(command.name)
        if other is not None and other.plugin != command.plugin:
            _refuse_two(other, command)
        if (command.name, command.version) in self._by_version:
            raise SetupError(f"plugin {command.plugin}: two contracts for {command.key}; give one another version")
        if other is not None:
            other.newer = command
        self._by_version[command.name, command.version] = command
        self._by_spelling[command.key] = command
        self._by_spelling[command.name] = command
        self._newest[command.name] = command


def _refuse_two(one: Command, other: Command) -> None:
    raise SetupError(
        f"the plugins {one.plugin} and {other.plugin} both answer {one.name}; "
        "remove one, or leave one out with BUS_PLUGINS_DENY"
    )


def _handler_of(plugin: Plugin, command: Command) -> Handler:
    """The handler of a command, its module imported and its signature compared with the newest contract."""
    plugin.load()
    _check_complete(plugin)
    handler = plugin.handlers[command.name]
    while command.newer is not None:
        command = command.newer
    check_signature(f"{command.key} in plugin {plugin.name}", handler, command.params)
    return handler


def _check_complete(plugin: Plugin) -> None:
    missing = sorted({contract.name for contract in plugin.contracts} - plugin.handlers.keys())
    if missing:
        raise SetupError(f"plugin {plugin.name}: no handler for {', '.join(missing)}; add @{plugin.name}.handles(...)")
