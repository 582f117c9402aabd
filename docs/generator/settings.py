"""docs/reference/settings.md."""

import bus.settings
from bus.environment import Setting
from bus.settings import SETTINGS
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import sentence

HEAD = "# Settings\n\nSettings are environment variables. `bus config` lists them with the values in force.\n\n"


def page(_: Catalogue) -> str:
    """One entry for each setting, in the order of ``bus config``."""
    return HEAD + sentence(bus.settings.Settings) + "\n\n" + "".join(_entry(setting) for setting in SETTINGS)


def _entry(setting: Setting) -> str:
    first, *others = setting.variables
    lines = [f"## {first}\n", f"{setting.meaning}\n", f"- Allowed: {setting.kind.allowed}"]
    lines += [f"- Counts: {setting.unit}"] if setting.unit else []
    lines += [f"- Default: {setting.default}"]
    lines += [f"- Read also from: {', '.join(f'`{name}`' for name in others)}"] if others else []
    lines += [f"- In Python: `Settings({setting.name}=…)`"]
    return "\n".join(lines) + "\n\n"
