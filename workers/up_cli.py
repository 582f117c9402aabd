"""``bus up``: everything an installation runs, in one terminal or one container.

Not here: how programs are kept running (workers/up.py).
"""

from __future__ import annotations

import os
import sys

import click

#: What is kept running: the name before each line of its output -> its subcommand.
PROGRAMS = {"web": "serve", "worker": "worker", "scheduler": "scheduler"}
#: Seconds that programs may take beyond the bound for draining.
GRACE_S = 5.0


@click.command()
def up() -> None:
    """Run `bus serve`, `bus worker` and `bus scheduler` until stopped; whichever dies is started again, with back-off.

    SIGTERM or Ctrl-C drains all within BUS_DRAIN_MS; a second one stops at once. Their output goes to standard error,
    each line behind the name of its program.
    """
    from bus import Bus, SetupError, logs
    from bus.settings import Settings
    from workers.cards import UP, introduce
    from workers.folder import Life, folder_of
    from workers.up import House, prefixed

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    # What is set up wrongly shows here, once, and not in each program.
    with Bus.open(settings=settings) as bus:
        if bus.database.is_memory:
            raise SetupError(
                "a worker cannot see another process's in-memory database; set BUS_DATABASE_URL to a file or a server"
            )
        life = Life(folder_of(bus.database))
    introduce(life, UP)
    # -P: as for `bus` itself, modules of the working folder do not count.
    commands = {name: [sys.executable, "-P", "-m", "bus", subcommand] for name, subcommand in PROGRAMS.items()}
    house = House(commands, _environment(), prefixed(PROGRAMS), settings.drain_ms / 1000 + GRACE_S)
    status = house.run()
    life.close()
    raise SystemExit(status)


def _environment() -> dict[str, str]:
    """This program's variables; on a terminal the log stays readable though it comes through a pipe."""
    if sys.stderr.isatty():
        return {"BUS_LOG_FORMAT": "console", **os.environ}
    return dict(os.environ)
