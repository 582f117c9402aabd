"""A bus whose one command writes a row, and processes that get in its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import pytest

from tests.bus import programs
from tests.bus.sample import create_table
from tests.fleet import forking
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def open_puts(open_bus: Callable[..., Bus]) -> Callable[..., Bus]:
    """A bus with ``put``, which writes a row, and ``steps``, which writes two in two units; and a queue."""

    def open_one(url: str, **options: Any) -> Bus:
        bus = open_bus(url, plugins=[programs.plugin(), workers], **options)
        create_table(bus)
        return bus

    return open_one


@pytest.fixture
def beside() -> Iterator[Callable[..., Connection]]:
    """Start a function of holders.py in a process of its own; answers the pipe to it."""
    processes: list[Any] = []

    def start(function: Callable[..., None], *args: Any) -> Connection:
        ours, theirs = forking.Pipe()
        process = forking.Process(target=function, args=(*args, theirs))
        process.start()
        theirs.close()
        processes.append(process)
        return ours

    yield start
    for process in processes:
        process.join(10)
        process.kill()
        process.join()
