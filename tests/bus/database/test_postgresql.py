"""PostgreSQL in trouble: backends killed, the server stopped, answers lost on the way. Nothing half, nothing twice."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bus.database.postgresql import Postgresql
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.database.proxy import Moment, Proxy
from tests.bus.sample import TEXT, Sample, add, texts
from tests.bus.worker import work
from tests.servers import HOST, PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus

CUT_OFF = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name='charterbus'"


def at_server(url: str, statement: str) -> list[Any]:
    """Run a statement on a connection of its own."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        answer = connection.execute(statement)  # type: ignore[arg-type]  # constants of this file
        return answer.fetchall() if answer.description else []


def test_a_connection_lost_between_calls_is_not_noticed(open_puts: Callable[..., Bus], postgresql_url: str) -> None:
    """The next call opens another one: writing, reading, queueing, with a key, in units."""
    bus = open_puts(postgresql_url)
    assert bus.call("job_list").ok
    for n, call in enumerate(
        (
            lambda: bus.call("put", {"text": "0"}),
            lambda: bus.call("put", {"text": "1"}, idempotency_key="k"),
            lambda: bus.call("job_list"),
            lambda: bus.call("steps", {"text": "3"}),
            lambda: bus.submit("put", {"text": "4"}),
        )
    ):
        assert at_server(postgresql_url, CUT_OFF), n
        assert call().ok, n
    assert texts(bus) == ["0", "1", "3 1", "3 2"]


def test_a_connection_lost_inside_a_unit_is_busy_and_leaves_nothing(sample: Sample, postgresql_url: str) -> None:
    """Whether the handler lets the error pass, or goes on as if nothing had happened."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        if text == "lose":
            at_server(postgresql_url, CUT_OFF)
            add(ctx.db, text)
        if text == "swallow":
            at_server(postgresql_url, CUT_OFF)
            for _ in range(2):
                with contextlib.suppress(Exception):  # a handler that shrugs
                    add(ctx.db, text)
        return {}

    bus = sample.open(postgresql_url)
    for text in ("lose", "swallow"):
        envelope = bus.call("put", {"text": text})
        assert envelope.code == "DATABASE_BUSY", text
        assert envelope.error["message"].endswith("nothing was written, try again")
        assert bus.call("put", {"text": text}, idempotency_key=text).code == "DATABASE_BUSY"
    assert bus.call("put", {"text": "a"}).ok
    assert texts(bus) == ["a"]


def test_a_server_that_is_down_is_busy_after_a_bounded_wait(
    open_puts: Callable[..., Bus], own_server: PostgreSQL
) -> None:
    """Every kind of call is answered; once it is back, the bus goes on by itself."""
    with own_server.database() as url:
        bus = open_puts(url, settings=Settings(busy_timeout_ms=700))
        assert bus.call("put", {"text": "a"}).ok
        own_server.stop()
        for call in (
            lambda: bus.call("put", {"text": "b"}),
            lambda: bus.call("put", {"text": "b"}, idempotency_key="k"),
            lambda: bus.call("steps", {"text": "b"}, idempotency_key="k"),
            lambda: bus.call("job_list"),
            lambda: bus.submit("put", {"text": "b"}),
        ):
            began = time.monotonic()
            envelope = call()
            assert envelope.code == "DATABASE_BUSY"
            assert "Traceback" not in envelope.error["message"]
            assert 0.7 <= time.monotonic() - began < 5
        own_server.start()
        assert bus.call("put", {"text": "c"}).ok
        assert texts(bus) == ["a", "c"]


def test_a_server_that_comes_back_in_time_is_only_a_wait(open_puts: Callable[..., Bus], own_server: PostgreSQL) -> None:
    with own_server.database() as url:
        bus = open_puts(url, settings=Settings(busy_timeout_ms=30_000))
        assert bus.call("put", {"text": "a"}).ok
        own_server.stop()
        answers: list[Any] = []
        caller = threading.Thread(target=lambda: answers.append(bus.call("put", {"text": "b"})))
        caller.start()
        own_server.start()
        caller.join(30)
        assert answers[0].ok
        assert texts(bus) == ["a", "b"]


def test_a_crash_of_the_server_leaves_whole_units_only(sample: Sample, own_server: PostgreSQL) -> None:
    """Threads write pairs of rows while it crashes and comes back: answered ones are there, others whole or not."""

    @sample.command("pair", params=TEXT)
    def pair(ctx, text):
        add(ctx.db, f"{text} 1")
        add(ctx.db, f"{text} 2")
        return {}

    with own_server.database() as url:
        bus = sample.open(url, settings=Settings(busy_timeout_ms=20_000))
        answered: list[str] = []
        codes: set[str | None] = set()
        is_over = threading.Event()

        def write(thread: int) -> None:
            n = 0
            while not is_over.is_set():
                n += 1
                envelope = bus.call("pair", {"text": f"{thread}.{n}"})
                codes.add(envelope.code)
                if envelope.ok:
                    answered.append(f"{thread}.{n}")

        threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(answered) > 50)
        own_server.crash()
        own_server.start()
        before = len(answered)
        wait_until(lambda: len(answered) > before + 50, timeout_s=30)
        is_over.set()
        for thread in threads:
            thread.join()
        assert codes <= {None, "DATABASE_BUSY", "HANDLER_ERROR"}  # the last: a commit whose answer was lost
        found = texts(bus)
        ones = {text.split()[0] for text in found if text.endswith(" 1")}
        assert ones == {text.split()[0] for text in found if text.endswith(" 2")}
        assert len(found) == len(set(found))
        assert set(answered) <= ones


@pytest.fixture
def cuttable(postgresql_url: str, postgresql_server: PostgreSQL) -> Iterator[tuple[str, Proxy]]:
    """The URL of a fresh database through a connection that can be cut."""
    proxy = Proxy(HOST, postgresql_server.port)
    yield make_url(postgresql_url).set(port=proxy.port).render_as_string(hide_password=False), proxy
    proxy.close()


@pytest.fixture
def cut_bus(open_puts: Callable[..., Bus], cuttable: tuple[str, Proxy]) -> tuple[Bus, Proxy]:
    """A bus on it."""
    url, proxy = cuttable
    return open_puts(url), proxy


def test_a_commit_whose_answer_was_lost_says_so(cut_bus: tuple[Bus, Proxy]) -> None:
    """Without a key nobody knows whether it was made: the answer says to look first."""
    bus, proxy = cut_bus
    outcomes: dict[Moment, list[str]] = {"before": [], "after": ["after"]}
    for moment, written in outcomes.items():
        proxy.cut(b"COMMIT", moment)
        envelope = bus.call("put", {"text": moment})
        assert envelope.error == {
            "code": "HANDLER_ERROR",
            "message": "the connection to the database was lost during the commit; the change was made whole or not "
            "at all: look before you repeat it, or use an idempotency key",
            "details": None,
        }
        assert texts(bus) == written
    assert proxy.cuts == 2


def test_with_a_key_a_lost_commit_is_looked_up(cut_bus: tuple[Bus, Proxy]) -> None:
    """Made: the answer is given. Not made: busy, and the repeated call runs."""
    bus, proxy = cut_bus
    proxy.cut(b"COMMIT", "after")
    made = bus.call("put", {"text": "a"}, idempotency_key="made", correlation_id="one")
    assert (made.data, proxy.cuts) == ({"text": "one"}, 1)
    assert texts(bus) == ["a"]
    proxy.cut(b"COMMIT", "before")
    lost = bus.call("put", {"text": "b"}, idempotency_key="lost")
    assert lost.error["code"] == "DATABASE_BUSY"
    assert lost.error["message"] == "the connection to the database was lost; nothing was written, try again"
    assert texts(bus) == ["a"]
    assert bus.call("put", {"text": "b"}, idempotency_key="lost").ok
    assert texts(bus) == ["a", "b"]


def test_a_refusal_to_look_is_not_taken_for_nothing_written(
    open_puts: Callable[..., Bus], cuttable: tuple[str, Proxy]
) -> None:
    """The commit was made, and then the server cannot be asked: the answer must not say that nothing was written."""
    url, proxy = cuttable
    bus = open_puts(url, settings=Settings(busy_timeout_ms=500))
    proxy.cut(b"COMMIT", "after", for_good=True)
    envelope = bus.call("put", {"text": "a"}, idempotency_key="k")
    assert not envelope.ok
    assert "nothing was written" not in envelope.error["message"]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("key", [None, "k"])
def test_a_job_whose_commit_was_lost_is_queued_once(
    cut_bus: tuple[Bus, Proxy], moment: Moment, key: str | None
) -> None:
    """Storing the same row again is harmless, so that is what happens."""
    bus, proxy = cut_bus
    proxy.cut(b"COMMIT", moment)
    envelope = bus.submit("put", {"text": "a"}, idempotency_key=key)
    assert proxy.cuts == 1
    assert envelope.ok
    assert envelope.job["state"] == "queued"
    assert bus.call("job_list").data["total_count"] == 1
    work(bus)
    assert bus.wait(envelope.job["id"]).ok
    assert texts(bus) == ["a"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_job_that_needs_no_commit_is_queued_once(cut_bus: tuple[Bus, Proxy], moment: Moment) -> None:
    """On a connection in use its INSERT is a transaction by itself: one question to the server, one answer to lose."""
    bus, proxy = cut_bus
    assert bus.submit("put", {"text": "a"}).ok
    proxy.cut(b"INSERT INTO bus_job", moment)
    assert bus.submit("put", {"text": "b"}).ok
    assert proxy.cuts == 1
    assert bus.call("job_list").data["total_count"] == 2
    work(bus)
    assert sorted(texts(bus)) == ["a", "b"]


@pytest.mark.parametrize(("moment", "left"), [("before", []), ("after", ["a 1"])])
def test_a_unit_whose_commit_was_lost_takes_effect_once(
    cut_bus: tuple[Bus, Proxy], moment: Moment, left: list[str]
) -> None:
    """The repeated call goes on where the lost one stood, whether the unit was committed or not."""
    bus, proxy = cut_bus
    seen: list[Any] = []
    original = bus.registry.find("steps").handler

    def armed(ctx: Any, text: str) -> Any:
        if not seen:
            seen.append(True)
            proxy.cut(b"COMMIT", moment)
        return original(ctx, text=text)

    bus.registry.find("steps").handler = armed
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").code == "HANDLER_ERROR"
    assert texts(bus) == left
    assert bus.call("steps", {"text": "a"}, idempotency_key="k").ok
    assert texts(bus) == ["a 1", "a 2"]


def test_a_network_that_breaks_inside_a_unit_leaves_nothing(cut_bus: tuple[Bus, Proxy]) -> None:
    bus, proxy = cut_bus
    proxy.cut(b"INSERT INTO sample_row", "after")
    assert bus.call("put", {"text": "a"}).code == "DATABASE_BUSY"
    assert bus.call("put", {"text": "b"}).ok
    assert texts(bus) == ["b"]


def test_a_deadlock_is_busy_for_one_of_the_two(sample: Sample, postgresql_url: str) -> None:
    """The other one goes on; nothing of the loser remains."""
    meeting = threading.Barrier(2)

    @sample.command("swap", params=TEXT)
    def swap(ctx, text):
        add(ctx.db, f"begun {text}")
        first, second = text
        for n in (first, second):
            ctx.db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({n})")
            if n == first:
                meeting.wait(30)
        return {}

    bus = sample.open(postgresql_url)
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda text=text: answers.append(bus.call("swap", {"text": text})))
        for text in ("12", "21")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(answer.code) for answer in answers) == ["DATABASE_BUSY", "None"]
    assert len(texts(bus)) == 1


def test_a_locked_row_is_busy_after_a_bounded_wait(sample: Sample, postgresql_url: str) -> None:
    @sample.command("lock")
    def lock(ctx):
        add(ctx.db, "x")
        ctx.db.exec_driver_sql("SELECT pg_advisory_xact_lock(7)")
        return {}

    bus = sample.open(postgresql_url, settings=Settings(busy_timeout_ms=300))
    plain = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as holder:
        holder.execute("SELECT pg_advisory_lock(7)")
        envelope = bus.call("lock")
    assert envelope.error["code"] == "DATABASE_BUSY"
    assert envelope.error["message"] == "a row is locked by another transaction; nothing was written, try again"
    assert texts(bus) == []


def test_a_read_only_server_is_busy_for_writers(open_puts: Callable[..., Bus], postgresql_url: str) -> None:
    """A standby answers reads."""
    bus = open_puts(postgresql_url)
    name = make_url(postgresql_url).database
    at_server(postgresql_url, f"ALTER DATABASE {name} SET default_transaction_read_only=on")
    at_server(postgresql_url, CUT_OFF)
    envelope = bus.call("put", {"text": "a"})
    assert envelope.error["code"] == "DATABASE_BUSY"
    assert envelope.error["message"] == "the database is read-only; nothing was written, try again"
    assert bus.submit("put", {"text": "a"}).code == "DATABASE_BUSY"
    assert bus.call("job_list").ok


def test_a_hung_process_does_not_keep_rows_locked(sample: Sample, postgresql_url: str) -> None:
    """The server ends a transaction in which nothing happens; what comes too late is refused."""

    @sample.command("hang")
    def hang(ctx):
        add(ctx.db, "x")
        wait_until(lambda: not at_server(postgresql_url, IN_TRANSACTION))
        add(ctx.db, "y")
        return {}

    @sample.command("hang_then_return")
    def hang_then_return(ctx):
        add(ctx.db, "x")
        wait_until(lambda: not at_server(postgresql_url, IN_TRANSACTION))
        return {}

    bus = sample.open(postgresql_url)
    assert isinstance(bus.database.dialect, Postgresql)
    bus.database.dialect.idle_ms = 300
    for command in ("hang", "hang_then_return"):
        assert bus.call(command).code == "DATABASE_BUSY", command
    assert texts(bus) == []


IN_TRANSACTION = (
    "SELECT 1 FROM pg_stat_activity WHERE application_name='charterbus' AND state='idle in transaction' "
    "AND datname=current_database()"
)


def test_the_server_finds_out_when_a_host_is_gone(open_puts: Callable[..., Bus], postgresql_url: str) -> None:
    """What a host has locked that lost its power is free in ten seconds, not in the two hours of the system."""
    with open_puts(postgresql_url).database.writer().transaction() as kept:
        names = ("idle", "interval", "count")
        shown = [int(kept.raw.execute(f"SHOW tcp_keepalives_{name}").fetchone()[0]) for name in names]
    assert shown[0] + shown[1] * shown[2] <= 11


def test_a_server_without_free_connections_is_busy(open_puts: Callable[..., Bus], own_server: PostgreSQL) -> None:
    """A new thread of this process cannot connect; those that have a connection go on."""
    with own_server.database() as superuser_url:
        url = make_url(superuser_url).set(username="guest").render_as_string(hide_password=False)
        own_server.run("CREATE ROLE guest LOGIN")
        at_server(superuser_url, f"ALTER DATABASE {make_url(url).database} OWNER TO guest")
        bus = open_puts(url, settings=Settings(busy_timeout_ms=500))
        assert bus.call("put", {"text": "a"}).ok
        own_server.run("ALTER ROLE guest CONNECTION LIMIT 1")
        answers: list[Any] = []
        thread = threading.Thread(target=lambda: answers.append(bus.call("put", {"text": "b"})))
        thread.start()
        thread.join()
        assert answers[0].code == "DATABASE_BUSY"
        assert bus.call("put", {"text": "c"}).ok


def test_connections_end_with_their_threads(open_puts: Callable[..., Bus], postgresql_url: str) -> None:
    """A hundred threads leave none behind, and closing the bus not one."""

    def connections() -> int:
        return at_server(
            postgresql_url,
            "SELECT count(*) FROM pg_stat_activity WHERE application_name='charterbus' AND datname=current_database()",
        )[0][0]

    bus = open_puts(postgresql_url)
    bus.call("put", {"text": "a"})
    before = connections()

    def call() -> None:
        assert bus.call("put", {"text": "a"}).ok
        assert bus.call("job_list").ok

    for _ in range(5):
        threads = [threading.Thread(target=call) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    wait_until(lambda: connections() == before)
    bus.close()
    wait_until(lambda: connections() == 0)


def test_the_urls_own_options_are_kept(sample: Sample, postgresql_url: str) -> None:
    """What an operator writes into the URL stands; the bus adds to it."""
    url = make_url(postgresql_url).update_query_dict({"options": "-c work_mem=7MB", "application_name": "mine"})
    bus = sample.open(url.render_as_string(hide_password=False))
    with bus.database.writer().transaction() as kept:
        shown = [kept.raw.execute(f"SHOW {name}").fetchone()[0] for name in ("work_mem", "application_name")]
        assert shown == ["7MB", "mine"]
        assert kept.raw.execute("SHOW lock_timeout").fetchone()[0] == "5s"
