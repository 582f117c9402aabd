"""``bus config``: every setting, what it is now, where that comes from and what it means."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bus.cli.installed import find_installed, report_broken
from bus.cli.show import print_json, print_table
from bus.environment import Setting, read, settings_of
from bus.masking import MASK, masked_text
from bus.plugin import Plugin
from bus.setting_kinds import NAMES
from bus.settings import SETTINGS, Settings


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
def command(*, is_json: bool) -> None:
    """Show every setting: variable, value, source, default, meaning. Passwords in URLs are masked."""
    settings = Settings.from_environment()
    installed = find_installed(settings)
    report_broken(installed)
    found = [(setting, described(setting, settings, settings.sources)) for setting in SETTINGS]
    for plugin in installed.plugins:
        found += _of_plugin(plugin)
    if is_json:
        print_json({"items": [row for _, row in found], "total_count": len(found)})
    else:
        print_table(("SETTING", "VALUE", "FROM", "MEANING"), [_row(setting, row) for setting, row in found])


def _of_plugin(plugin: Plugin) -> list[tuple[Setting, dict[str, Any]]]:
    """The settings of a plugin, each as plain JSON values."""
    if plugin.settings is None:
        return []
    documented = settings_of(plugin.settings)
    values, sources = read(documented, os.environ)
    return [(setting, described(setting, plugin.settings(**values), sources)) for setting in documented]


def described(setting: Setting, settings: object, sources: Mapping[str, str]) -> dict[str, Any]:
    """One setting as plain JSON values.

    Args:
        setting: which.
        settings: the object that has its value.
        sources: the variable that each value came from, by name; defaults are missing.
    """
    value = getattr(settings, setting.name)
    return {
        "name": setting.name,
        "variables": list(setting.variables),
        "value": MASK if setting.kind.is_secret and value else _plain(value),
        "source": sources.get(setting.name, "default"),
        "default": setting.default,
        "unit": setting.unit,
        "allowed": setting.kind.allowed,
        "meaning": setting.meaning,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    return masked_text(value) if isinstance(value, str) else value


def _row(setting: Setting, row: dict[str, Any]) -> tuple[str, str, str, str]:
    """The row as people read it; a value that is not set shows what holds then."""
    value = row["value"]
    if value is None or value == ():
        shown = row["default"]
    elif setting.kind is NAMES:
        shown = ", ".join(value)
    else:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
    unit = f" {row['unit']}" if row["unit"] else ""
    return row["variables"][0], f"{shown}{unit}", row["source"], f"{row['meaning']} Default: {row['default']}."
