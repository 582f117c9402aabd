"""``bus pause``: hold back a queue, a command, or a command with one value of one argument.

Not here: letting go, with the same words (bus/cli/resume.py).
"""

from __future__ import annotations

from typing import Any

import click

from bus.cli.asking import asking, json_option
from bus.cli.holding import of_command, path_option, steer, value_option, where
from bus.cli.show import print_json, print_table
from bus.clock import spelled

_reason = click.option("--reason", default="", help="Why; shown wherever somebody asks.")


@click.group()
def command() -> None:
    """Hold queued work back: it waits, nothing is lost, and new work is still accepted.

    It holds for every worker from its next look on. `bus resume` lets go, with the same words. Calls that are not
    queued are not held back.
    """


@command.command("list")
@json_option
def _list(*, is_json: bool) -> None:
    """List what is held back, by whom, since when and why."""
    with asking() as ask:
        found = ask("pause_list")
    if is_json:
        print_json(found)
    else:
        print_table(("WHAT", "NAME", "SINCE", "BY", "REASON"), [_row(item) for item in found["items"]])


def _row(item: dict[str, Any]) -> tuple[str, ...]:
    return item["kind"], item["name"] + where(item), spelled(item["created_at"]), item["principal"], item["reason"]


@command.command("queue")
@click.argument("name")
@_reason
@json_option
def _queue(*, name: str, reason: str, is_json: bool) -> None:
    """Hold back the jobs of a queue."""
    steer("queue_pause", "is paused", {"queue": name, "reason": reason}, is_json=is_json)


@command.command("command")
@click.argument("name")
@path_option
@value_option
@_reason
@json_option
def _command(*, name: str, path: str | None, value: str | None, reason: str, is_json: bool) -> None:
    """Hold back the jobs of a command, or those with one value of one argument."""
    steer("command_pause", "is paused", of_command(name, path, value) | {"reason": reason}, is_json=is_json)
