"""Queue a command, let a worker process run it, and wait for its envelope.

Run: python examples/03_queue_a_command.py
Prints:
    queued
    succeeded /code/tea
    the worker ended with 0
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from bus import Bus


@contextmanager
def worker(database: str) -> Iterator[None]:
    """A worker beside this process: what ``bus worker`` starts in a shell."""
    command = [sys.executable, "-m", "bus", "worker", "--processes", "1", "--threads", "1"]
    environment = {**os.environ, "BUS_DATABASE_URL": database, "BUS_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        print("the worker ended with", process.wait())


def main() -> None:
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bus.sqlite"
        with Bus.open(database) as bus:
            accepted = bus.submit("db.project.upsert", {"path": "/code/tea"})
            if accepted.job is None:
                raise SystemExit(f"the job was refused: {accepted.error}")
            print(accepted.job["state"], flush=True)
            with worker(database):
                answer = bus.wait(accepted.job["id"])
                print(answer.job and answer.job["state"], answer.data and answer.data["project"]["path"])


if __name__ == "__main__":
    main()
