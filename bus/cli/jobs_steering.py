"""``bus jobs retry``, ``cancel`` and ``drop``: some jobs by their ids, or all that match, after a question.

Each job is changed for itself. Of all that match, those that have changed meanwhile are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import click

from bus.cli.asking import Ask, Declined, agreed, asking, given, json_option
from bus.cli.entry import FAILED, OK
from bus.cli.show import print_json, printable
from bus.jobs.states import ENDED, RETRYABLE, SCHEDULED, JobState

#: What a job answers that has changed since it was listed.
CHANGED = {"job_not_found", "job_not_retryable", "job_has_ended", "job_not_ended"}
#: Jobs asked for at a time.
PAGE = 500


class Deed(NamedTuple):
    """What can be done to jobs."""

    verb: str
    command: str
    #: What it is, and what may be done to jobs in which states.
    meaning: str
    states: tuple[str, ...]
    #: What has become of a job.
    done: str


DEEDS = (
    Deed(
        "retry",
        "job_retry",
        "Put jobs back into their queue with all their attempts",
        tuple(sorted(RETRYABLE)),
        "queued again",
    ),
    Deed(
        "cancel",
        "job_cancel",
        "Cancel waiting jobs; ask running ones to stop at their next checkpoint",
        (JobState.QUEUED.value, SCHEDULED, JobState.RUNNING.value),
        "cancelled",
    ),
    Deed("drop", "job_drop", "Delete ended jobs with all that is stored about them", tuple(sorted(ENDED)), "deleted"),
)


def add_steering(group: click.Group) -> None:
    """Add the subcommands."""
    for deed in DEEDS:
        group.add_command(_subcommand(deed))


def _subcommand(deed: Deed) -> click.Command:
    text = f"""{deed.meaning}: those named, or --all in a state.

    With --all the number of jobs is shown and must be confirmed; --yes answers for you. Exit status 1 when a job was
    refused.
    """

    states = [str(state) for state in deed.states]  # click would take the names of an enum's members

    @click.command(deed.verb, help=text)
    @click.argument("job_ids", nargs=-1, metavar="[ID]...")
    @click.option("--all", "is_all", is_flag=True, help="All jobs in the --state that match the other filters.")
    @click.option("--state", type=click.Choice(states), help="With --all: in which state.")
    @click.option("--queue", help="With --all: only jobs of this queue.")
    @click.option("--command", "command_name", help="With --all: only jobs of this command.")
    @click.option("--key", help="With --all: only jobs of this key.")
    @click.option("--yes", is_flag=True, help="Do not ask.")
    @json_option
    def run(
        *, job_ids: tuple[str, ...], is_all: bool, yes: bool, is_json: bool, command_name: str | None, **filters: Any
    ) -> int:
        chosen = given(**filters, command=command_name)
        _check_usage(job_ids, chosen, is_all=is_all)
        with asking() as ask:
            if is_all and not (count := _confirmed(ask, deed, chosen, is_sure=yes)):
                return OK if count == 0 else FAILED
            ids = _all_ids(ask, chosen) if is_all else iter(job_ids)
            return _do(ask, deed, ids, is_all=is_all, is_json=is_json)

    return run


def _check_usage(job_ids: tuple[str, ...], chosen: dict[str, str], *, is_all: bool) -> None:
    if is_all and job_ids:
        raise click.UsageError("Name jobs, or say --all; not both.")
    if is_all and "state" not in chosen:
        raise click.UsageError("--all needs --state.")
    if not is_all and chosen:
        raise click.UsageError("Filters go with --all.")
    if not is_all and not job_ids:
        raise click.UsageError("Name jobs by their ids, or say --all with a --state.")


def _confirmed(ask: Ask, deed: Deed, chosen: dict[str, str], *, is_sure: bool) -> int | None:
    """How many jobs match; None when whoever was asked said no."""
    count: int = ask("job_list", limit=1, **chosen)["total_count"]
    which = ", ".join(f"{name} {value}" for name, value in chosen.items())
    if count == 0:
        click.echo(f"bus: no job matches {printable(which)}", err=True)
    elif not is_sure and not agreed(f"{deed.verb} {count} jobs ({printable(which)})?"):
        click.echo("bus: nothing was done; --yes answers for you", err=True)
        return None
    return count


def _all_ids(ask: Ask, chosen: dict[str, str]) -> Iterator[str]:
    """The ids of all jobs that match, newest first; what is done to one does not move the others."""
    before = None
    while items := ask("job_list", **given(limit=PAGE, before=before, **chosen))["items"]:
        yield from (job["id"] for job in items)
        before = items[-1]["id"]


def _do(ask: Ask, deed: Deed, ids: Iterable[str], *, is_all: bool, is_json: bool) -> int:
    """Do it to each job, and tell."""
    done: list[str] = []
    refused: list[dict[str, str]] = []
    for job_id in ids:
        try:
            ask(deed.command, job_id=job_id)
        except Declined as error:
            if is_all and error.answered in CHANGED:
                continue
            refused.append({"id": job_id, "message": error.message})
            click.echo(f"bus: {printable(error.message)}", err=True)
        else:
            done.append(job_id)
            if not is_json and not is_all:
                click.echo(f"{job_id}  {deed.done}")
    if is_json:
        print_json({"items": done, "total_count": len(done), "refused": refused})
    elif is_all:
        click.echo(f"{len(done)} jobs {deed.done}")
    return FAILED if refused else OK
