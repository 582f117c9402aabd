"""The subcommands of ``bus``: ours by name and module, those of plugins by the hook ``bus_cli``.

A subcommand's module is imported when it is used or listed, and plugins are loaded only for a name that is none of
ours and for the list in ``bus --help``.
"""

from __future__ import annotations

import importlib
import io
import sys
from typing import Any

import click

from bus import logs
from bus.cli.entry import OK, WRONG_USAGE
from bus.settings import Settings

#: Subcommand -> module that holds it as ``command``.
COMMANDS = {
    "call": "bus.cli.call",
    "commands": "bus.cli.commands",
    "config": "bus.cli.config",
    "contracts": "bus.cli.contracts",
    "db": "bus.cli.db",
    "demo": "bus.cli.demo",
    "doctor": "bus.cli.doctor",
    "jobs": "bus.cli.jobs",
    "mcp": "bus.cli.mcp",
    "pause": "bus.cli.pause",
    "queues": "bus.cli.queues",
    "resume": "bus.cli.resume",
    "schedules": "bus.cli.schedules",
    "serve": "bus.cli.serve",
    "stdio": "bus.cli.stdio",
    "types": "bus.cli.types",
    "why": "bus.cli.why",
    "workers": "bus.cli.workers",
}


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 shows less, and works
    try:
        status: Any = bus.main(arguments, prog_name="bus", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except click.Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else OK


class Subcommands(click.Group):
    """A group that imports a subcommand when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Our names and those that plugins add."""
        self._add_plugins_commands()
        return sorted({*COMMANDS, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of a name; None when nobody has it."""
        if cmd_name in COMMANDS:
            return importlib.import_module(COMMANDS[cmd_name]).command
        self._add_plugins_commands()
        return self.commands.get(cmd_name)

    def _add_plugins_commands(self) -> None:
        from bus import loader
        from bus.cli.installed import find_installed

        settings = Settings.from_environment()
        logs.configure(settings.log_level, settings.log_format)
        for add in loader.implementations(loader.manager(find_installed(settings).plugins), "bus_cli"):
            try:
                add(group=self)
            except Exception as error:  # noqa: BLE001  # one broken plugin never stops the others
                click.echo(f"bus: a plugin failed to add its subcommands: {type(error).__name__}: {error}", err=True)


def _print_version(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from importlib.metadata import version

        click.echo(f"charterbus {version('charterbus')}")
        ctx.exit()


@click.group(cls=Subcommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def bus() -> None:
    """A bus under contract: call commands, list them, look after the set-up.

    Data goes to standard output, everything else to standard error. Exit status: 0 when it worked, 1 when a command
    failed or the set-up is wrong, 2 when the command line is wrong.
    """
