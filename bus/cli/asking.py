"""Asking the built-in commands from a subcommand: a bus on the set-up of the environment, its answers' data.

Standard output is for the subcommand's own data, so whatever plugins and handlers print goes to standard error.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import click

from bus import logs
from bus.cli.installed import find_installed
from bus.errors import BusError
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.application import Bus

#: ``ask(command, **arguments)``: the data of the answer.
Ask = Callable[..., dict[str, Any]]

#: The option ``--json`` of every subcommand that has something to tell.
json_option = click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")


class Declined(BusError):
    """A built-in command said no; the message says why.

    Args:
        error: of the envelope.
    """

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"], error["details"])
        self.answered: str = error["code"]


@contextlib.contextmanager
def asking() -> Generator[Ask]:
    """A way to ask, for as long as the bus is open.

    Raises:
        SetupError: the bus cannot be opened.
        Declined: a command said no.
    """
    from bus.application import Bus

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    with contextlib.redirect_stdout(sys.stderr):
        bus = Bus.open(settings=settings, plugins=find_installed(settings).plugins)
    try:
        yield functools.partial(_ask, bus)
    finally:
        with contextlib.redirect_stdout(sys.stderr):
            bus.close()


def _ask(bus: Bus, command: str, /, **arguments: Any) -> dict[str, Any]:
    with contextlib.redirect_stdout(sys.stderr):
        answer = bus.call(command, arguments)
    if answer.error is not None:
        raise Declined(answer.error)
    assert answer.data is not None
    return answer.data


def agreed(question: str) -> bool:
    """Whether whoever was asked said yes; where nobody is, nobody did."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        if sys.stdin.isatty():  # Ctrl-C
            raise
        click.echo(err=True)
        return False


def given(**options: Any) -> dict[str, Any]:
    """The options that were used."""
    return {name: value for name, value in options.items() if value is not None}
