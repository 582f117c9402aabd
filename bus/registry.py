"""Which command answers a name, and in which versions.

One dictionary look-up finds a command: it is filed under its name (the newest version), under ``name@version`` and
under (name, version).

Not here: what a command knows of itself (bus/command.py), where contracts and handlers come from (bus/loader.py).
"""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn

from bus import logs
from bus.command import Command
from bus.contract import INTERNAL, Contract
from bus.contract_sources import QUEUE
from bus.errors import HandlerFailed, InvalidArguments, SetupError, UnknownCommand, UnknownVersion
from bus.plugin import Handler, Plugin
from bus.signatures import check_signature


class Registry:
    """All commands of the loaded plugins."""

    def __init__(self, plugins: Iterable[Plugin] = ()) -> None:
        self._by_spelling: dict[str, Command] = {}
        self._by_version: dict[tuple[str, int], Command] = {}
        self._newest: dict[str, Command] = {}
        #: Names whose contracts are not imported yet -> the plugin that answers them.
        self._waiting: dict[str, Plugin] = {}
        self._completing = threading.RLock()
        self._longest_write_s = math.inf
        for plugin in plugins:
            self._add(plugin)

    @property
    def spellings(self) -> Mapping[str, Command]:
        """Every command that is imported, under ``name@version``, and the newest version under its name alone."""
        return self._by_spelling

    @property
    def keys(self) -> frozenset[str]:
        """``name@version`` of every command."""
        waiting = [plugin.index.keys for plugin in {*self._waiting.values()} if plugin.index is not None]
        return frozenset(command.key for command in self._by_version.values()).union(*waiting)

    @property
    def queue_names(self) -> frozenset[str]:
        """The queues that commands go to."""
        known = {command.queue.name for command in self._by_version.values()}
        return frozenset(known | ({QUEUE} if self._waiting else set()))

    def limit_writes(self, longest_s: float) -> None:
        """Let no ONE command that writes run longer than this, in seconds; also none that is imported later."""
        self._longest_write_s = longest_s
        for command in self._by_version.values():
            command.limit_write(longest_s)

    def find(self, spelling: str, version: int | None = None) -> Command:
        """The command of a name, ``name@version``, or name and version.

        Raises:
            UnknownCommand: no plugin answers the name.
            UnknownVersion: it is answered, but not in this version.
            HandlerFailed: its plugin cannot be imported; the log says why.
        """
        command = self._by_spelling.get(spelling) if version is None else self._by_version.get((spelling, version))
        return command if command is not None else self._search(spelling, version)

    def _search(self, spelling: str, version: int | None) -> Command:
        name, at, tail = spelling.partition("@")
        if name in self._waiting:
            self._import_for(name)
            return self.find(spelling, version)
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
        if name in self._waiting:
            self._import_for(name)
        return sorted(version for known, version in self._by_version if known == name)

    def __iter__(self) -> Iterator[Command]:
        """Every command in every version, by name and version."""
        self._complete_all()
        return iter(self._by_version[key] for key in sorted(self._by_version))

    def newest(self) -> list[Command]:
        """The newest version of every command, by name."""
        self._complete_all()
        return [self._newest[name] for name in sorted(self._newest)]

    def shown(self) -> list[Command]:
        """The newest version of every command that callers may know, by name."""
        return [command for command in self.newest() if command.contract.access != INTERNAL]

    def __contains__(self, name: str) -> bool:
        return name in self._newest or name in self._waiting

    def join(self, other: Registry) -> None:
        """Take in the commands of other plugins: all of them, or none.

        Raises:
            SetupError: both answer a command.
        """
        mine, others = self._plugins_by_name(), other._plugins_by_name()
        for name in mine.keys() & others.keys():
            _refuse_two(mine[name], others[name], name)
        self._waiting |= other._waiting
        self._take(other)

    def _take(self, other: Registry) -> None:
        self._by_version |= other._by_version
        self._newest |= other._newest
        self._by_spelling |= other._by_spelling

    def _plugins_by_name(self) -> dict[str, str]:
        known = {name: command.plugin for name, command in self._newest.items()}
        return known | {name: plugin.name for name, plugin in self._waiting.items()}

    def _import_for(self, name: str) -> None:
        """Import the contracts of whatever plugin answers a name.

        Raises:
            HandlerFailed: that is not possible.
        """
        try:
            self._complete(name)
        except SetupError as error:
            plugin = self._waiting[name].name
            logs.get("bus").error("contracts_cannot_be_imported", plugin=plugin, why=str(error))
            raise HandlerFailed(f"{name} cannot be answered, its plugin {plugin} is broken") from None

    def _complete_all(self) -> None:
        for name in [*self._waiting]:
            self._complete(name)

    def _complete(self, name: str) -> None:
        """Answer a command with its contracts, which are imported now with those that are defined beside them.

        Raises:
            SetupError: that is not possible.
        """
        with self._completing:
            plugin = self._waiting.get(name)
            if plugin is None:  # another thread was faster, or another name has brought it
                return
            part = Registry()
            part._add_contracts(plugin, plugin.contracts_with(name))
            part.limit_writes(self._longest_write_s)
            self._take(part)
            self._waiting = {left: other for left, other in self._waiting.items() if left not in part._newest}

    def _add(self, plugin: Plugin) -> None:
        if plugin.is_waiting and plugin.index is not None:
            for key in plugin.index.keys:
                self._waiting[key.rpartition("@")[0]] = plugin
            return
        is_whole = not plugin.modules  # else what they hold is looked at when it is first needed
        if is_whole:
            check_complete(plugin)
        self._add_contracts(plugin, plugin.contracts)
        for command in self._by_version.values() if is_whole else ():
            _ = command.handler

    def _add_contracts(self, plugin: Plugin, contracts: Iterable[type[Contract]]) -> None:
        for contract in sorted(contracts, key=lambda c: (c.name, c.version)):
            self._add_command(Command(contract, plugin.name, functools.partial(_handler_of, plugin)))

    def _add_command(self, command: Command) -> None:
        other = self._newest.get(command.name)
        if other is not None and other.plugin != command.plugin:
            _refuse_two(other.plugin, command.plugin, command.name)
        if (command.name, command.version) in self._by_version:
            raise SetupError(f"plugin {command.plugin}: two contracts for {command.key}; give one another version")
        if other is not None:
            other.newer = command
        self._by_version[command.name, command.version] = command
        self._by_spelling[command.key] = command
        self._by_spelling[command.name] = command
        self._newest[command.name] = command


def _refuse_two(one: str, other: str, name: str) -> None:
    raise SetupError(
        f"the plugins {one} and {other} both answer {name}; remove one, or leave one out with BUS_PLUGINS_DENY"
    )


def _handler_of(plugin: Plugin, command: Command) -> Handler:
    """The handler of a command, its module imported and its signature compared with the newest contract."""
    plugin.load(command.name)
    if command.name not in plugin.handlers:
        _refuse_unanswered(plugin, [command.name])
    handler = plugin.handlers[command.name]
    while command.newer is not None:
        command = command.newer
    check_signature(f"{command.key} in plugin {plugin.name}", handler, command.params)
    return handler


def check_complete(plugin: Plugin) -> None:
    """Go on if all that a plugin lists is answered; all of its modules are imported for that.

    Raises:
        SetupError: it is not, or cannot be imported.
    """
    plugin.load()
    missing = sorted({contract.name for contract in plugin.contracts} - plugin.handlers.keys())
    if missing:
        _refuse_unanswered(plugin, missing)


def _refuse_unanswered(plugin: Plugin, names: list[str]) -> NoReturn:
    raise SetupError(f"plugin {plugin.name}: no handler for {', '.join(names)}; add @{plugin.name}.handles(...)")
