"""SQLite in trouble: locked, read-only, gone, full. The right code after a bounded wait, and nothing half-written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bus import SetupError
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.database import holders
from tests.bus.sample import Sample, add, create_table, texts

if TYPE_CHECKING:
    from bus.application import Bus

IMPATIENT_MS = 300


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database lies, in a folder of its own."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "bus.sqlite"


@pytest.fixture
def bus(open_puts: Callable[..., Bus], file: Path) -> Bus:
    """A bus that soon gives up waiting."""
    return open_puts(f"sqlite:///{file}", settings=Settings(busy_timeout_ms=IMPATIENT_MS))


def test_a_locked_database_is_busy_after_a_bounded_wait(bus: Bus, file: Path, beside: Callable[..., Any]) -> None:
    """Another process holds the lock: calls are answered in time, reading goes on, and nothing was written."""
    other = beside(holders.hold_lock, str(file))
    assert other.poll(60)
    other.recv()
    for call in (
        lambda: bus.call("put", {"text": "a"}),
        lambda: bus.call("put", {"text": "a"}, idempotency_key="k"),
        lambda: bus.call("steps", {"text": "a"}),
        lambda: bus.call("steps", {"text": "a"}, idempotency_key="k"),
        lambda: bus.submit("put", {"text": "a"}),
    ):
        began = time.monotonic()
        envelope = call()
        waited_s = time.monotonic() - began
        assert envelope.error == {
            "code": "DATABASE_BUSY",
            "message": "the database is locked by another process; nothing was written, try again",
            "details": None,
        }
        assert IMPATIENT_MS / 1000 <= waited_s < 3
    assert bus.call("job_list").ok
    other.send("let go")
    assert wait_until(lambda: bus.call("put", {"text": "b"}).ok)
    assert texts(bus) == ["b"]


def test_a_lock_that_is_let_go_in_time_is_only_a_wait(
    open_puts: Callable[..., Bus], file: Path, beside: Callable[..., Any]
) -> None:
    bus = open_puts(f"sqlite:///{file}")
    other = beside(holders.hold_lock, str(file))
    assert other.poll(60)
    other.recv()
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(bus.call("put", {"text": "a"})))
    caller.start()
    other.send("let go")
    caller.join(10)
    assert answers[0].ok


def test_threads_of_one_process_wait_for_each_other_no_longer(sample: Sample, file: Path) -> None:
    """They queue in front of the lock; whoever waits too long is told so."""
    begun, go_on = threading.Event(), threading.Event()

    @sample.command("hold")
    def hold(ctx):
        add(ctx.db, "held")
        begun.set()
        assert go_on.wait(30)
        return {}

    sample.command("put")(lambda ctx: add(ctx.db, "a") or {})
    bus = sample.open(f"sqlite:///{file}", settings=Settings(busy_timeout_ms=IMPATIENT_MS))
    holder = threading.Thread(target=lambda: bus.call("hold"))
    holder.start()
    assert begun.wait(10)
    envelope = bus.call("put")
    assert envelope.code == "DATABASE_BUSY"
    assert "another call of this process holds the database's write lock" in envelope.error["message"]
    go_on.set()
    holder.join()
    assert bus.call("put").ok
    assert texts(bus) == ["held", "a"]


def test_a_command_that_needs_no_database_does_not_ask_for_one(
    sample: Sample, file: Path, beside: Callable[..., Any]
) -> None:
    sample.command("echo")(lambda ctx: {})
    bus = sample.open(f"sqlite:///{file}", settings=Settings(busy_timeout_ms=60_000))
    other = beside(holders.hold_lock, str(file))
    assert other.poll(60)
    other.recv()
    assert bus.call("echo").ok
    other.send("let go")


def test_a_read_only_file_is_busy_for_writers(
    open_puts: Callable[..., Bus], file: Path, beside: Callable[..., Any]
) -> None:
    """Reading goes on; the bus opens, because what it needs is there."""
    bus = open_puts(f"sqlite:///{file}")
    assert bus.call("put", {"text": "a"}).ok
    for path in file.parent.iterdir():
        path.chmod(stat.S_IRUSR)
    other = beside(holders.write_without_permission, f"sqlite:///{file}")
    assert other.poll(60)
    code, error, found = other.recv()
    assert (code, error["message"]) == (
        "DATABASE_BUSY",
        "the database is read-only; nothing was written, try again",
    )
    assert found == ["a"]


def test_a_missing_folder_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    from bus import Bus as TheBus

    with pytest.raises(SetupError) as raised:
        TheBus.open(f"sqlite:///{tmp_path}/nowhere/bus.sqlite", plugins=[])
    assert str(raised.value) == (
        f"the folder {tmp_path}/nowhere of the database does not exist; create it or set BUS_DATABASE_URL"
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "sqlite",
            "the database URL cannot be read; write sqlite:////folder/bus.sqlite or postgresql://user@host/name",
        ),
        ("mysql://localhost/x", "the database 'mysql' is not supported; use sqlite or postgresql"),
    ],
)
def test_a_url_that_is_no_database_stops_the_start_with_a_sentence(url: str, sentence: str) -> None:
    from bus import Bus as TheBus

    with pytest.raises(SetupError, match=sentence):
        TheBus.open(url, plugins=[])


def test_a_folder_that_disappears_is_busy_until_it_is_back(bus: Bus, file: Path) -> None:
    """For threads that begin now, and within a second for those that had the file open."""
    assert bus.call("put", {"text": "a"}).ok
    away = file.parent.rename(file.parent.with_name("away"))
    answers: list[Any] = []
    fresh = threading.Thread(target=lambda: answers.append(bus.call("put", {"text": "b"})))
    fresh.start()
    fresh.join()
    assert (answers[0].code, answers[0].error["message"]) == (
        "DATABASE_BUSY",
        "the database file is not there; nothing was written, try again",
    )
    error = wait_until(lambda: bus.call("put", {"text": "c"}).error)
    assert error["code"] == "DATABASE_BUSY"
    assert "deleted or replaced" in error["message"]
    away.rename(file.parent)
    assert bus.call("put", {"text": "d"}).ok
    assert texts(bus)[-1] == "d"


def test_a_deleted_file_is_not_made_anew(bus: Bus, file: Path) -> None:
    """An empty database in its place would look like one that lost everything."""
    assert bus.call("put", {"text": "a"}).ok
    for path in file.parent.glob("bus.sqlite*"):
        if path.is_file():
            path.unlink()
    wait_until(lambda: bus.call("put", {"text": "b"}).code == "DATABASE_BUSY")
    assert bus.call("job_list").code in (None, "DATABASE_BUSY")
    wait_until(lambda: bus.call("job_list").code == "DATABASE_BUSY")
    assert not file.exists()


def test_a_replaced_file_is_noticed(bus: Bus, file: Path, tmp_path: Path) -> None:
    """Somebody restores a backup while the bus runs: it goes on with what is there now."""
    assert bus.call("put", {"text": "a"}).ok
    with bus.database.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{tmp_path / 'backup'}'")
    assert bus.call("put", {"text": "b"}).ok
    for path in (f"{file}-wal", f"{file}-shm"):
        Path(path).unlink()
    shutil.move(tmp_path / "backup", file)
    wait_until(lambda: bus.call("put", {"text": "c"}).code == "DATABASE_BUSY")
    assert bus.call("put", {"text": "d"}).ok
    with sqlite3.connect(file) as restored:
        assert [text for (text,) in restored.execute("SELECT text FROM sample_row")] == ["a", "d"]
    restored.close()


def test_a_full_database_is_busy_and_holds_nothing_half(sample: Sample, file: Path) -> None:
    """Whatever the handler makes of the error; with room again the next call works."""
    swallowed: list[Exception] = []

    @sample.command("fill")
    def fill(ctx):
        for n in range(200):
            add(ctx.db, f"{n} {'x' * 1000}")
        return {}

    @sample.command("fill_and_go_on")
    def fill_and_go_on(ctx):
        for n in range(200):
            try:
                add(ctx.db, f"{n} {'x' * 1000}")
            except Exception as error:  # noqa: BLE001  # a handler that shrugs
                swallowed.append(error)
        return {}

    @sample.command("fill_inside")
    def fill_inside(ctx):
        add(ctx.db, "outer")
        try:
            ctx.call("fill")
        except Exception as error:  # noqa: BLE001  # as above
            swallowed.append(error)
        add(ctx.db, "after")
        return {}

    sample.command("put")(lambda ctx: add(ctx.db, "small") or {})
    bus = sample.open(f"sqlite:///{file}")
    kept = bus.database.writer()
    pages = kept.core.exec_driver_sql("PRAGMA page_count").scalar_one()
    kept.core.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
    for command in ("fill", "fill_and_go_on", "fill_inside"):
        envelope = bus.call(command)
        assert envelope.code == "DATABASE_BUSY", command
        assert texts(bus) == []
    assert len(swallowed) > 1
    kept.core.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert bus.call("put").ok
    assert texts(bus) == ["small"]


def test_a_full_database_stops_the_orm_as_well(sample: Sample, file: Path) -> None:
    """Its savepoints are gone with the transaction; what it writes then must not be kept by accident."""
    from sqlalchemy import insert

    from tests.bus.sample import row

    @sample.command("fill")
    def fill(ctx):
        for n in range(100):
            try:
                ctx.session.execute(insert(row), {"text": f"{n} {'x' * 1000}"})
                ctx.session.commit()
            except Exception:  # noqa: BLE001  # a handler that shrugs
                ctx.session.rollback()
        return {}

    bus = sample.open(f"sqlite:///{file}")
    kept = bus.database.writer()
    pages = kept.core.exec_driver_sql("PRAGMA page_count").scalar_one()
    kept.core.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
    assert not bus.call("fill").ok
    assert texts(bus) == []


def test_a_disk_that_takes_no_more_is_busy(
    open_puts: Callable[..., Bus], file: Path, beside: Callable[..., Any]
) -> None:
    """Files of the process may not grow: the log cannot be written, and SQLite gives up in the middle of a commit."""
    open_puts(f"sqlite:///{file}").close()
    other = beside(holders.write_past_a_limit, f"sqlite:///{file}")
    assert other.poll(60)
    errors, after, found = other.recv()
    assert {error["code"] for error in errors} == {"DATABASE_BUSY"}
    assert {error["message"] for error in errors} <= {
        "the disk under the database is full; nothing was written, try again",
        "the disk under the database failed; nothing was written, try again",
    }
    assert after is None
    assert found == ["before", "after"]


def test_connections_end_with_their_threads(open_puts: Callable[..., Bus], file: Path) -> None:
    """However many threads come and go, the open files do not grow in number; closing the bus closes the last one.

    SQLite itself keeps a closed file open, to use it again, as long as another connection has locked the database.
    """

    def open_files() -> int:
        return sum(os.path.realpath(f"/proc/self/fd/{fd}").startswith(str(file)) for fd in os.listdir("/proc/self/fd"))  # noqa: PTH208

    bus = open_puts(f"sqlite:///{file}")
    bus.call("put", {"text": "a"})
    bus.call("job_list")
    seen: list[int] = []

    def call() -> None:
        assert bus.call("put", {"text": "a"}).ok
        assert bus.call("job_list").ok

    for _ in range(10):
        threads = [threading.Thread(target=call) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seen.append(open_files())
    assert max(seen) < 4 * 11 + 2  # what eleven threads have open at once; a hundred would have four hundred
    bus.close()
    assert open_files() == 0


def test_an_interrupt_while_a_unit_begins_leaves_no_lock(sample: Sample, file: Path) -> None:
    """Control-C while waiting for the lock, which is granted at that moment."""

    class Interrupted:
        """The driver's connection; the first BEGIN succeeds, and then somebody presses the keys."""

        def __init__(self, raw: Any) -> None:
            self._raw = raw

        def __getattr__(self, name: str) -> Any:
            return getattr(self._raw, name)

        def execute(self, statement: str, *parameters: Any) -> Any:
            done = self._raw.execute(statement, *parameters)
            if statement == "BEGIN IMMEDIATE":
                kept.raw = self._raw
                raise KeyboardInterrupt
            return done

    sample.command("put")(lambda ctx: add(ctx.db, "a") or {})
    bus = sample.open(f"sqlite:///{file}", settings=Settings(busy_timeout_ms=IMPATIENT_MS))
    assert bus.call("put").ok
    kept = bus.database.writer()
    kept.raw = Interrupted(kept.raw)
    with pytest.raises(KeyboardInterrupt):
        bus.call("put")
    with sqlite3.connect(file, timeout=0) as other:
        other.execute("INSERT INTO sample_row(text) VALUES ('other')")
    other.close()
    assert bus.call("put").ok
    assert texts(bus) == ["a", "other", "a"]


def test_an_in_memory_database_is_shared_by_all_threads(sample: Sample) -> None:
    """One at a time; each sees what the others committed."""
    sample.command("put")(lambda ctx: add(ctx.db, "a") or {})
    bus = sample.open()
    threads = [threading.Thread(target=lambda: [bus.call("put") for _ in range(25)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts(bus)) == 200


def test_two_buses_in_memory_are_two_databases(open_puts: Callable[..., Bus]) -> None:
    one, other = open_puts("sqlite://"), open_puts("sqlite://")
    create_table(one)
    assert one.call("put", {"text": "a"}).ok
    assert (texts(one), texts(other)) == (["a"], [])
