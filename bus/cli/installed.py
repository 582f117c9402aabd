"""The installed plugins and their commands, without opening a database."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass

import click

from bus import loader
from bus.cli.show import printable
from bus.plugin import Plugin
from bus.registry import Registry
from bus.settings import Settings


@dataclass(frozen=True)
class Installed:
    """What a bus with these settings would load."""

    #: The built-in plugin, which every bus adds itself.
    core: Plugin
    #: The others, each after those it requires.
    plugins: list[Plugin]
    registry: Registry
    #: Name of each broken plugin and why.
    broken: dict[str, str]


def find_installed(settings: Settings) -> Installed:
    """Load the installed plugins.

    Raises:
        SetupError: they contradict each other, or one is broken and the settings are strict.
    """
    from bus.builtins import builtins

    core = builtins()
    with contextlib.redirect_stdout(sys.stderr):  # standard output is for our data; plugins may print when imported
        found = loader.discover(settings.plugins_allow, settings.plugins_deny, strict=settings.plugins_strict)
    loaded = loader.Loaded([core, *found.plugins], found.broken)
    registry = loaded.registry(settings.plugins_strict)
    return Installed(core, [plugin for plugin in loaded.plugins if plugin is not core], registry, loaded.broken)


def report_broken(installed: Installed) -> None:
    """Say on standard error which plugins are left out, and why."""
    for plugin, reason in installed.broken.items():
        click.echo(f"bus: the plugin {plugin} is left out: {printable(reason)}", err=True)
