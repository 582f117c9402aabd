"""``bus worker``: run queued commands."""

from __future__ import annotations

import click


@click.command()
@click.option("--processes", type=click.IntRange(1, 512), help="Worker processes (BUS_WORKER_PROCESSES).")
@click.option("--threads", type=click.IntRange(1, 256), help="Places of each process (BUS_WORKER_THREADS).")
def worker(processes: int | None, threads: int | None) -> None:
    """Run queued commands until stopped.

    SIGTERM or Ctrl-C drains within BUS_DRAIN_MS; a second one stops at once. What was in hand then runs again.
    """
    from bus import Bus, SetupError, logs
    from bus.settings import Settings
    from workers.cards import SUPERVISOR, introduce
    from workers.folder import Life, folder_of
    from workers.supervisor import Supervisor

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    logs.take_over()
    # What is set up wrongly shows here, once, and not in each child; everything is imported and closed again.
    with Bus.open(settings=settings) as bus:
        if bus.database.is_memory:
            raise SetupError(
                "a worker cannot see another process's in-memory database; set BUS_DATABASE_URL to a file or a server"
            )
        folder = folder_of(bus.database)
    life = Life(folder)
    introduce(life, SUPERVISOR)
    supervisor = Supervisor(
        lambda: Bus.open(settings=settings),
        processes or settings.worker_processes,
        threads or settings.worker_threads,
        settings.beat_timeout_ms / 1000,
        settings.drain_ms / 1000,
    )
    status = supervisor.run()
    life.close()
    raise SystemExit(status)
