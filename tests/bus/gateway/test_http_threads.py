"""Where calls run: few threads while calls are quick, more when they wait."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bus.gateway.threads import CallThreads

Work = Callable[[CallThreads], Awaitable[Any]]


def run(work: Work, most: int = 8) -> Any:
    """Do something with threads on an event loop."""

    async def body() -> Any:
        threads = CallThreads(most)
        try:
            return await asyncio.wait_for(work(threads), 60)
        finally:
            await asyncio.to_thread(threads.close)

    return asyncio.run(body())


def test_a_call_gives_its_result_or_its_exception() -> None:
    async def work(threads: CallThreads) -> None:
        assert await threads.run(lambda a, b: a + b, 1, 2) == 3
        with pytest.raises(ZeroDivisionError):
            await threads.run(lambda: 1 / 0)

    run(work)


def test_calls_that_wait_for_each_other_all_run() -> None:
    """As long as there are threads for them: nobody is held up by those before."""
    barrier = threading.Barrier(8)

    async def work(threads: CallThreads) -> None:
        await asyncio.gather(*(threads.run(barrier.wait, 60) for _ in range(8)))

    run(work)


def test_more_calls_than_threads_wait_their_turn() -> None:
    running, most_running, lock = 0, 0, threading.Lock()

    def call() -> None:
        nonlocal running, most_running
        with lock:
            running += 1
            most_running = max(most_running, running)
        time.sleep(0.001)
        with lock:
            running -= 1

    async def work(threads: CallThreads) -> None:
        await asyncio.gather(*(threads.run(call) for _ in range(200)))

    run(work, most=3)
    assert 1 <= most_running <= 3


def test_quick_calls_in_turn_need_one_thread() -> None:
    """Its connections to the database stay warm."""

    async def work(threads: CallThreads) -> set[str]:
        return {await threads.run(lambda: threading.current_thread().name) for _ in range(500)}

    assert len(run(work)) <= 2  # a second one, where the machine is busy with something else


def test_whoever_stops_waiting_does_not_stop_the_call() -> None:
    ended = threading.Event()
    go_on = threading.Event()

    async def work(threads: CallThreads) -> None:
        waiting = threads.run(lambda: (go_on.wait(60), ended.set()))
        waiting.cancel()
        go_on.set()
        assert await threads.run(ended.wait, 60)

    run(work)


def test_closing_waits_for_what_runs() -> None:
    ended: list[int] = []

    async def work(threads: CallThreads) -> None:
        for number in range(20):
            threads.run(lambda number=number: ended.append(number))

    run(work)
    assert sorted(ended) == list(range(20))
