"""``bus schedules``: look at what is queued again and again, add to it, let it rest.

Not here: the process that fires them (``bus scheduler``), what the commands do (bus/builtins/scheduling.py).
"""

from __future__ import annotations

from typing import Any

import click

from bus.builtins.schedules import MOST_TICKS
from bus.cli.arguments import JSON
from bus.cli.asking import asking, given, json_option
from bus.cli.entry import OK
from bus.cli.show import print_json, print_table, printable
from bus.clock import spelled
from bus.schedules.declared import MISSED, ONCE


@click.group()
def command() -> None:
    """Look after the commands that are queued again and again; `bus scheduler` is the process that does it."""


@command.command("list")
@json_option
def _list(*, is_json: bool) -> int:
    """List the schedules by name. Times are UTC."""
    with asking() as ask:
        page = ask("schedule_list")
    if is_json:
        print_json(page)
        return OK
    head = ("NAME", "COMMAND", "CRON", "ZONE", "MISSED", "ORIGIN", "LAST", "NEXT", "REMARK")
    print_table(head, [_row(item) for item in page["items"]])
    return OK


@command.command("add")
@click.argument("name")
@click.argument("command_name", metavar="COMMAND")
@click.argument("cron")
@click.option("--args", "arguments", type=JSON, metavar="JSON", help="Arguments of each job, a JSON object.")
@click.option("--zone", default="UTC", show_default=True, help="IANA name of the time zone CRON is read in.")
@click.option(
    "--missed",
    type=click.Choice(MISSED),
    default=ONCE,
    show_default=True,
    help="What becomes of ticks at whose time no scheduler ran: nothing, one job for all, a job for each.",
)
@click.option("--priority", type=int, help="Of each job; lower runs first. Default: as the contract says.")
@json_option
def _add(*, name: str, command_name: str, arguments: Any, is_json: bool, **options: Any) -> int:
    """Queue COMMAND (NAME, or NAME@VERSION) whenever CRON is due.

    CRON has five fields (minute, hour, day of month, month, day of week), or six with the seconds in front. Quote it.
    """
    with asking() as ask:
        added = ask("schedule_add", **given(name=name, command=command_name, args=arguments, **options))
    return _tell(added, is_json)


@command.command("pause")
@click.argument("name")
@json_option
def _pause(*, name: str, is_json: bool) -> int:
    """Let a schedule rest. Ticks that pass meanwhile are not made up for."""
    with asking() as ask:
        paused = ask("schedule_pause", name=name)
    return _tell(paused, is_json)


@command.command("resume")
@click.argument("name")
@json_option
def _resume(*, name: str, is_json: bool) -> int:
    """Let a paused schedule go on with its next tick."""
    with asking() as ask:
        resumed = ask("schedule_resume", name=name)
    return _tell(resumed, is_json)


@command.command("remove")
@click.argument("name")
@json_option
def _remove(*, name: str, is_json: bool) -> int:
    """Forget a schedule; the jobs it has queued stay."""
    with asking() as ask:
        ask("schedule_remove", name=name)
    print_json({"removed": name}) if is_json else click.echo(f"{printable(name)} is removed")
    return OK


@command.command("next")
@click.argument("name")
@click.option("--count", type=click.IntRange(1, MOST_TICKS), default=5, show_default=True, help="How many.")
@json_option
def _next(*, name: str, count: int, is_json: bool) -> int:
    """Show when a schedule will be due next, by the clock of its zone; also while it is paused."""
    with asking() as ask:
        ticks = ask("schedule_next", name=name, count=count)
    if is_json:
        print_json(ticks)
        return OK
    for tick in ticks["items"]:
        click.echo(tick["local"])
    return OK


def _tell(answer: dict[str, Any], is_json: bool) -> int:
    schedule = answer["schedule"]
    if is_json:
        print_json(schedule)
    else:
        what = "is paused" if schedule["is_paused"] else f"is due next at {spelled(schedule['next_at'])}"
        click.echo(f"{printable(schedule['name'])} {what}")
    return OK


def _row(item: dict[str, Any]) -> tuple[str, ...]:
    when = ["" if item[member] is None else spelled(item[member]) for member in ("last_at", "next_at")]
    remark = "; ".join(["paused"] * item["is_paused"] + [item["obstacle"]] * (item["obstacle"] is not None))
    command_name = f"{item['command']}@{item['version']}"
    return (item["name"], command_name, item["cron"], item["zone"], item["missed"], item["origin"], *when, remark)
