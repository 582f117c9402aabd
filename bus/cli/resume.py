"""``bus resume``: let go what ``bus pause`` holds back."""

from __future__ import annotations

import click

from bus.cli.asking import json_option
from bus.cli.holding import of_command, path_option, steer, value_option


@click.group()
def command() -> None:
    """Let work run again that `bus pause` holds back; named with the same words."""


@command.command("queue")
@click.argument("name")
@json_option
def _queue(*, name: str, is_json: bool) -> None:
    """Let the jobs of a queue run again."""
    steer("queue_resume", "runs again", {"queue": name}, is_json=is_json)


@command.command("command")
@click.argument("name")
@path_option
@value_option
@json_option
def _command(*, name: str, path: str | None, value: str | None, is_json: bool) -> None:
    """Let the jobs of a command run again; with --path and --value those that were paused so."""
    steer("command_resume", "runs again", of_command(name, path, value), is_json=is_json)
