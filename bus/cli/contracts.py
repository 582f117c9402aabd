"""``bus contracts``: what was released, what has changed since, and which jobs a deploy would strand.

Not here: what a change means (bus/lock), how it is printed (bus/cli/contracts_show.py).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bus.cli.contracts_documents import DOCUMENTS
from bus.cli.entry import FAILED, OK
from bus.cli.installed import find_installed, report_broken
from bus.errors import SetupError
from bus.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from bus.cli.installed import Installed
    from bus.command import Command
    from bus.database import Database
    from bus.lock.file import Lock

#: Where the lock lies unless somebody says otherwise.
PATH = Path("contracts/lock.json")

_lock = click.option(
    "--lock", "path", type=click.Path(path_type=Path), default=PATH, show_default=True, help="The lock file."
)
_plugin = click.option("--plugin", "plugins", multiple=True, metavar="NAME", help="Only this plugin's; repeatable.")
_json = click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Hold released contracts still, and print what they say: a lock, changes, stranded jobs; schemas, OpenAPI."""


for _document in DOCUMENTS:
    command.add_command(_document)


@command.command("lock")
@_lock
@_plugin
@click.option("--allow-breaking", is_flag=True, help="Also where callers or waiting jobs would fail.")
@_json
def _write(*, path: Path, plugins: tuple[str, ...], allow_breaking: bool, is_json: bool) -> int:
    """Release the contracts as they are: write their shapes into the lock file."""
    from bus.cli.contracts_show import print_findings, print_release
    from bus.lock import file
    from bus.lock.check import check
    from bus.lock.release import release
    from bus.lock.verdicts import BREAKING

    before = file.read(path) if path.exists() else file.Lock({}, plugins or None)
    commands = _commands(before, plugins)
    found = check(_limited(before, plugins), commands, _today())
    broken = [finding for finding in found if finding.change.worst is BREAKING]
    if broken and not allow_breaking:
        print_findings(broken, is_json=is_json)
        raise SetupError(
            f"{path} is left as it is: {len(broken)} breaking changes in released versions; publish new versions "
            "instead (docs: release contracts), or say --allow-breaking"
        )
    after, released = release(before, commands, plugins)
    file.write(path, after)
    print_release(path, released, is_json=is_json)
    return OK


@command.command("check")
@_lock
@_plugin
@click.option("--live", is_flag=True, help="Look at the jobs of the database instead of the lock.")
@click.option("--ids", type=click.IntRange(0), default=5, show_default=True, help="Jobs named of each group (--live).")
@_json
def _check(*, path: Path, plugins: tuple[str, ...], live: bool, ids: int, is_json: bool) -> int:
    """Compare the contracts with the lock; exit status 1 when a released version is broken.

    With --live: list the jobs in the database that this code could not run; exit status 1 when one of them is about to.
    """
    if live:
        return _check_live(ids, is_json=is_json)
    from bus.cli.contracts_show import print_findings
    from bus.lock import file
    from bus.lock.check import check
    from bus.lock.verdicts import BREAKING

    lock = file.read(path)
    found = check(_limited(lock, plugins), _commands(lock, plugins), _today())
    print_findings(found, is_json=is_json)
    return FAILED if any(finding.change.worst is BREAKING for finding in found) else OK


@command.command("diff")
@click.argument("old", type=click.File(encoding="utf-8"))
@click.argument("new", type=click.File(encoding="utf-8"))
@_json
def _diff(*, old: IO[str], new: IO[str], is_json: bool) -> int:
    """Compare two lock files; one of them may be - for standard input, such as git show REVISION:PATH prints it."""
    from bus.cli.contracts_show import print_findings
    from bus.lock.check import compared

    print_findings(compared(_parsed(old), _parsed(new), _today()), is_json=is_json)
    return OK


def _check_live(most_ids: int, *, is_json: bool) -> int:
    from bus.cli.contracts_show import print_survey
    from bus.lock.live import survey

    installed = _installed()
    with _opened() as database:
        found = survey(database, installed.registry, most_ids)
    print_survey(found, is_json=is_json)
    return FAILED if found.pending else OK


def _commands(lock: Lock, plugins: tuple[str, ...]) -> Mapping[str, Command]:
    """The commands that a lock is about, or those of the plugins that are named.

    Raises:
        UsageError: nobody knows a plugin of that name.
    """
    installed = _installed()
    known = {installed.core.name, *(plugin.name for plugin in installed.plugins)}
    known |= {one.plugin for one in lock.contracts.values()}
    for name in plugins:
        if name not in known:
            raise click.UsageError(f"No plugin is named {name}; there are {', '.join(sorted(known))}.")
    return {
        one.key: one for one in installed.registry if (one.plugin in plugins if plugins else lock.covers(one.plugin))
    }


def _limited(lock: Lock, plugins: tuple[str, ...]) -> Lock:
    """The part of a lock that is about some plugins."""
    from bus.lock.file import Lock

    kept = {key: one for key, one in lock.contracts.items() if not plugins or one.plugin in plugins}
    return Lock(kept, lock.plugins)


def _parsed(file: IO[str]) -> Lock:
    from bus.lock.file import parsed

    try:
        return parsed(file.read())
    except (SetupError, UnicodeDecodeError) as error:
        raise SetupError(f"{file.name} {error}") from error


def _installed() -> Installed:
    installed = find_installed(Settings.from_environment())
    report_broken(installed)
    return installed


@contextmanager
def _opened() -> Generator[Database]:
    """The database of the settings as it is; nothing is upgraded."""
    from bus.database import Database

    settings = Settings.from_environment()
    database = Database(
        settings.prepared_location(),
        busy_timeout_ms=settings.busy_timeout_ms,
        synchronous=settings.sqlite_synchronous,
    )
    try:
        yield database
    finally:
        database.close()


def _today() -> date:
    return datetime.now(UTC).date()
