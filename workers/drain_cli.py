"""``bus drain``: the workers of this host end what they run, take nothing more, and leave."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bus.cli.asking import json_option
from bus.cli.entry import FAILED, OK
from bus.cli.show import print_json
from bus.errors import SetupError

if TYPE_CHECKING:
    from bus.settings import Settings
    from workers.cards import Card

#: Seconds between two looks at who is still there.
LOOK_S = 0.1
#: Seconds beyond the bound for draining that are waited unless ``--timeout`` says otherwise.
GRACE_S = 10.0


@click.command()
@click.option("--timeout", "timeout_s", type=click.FloatRange(0), metavar="SECONDS", help="Longest wait.")
@json_option
def drain(*, timeout_s: float | None, is_json: bool) -> int:
    """Ask the workers of this host on this database to drain, and wait until they are gone.

    They take nothing more and end what they run within BUS_DRAIN_MS. `bus up` is asked as a whole. Exit status 1 when
    some are still there after --timeout; left out, that is BUS_DRAIN_MS and ten seconds.
    """
    from bus.settings import Settings

    settings = Settings.from_environment()
    folder = _folder(settings)
    asked = _ask(folder)
    wait_s = settings.drain_ms / 1000 + GRACE_S if timeout_s is None else timeout_s
    left = _wait(folder, asked, time.monotonic() + wait_s)
    if is_json:
        gone = [
            {"role": card.role, "owner": card.owner, "pid": card.pid, "is_gone": card not in left} for card in asked
        ]
        print_json({"items": gone, "total_count": len(gone)})
    else:
        click.echo(f"{len(asked) - len(left)} of {len(asked)} processes are gone")
    for card in left:
        click.echo(f"bus: the {card.role} {card.owner} still drains; a second SIGTERM stops it at once", err=True)
    return FAILED if left else OK


def _folder(settings: Settings) -> Path:
    """Where the processes meet; the database itself is not needed, and may be away."""
    from bus.database import Database
    from workers.folder import folder_of

    database = Database(settings.prepared_location())
    try:
        if database.is_memory:
            raise SetupError("an in-memory database has no workers; set BUS_DATABASE_URL to that of the workers")
        return folder_of(database)
    finally:
        database.close()


def _here(folder: Path) -> list[Card]:
    from workers.cards import SUPERVISOR, UP, WARD, WORKER, living

    return [card for card in living(folder, UP, SUPERVISOR, WORKER, WARD) if card.is_here]


def _ask(folder: Path) -> list[Card]:
    """SIGTERM to parents; answers all that shall go.

    A second SIGTERM would mean "at once", so nobody is asked whom its own parent tells.
    """
    from workers.cards import SUPERVISOR, UP

    cards = _here(folder)
    pids = {card.pid for card in cards}
    for card in cards:
        if card.role in (SUPERVISOR, UP) and card.parent not in pids:
            _terminate(card)
    return cards


def _terminate(card: Card) -> None:
    try:
        os.kill(card.pid, signal.SIGTERM)
    except ProcessLookupError:  # it has just left
        return
    except PermissionError as error:
        raise SetupError(f"the {card.role} {card.owner} belongs to another user; become that user") from error


def _wait(folder: Path, asked: list[Card], give_up: float) -> list[Card]:
    """Those that are still there when all are gone, or the time is over. Whoever has come since does not count."""
    while True:
        owners = {card.owner for card in _here(folder)}
        left = [card for card in asked if card.owner in owners]
        if not left or time.monotonic() > give_up:
            return left
        time.sleep(LOOK_S)
