"""Is a READ command by primary key on PostgreSQL as cheap as SQLAlchemy Core's select?

Repeat: python -m benchmarks --only read_postgresql
"""

from __future__ import annotations

import sqlalchemy as sa

from benchmarks.domain import opened
from benchmarks.line import Line
from benchmarks.questions.read_sqlite import PEER, select_by_turns
from benchmarks.stage import Stage

UNIT = "µs"
LINES = (Line("Bus.call, ctx.db", PEER),)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    with stage.postgresql().database() as url, opened(url) as bus:
        return select_by_turns(stage, bus.call, sa.create_engine(url))
