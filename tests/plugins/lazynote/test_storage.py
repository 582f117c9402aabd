"""What callers are told when the database is locked, broken or holds what it should not: each domain's own words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bus.settings import Settings
from bus.testing import wait_until
from plugins.lazynote import lazynote
from plugins.lazynote.search.tables import metadata
from tests.plugins.lazynote.arguments import good_args
from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.watching import change, content
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

BUSY_MS = 60
#: Whose seed table lists no ``db_busy``.
ATOM_COMMANDS = ("entry_", "tasks_", "calendar_", "atom_")
NO_DATABASE = {"entry_parse"}
COMMANDS = sorted({contract.name for contract in lazynote.contracts} - {"search_rebuild"} - NO_DATABASE)
WRITES = sorted({contract.name for contract in lazynote.contracts if contract.effect.value == "write"} & {*COMMANDS})


def locked_answer(command: str) -> tuple[str, Any]:
    """Code and details of the answer to a call that waited for a lock in vain."""
    return ("db_error", {"retryable": True}) if command.startswith(ATOM_COMMANDS) else ("db_busy", None)


@pytest.fixture
def impatient(open_bus: Callable[..., Bus], database_url: str, tmp_path: Any) -> Bus:
    """A bus with a queue that waits for a lock for a moment."""
    settings = Settings(home=tmp_path, busy_timeout_ms=BUSY_MS)
    return open_bus(database_url, plugins=[lazynote, workers], settings=settings)


@contextlib.contextmanager
def locked(bus: Bus, *tables: str) -> Iterator[None]:
    """Somebody else holds these tables; on SQLite the whole database for writing."""
    with bus.database.engine.connect() as connection:
        if bus.database.kind == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        try:
            yield
        finally:
            connection.exec_driver_sql("ROLLBACK")


def calls(db: Caller) -> dict[str, dict[str, Any]]:
    """Arguments for each command with which it gets as far as the database."""
    own: dict[str, Any] = {"atom_id": db.note("words", "t"), "parent_node_id": None, "new_parent_id": None}
    found = {}
    for command in COMMANDS:
        args = good_args(command)
        own["node_id"] = db("workspace_create_folder", name=command)["node"]["node_id"]
        found[command] = args | {name: own[name] for name in args if name in own}
    return found


def test_a_locked_database_is_told_in_the_words_of_the_command(impatient: Bus) -> None:
    """At the handler's statement and, with a key, at the bus's own; the call can be repeated as it is."""
    args = calls(Caller(impatient))
    before = content(impatient)
    commands = WRITES if impatient.database.kind == "sqlite" else COMMANDS
    with locked(impatient, *(table.name for table in metadata.sorted_tables)):
        for command in commands:
            for options in ({}, {"idempotency_key": "k"}):
                answer = impatient.call(command, args[command], **options)
                assert answer.error is not None, command
                assert (answer.code, answer.error["details"]) == locked_answer(command), answer
    assert content(impatient) == before
    for command in commands:
        assert impatient.call(command, args[command], idempotency_key="k").ok, command


@pytest.mark.parametrize("line", ["", "words", " words > more"])
def test_a_line_that_only_searches_waits_for_no_writer(
    open_bus: Callable[..., Bus], sqlite_url: str, tmp_path: Path, line: str
) -> None:
    """On SQLite, where there is one."""
    bus = open_bus(sqlite_url, plugins=[lazynote], settings=Settings(home=tmp_path, busy_timeout_ms=BUSY_MS))
    Caller(bus).note("words")
    with locked(bus):
        assert bus.call("entry_execute", {"input": line}).ok
        assert not bus.call("entry_execute", {"input": " > new note words"}).ok


def test_locks_of_the_bus_itself_are_told_in_the_same_words(impatient: Bus) -> None:
    """Of the idempotency keys, and of the jobs when the command is queued."""
    args = calls(Caller(impatient))
    before = content(impatient)
    with locked(impatient, "bus_idempotency", "bus_job"):
        for command in WRITES:
            for answer in (
                impatient.call(command, args[command], idempotency_key="k"),
                impatient.submit(command, args[command]),
                impatient.submit(command, args[command], idempotency_key="k"),
            ):
                assert answer.error is not None, command
                assert (answer.code, answer.error["details"]) == locked_answer(command), answer
    assert content(impatient) == before


def test_a_broken_database_is_told_apart_from_a_locked_one(impatient: Bus) -> None:
    args = calls(Caller(impatient))
    with impatient.database.connect() as connection:
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} RENAME TO {table.name}_gone")
    for command in COMMANDS:
        answer = impatient.call(command, args[command])
        expected = "internal_error" if command == "entry_search" else "db_error"
        assert answer.error is not None, command
        assert (answer.code, answer.error["details"]) == (expected, None), answer


@pytest.mark.parametrize("command", ["notes_list", "notes_list@1", "tasks_list_inbox", "calendar_list_by_range"])
def test_a_row_that_breaks_an_invariant_is_an_internal_error(bus: Bus, db: Caller, command: str) -> None:
    atom_id = db.note()
    args: dict[str, Any] = {}
    if command == "calendar_list_by_range":
        args = {"start_ms": 0, "end_ms": 9}
        db("calendar_update_event", atom_id=atom_id, start_ms=1, end_ms=2)
    assert db(command, **args)["total_count"] == 1
    change(bus, atom_id, uuid="no uuid")
    assert db.code(command, **args) == "internal_error"


@pytest.mark.parametrize("command", ["notes_list", "tasks_list_inbox", "workspace_list_children"])
def test_a_database_that_is_gone_is_not_locked(open_bus: Callable[..., Bus], tmp_path: Path, command: str) -> None:
    """Waiting does not bring it back, so nobody is told to try again."""
    folder = tmp_path / "store"
    folder.mkdir()
    bus = open_bus(f"sqlite:///{folder}/bus.sqlite", plugins=[lazynote])
    assert bus.call(command).ok
    folder.rename(tmp_path / "elsewhere")
    answer = wait_until(lambda: (answer := bus.call(command)).error and answer)
    assert (answer.code, answer.error["details"]) == ("db_error", None)
