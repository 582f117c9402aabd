"""``bus doctor``: looks at everything a bus needs and says what is wrong with it. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from bus.cli.checks.code import check_folders, check_python
from bus.cli.checks.finding import FAULT, Finding
from bus.cli.checks.place import check_clock, check_database, check_disk
from bus.cli.checks.setup import check_plugins, check_settings
from bus.cli.entry import FAILED, OK
from bus.cli.installed import Installed, find_installed
from bus.cli.show import print_json, print_table
from bus.errors import SetupError
from bus.settings import Settings


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
def command(*, is_json: bool) -> int:
    """Look at the whole set-up and say what is wrong; exit status 1 when something is.

    Python and libraries, whose modules the folder names lead to, settings, plugins, database, tables, disk, clock.
    """
    findings = list(examine())
    faults = sum(finding.state == FAULT for finding in findings)
    if is_json:
        print_json({"is_healthy": not faults, "items": [vars(finding) for finding in findings]})
    else:
        print_table(("TOPIC", "STATE", "FINDING"), [(f.topic, f.state, f.text) for f in findings])
        click.echo(f"bus: {faults or 'no'} fault{'' if faults == 1 else 's'} found", err=True)
    return FAILED if faults else OK


def examine() -> Iterator[Finding]:
    """Everything there is to find, in the order in which one thing needs another."""
    yield from check_python()
    yield from check_folders()
    yield from check_clock()
    try:
        settings = Settings.from_environment()
    except SetupError as error:
        yield Finding("settings", FAULT, str(error))
        return
    installed, why = _installed(settings)
    yield from check_settings(settings, [] if installed is None else installed.plugins)
    yield from _guarded("disk", lambda: check_disk(settings))
    if installed is None:
        yield Finding("plugin", FAULT, why)
        return
    yield from check_plugins(installed)
    yield from _guarded("database", lambda: check_database(settings, [installed.core, *installed.plugins]))


def _installed(settings: Settings) -> tuple[Installed | None, str]:
    """The installed plugins, or why there are none."""
    try:
        return find_installed(settings), ""
    except SetupError as error:
        return None, str(error)


def _guarded(topic: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A check's findings; a check that fails is a finding as well."""
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001  # a doctor who faints helps nobody
        yield Finding(topic, FAULT, f"cannot be looked at: {type(error).__name__}: {error}")
