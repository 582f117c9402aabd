"""Is a durable command on SQLite, one insert and its commit, as cheap as SQLAlchemy Core's plain transaction?

Repeat: python -m benchmarks --only write_sqlite

Everybody writes the same row into a table of its own file: WAL, synchronous=NORMAL, as many pages in the log.
"""

from __future__ import annotations

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from benchmarks.domain import accepted, add_note, opened, tables
from benchmarks.line import Line, at_most
from benchmarks.mapped import Note
from benchmarks.stage import Stage
from benchmarks.timing import take_turns
from bus.database.sqlite import LOG_PAGES

UNIT = "µs"
PEER = "Core insert, engine.begin()"
LINES = (
    Line("Bus.call, ctx.db", PEER, must=at_most(1.0), aim=at_most(0.8)),
    Line("Bus.call, ctx.session", PEER),
    Line("Bus.call, ctx.session", "ORM, Session(engine) and commit"),
    Line("sqlite3, BEGIN IMMEDIATE to COMMIT", PEER),
)
ROW: dict[str, Any] = {"title": "Buy milk, bread and two kilos of apples", "priority": 3}


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    engine = peer(f"sqlite:///{stage.folder}/peer.sqlite")
    driver = peer(f"sqlite:///{stage.folder}/driver.sqlite").raw_connection().driver_connection
    assert driver is not None
    driver.isolation_level = None
    with opened(f"sqlite:///{stage.folder}/bus.sqlite") as bus:
        for command in ("note_add", "note_add_by_session"):
            accepted(bus.call(command, ROW))
        figures = take_turns(
            stage,
            {
                "Bus.call, ctx.db": functools.partial(bus.call, "note_add", ROW),
                "Bus.call, ctx.session": functools.partial(bus.call, "note_add_by_session", ROW),
                PEER: functools.partial(insert, engine),
                "ORM, Session(engine) and commit": functools.partial(insert_by_session, engine),
                "sqlite3, BEGIN IMMEDIATE to COMMIT": functools.partial(insert_by_driver, driver),
            },
        )
    engine.dispose()
    driver.close()
    return figures


def peer(url: str) -> sa.Engine:
    """An engine as programs make it, on a new file with the tables."""
    engine = sa.create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")

    tables.create_all(engine)
    return engine


def insert(engine: sa.Engine) -> None:
    """One insert in a transaction of its own."""
    with engine.begin() as connection:
        connection.execute(add_note, ROW)


def insert_by_session(engine: sa.Engine) -> None:
    """The same by a session of its own."""
    with Session(engine) as session:
        session.add(Note(**ROW))
        session.commit()


def insert_by_driver(connection: Any) -> None:
    """The same without SQLAlchemy: the floor."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bench_note(title, priority) VALUES (?, ?)", (ROW["title"], ROW["priority"]))
    connection.execute("COMMIT")
