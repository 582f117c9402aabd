"""Programs as their users start them, in processes of their own: ``bus worker``, ``bus stdio``, Dramatiq's worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import psutil

from benchmarks.machine import ROOT
from bus.testing import wait_until

#: Both kinds of worker, as the goals name them.
PROCESSES, THREADS = 2, 8
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 30.0
BUS = (sys.executable, "-m", "bus")


def environment(folder: Path, url: str | None = None) -> dict[str, str]:
    """An environment in which the benchmarks' plugin is installed, and no setting is left from outside.

    Args:
        folder: gets the metadata that an installed distribution has.
        url: of the database; None: an embedded one in ``folder``.
    """
    metadata = folder / "site" / "charterbus_benchmarks-0.dist-info"
    metadata.mkdir(parents=True, exist_ok=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: charterbus-benchmarks\nVersion: 0\n")
    (metadata / "entry_points.txt").write_text("[bus.plugins]\nbench = benchmarks.domain:bench\n")
    clean = plain_environment() | {"BUS_HOME": str(folder), "PYTHONPATH": f"{metadata.parent}{os.pathsep}{ROOT}"}
    # A worker that a benchmark has stopped on purpose is not to be replaced meanwhile.
    clean["BUS_BEAT_TIMEOUT_MS"] = "600000"
    return clean | ({} if url is None else {"BUS_DATABASE_URL": url})


def plain_environment() -> dict[str, str]:
    """This environment without settings of the bus and of Python, such as one that keeps it from storing byte code."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("BUS_", "DATABASE_URL", "PYTHON"))
    }


@contextmanager
def bus_workers(
    folder: Path,
    url: str,
    processes: int = PROCESSES,
    threads: int = THREADS,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[list[psutil.Process]]:
    """``bus worker`` on a database, ready; yields its worker processes."""
    command = [*BUS, "worker", "--processes", str(processes), "--threads", str(threads)]
    env = environment(folder, url) | dict(settings)
    with running(command, env, folder / f"bus-worker-{threads}.log", "worker_ready", processes) as parent:
        yield parent.children()


@contextmanager
def running(
    command: Sequence[str], env: dict[str, str], log: Path, ready: str, processes: int = PROCESSES
) -> Iterator[psutil.Process]:
    """A program with workers, once each of its worker processes has logged the word ``ready``.

    Raises:
        RuntimeError: it does not get ready; the message holds the end of its log.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def is_settled() -> bool:
        return process.poll() is not None or log.read_text().count(ready) >= processes

    try:
        with suppress(AssertionError):  # the end of its log says more than how long we waited
            wait_until(is_settled, START_TIMEOUT_S)
        if process.poll() is not None or not is_settled():
            raise RuntimeError(f"{' '.join(command[1:])} is not ready: {log.read_text()[-2000:]}")
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def first_line_ms(command: Sequence[str], env: dict[str, str], line: bytes = b"", expected: bytes = b"\n") -> float:
    """Milliseconds from the start of a program to the first line it writes.

    Args:
        command: the program.
        env: its environment.
        line: what it is given to read at once.
        expected: what the line it writes holds.

    Raises:
        RuntimeError: it wrote something else.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        answer = process.stdout.readline()
        taken_ms = (time.perf_counter() - started) * 1000
    if expected not in answer:
        raise RuntimeError(f"{' '.join(command[1:])} wrote {answer!r}")
    return taken_ms
