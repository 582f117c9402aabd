"""Asynchronous handlers, and asynchronous callers."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest

from bus import MANY, READ, fields, logs
from tests.bus.sample import TEXT, N, No, Sample, add, texts


def test_an_async_handler_is_called_like_any_other(sample: Sample, database_url: str) -> None:
    """By call and by acall; its units commit, its refusals reach the caller."""

    @sample.command("long", units=MANY, params=TEXT, result=TEXT, errors=(No,))
    async def long(ctx, text):
        await asyncio.sleep(0)
        ctx.unit("write", lambda db: add(db, text))
        await asyncio.sleep(0)
        if text == "no":
            raise No(why="awaited")
        return {"text": text.upper()}

    bus = sample.open(database_url)
    assert bus.call("long", {"text": "a"}).data == {"text": "A"}
    assert asyncio.run(bus.acall("long", {"text": "b"})).data == {"text": "B"}
    assert bus.call("long", {"text": "no"}).error["details"] == {"why": "awaited"}
    assert texts(bus) == ["a", "b", "no"]


def test_handlers_wait_at_the_same_time(sample: Sample) -> None:
    """Fifty of them meet; one after the other they never would."""
    waiting: list[asyncio.Event] = []

    @sample.command("meet", units=MANY)
    async def meet(ctx):
        mine = asyncio.Event()
        waiting.append(mine)
        if len(waiting) == 30:
            for one in waiting:
                one.set()
        await mine.wait()
        return {}

    bus = sample.open()

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(bus.acall("meet") for _ in range(30)))

    assert all(answer.ok for answer in asyncio.run(all_of_them()))


def test_many_tasks_write_through_one_bus(sample: Sample, database_url: str) -> None:
    """The event loop goes on meanwhile, and every call has its own unit."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    bus = sample.open(database_url)

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(bus.acall("put", {"text": str(n)}) for n in range(200)))

    answers = asyncio.run(all_of_them())
    assert [answer.code for answer in answers] == [None] * 200
    assert sorted(texts(bus), key=int) == [str(n) for n in range(200)]


def test_the_correlation_id_follows_an_async_handler(sample: Sample) -> None:
    """Also beyond an await, and into tasks it makes."""

    @sample.command("where", units=MANY, result={"seen": fields.List(fields.Text())})
    async def where(ctx):
        async def look():
            await asyncio.sleep(0)
            return logs.correlation.get()

        return {"seen": [logs.correlation.get(), await look(), await asyncio.create_task(look()), ctx.correlation_id]}

    assert sample.open().call("where", correlation_id="c1").data == {"seen": ["c1"] * 4}
    assert logs.correlation.get() is None


def test_an_async_handler_that_waits_too_long_is_stopped(sample: Sample) -> None:
    """Its coroutine is cancelled, and the loop goes on for the others."""
    ended = threading.Event()

    @sample.command("wait", units=MANY, time_limit_ms=100)
    async def wait(ctx):
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return {}

    @sample.command("quick", units=MANY)
    async def quick(ctx):
        return {}

    bus = sample.open()
    envelope = bus.call("wait")
    assert envelope.code == "TIMEOUT"
    assert envelope.error["message"] == "wait ran past its time limit of 0.1 s"
    assert ended.wait(5)
    assert bus.call("quick").ok


def test_a_coroutine_that_will_not_stop_is_not_waited_for(sample: Sample) -> None:
    """Whether it swallows its cancellation or blocks the loop: the caller gets an answer in time."""
    release = threading.Event()

    @sample.command("stubborn", units=MANY, time_limit_ms=100)
    async def stubborn(ctx):
        while not release.is_set():
            try:
                await asyncio.sleep(0.05)
            except asyncio.CancelledError:
                continue
        return {}

    bus = sample.open()
    began = time.monotonic()
    assert bus.call("stubborn").code == "TIMEOUT"
    assert time.monotonic() - began < 5
    release.set()


def test_a_timeout_of_the_handlers_own_is_its_failure(sample: Sample) -> None:
    """A socket that timed out is no time limit of the command."""

    @sample.command("ask", units=MANY)
    async def ask(ctx):
        async with asyncio.timeout(0.001):
            await asyncio.sleep(60)
        return {}

    assert sample.open().call("ask").code == "HANDLER_ERROR"


def test_an_async_handler_that_calls_the_bus_and_waits_is_refused(sample: Sample) -> None:
    """It would wait for the loop it runs on; acall is the way."""

    @sample.command("inner", units=MANY)
    async def inner(ctx):
        return {}

    @sample.command("outer", units=MANY, result={"codes": fields.List(fields.Text(allow_none=True))})
    async def outer(ctx):
        return {"codes": [bus.call("inner").code, (await bus.acall("inner")).code]}

    bus = sample.open()
    assert bus.call("outer").data == {"codes": ["HANDLER_ERROR", None]}


def test_whatever_an_async_handler_raises_is_one_envelope(sample: Sample) -> None:
    raised: list[BaseException] = [ValueError(), asyncio.CancelledError(), StopAsyncIteration(), MemoryError()]

    @sample.command("fail", units=MANY, params=N)
    async def fail(ctx, n):
        await asyncio.sleep(0)
        raise raised[n]

    bus = sample.open()
    for n in range(len(raised)):
        assert bus.call("fail", {"n": n}).code == "HANDLER_ERROR", raised[n]


def test_an_async_external_command_may_read(sample: Sample) -> None:
    @sample.command("fetch", units=MANY, effect=READ, external=True, result=TEXT)
    async def fetch(ctx):
        return {"text": "fetched"}

    assert sample.open().call("fetch").data == {"text": "fetched"}


def test_closing_ends_what_still_runs(sample: Sample) -> None:
    """The loop's thread is gone afterwards, and so are its tasks."""
    begun, ended = threading.Event(), threading.Event()

    @sample.command("wait", units=MANY)
    async def wait(ctx):
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return {}

    bus = sample.open()
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(bus.call("wait")))
    caller.start()
    assert begun.wait(5)
    bus.close()
    caller.join(5)
    assert ended.is_set()
    assert answers[0].code == "HANDLER_ERROR"
    assert not [thread for thread in threading.enumerate() if thread.name == "bus-loop"]


@pytest.mark.parametrize("broken", [lambda: None, lambda: {"n": "x"}])
def test_the_result_of_an_async_handler_is_checked(sample: Sample, broken: Any) -> None:
    @sample.command("answer", units=MANY, result=N)
    async def answer(ctx):
        return broken()

    assert sample.open().call("answer").code == "HANDLER_ERROR"
