"""``bus jobs watch ID``: a bar on a terminal, one line for each change elsewhere, until the job has ended.

Not here: how a handler tells its progress (bus/context.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bus.cli import show
from bus.cli.asking import Ask, asking
from bus.cli.entry import FAILED, OK
from bus.clock import SystemClock, spelled
from bus.jobs.states import ENDED, JobState

if TYPE_CHECKING:
    from rich.progress import Progress

#: Seconds between two looks; a job tells its progress as often.
LOOK_S = 0.2


def add_watch(group: click.Group) -> None:
    """Add the subcommand."""

    @group.command("watch")
    @click.argument("job_id", metavar="ID")
    @click.option("--json", "is_json", is_flag=True, help="Print one JSON object for each change, one a line.")
    def watch(*, job_id: str, is_json: bool) -> int:
        """Follow a job until it has ended; exit status 0 when it has succeeded, else 1.

        A progress bar on a terminal; elsewhere one line for each change.
        """
        with asking() as ask:
            changes = _changes(ask, job_id)
            last = _draw(changes) if show.is_for_people() and not is_json else _tell(changes, is_json=is_json)
        return OK if last["state"] == JobState.SUCCEEDED else FAILED


def _changes(ask: Ask, job_id: str) -> Iterator[dict[str, Any]]:
    """The job as it is now, and each time it has changed; the last time when it has ended."""
    seen = None
    while True:
        job = ask("job_get", job_id=job_id)["job"]
        facts = {name: job[name] for name in ("state", "attempt", "is_cancelled", "progress")}
        if facts != seen:
            seen = facts
            yield job
        if job["state"] in ENDED:
            return
        time.sleep(LOOK_S)


def _tell(changes: Iterator[dict[str, Any]], *, is_json: bool) -> dict[str, Any]:
    """A line for each change; the job as it ended. click flushes each line."""
    job: dict[str, Any] = {}
    for job in changes:
        if is_json:
            show.print_json(job)
        else:
            click.echo(f"{spelled(SystemClock().now_ms())}  {show.printable(words(job))}")
    return job


def _draw(changes: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """A bar that moves; the job as it ended."""
    job: dict[str, Any] = {}
    with _bar() as bar:
        task = bar.add_task("", total=None)
        for job in changes:
            progress = job["progress"] or {"done": 0, "total": None}
            total = progress["total"]
            if job["state"] == JobState.SUCCEEDED:  # a full bar, whatever was told last
                total = progress["done"] = total or 1
            bar.update(task, description=show.printable(words(job)), completed=progress["done"], total=total)
    return job


def _bar() -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()
    return Progress(*columns, console=show.console())


def words(job: dict[str, Any]) -> str:
    """The state of a job in one line: ``running  attempt 2  3/10 reading``."""
    parts = [job["state"]]
    if job["attempt"] > 1:
        parts.append(f"attempt {job['attempt']}")
    if job["is_cancelled"] and job["state"] == JobState.RUNNING:
        parts.append("asked to stop")
    if job["progress"]:
        parts.append(told(job["progress"]))
    envelope: dict[str, Any] = job["envelope"] or {"error": None}
    error = envelope["error"]
    if error and job["state"] in ENDED:
        parts.append(f"{error['code']}: {error['message']}")
    return "  ".join(part.replace("\n", " ") for part in parts)


def told(progress: dict[str, Any]) -> str:
    """How far a job is, in words: ``3/10 reading``."""
    total = "" if progress["total"] is None else f"/{progress['total']}"
    return f"{progress['done']}{total} {progress['message'] or ''}".rstrip()
