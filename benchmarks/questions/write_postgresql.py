"""Is a durable command on PostgreSQL near the driver's single autocommitted insert?

Repeat: python -m benchmarks --only write_postgresql

The driver sends one statement, a unit of work three (BEGIN, INSERT, COMMIT). Commits are synchronous for everybody.
"""

from __future__ import annotations

import functools

import psycopg
import sqlalchemy as sa

from benchmarks.domain import accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.questions.write_sqlite import ROW, insert
from benchmarks.stage import Stage
from benchmarks.timing import take_turns

UNIT = "µs"
PEER = "psycopg insert, autocommit"
LINES = (
    Line("Bus.call, ctx.db", PEER, must=at_most(2), aim=at_most(1.3)),
    Line("Bus.call, ctx.session", PEER),
    Line("Core insert, engine.begin()", PEER),
)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    with stage.postgresql().database() as url, opened(url) as bus:
        engine = sa.create_engine(url)
        plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            for command in ("note_add", "note_add_by_session"):
                accepted(bus.call(command, ROW))
            figures = take_turns(
                stage,
                {
                    "Bus.call, ctx.db": functools.partial(bus.call, "note_add", ROW),
                    "Bus.call, ctx.session": functools.partial(bus.call, "note_add_by_session", ROW),
                    "Core insert, engine.begin()": functools.partial(insert, engine),
                    PEER: functools.partial(insert_by_driver, connection),
                },
            )
        engine.dispose()
    return figures


def insert_by_driver(connection: psycopg.Connection) -> None:
    """One insert, one round trip."""
    connection.execute("INSERT INTO bench_note(title, priority) VALUES (%s, %s)", (ROW["title"], ROW["priority"]))
