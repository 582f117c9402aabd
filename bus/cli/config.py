"""``bus config``: every setting, what it is now, where that comes from and what it means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bus.cli.show import print_json, print_table
from bus.environment import Setting
from bus.masking import MASK, masked_text
from bus.setting_kinds import NAMES
from bus.settings import SETTINGS, Settings


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
def command(*, is_json: bool) -> None:
    """Show every setting: variable, value, source, default, meaning. Passwords in URLs are masked."""
    settings = Settings.from_environment()
    rows = [described(setting, settings) for setting in SETTINGS]
    if is_json:
        print_json({"items": rows, "total_count": len(rows)})
    else:
        print_table(
            ("SETTING", "VALUE", "FROM", "MEANING"),
            [_row(setting, row) for setting, row in zip(SETTINGS, rows, strict=True)],
        )


def described(setting: Setting, settings: Settings) -> dict[str, Any]:
    """One setting as plain JSON values."""
    value = getattr(settings, setting.name)
    return {
        "name": setting.name,
        "variables": list(setting.variables),
        "value": MASK if setting.kind.is_secret and value else _plain(value),
        "source": settings.sources.get(setting.name, "default"),
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
