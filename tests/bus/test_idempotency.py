"""One answer for one (principal, command, key): the second call gets the first one's answer and does nothing."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text as sql

from bus import AUTHENTICATED, MANY, READ, Principal, Request, fields
from bus.testing import FakeClock
from tests.bus import programs
from tests.bus.sample import TEXT, N, No, Sample, add, create_table, texts
from tests.fleet import forking
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

DAY_MS = 24 * 3_600_000


@pytest.fixture
def puts(sample: Sample) -> Sample:
    """A unit that writes its text and answers its correlation id; "no" is refused after writing."""

    @sample.command("put", params=TEXT, result=TEXT, errors=(No,))
    def put(ctx, text):
        add(ctx.db, text)
        if text == "no":
            raise No(why="asked to")
        if text == "boom":
            raise RuntimeError
        return {"text": ctx.correlation_id}

    @sample.command("steps", params=TEXT, result=TEXT, errors=(No,), units=MANY, time_limit_ms=10_000)
    def steps(ctx, text):
        first = ctx.unit("first", lambda db: add(db, f"{text} 1") or ctx.correlation_id)
        if text == "no":
            raise No(why="asked to")
        if text == "boom" and len(texts(ctx_bus[0])) < 2:
            raise RuntimeError
        ctx.unit("second", lambda db: add(db, f"{text} 2"))
        return {"text": first}

    ctx_bus: list[Any] = []
    opened = sample.open

    def open_(*args: Any, **options: Any) -> Bus:
        ctx_bus[:] = [opened(*args, **options)]
        return ctx_bus[0]

    sample.open = open_  # type: ignore[method-assign]
    return sample


def records(bus: Bus) -> int:
    """How many records are kept."""
    with bus.database.connect() as connection:
        return connection.scalar(sql("SELECT count(*) FROM bus_idempotency"))


def units(bus: Bus) -> int:
    """How many finished units are kept."""
    with bus.database.connect() as connection:
        return connection.scalar(sql("SELECT count(*) FROM bus_unit"))


@pytest.mark.parametrize(("command", "written"), [("put", ["a"]), ("steps", ["a 1", "a 2"])])
def test_a_repeated_key_runs_the_handler_once(
    puts: Sample, database_url: str, command: str, written: list[str]
) -> None:
    """The replay is the first answer under the present correlation id and id."""
    bus = puts.open(database_url)
    first = bus.call(command, {"text": "a"}, idempotency_key="k", correlation_id="one")
    again = bus.answer(Request(command, {"text": "a"}, idempotency_key="k", correlation_id="two", id=7, version=1))
    assert first.data == again.data == {"text": "one"}
    assert (again.correlation_id, again.id, again.version, again.job) == ("two", 7, 1, None)
    assert texts(bus) == written


def test_another_key_another_command_another_principal_is_another_call(sample: Sample) -> None:
    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal(token)

    for name in ("put", "set"):

        @sample.command(name, params=TEXT, access=AUTHENTICATED)
        def put(ctx, text):
            add(ctx.db, f"{ctx.principal.id} {ctx.command.name} {text}")
            return {}

    bus = sample.open()
    for _ in range(2):
        for command in ("put", "set"):
            for token in ("ann", "bob"):
                for key in ("k", "l"):
                    assert bus.call(command, {"text": key}, session_token=token, idempotency_key=key).ok
    assert len(texts(bus)) == len(set(texts(bus))) == 8


def test_a_replay_is_given_only_to_whoever_may_still_call(sample: Sample) -> None:
    """Session and role are looked at before the record."""
    live = {"t"}

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal("ann") if token in live else None

    sample.command("put", access=AUTHENTICATED)(lambda ctx: {})
    bus = sample.open()
    assert bus.call("put", session_token="t", idempotency_key="k").ok
    live.clear()
    assert bus.call("put", session_token="t", idempotency_key="k").code == "UNAUTHENTICATED"
    assert bus.call("put", idempotency_key="k").code == "UNAUTHENTICATED"


@pytest.mark.parametrize("command", ["put", "steps"])
def test_other_arguments_are_a_conflict(puts: Sample, database_url: str, command: str) -> None:
    """The order of members is no difference; the version is one."""

    @puts.command("any", params={"value": fields.Json(required=True)})
    def any_(ctx, value):
        add(ctx.db, "any")
        return {}

    bus = puts.open(database_url)
    assert bus.call(command, {"text": "a"}, idempotency_key="k").ok
    envelope = bus.call(command, {"text": "b"}, idempotency_key="k")
    assert (envelope.code, envelope.error["details"]) == ("IDEMPOTENCY_CONFLICT", {"state": "other_arguments"})
    assert bus.call(command, {"text": "a"}, idempotency_key="k").ok
    before = len(texts(bus))
    assert bus.call("any", {"value": {"a": 1, "b": 2.0}}, idempotency_key="k").ok
    assert bus.call("any", {"value": {"b": 2.0, "a": 1}}, idempotency_key="k").ok
    assert bus.call("any", {"value": {"b": 2, "a": 1}}, idempotency_key="k").code == "IDEMPOTENCY_CONFLICT"
    assert len(texts(bus)) == before + 1


def test_bad_arguments_leave_the_key_free(puts: Sample) -> None:
    bus = puts.open()
    assert bus.call("put", {"text": 5}, idempotency_key="k").code == "VALIDATION_ERROR"
    assert bus.call("put", {"text": "a"}, idempotency_key="k").ok
    assert records(bus) == 1


@pytest.mark.parametrize("text", ["no", "boom"])
def test_only_what_succeeded_is_kept(puts: Sample, database_url: str, text: str) -> None:
    """A refusal or a failure is judged anew, and the key may be used with other arguments."""
    bus = puts.open(database_url)
    codes = {bus.call("put", {"text": text}, idempotency_key="k").code for _ in range(2)}
    assert codes == {"no" if text == "no" else "HANDLER_ERROR"}
    assert records(bus) == 0
    assert bus.call("put", {"text": "a"}, idempotency_key="k").ok
    assert texts(bus) == ["a"]


def test_a_refused_many_begins_from_the_beginning(puts: Sample, database_url: str) -> None:
    """Its finished units belong to the refused call, not to the next one: other arguments get their own."""
    bus = puts.open(database_url)
    for _ in range(2):
        assert bus.call("steps", {"text": "no"}, idempotency_key="k").code == "no"
    assert (records(bus), units(bus)) == (0, 0)
    assert bus.call("steps", {"text": "a"}, idempotency_key="k", correlation_id="c").data == {"text": "c"}
    assert texts(bus) == ["no 1", "no 1", "a 1", "a 2"]


def test_a_failed_many_goes_on_where_it_ended(puts: Sample, database_url: str) -> None:
    """Each unit takes effect once, however often the call is repeated until it succeeds."""
    bus = puts.open(database_url)
    assert bus.call("steps", {"text": "boom"}, idempotency_key="k", correlation_id="one").code == "HANDLER_ERROR"
    other = bus.call("steps", {"text": "a"}, idempotency_key="k")
    assert other.error["details"] == {"state": "other_arguments"}
    with bus.database.connect() as connection:
        connection.execute(sql("INSERT INTO sample_row(text) VALUES ('from outside')"))
    again = bus.call("steps", {"text": "boom"}, idempotency_key="k", correlation_id="two")
    assert again.data == {"text": "one"}
    assert texts(bus) == ["boom 1", "from outside", "boom 2"]


def test_reading_ignores_the_key(sample: Sample) -> None:
    runs = []

    @sample.command("look", effect=READ)
    def look(ctx):
        runs.append(1)
        return {}

    bus = sample.open()
    for _ in range(2):
        assert bus.call("look", idempotency_key="k").ok
    assert (len(runs), records(bus)) == (2, 0)


def test_a_secret_command_accepts_a_key_and_keeps_nothing(sample: Sample, database_url: str) -> None:
    """Neither its data nor a hash that tells its arguments."""

    @sample.command("log_in", secret=True, params={"code": fields.Text(required=True)}, result=TEXT)
    def log_in(ctx, code):
        add(ctx.db, "logged in")
        return {"text": "token"}

    @sample.command("log_in_slowly", secret=True, units=MANY)
    def log_in_slowly(ctx):
        ctx.unit("u", lambda db: "token")
        return {}

    bus = sample.open(database_url)
    for _ in range(2):
        assert bus.call("log_in", {"code": "123456"}, idempotency_key="k").ok
        assert bus.call("log_in_slowly", idempotency_key="k").ok
    assert (records(bus), units(bus)) == (0, 0)
    assert len(texts(bus)) == 2


def test_a_key_is_forgotten_after_a_day(puts: Sample, database_url: str, clock: FakeClock) -> None:
    """Also where nobody has swept yet; MANY begins anew, units included."""
    bus = puts.open(database_url, clock=clock)
    for command in ("put", "steps"):
        assert bus.call(command, {"text": "a"}, idempotency_key="k", correlation_id="one").ok
    clock.advance(DAY_MS)
    for command in ("put", "steps"):
        assert bus.call(command, {"text": "a"}, idempotency_key="k").data == {"text": "one"}
    clock.advance(1)
    for command in ("put", "steps"):
        assert bus.call(command, {"text": "b"}, idempotency_key="k", correlation_id="two").data == {"text": "two"}
        assert bus.call(command, {"text": "b"}, idempotency_key="k").data == {"text": "two"}
    assert texts(bus) == ["a", "a 1", "a 2", "b", "b 1", "b 2"]


def test_sweeping_takes_old_records_with_their_units(puts: Sample, database_url: str, clock: FakeClock) -> None:
    bus = puts.open(database_url, clock=clock)
    for n in range(3):
        assert bus.call("steps", {"text": "a"}, idempotency_key=f"old {n}").ok
    clock.advance(DAY_MS + 1)
    assert bus.call("steps", {"text": "a"}, idempotency_key="new").ok
    bus.sweep()
    assert (records(bus), units(bus)) == (1, 2)


def test_a_queued_call_is_queued_once(puts: Sample, database_url: str) -> None:
    """The repeated call names the same job, whichever mode it asks for."""
    bus = puts.open(database_url, workers)
    first = bus.call("put", {"text": "a"}, mode="queue", idempotency_key="k")
    again = bus.call("put", {"text": "a"}, mode="queue", idempotency_key="k", correlation_id="two")
    at_once = bus.call("put", {"text": "a"}, idempotency_key="k")
    assert first.ok
    assert first.job == again.job == at_once.job
    assert (again.data, again.correlation_id, at_once.data) == (None, "two", None)
    assert bus.call("put", {"text": "b"}, mode="queue", idempotency_key="k").code == "IDEMPOTENCY_CONFLICT"
    assert bus.call("job_list").data["total_count"] == 1
    assert texts(bus) == []


def test_a_call_that_ran_is_not_queued_again(puts: Sample, database_url: str) -> None:
    bus = puts.open(database_url, workers)
    assert bus.call("put", {"text": "a"}, idempotency_key="k", correlation_id="one").ok
    queued = bus.call("put", {"text": "a"}, mode="queue", idempotency_key="k")
    assert (queued.ok, queued.data, queued.job) == (True, {"text": "one"}, None)
    assert bus.call("job_list").data["total_count"] == 0


def test_a_second_call_while_many_runs_is_told_to_ask_again(puts: Sample, database_url: str) -> None:
    """It neither waits for the first nor runs beside it."""
    seen: list[Any] = []

    @puts.command("slow", units=MANY, params=N)
    def slow(ctx, n):
        if not seen:
            seen.append(None)
            seen.append(bus.call("slow", {"n": 1}, idempotency_key="k"))
            seen.append(bus.call("slow", {"n": 2}, idempotency_key="k"))
        return {}

    bus = puts.open(database_url)
    assert bus.call("slow", {"n": 1}, idempotency_key="k").ok
    assert seen[1].error["details"] == {"state": "running"}
    assert seen[2].error["details"] == {"state": "other_arguments"}


def test_sixteen_threads_with_one_key_are_one_call(puts: Sample, database_url: str, rng: random.Random) -> None:
    """For each of twenty keys: one effect, and one answer for everybody."""
    bus = puts.open(database_url)
    answers: list[tuple[str, str | None, Any]] = []
    meeting = threading.Barrier(16)

    def call(seed: int) -> None:
        keys = [f"k{n}" for n in range(20)]
        random.Random(seed).shuffle(keys)
        meeting.wait()
        for key in keys:
            envelope = bus.call("put", {"text": key}, idempotency_key=key)
            answers.append((key, envelope.code, envelope.data and envelope.data["text"]))

    threads = [threading.Thread(target=call, args=(rng.random(),)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 320
    assert {code for _, code, _ in answers} == {None}
    assert len({(key, data) for key, _, data in answers}) == 20
    assert sorted(texts(bus)) == sorted(f"k{n}" for n in range(20))


def test_four_processes_with_one_key_are_one_call(open_bus: Callable[..., Bus], database_url: str) -> None:
    """In one unit and in several: each row is written once, and everybody gets one answer."""
    bus = open_bus(database_url, plugins=[programs.plugin()])
    create_table(bus)
    keys = [f"k{n}" for n in range(15)]
    meeting, answers = forking.Barrier(4), forking.Queue()
    processes = [forking.Process(target=programs.repeat, args=(database_url, meeting, keys, answers)) for _ in range(4)]
    for process in processes:
        process.start()
    given = [answers.get(timeout=60) for _ in range(2 * 60)]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    assert {code for _, _, code, _ in given} == {None}
    assert len({(command, key, data["text"]) for command, key, _, data in given}) == 2 * 15
    assert Counter(texts(bus)) == Counter([*keys, *(f"{key} {n}" for key in keys for n in (1, 2))])


def started(url: str) -> tuple[Any, Any]:
    """A process that is between the two units of ``steps``, and the pipe to it."""
    ours, theirs = forking.Pipe()
    process = forking.Process(target=programs.stop_between_units, args=(url, theirs))
    process.start()
    theirs.close()
    assert ours.poll(60)
    assert ours.recv() == "between"
    return process, ours


@pytest.fixture
def steps(open_bus: Callable[..., Bus], database_url: str) -> tuple[Bus, FakeClock, str]:
    """A bus with a clock of its own on a database that another process uses."""
    clock = FakeClock(time.time_ns() // 1_000_000)
    bus = open_bus(database_url, plugins=[programs.plugin()], clock=clock)
    create_table(bus)
    return bus, clock, database_url


def test_the_killed_run_of_many_is_taken_over(steps: tuple[Bus, FakeClock, str]) -> None:
    """Not before its lease has passed; then the finished unit is not repeated, and the rest is done once."""
    bus, clock, url = steps
    process, _pipe = started(url)
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").error["details"] == {"state": "running"}
    process.kill()
    process.join()
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").code == "IDEMPOTENCY_CONFLICT"
    clock.advance(60_000)
    assert bus.call("steps", {"text": "b"}, idempotency_key="k").error["details"] == {"state": "other_arguments"}
    assert texts(bus) == ["a 1"]
    envelope = bus.call("steps", {"text": "a"}, idempotency_key="k", correlation_id="second")
    assert envelope.ok
    assert envelope.data["text"] != "second"  # the first unit's result is the dead process's
    assert texts(bus) == ["a 1", "a 2"]
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").data == envelope.data


@pytest.mark.parametrize("ends", ["kept", "swept", "taken anew"])
def test_a_run_that_was_taken_over_cannot_come_back(steps: tuple[Bus, FakeClock, str], ends: str) -> None:
    """Stopped past its lease and woken up: its next unit finds another fence, and its caller is told.

    Also when the key has meanwhile been freed and taken anew: a record's fences never begin at the same number.
    """
    bus, clock, url = steps
    process, pipe = started(url)
    os.kill(process.pid, signal.SIGSTOP)
    clock.advance(60_000)
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").ok
    expected = ["a 1", "a 2"]
    if ends != "kept":
        clock.advance(DAY_MS + 1)
        bus.sweep()
    if ends == "taken anew":
        with bus.database.writer().transaction() as kept:
            kept.raw.execute(
                bus.database.sql(
                    "INSERT INTO bus_idempotency(principal, command, key, args_hash, fence, created_at, lease_until) "
                    "VALUES ('local','steps','k',?,?,?,?)"
                ),
                (b"x", random.randint(1, 2**30), clock.now_ms(), clock.now_ms() + 60_000),
            )
    os.kill(process.pid, signal.SIGCONT)
    pipe.send("go on")
    assert pipe.poll(60)
    assert pipe.recv() == "IDEMPOTENCY_CONFLICT"
    process.join(30)
    assert texts(bus) == expected
