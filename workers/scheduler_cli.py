"""``bus scheduler``: fire what is due until stopped."""

from __future__ import annotations

import os
import select
import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from workers.scheduler import Scheduler


@click.command()
def scheduler() -> None:
    """Queue the commands of schedules when they are due, until stopped.

    Several may run, on several machines: each tick is fired once. SIGTERM or Ctrl-C ends it.
    """
    from bus import Bus, SetupError, logs
    from bus.settings import Settings
    from workers.scheduler import Scheduler

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    logs.take_over()
    stopping = Stopping()
    with Bus.open(settings=settings) as bus:
        if bus.database.is_memory:
            raise SetupError(
                "a scheduler cannot see another process's in-memory database; set BUS_DATABASE_URL to a file or server"
            )
        work(Scheduler(bus), stopping)


def work(scheduler: Scheduler, stopping: Stopping) -> None:
    """Step after step, until asked to stop."""
    while not stopping.is_asked:
        stopping.sleep(scheduler.step())


class Stopping:
    """Whether this process was asked to stop, and a sleep that the question ends."""

    def __init__(self) -> None:
        self.is_asked = False
        # A plain sleep would miss a signal that came just before it.
        self._wake, write = os.pipe()
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.is_asked = True

    def sleep(self, seconds: float) -> None:
        """Sleep, but not beyond a signal."""
        if select.select([self._wake], [], [], max(0.0, seconds))[0]:
            os.read(self._wake, 4096)
