"""Is a READ command by primary key on SQLite as cheap as SQLAlchemy Core's select?

Repeat: python -m benchmarks --only read_sqlite
"""

from __future__ import annotations

import functools

import sqlalchemy as sa

from benchmarks.domain import accepted, notes, opened
from benchmarks.line import Line, at_most
from benchmarks.questions.write_sqlite import ROW, peer
from benchmarks.stage import Stage
from benchmarks.timing import take_turns

UNIT = "µs"
PEER = "Core select, engine.connect()"
LINES = (Line("Bus.call, ctx.db", PEER, must=at_most(1.2), aim=at_most(0.8)),)
ROWS = 10_000


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    with opened(url) as bus:
        engine = peer(url)
        return select_by_turns(stage, bus.call, engine)


def select_by_turns(stage: Stage, call, engine: sa.Engine) -> dict[str, float]:  # noqa: ANN001  # Bus.call
    """Fill the table, then read the same row by both."""
    wanted = stage.times(ROWS, least=10) // 2
    with engine.begin() as connection:
        connection.execute(notes.insert(), [ROW] * stage.times(ROWS, least=10))
    accepted(call("note_find", {"note_id": wanted}))
    figures = take_turns(
        stage,
        {
            "Bus.call, ctx.db": functools.partial(call, "note_find", {"note_id": wanted}),
            PEER: functools.partial(select, engine, wanted),
        },
    )
    engine.dispose()
    return figures


_find = sa.select(notes.c.id, notes.c.title, notes.c.priority).where(notes.c.id == sa.bindparam("note_id"))


def select(engine: sa.Engine, wanted: int) -> sa.Row:
    """One row, on a connection from the pool."""
    with engine.connect() as connection:
        return connection.execute(_find, {"note_id": wanted}).one()
