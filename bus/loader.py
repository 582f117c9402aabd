"""Finding installed plugins and putting them together; one broken plugin never stops the others.

Plugins stand in the entry-point group ``bus.plugins``. A plugin that does not import, needs another interface, or
needs a plugin that is not there is listed as broken, with the reason; in strict mode the start stops instead. Two
plugins of one name, two that answer one command, a handler that differs from its contract: always a sentence.

Our own loop and not pluggy's: that one stops at the first broken plugin and silently skips a second one of a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy

from bus import hooks
from bus.errors import SetupError
from bus.migration.heads import head_of
from bus.plugin import API_VERSION, Plugin
from bus.registry import Registry

GROUP = "bus.plugins"
#: The built-in plugin.
CORE = "bus"


class Loaded:
    """The plugins of a bus."""

    def __init__(self, plugins: list[Plugin], broken: dict[str, str] | None = None) -> None:
        #: In an order in which each comes after those it requires.
        self.plugins = plugins
        #: Name of each broken plugin and why, one sentence.
        self.broken: dict[str, str] = {} if broken is None else broken

    def registry(self, strict: bool) -> Registry:
        """Their commands.

        A plugin whose handlers do not fit is taken out, together with those that require it; it stops the start when
        ``strict``.

        Raises:
            SetupError: two plugins answer one command, or any fault when ``strict``.
        """
        kept: list[Plugin] = []
        commands = Registry()
        for plugin in self.plugins:
            try:
                _refuse_broken(plugin, self.broken)
                own = Registry([plugin])
            except SetupError as error:
                if strict:
                    raise
                self.broken[plugin.name] = str(error)
            else:
                commands.join(own)
                kept.append(plugin)
        self.plugins = kept
        return commands


def discover(allow: Iterable[str] | None = None, deny: Iterable[str] = (), *, strict: bool = False) -> Loaded:
    """Load the installed plugins.

    Args:
        allow: names of the only plugins to load; None: all.
        deny: names of plugins to leave out.
        strict: stop at the first broken plugin.

    Raises:
        SetupError: two plugins of one name, or any fault when ``strict``.
    """
    allowed = None if allow is None else set(allow)
    denied = set(deny)
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        if point.name in denied or (allowed is not None and point.name not in allowed):
            continue
        other = found.get(point.name)
        if other is not None and other.value != point.value:
            raise SetupError(
                f"two installed plugins are named {point.name} ({other.value} and {point.value}); "
                "uninstall one, or deny the name"
            )
        found[point.name] = point
    loaded = Loaded([])
    for name, point in sorted(found.items()):
        try:
            loaded.plugins.append(_load(name, point.load))
        except SetupError as error:
            if strict:
                raise
            loaded.broken[name] = str(error)
    return assemble(loaded.plugins, strict=strict, broken=loaded.broken)


def assemble(plugins: Iterable[Plugin], *, strict: bool = True, broken: dict[str, str] | None = None) -> Loaded:
    """Order plugins by what they require and leave out those that cannot work.

    Raises:
        SetupError: two plugins of one name, or any fault when ``strict``.
    """
    by_name: dict[str, Plugin] = {}
    for plugin in plugins:
        if plugin.name in by_name:
            raise SetupError(f"two plugins are named {plugin.name}; rename or remove one")
        by_name[plugin.name] = plugin
    loaded = Loaded([], dict(broken or {}))
    for plugin in by_name.values():
        try:
            _place(plugin, by_name, loaded, ())
        except SetupError as error:
            if strict:
                raise
            loaded.broken[plugin.name] = str(error)
    return loaded


def _load(name: str, load: Callable[[], Any]) -> Plugin:
    try:
        plugin = load()
    except SetupError as error:
        raise SetupError(f"the plugin {name} cannot be loaded: {error}") from error
    except (Exception, SystemExit) as error:
        raise SetupError(f"the plugin {name} cannot be imported: {type(error).__name__}: {error}") from error
    if not isinstance(plugin, Plugin):
        raise SetupError(f"the plugin {name} is a {type(plugin).__name__}; its entry point must name a bus.Plugin")
    if plugin.name != name:
        raise SetupError(f"the plugin {plugin.name} is installed under the entry-point name {name}; make them equal")
    return plugin


def _place(plugin: Plugin, by_name: dict[str, Plugin], loaded: Loaded, path: tuple[str, ...]) -> None:
    """Append a plugin after those it requires."""
    if plugin in loaded.plugins:
        return
    if plugin.name == CORE:
        raise SetupError(f"the name {CORE} belongs to the bus itself; give the plugin another one")
    if plugin.name in path:
        raise SetupError(
            f"plugins require each other in a circle: {' > '.join((*path, plugin.name))}; take one requirement out"
        )
    major, minor = plugin.api
    if major != API_VERSION[0] or minor > API_VERSION[1]:
        raise SetupError(
            f"the plugin {plugin.name} needs plugin interface {major}.{minor}; this bus offers "
            f"{API_VERSION[0]}.{API_VERSION[1]}: install a matching release of one of them"
        )
    _refuse_broken(plugin, loaded.broken)
    for name in plugin.requires:
        required = by_name.get(name)
        if required is None:
            raise SetupError(
                f"the plugin {plugin.name} requires the plugin {name}, which is not loaded; install it or allow it"
            )
        _place(required, by_name, loaded, (*path, plugin.name))
    head_of(plugin)
    loaded.plugins.append(plugin)


def _refuse_broken(plugin: Plugin, broken: Mapping[str, str]) -> None:
    for name in plugin.requires:
        if name in broken:
            raise SetupError(f"the plugin {plugin.name} requires the plugin {name}, which is broken: {broken[name]}")


class _Manager(pluggy.PluginManager):
    """Looks at what is named as hooks are, and not at everything that a plugin has."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        return super().parse_hookimpl_opts(plugin, name) if name.startswith("bus_") else None


def manager(plugins: Iterable[Plugin]) -> pluggy.PluginManager:
    """The pluggy manager that knows the hooks of these plugins.

    Raises:
        SetupError: a plugin implements a hook that does not exist, or with arguments it does not have.
    """
    pm = _Manager(hooks.PROJECT)
    pm.add_hookspecs(hooks)
    for plugin in plugins:
        try:
            pm.register(plugin, name=plugin.name)
        except pluggy.PluginValidationError as error:
            raise SetupError(f"the plugin {plugin.name} implements a hook wrongly: {error}") from error
    try:
        pm.check_pending()
    except pluggy.PluginValidationError as error:
        raise SetupError(f"a plugin implements a hook that does not exist: {error}") from error
    return pm


def implementations(pm: pluggy.PluginManager, name: str) -> list[Callable[..., Any]]:
    """The functions that implement a hook, in the order in which pluggy would call them, taking keywords."""
    return [function for _, function in named_implementations(pm, name)]


def named_implementations(pm: pluggy.PluginManager, name: str) -> list[tuple[str, Callable[..., Any]]]:
    """``implementations``, each with the name of its plugin. Who requires another plugin comes before it."""
    return [(impl.plugin_name, _by_keyword(impl)) for impl in reversed(getattr(pm.hook, name).get_hookimpls())]


def _by_keyword(impl: pluggy.HookImpl) -> Callable[..., Any]:
    """Call an implementation with the arguments it asks for."""
    wanted, function = impl.argnames, impl.function

    def call(**values: Any) -> Any:
        return function(*[values[name] for name in wanted])

    return call
