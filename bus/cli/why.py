"""``bus why JOB``: the one reason why a job is still waiting.

Not here: the reasons and their order (bus/jobs/why.py).
"""

from __future__ import annotations

import click

from bus.cli.asking import asking, json_option
from bus.cli.show import print_json, printable


@click.command()
@click.argument("job_id", metavar="ID")
@json_option
def command(*, job_id: str, is_json: bool) -> None:
    """Tell the one reason why a job is still waiting, or what has become of it."""
    with asking() as ask:
        reason = ask("job_why", job_id=job_id)["reason"]
    if is_json:
        print_json(reason)
    else:
        click.echo(f"{reason['code']}: {printable(reason['message'])}")
