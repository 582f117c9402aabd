"""``bus db``: bring the database to this code's tables, tell where it is, compare the two.

Not here: what a bus does about its database when it opens (bus/migration/start.py).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bus.cli.entry import FAILED, OK
from bus.cli.installed import find_installed
from bus.cli.show import print_json, print_table, printable
from bus.migration.start import WAIT_MS
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.database import Database
    from bus.migration.report import Status
    from bus.plugin import Plugin

_json = click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Look after the database: its tables follow the installed code."""


@command.command("upgrade")
@click.option(
    "--wait", "wait_s", type=click.FloatRange(0), default=WAIT_MS / 1000, show_default=True, metavar="SECONDS",
    help="Longest wait for another process that upgrades the same database.",
)  # fmt: skip
@_json
def _upgrade(*, wait_s: float, is_json: bool) -> int:
    """Run what the database lacks: all of it takes effect, or none."""
    from bus.migration.report import status
    from bus.migration.upgrade import upgrade

    with _opened() as (database, plugins):
        before = status(database, plugins)
        ran = upgrade(database, plugins, wait_ms=round(wait_s * 1000))
    if is_json:
        print_json({"database": before.database, "ran": ran})
    else:
        click.echo(f"{printable(before.database)} is up to date")
        summaries = {step.revision: step.summary for step in before.pending}
        if ran:
            print_table(("REVISION", "MEANING"), [(revision, summaries.get(revision, "")) for revision in ran])
    return OK


@command.command("status")
@_json
def _status(*, is_json: bool) -> int:
    """Show which revision each plugin's tables are at, and what an upgrade would run. Changes nothing."""
    from bus.migration.report import status

    with _opened() as (database, plugins):
        found = status(database, plugins)
    print_json(found.to_dict()) if is_json else _print_status(found)
    return OK


@command.command("check")
@_json
def _check(*, is_json: bool) -> int:
    """Compare the database's tables with the code's; exit status 1 when they differ. Changes nothing."""
    from bus.migration import faults
    from bus.migration.check import check

    with _opened() as (database, plugins):
        differences = check(database, plugins)
        name = faults.name_of(database)
    if is_json:
        print_json({"database": name, "is_equal": not differences, "differences": differences})
    else:
        count = f"{len(differences) or 'no'} difference{'' if len(differences) == 1 else 's'}"
        click.echo(f"{printable(name)}: {count} between tables and code")
        for difference in differences:
            click.echo(f"  {printable(difference)}")
    return FAILED if differences else OK


@contextmanager
def _opened() -> Generator[tuple[Database, list[Plugin]]]:
    """The database of the settings as it is, and every plugin that would use it, the core first."""
    from bus.builtins import builtins
    from bus.database import Database

    settings = Settings.from_environment()
    installed = find_installed(settings)
    for plugin, reason in installed.broken.items():
        click.echo(f"bus: the plugin {plugin} is left out: {printable(reason)}", err=True)
    database = Database(
        settings.prepared_location(),
        busy_timeout_ms=settings.busy_timeout_ms,
        synchronous=settings.sqlite_synchronous,
    )
    try:
        yield database, [builtins(), *installed.plugins]
    finally:
        database.close()


def _print_status(found: Status) -> None:
    click.echo(printable(found.database))
    branches = found.state.branches
    print_table(
        ("PLUGIN", "TABLES", "CODE", "STATE"),
        [(b.plugin, b.database or "none", b.code or "none", b.standing.value.replace("_", " ")) for b in branches],
    )
    for branch in [*found.state.too_old, *found.state.not_loaded]:
        click.echo(f"bus: {printable(branch.words)}", err=True)
    if found.pending:
        click.echo("\n`bus db upgrade` would run:")
        print_table(("REVISION", "MEANING"), [(step.revision, step.summary) for step in found.pending])
