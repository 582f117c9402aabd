"""docs/reference/settings.md."""

import bus.settings
from bus.environment import Setting, settings_of
from bus.settings import SETTINGS
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import sentence

HEAD = "# Settings\n\nSettings are environment variables. `bus config` lists them with the values in force.\n\n"


def page(catalogue: Catalogue) -> str:
    """One entry for each setting, in the order of ``bus config``."""
    own = "".join(_entry(setting) + _in_python(setting) for setting in SETTINGS)
    of_plugins = [
        _entry(setting) + f"- Read by the plugin `{plugin.name}`\n\n"
        for plugin in catalogue.plugins
        if plugin.settings is not None
        for setting in settings_of(plugin.settings)
    ]
    return HEAD + sentence(bus.settings.Settings) + "\n\n" + own + "".join(of_plugins)


def _in_python(setting: Setting) -> str:
    return f"- In Python: `Settings({setting.name}=…)`\n\n"


def _entry(setting: Setting) -> str:
    first, *others = setting.variables
    lines = [f"## {first}\n", f"{setting.meaning}\n", f"- Allowed: {setting.kind.allowed}"]
    lines += [f"- Counts: {setting.unit}"] if setting.unit else []
    lines += [f"- Default: {setting.default}"]
    lines += [f"- Read also from: {', '.join(f'`{name}`' for name in others)}"] if others else []
    return "\n".join(lines) + "\n"
