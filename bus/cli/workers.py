"""``bus workers``: who runs what since when."""

from __future__ import annotations

from typing import Any

import click

from bus.cli.asking import asking, json_option
from bus.cli.queues import age
from bus.cli.show import print_json, print_table

_LIVES = {True: "alive", False: "gone", None: "elsewhere"}


@click.command()
@json_option
def command(*, is_json: bool) -> None:
    """List the workers of this host, and those of other hosts that run jobs: what each one runs, and since when."""
    with asking() as ask:
        found = ask("worker_list")
    if is_json:
        print_json(found)
        return
    rows = [row for worker in found["items"] for row in _rows(worker, found["at"])]
    print_table(("WORKER", "STATE", "UP", "RUNS", "JOB", "COMMAND", "ATTEMPT", "FOR"), rows)
    click.echo(f"bus: {found['total_count']} worker processes", err=True)


def _rows(worker: dict[str, Any], now: int) -> list[tuple[str, ...]]:
    """A line for the worker with its oldest job, and one for each further job."""
    state = _LIVES[worker["is_alive"]] + (", ward" if worker["is_ward"] else "")
    places = "" if worker["threads"] is None else f"/{worker['threads']}"
    first = worker["owner"], state, _since(worker["started_at"], now), f"{worker['running']}{places}"
    jobs = [_job(job, now) for job in worker["jobs"]] or [("", "", "", "")]
    return [(*(("", "", "", "") if number else first), *job) for number, job in enumerate(jobs)]


def _job(job: dict[str, Any], now: int) -> tuple[str, str, str, str]:
    spoken = f"{job['command']}@{job['version']}"
    return job["id"], spoken, str(job["attempt"]), _since(job["started_at"], now)


def _since(moment_ms: int | None, now: int) -> str:
    return "" if moment_ms is None else age(now - moment_ms)
