"""Drivers' errors as the bus's: "not now" is DATABASE_BUSY, "too long" is TIMEOUT, the rest is a defect."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from bus.database import faults
from bus.errors import DatabaseBusy, TimedOut, UnknownCommand


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("what SQLite says, with /a/path in it")
    error.sqlite_errorcode = code  # type: ignore[misc]  # as the driver sets it
    return error


def postgresql_error(state: str) -> psycopg.Error:
    return psycopg.errors.lookup(state)("what PostgreSQL says, with a value in it")


def wrapped(error: Exception) -> DBAPIError:
    """As SQLAlchemy raises it."""
    return DBAPIError("SELECT 1", {}, error)


@pytest.mark.parametrize("wrap", [lambda error: error, wrapped])
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), "the database is locked by another process"),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), "the database is locked by another process"),
        (sqlite_error(sqlite3.SQLITE_LOCKED), "a table of the database is locked"),
        (sqlite_error(sqlite3.SQLITE_FULL), "the disk under the database is full"),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), "the disk under the database failed"),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), "the database file cannot be opened"),
        (sqlite_error(sqlite3.SQLITE_READONLY), "the database is read-only"),
        (sqlite_error(sqlite3.SQLITE_NOMEM), "the database ran out of memory"),
        (postgresql_error("40001"), "the transaction met another one"),
        (postgresql_error("40P01"), "the transaction met another one in a deadlock"),
        (postgresql_error("55P03"), "a row is locked by another transaction"),
        (postgresql_error("25006"), "the database is read-only"),
        (postgresql_error("53100"), "the disk under the database is full"),
        (postgresql_error("53300"), "the database has no connection left"),
        (postgresql_error("57P01"), "the database is shutting down"),
        (postgresql_error("57P03"), "the database is starting"),
        (postgresql_error("08006"), "the connection to the database was lost"),
        (psycopg.OperationalError("connection refused"), "the database cannot be reached"),
        (psycopg.errors.ConnectionTimeout("connection timeout expired"), "the database cannot be reached"),
    ],
)
def test_not_now_is_busy(error: Exception, sentence: str, wrap: Any) -> None:
    """In our words alone: nothing of the driver's text, which names files and values."""
    fault = faults.translate(wrap(error))
    assert isinstance(fault, DatabaseBusy)
    assert fault.message == f"{sentence}; nothing was written, try again"
    assert fault.details is None


@pytest.mark.parametrize("wrap", [lambda error: error, wrapped])
@pytest.mark.parametrize("error", [sqlite_error(sqlite3.SQLITE_INTERRUPT), postgresql_error("57014")])
def test_too_long_is_a_timeout(error: Exception, wrap: Any) -> None:
    assert isinstance(faults.translate(wrap(error)), TimedOut)


@pytest.mark.parametrize("wrap", [lambda error: error, wrapped])
@pytest.mark.parametrize(
    "error",
    [
        sqlite_error(sqlite3.SQLITE_ERROR),
        sqlite_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        sqlite_error(sqlite3.SQLITE_CORRUPT),
        postgresql_error("23505"),
        postgresql_error("42P01"),
        postgresql_error("25P02"),
        psycopg.ProgrammingError("wrong use of the driver"),
    ],
)
def test_the_rest_is_somebodys_mistake(error: Exception, wrap: Any) -> None:
    assert faults.translate(wrap(error)) is None


def test_for_a_reader_read_only_is_its_own_mistake() -> None:
    """It tried to write."""
    assert faults.translate(sqlite_error(sqlite3.SQLITE_READONLY), reading=True) is None
    assert faults.translate(postgresql_error("25006"), reading=True) is None


def test_the_buss_own_errors_are_themselves_and_others_are_none() -> None:
    error = UnknownCommand("what?")
    assert faults.translate(error) is error
    assert faults.translate(ValueError("x")) is None
    assert faults.translate(KeyboardInterrupt()) is None
