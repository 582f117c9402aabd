"""``bus jobs``: look at jobs, follow one, and tell failures that are alike.

Not here: retry, cancel and drop (bus/cli/jobs_steering.py), following one as it runs (bus/cli/jobs_watch.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bus.builtins.contracts import STATES
from bus.cli.asking import asking, given, json_option
from bus.cli.entry import OK
from bus.cli.jobs_steering import add_steering
from bus.cli.jobs_watch import add_watch, told
from bus.cli.show import print_envelope, print_json, print_table
from bus.clock import spelled
from bus.envelope import Envelope
from bus.jobs.states import ENDED

#: Jobs on a page unless ``--limit`` says otherwise.
PAGE = 50
#: States by their values; click would take the names of an enum's members.
ALL, ENDINGS = [str(state) for state in STATES], sorted(str(state) for state in ENDED)


@click.group()
def command() -> None:
    """Look at queued commands, follow them, try them again, cancel or delete them."""


add_steering(command)
add_watch(command)


@command.command("list")
@click.option("--state", type=click.Choice(ALL), help="Only jobs in this state.")
@click.option("--queue", help="Only jobs of this queue.")
@click.option("--command", "command_name", help="Only jobs of this command: NAME, or NAME@VERSION.")
@click.option("--key", help="Only jobs of this key.")
@click.option("--limit", type=click.IntRange(1, 500), default=PAGE, show_default=True, help="Jobs on a page.")
@click.option("--before", metavar="ID", help="The page after the one that ended with this job.")
@json_option
def _list(*, command_name: str | None, limit: int, is_json: bool, **filters: str | None) -> int:
    """List jobs, newest first."""
    with asking() as ask:
        page = ask("job_list", **given(command=command_name, limit=limit, **filters))
    if is_json:
        print_json(page)
        return OK
    head = ("ID", "STATE", "COMMAND", "QUEUE", "PRIORITY", "ATTEMPT", "CREATED", "FINISHED")
    print_table(head, [_row(job) for job in page["items"]])
    shown = len(page["items"])
    if shown == limit and shown < page["total_count"]:
        last = page["items"][-1]["id"]
        click.echo(f"bus: {shown} shown; {page['total_count']} match; the next page: --before {last}", err=True)
    return OK


@command.command("show")
@click.argument("job_id", metavar="ID")
@json_option
def _show(*, job_id: str, is_json: bool) -> int:
    """Show one job: its progress, every attempt that did not end well, and its envelope."""
    with asking() as ask:
        job = ask("job_get", job_id=job_id)["job"]
    if is_json:
        print_json(job)
        return OK
    print_table(("MEMBER", "VALUE"), [(name, said(job)) for name, said in MEMBERS.items() if said(job)])
    if job["attempts"]:
        click.echo()
        print_table(("ATTEMPT", "BEGAN", "ENDED", "WORKER", "CODE", "MESSAGE"), [_attempt(a) for a in job["attempts"]])
    if job["envelope"] is not None:
        click.echo()
        print_envelope(Envelope.from_dict(job["envelope"]))
    return OK


@command.command("groups")
@click.option("--state", type=click.Choice(ENDINGS), help="Only these; failed and dead ones if left out.")
@click.option("--queue", help="Only failures of this queue.")
@click.option("--command", "command_name", help="Only failures of this command.")
@json_option
def _groups(*, command_name: str | None, is_json: bool, **filters: str | None) -> int:
    """Count failures that are alike: one command, one code, one message but for numbers and ids."""
    with asking() as ask:
        found = ask("job_groups", **given(command=command_name, **filters))
    if is_json:
        print_json(found)
        return OK
    head = ("COUNT", "STATE", "COMMAND", "CODE", "OLDEST", "NEWEST", "SAMPLE", "MESSAGE")
    print_table(head, [_group(group) for group in found["items"]])
    click.echo(f"bus: {found['examined_count']} jobs looked at", err=True)
    return OK


def _row(job: dict[str, Any]) -> tuple[str, ...]:
    spoken = f"{job['command']}@{job['version']}"
    numbers = str(job["priority"]), str(job["attempt"])
    return job["id"], job["state"], spoken, job["queue"], *numbers, _time(job["created_at"]), _time(job["finished_at"])


def _attempt(attempt: dict[str, Any]) -> tuple[str, ...]:
    times = _time(attempt["started_at"]), _time(attempt["finished_at"])
    return str(attempt["attempt"]), *times, attempt["owner"], attempt["code"], attempt["message"]


def _group(group: dict[str, Any]) -> tuple[str, ...]:
    which = group["state"], group["command"], group["code"]
    return (
        str(group["count"]),
        *which,
        _time(group["oldest"]),
        _time(group["newest"]),
        group["sample_id"],
        group["pattern"],
    )


def _time(moment_ms: int | None) -> str:
    return "" if moment_ms is None else spelled(moment_ms)


#: What ``show`` tells of a job, each in words; what is empty is left out.
MEMBERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "id": lambda job: job["id"],
    "state": lambda job: (
        job["state"] + (", asked to stop" if job["is_cancelled"] and job["state"] == "running" else "")
    ),
    "command": lambda job: f"{job['command']}@{job['version']}",
    "queue": lambda job: job["queue"],
    "priority": lambda job: str(job["priority"]),
    "key": lambda job: job["key"] or "",
    "attempt": lambda job: str(job["attempt"]),
    "correlation id": lambda job: job["correlation_id"],
    "created": lambda job: _time(job["created_at"]),
    "due": lambda job: _time(job["run_at"]),
    "started": lambda job: _time(job["started_at"]),
    "finished": lambda job: _time(job["finished_at"]),
    "progress": lambda job: told(job["progress"]) if job["progress"] else "",
}
