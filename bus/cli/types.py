"""``bus types``: types for callers in other languages, written from the contracts and held to them."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bus.cli.entry import FAILED, OK
from bus.cli.installed import Installed, find_installed, report_broken
from bus.cli.show import print_json, print_table
from bus.contract import INTERNAL
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.typesync.drift import Drift
    from bus.typesync.generated import Generated

#: Exit statuses of their own; 1 is drift, or a defect.
NOT_EXPORTABLE, NOT_THERE, NOT_WRITABLE, WOULD_BREAK = 2, 2, 3, 4

_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("contracts/types"),
    show_default=True,
    help="Folder of the files.",
)


@click.group()
def command() -> None:
    """Write types for callers from the contracts of the installed plugins, and check them.

    TypeScript with a client, JSON Schema, stubs for Python. No database is opened.
    """


@command.command()
@_OUT
@click.option("--stdout", "is_stdout", is_flag=True, help="Print the TypeScript as one module and write nothing.")
@click.option("--allow-breaking", is_flag=True, help="Write also what breaks callers of a released version.")
def sync(*, out: Path, is_stdout: bool, allow_breaking: bool) -> int:
    """Write the files.

    Exit status: 0 done, 2 a contract cannot be exported, 3 a file cannot be written, 4 a released version would break
    its callers (nothing is written then; publish a new version).
    """
    from bus.typesync.drift import breaks
    from bus.typesync.generated import in_one_file
    from bus.typesync.manifest import Unreadable
    from bus.typesync.naming import NotExportable
    from bus.typesync.writing import CannotWrite, refuse_others, write

    installed = _installed()
    if installed.broken:
        return NOT_EXPORTABLE
    try:
        generated = _generated(installed)
        if is_stdout:
            click.echo(in_one_file(generated), nl=False)
            return OK
        refuse_others(out, generated.files)
        found = [] if allow_breaking else breaks(out, generated)
        for one in found:
            _complain(f"{one.command}@{one.version}: {_place(one.path)}{one.sentence}")
        if found:
            _complain("nothing is written; publish a new version of each, or say --allow-breaking")
            return WOULD_BREAK
        for outcome in write(out, generated.files):
            click.echo(f"{outcome.state} {outcome.name}")
    except NotExportable as error:
        _complain(str(error))
        return NOT_EXPORTABLE
    except Unreadable as error:
        _complain(f"{error}, or say --allow-breaking")
        return WOULD_BREAK
    except CannotWrite as error:
        _complain(str(error))
        return NOT_WRITABLE
    return OK


@command.command()
@_OUT
def validate(*, out: Path) -> int:
    """Look at the files on their own, one line a defect.

    Exit status: 0 clean, 1 defects, 2 files are missing.
    """
    from bus.typesync.defects import defects
    from bus.typesync.manifest import Unreadable

    registry = _installed().registry
    commands = {found.key: found.plugin for found in registry if found.contract.access != INTERNAL}
    try:
        found = defects(out, commands)
    except Unreadable as error:
        _complain(str(error))
        return NOT_THERE
    for defect in found:
        click.echo(f"{out / defect.file}:{defect.line}: {defect.message}")
    return FAILED if found else OK


@command.command("drift-check")
@_OUT
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
def drift_check(*, out: Path, is_json: bool) -> int:
    """Compare the files with what the contracts give now; nothing is written.

    Exit status: 0 in sync, 1 drift, 2 files are missing or cannot be read.
    """
    from bus.typesync.drift import drift
    from bus.typesync.manifest import Unreadable
    from bus.typesync.naming import NotExportable

    try:
        found = drift(out, _generated(_installed()))
    except (NotExportable, Unreadable) as error:
        _complain(str(error))
        return NOT_THERE
    if is_json:
        names = ("kind", "command", "version", "path", "breaking")
        changes = [{name: getattr(one, name) for name in names} for one in found]
        print_json({"in_sync": not found, "changes": changes})
    elif found:
        print_table(("CHANGE", "COMMAND", "WHERE", "", "MEANING"), [_row(one) for one in found])
    else:
        click.echo("in sync")
    return FAILED if found else OK


def _installed() -> Installed:
    installed = find_installed(Settings.from_environment())
    report_broken(installed)
    return installed


def _generated(installed: Installed) -> Generated:
    from bus.typesync.generated import generate

    with contextlib.redirect_stdout(sys.stderr):  # contracts are imported now, and may print
        return generate(installed.registry)


def _complain(sentence: str) -> None:
    click.echo(f"bus: {sentence}", err=True)


def _place(path: str) -> str:
    return f"{path}: " if path else ""


def _row(found: Drift) -> tuple[str, ...]:
    key = "" if found.command is None else f"{found.command}@{found.version}"
    return found.kind, key, found.path, "breaking" if found.breaking else "", found.sentence
