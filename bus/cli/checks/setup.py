"""Are the settings and the plugins what somebody meant them to be?"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator

from bus.cli.checks.finding import FAULT, OK, WARNING, Finding
from bus.cli.installed import Installed
from bus.environment import settings_of
from bus.errors import SetupError
from bus.plugin import Plugin
from bus.registry import check_complete
from bus.settings import SETTINGS, Settings

#: Variables that begin like a setting and are read elsewhere.
OTHER_VARIABLES = frozenset({"BUS_SESSION_TOKEN"})


def check_settings(settings: Settings, plugins: Iterable[Plugin]) -> Iterator[Finding]:
    """What is set, and variables nobody reads."""
    of_plugins = [settings_of(plugin.settings) for plugin in plugins if plugin.settings is not None]
    names = {variable for known in (SETTINGS, *of_plugins) for setting in known for variable in setting.variables}
    given = sorted(settings.sources.values())
    yield Finding("settings", OK, f"set: {', '.join(given)}" if given else "all at their defaults")
    for unknown in sorted(
        name for name in os.environ if name.startswith("BUS_") and name not in names | OTHER_VARIABLES
    ):
        alike = difflib.get_close_matches(unknown, names, 1)
        advice = f"; did you mean {alike[0]}?" if alike else "; `bus config` lists the settings"
        yield Finding("settings", WARNING, f"{unknown} is no setting{advice}")


def check_plugins(installed: Installed) -> Iterator[Finding]:
    """Which plugins are loaded, and why others are not."""
    for plugin in installed.plugins:
        try:
            check_complete(plugin)
        except SetupError as error:
            yield Finding("plugin", FAULT, str(error))
        else:
            yield Finding("plugin", OK, f"{plugin.name}: {len(plugin.handlers)} commands")
    for name, reason in installed.broken.items():
        yield Finding("plugin", FAULT, f"{name} is left out: {reason}")
    if not installed.plugins:
        yield Finding("plugin", WARNING, "no plugin is loaded; install one, or look at BUS_PLUGINS_ALLOW and _DENY")
