"""docs/reference/cli.md."""

from collections.abc import Iterator

import click

from bus import loader
from bus.cli.group import COMMANDS, bus
from docs.generator.catalogue import Catalogue

#: Columns of the terminal that the help is laid out for.
WIDTH = 100

HEAD = """# Command line

What `--help` says. `bus call NAME --help` adds the arguments of the command. `bus call` reads the token of a session
from the variable `BUS_SESSION_TOKEN`, which other users of the machine cannot read.

"""


def page(catalogue: Catalogue) -> str:
    """One entry for each subcommand, as its help describes it."""
    parts = [HEAD]
    for path, command, context in subcommands(catalogue):
        context.terminal_width = context.max_content_width = WIDTH
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n\n")
    return "".join(parts).rstrip("\n") + "\n"


def subcommands(catalogue: Catalogue) -> Iterator[tuple[str, click.Command, click.Context]]:
    """``bus`` and everything below it, ours and that of this repository's plugins."""
    for add in loader.implementations(loader.manager(catalogue.plugins), "bus_cli"):
        add(group=bus)
    root = click.Context(bus, info_name="bus", **bus.context_settings)
    yield "bus", bus, root
    for name in sorted({*COMMANDS, *bus.commands}):
        yield from _below(name, bus.get_command(root, name), root)


def _below(
    name: str, command: click.Command | None, parent: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _below(inner, command.get_command(context, inner), context)
