"""Among 100,000 operations: every look-up of a claim comes from an index, and ten turns are found among all of them."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.sync.claiming import NEVER_LATE, READY
from plugins.sync.standing import COUNTS
from tests.plugins.sync.desk import Desk

NUMBERS = {
    "sqlite": "(WITH RECURSIVE g(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g LIMIT {}) SELECT n FROM g)",
    "postgresql": "(SELECT n FROM generate_series(0, {} - 1) AS g(n))",
}
FILL = (
    "INSERT INTO sync_queue (entity_id, status, dependencies, operation_type, entity_type, timestamp_utc, user_id,"
    " created_at, updated_at) SELECT {}, 'update', 'task', 1000 + n * 7919 % 1000, 'import', 0, 0 FROM {} AS numbers"
)
#: Name -> entity, status and dependencies of the operation number n; how many there are; turns among the first ten.
SHAPES = {
    "all ready": ("'t-' || n, 'pending', '[]'", 100_000, 10),
    "all completed but the last ones": (
        "'t-' || (n % 500), CASE WHEN n < 99000 THEN 'completed' ELSE 'pending' END, '[]'",
        100_000,
        10,
    ),
    "one entity": ("'t-1', CASE WHEN n < 99000 THEN 'completed' ELSE 'pending' END, '[]'", 100_000, 1),
    "all held up by an abandoned one": (
        """'t-' || n, CASE n WHEN 0 THEN 'abandoned' ELSE 'pending' END, CASE n WHEN 0 THEN '[]' ELSE '["t-0"]' END""",
        10_000,
        0,
    ),
}
#: Of what takes milliseconds; a look at each row for each row would take minutes.
AT_MOST_S = 20


@pytest.mark.parametrize("shape", SHAPES)
def test_ten_turns_are_found_without_looking_at_the_rest(desk: Desk, shape: str) -> None:
    row, count, ready = SHAPES[shape]
    kind = desk.bus.database.kind
    with desk.bus.database.engine.connect() as connection:
        connection.execute(sa.text(FILL.format(row, NUMBERS[kind].format(count))))
        connection.execute(sa.text("ANALYZE sync_queue"))
    begun = time.monotonic()
    assert len(desk.take()) == ready
    assert desk.admin("sync_get_metrics")["processing_operations"] == ready
    assert desk.admin("sync_get_status")["total_operations"] == count
    assert time.monotonic() - begun < AT_MOST_S
    assert_plan(desk, plan_of(desk, READY[kind], most=10, due_at=NEVER_LATE))


def assert_plan(desk: Desk, plan: str) -> None:
    assert plan.count("sync_queue_unfinished") == 2, plan
    assert "Seq Scan" not in plan, plan
    if desk.bus.database.kind == "sqlite":
        assert "SEARCH waiting USING INDEX sync_queue_in_turn (status=?)" in plan
        assert "TEMP B-TREE" not in plan, plan
        assert "COVERING INDEX sync_queue_in_turn" in plan_of(desk, COUNTS)


def plan_of(desk: Desk, statement: Any, **parameters: Any) -> str:
    """How the database goes about it."""
    with desk.bus.database.engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN" if desk.bus.database.kind == "sqlite" else "EXPLAIN"
        rows = connection.execute(sa.text(f"{explain} {statement}"), parameters)
        return "\n".join(str(row[-1]) for row in rows)
