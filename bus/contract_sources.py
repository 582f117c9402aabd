"""Where a plugin's contracts come from: classes, modules that define some, or an index of names.

An index tells which module defines which commands. Nothing of it is imported before one of them is needed: schemas of
a hundred contracts take longer to make than anything else at a start, and most processes use a few.

Not here: which command answers a name (bus/registry.py).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from bus.contract import Contract
from bus.errors import SetupError

#: The queue of every command in an index: workers must know their queues without importing it.
QUEUE = "default"

_KEY = re.compile(r"[^@]+@[1-9][0-9]*")


def contracts_of(source: type[Contract] | ModuleType) -> list[type[Contract]]:
    """A contract, or those that a module defines, in the order in which they stand there.

    Raises:
        SetupError: it is neither.
    """
    if isinstance(source, ModuleType):
        values = vars(source).values()
        return [
            v
            for v in values
            if isinstance(v, type)
            and issubclass(v, Contract)
            and v.__module__ == source.__name__
            and "name" in v.__dict__
        ]
    wanted: Any = source
    if not (
        isinstance(wanted, type) and issubclass(wanted, Contract) and isinstance(getattr(wanted, "name", None), str)
    ):
        raise SetupError(
            f"contracts=[...] holds {wanted!r}; it takes contracts with a name, and modules that define some"
        )
    return [source]


class Index:
    """Contracts that are imported when they are needed.

    Args:
        plugin: whose they are.
        modules: dotted name of a module -> ``name@version`` of each contract that it defines.

    Raises:
        SetupError: a name has no version, or stands there twice.
    """

    def __init__(self, plugin: str, modules: Mapping[str, Iterable[str]]) -> None:
        self._plugin = plugin
        self._modules = {module: tuple(keys) for module, keys in modules.items()}
        listed = [key for keys in self._modules.values() for key in keys]
        #: ``name@version`` of all of them.
        self.keys = frozenset(listed)
        wrong = [key for key in listed if not _KEY.fullmatch(key) or listed.count(key) > 1]
        if wrong:
            raise SetupError(f"plugin {plugin}: the index of contracts needs each as name@version, once, not {wrong}")

    def contracts(self) -> list[type[Contract]]:
        """All of them.

        Raises:
            SetupError: a module cannot be imported, or defines others than the index says.
        """
        return [contract for module in self._modules for contract in self._contracts_of(module)]

    def contracts_with(self, name: str) -> list[type[Contract]]:
        """Every version of a command, and what is defined beside one of them, in every version, and so on.

        Raises:
            SetupError: as above.
        """
        names, modules = {name}, list[str]()
        while found := [m for m in self._modules if m not in modules and not names.isdisjoint(self._names_in(m))]:
            modules += found
            names.update(*(self._names_in(module) for module in found))
        return [contract for module in modules for contract in self._contracts_of(module)]

    def _names_in(self, module: str) -> set[str]:
        return {key.rpartition("@")[0] for key in self._modules[module]}

    def _contracts_of(self, module: str) -> list[type[Contract]]:
        try:
            found = contracts_of(importlib.import_module(module))
        except Exception as error:
            why = str(error) if isinstance(error, SetupError) else f"{type(error).__name__}: {error}"
            raise SetupError(f"plugin {self._plugin}: {module} cannot be imported: {why}") from error
        differing = sorted({f"{one.name}@{one.version}" for one in found} ^ {*self._modules[module]})
        if differing:
            raise SetupError(
                f"plugin {self._plugin}: {module} and the index of contracts differ in {', '.join(differing)}"
            )
        for contract in found:
            if contract.queue.name != QUEUE:
                raise SetupError(
                    f"plugin {self._plugin}: {contract.name} goes to the queue {contract.queue.name}, so it cannot "
                    "stand in an index; list its module in contracts=[...]"
                )
        return found
