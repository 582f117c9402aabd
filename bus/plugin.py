"""What a plugin author writes: one ``Plugin`` with its contracts, handlers, tables and hooks.

    notes = Plugin("notes", contracts=[v1, v2])

    @notes.handles(v1.NoteCreate)
    def note_create(ctx: Context, content: str) -> dict: ...

The object is published under the entry-point group ``bus.plugins``; first-party plugins do the same.

Not here: finding installed plugins and reporting broken ones (bus/loader.py).
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from bus import hooks
from bus.contract import Contract
from bus.contract_sources import Index, contracts_of
from bus.environment import all_documented, read, settings_of
from bus.errors import SetupError

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: (major, minor) of the plugin interface. A plugin made for another major number, or a higher minor one, is refused.
API_VERSION = (1, 0)

#: The name begins the names of tables, of migrations and of settings.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

Handler = Callable[..., Any]
F = TypeVar("F", bound=Callable[..., Any])


class Plugin:
    """One domain: its contracts, the handlers that answer them, its tables and migrations, its hooks.

    Args:
        name: the domain's name; prefix of its tables, label of its migration branch.
        contracts: contract classes, or modules that define some; or an index, dotted name of a module ->
            ``name@version`` of each contract that it defines. A module of an index is imported when one
            of its commands is needed; what stands in it goes to the queue ``default``.
        modules: dotted names of modules whose import registers handlers. They are imported in this order, as far as
            the handler that is needed, when a command is first run: a start does not pay for statements and
            libraries that nobody needs yet.
        tables: the SQLAlchemy metadata of its tables, or None; a function is called when the tables are needed.
        migrations: dotted name of the package that holds its Alembic revisions, or None.
        heads: revisions its code was written for, compared with the database at start.
        settings: a dataclass whose fields are ``bus.environment.setting(...)``: variables of the environment.
        subscriptions: event -> the INTERNAL command that is queued for each, with the arguments ``event`` (its name)
            and ``payload`` (an object), in the unit of work that emits it.
        requires: names of plugins that must be loaded as well.
        api: (major, minor) of the plugin interface it was written for.

    Raises:
        SetupError: the name cannot begin the name of a table.
    """

    def __init__(
        self,
        name: str,
        *,
        contracts: Iterable[type[Contract] | ModuleType] | Mapping[str, Iterable[str]] = (),
        modules: Iterable[str] = (),
        tables: MetaData | Callable[[], MetaData] | None = None,
        migrations: str | None = None,
        heads: Iterable[str] = (),
        settings: type[Any] | None = None,
        subscriptions: Mapping[str, str] | None = None,
        requires: Iterable[str] = (),
        api: tuple[int, int] = API_VERSION,
    ) -> None:
        if not _NAME.fullmatch(name):
            raise SetupError(
                f"a plugin cannot be named {name!r}; take up to 40 small letters, digits, underscores; a letter first"
            )
        self.name = name
        #: Its contracts by name; None: they were all given.
        self.index = _index_of(name, contracts)
        self._contracts = _all_of(contracts) if self.index is None else None
        #: Modules of handlers that are not imported yet.
        self.modules = _names_of(name, modules)
        self._loading = threading.RLock()
        self._broken: SetupError | None = None
        self.tables = tables
        self.migrations = migrations
        self.heads = tuple(heads)
        if settings is not None and not all_documented(settings):
            raise SetupError(f"plugin {name}: settings={settings!r} is no dataclass whose fields are all setting(...)")
        self.settings = settings
        self.subscriptions = dict(subscriptions or {})
        self.requires = tuple(requires)
        self.api = api
        self.handlers: dict[str, Handler] = {}

    def __repr__(self) -> str:
        return f"Plugin({self.name!r})"

    @property
    def contracts(self) -> list[type[Contract]]:
        """Its contracts; those of an index are imported now.

        Raises:
            SetupError: one of them cannot be.
        """
        with self._loading:
            if self._contracts is None:
                assert self.index is not None
                self._contracts = self.index.contracts()
        return self._contracts

    def contracts_with(self, name: str) -> list[type[Contract]]:
        """The contracts of one command in all versions, and those that must be imported with them.

        Raises:
            SetupError: one of them cannot be.
        """
        return self.contracts if self.index is None else self.index.contracts_with(name)

    @property
    def is_waiting(self) -> bool:
        """Whether its contracts are still to be imported."""
        return self._contracts is None

    def configured(self) -> Any:
        """An object of the plugin's ``settings`` class with what the environment says at this moment.

        Raises:
            SetupError: a variable holds something that is not allowed.
        """
        assert self.settings is not None, f"plugin {self.name} has no settings"
        return self.settings(**read(settings_of(self.settings), os.environ)[0])

    def load(self, command: str | None = None) -> None:
        """Import what is left of ``modules``, one after the other; with a command, until its handler is there.

        Raises:
            SetupError: one of them cannot be imported.
        """
        with self._loading:
            while self._broken is None and self.modules and command not in self.handlers:
                self._import(self.modules[0])
            if self._broken is not None:  # a second try would only find some of its handlers registered already
                raise self._broken

    def _import(self, module: str) -> None:
        try:
            self.take(module)
            del self.modules[0]
        except Exception as error:  # noqa: BLE001  # whatever runs when it is imported; told at every call
            why = str(error) if isinstance(error, SetupError) else f"{type(error).__name__}: {error}"
            self._broken = SetupError(f"plugin {self.name}: {module} cannot be imported: {why}")
            self._broken.__cause__ = error

    def take(self, module: str) -> None:
        """Import a module of handlers; importing it registers them."""
        importlib.import_module(module)

    def handles(self, contract: type[Contract]) -> Callable[[F], F]:
        """Register the handler of a command; it serves the newest version of the contract.

        Raises:
            SetupError: two handlers for one command, or a contract that is not listed.
        """
        if not self._lists(contract):
            raise SetupError(
                f"plugin {self.name}: {contract.__qualname__} is handled but not listed in contracts=[...]"
            )

        def register(handler: F) -> F:
            if contract.name in self.handlers:
                raise SetupError(f"plugin {self.name}: two handlers for {contract.name}; keep one")
            self.handlers[contract.name] = handler
            return handler

        return register

    def _lists(self, contract: type[Contract]) -> bool:
        if self._contracts is not None:
            return contract in self._contracts
        return self.index is not None and f"{contract.name}@{contract.version}" in self.index.keys

    def hook(self, function: F) -> F:
        """Implement the hook of the function's name (bus/hooks.py lists them).

        Raises:
            SetupError: there is no such hook, it has no such argument, or the plugin has implemented it already.
        """
        name = function.__name__
        specification = getattr(hooks, name, None) if name.startswith("bus_") else None
        if specification is None:
            raise SetupError(f"plugin {self.name}: there is no hook {name}; bus/hooks.py lists those that exist")
        if name in vars(self):
            raise SetupError(f"plugin {self.name}: two functions implement {name}; keep one")
        given = inspect.signature(specification).parameters
        asked = inspect.signature(function).parameters.values()
        surplus = [one.name for one in asked if one.name not in given and one.default is inspect.Parameter.empty]
        if surplus:
            raise SetupError(
                f"plugin {self.name}: {name} has no argument {', '.join(surplus)}; it gives {', '.join(given)}"
            )
        setattr(self, name, hooks.hookimpl(function))
        return function


def _index_of(plugin: str, contracts: Any) -> Index | None:
    return Index(plugin, cast("Mapping[str, Iterable[str]]", contracts)) if isinstance(contracts, Mapping) else None


def _all_of(sources: Iterable[Any]) -> list[type[Contract]]:
    return [contract for source in sources for contract in contracts_of(source)]


def _names_of(plugin: str, modules: Iterable[str]) -> list[str]:
    names: list[Any] = [None] if isinstance(modules, str) else list(modules)  # a text would be taken letter by letter
    if not all(isinstance(name, str) and name for name in names):
        raise SetupError(f"plugin {plugin}: modules=[...] takes the dotted names of modules, not {modules!r}")
    return names
