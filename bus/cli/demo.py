"""``bus demo``: watch real commands being answered, at once and by a worker that is killed."""

from __future__ import annotations

import click


@click.command("demo")
def command() -> None:
    """Play real commands through every way in, on a fresh database in a temporary folder.

    Exits with 0 only if everything was as expected.
    """
    from bus.demo.playing import play

    raise SystemExit(0 if play() else 1)
