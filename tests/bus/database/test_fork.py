"""A process that forks while its bus is open: parent and child go on, each with connections of its own."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus import MANY
from tests.bus.sample import TEXT, Sample, add, texts

if TYPE_CHECKING:
    from bus.application import Bus


def in_child(deed: Callable[[], None]) -> int:
    """Do something in a forked child; answers its exit code."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            deed()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.fixture
def bus(sample: Sample, database_url: str) -> Bus:
    """A bus that has a connection, a loop and a pool of threads by now."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    @sample.command("wait", units=MANY)
    async def wait(ctx):
        await asyncio.sleep(0)
        return {}

    bus = sample.open(database_url)
    assert bus.call("put", {"text": "before"}).ok
    assert bus.call("wait").ok
    assert asyncio.run(bus.acall("put", {"text": "before, awaited"})).ok
    return bus


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_child_calls_writes_and_awaits(bus: Bus) -> None:
    def deed() -> None:
        assert bus.call("put", {"text": "child"}).ok
        assert bus.call("job_list").ok
        assert bus.call("wait").ok
        assert asyncio.run(bus.acall("put", {"text": "child, awaited"})).ok
        bus.close()

    assert in_child(deed) == 0
    assert bus.call("put", {"text": "parent"}).ok
    assert bus.call("wait").ok
    assert texts(bus) == ["before", "before, awaited", "child", "child, awaited", "parent"]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_inside_a_unit_does_not_end_it(sample: Sample, database_url: str) -> None:
    """The child leaves, and the parent's transaction is still its own."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        assert in_child(lambda: None) == 0
        add(ctx.db, f"{text} again")
        return {}

    bus = sample.open(database_url)
    assert bus.call("put", {"text": "a"}).ok
    assert texts(bus) == ["a", "a again"]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_leaves_the_connections_of_other_threads_alone(sample: Sample, database_url: str) -> None:
    """A program is started in one thread while another one is inside a unit; before, PostgreSQL ended its session."""
    is_inside, has_forked = threading.Event(), threading.Event()

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        is_inside.set()
        assert has_forked.wait(30)
        add(ctx.db, f"{text} again")
        return {}

    bus = sample.open(database_url)
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(bus.call("put", {"text": "a"})))
    caller.start()
    assert is_inside.wait(30)
    assert in_child(lambda: None) == 0
    has_forked.set()
    caller.join(30)
    assert [answer.ok for answer in answers] == [True], answers
    assert texts(bus) == ["a", "a again"]
