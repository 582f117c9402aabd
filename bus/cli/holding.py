"""What ``bus pause`` and ``bus resume`` share: naming what is held back, and telling what was done."""

from __future__ import annotations

from typing import Any

import click

from bus.cli.arguments import JSON
from bus.cli.asking import asking
from bus.cli.show import print_json, printable
from bus.wire import encode

path_option = click.option("--path", help="With --value: only jobs with this argument; members of objects after dots.")
value_option = click.option("--value", metavar="JSON", help="""The argument's value, as JSON: 7, true, '"text"'.""")


def of_command(name: str, path: str | None, value: str | None) -> dict[str, Any]:
    """The arguments that name a command, or a command with one value of one argument.

    Raises:
        UsageError: one of path and value is missing, or the value is no JSON.
    """
    if path is None and value is None:
        return {"command": name}
    if path is None or value is None:
        raise click.UsageError("--path and --value belong together.")
    return {"command": name, "path": path, "value": JSON.convert(value, None, None)}


def steer(command: str, done: str, arguments: dict[str, Any], *, is_json: bool) -> None:
    """Run a built-in command, and tell what it did to what its arguments name."""
    with asking() as ask:
        ask(command, **arguments)
    if is_json:
        print_json(arguments)
        return
    name = arguments["queue"] if "queue" in arguments else arguments["command"]
    click.echo(printable(f"{name}{where(arguments)} {done}"))


def where(named: dict[str, Any]) -> str:
    """The argument that decides, in words; empty when all jobs are meant."""
    if named.get("path") is None:
        return ""
    return f" where {named['path']} is {encode(named['value']).decode()}"
