"""However many jobs have ended, looks and claims find what is due by an index; reading the whole table is only slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bus.jobs.states import UNIT_LANE
from tests.workers.hand import Hand

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.database import Kept

ENDED, WAITING = 30_000, 3_000
#: Rows like the one of a job, made by the database; ``numbers(n)`` counts them.
FILL = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM numbers WHERE n<{count}) "
    "INSERT INTO bus_job(id, queue, lane, contract, args, principal, correlation_id, state, priority, run_at, attempt, "
    "alone, fence, created_at, finished_at, key, key_limit, home_lane) SELECT '{state}' || n || key, queue, {lane}, "
    "contract, args, principal, correlation_id, '{state}', priority, run_at, 0, 0, 0, created_at, {finished}, key, "
    "key_limit, home_lane FROM bus_job, numbers WHERE id='{like}'"
)


@pytest.fixture(params=["analysed", "analysed when none had ended", "not analysed"])
def full(bus: Bus, request: pytest.FixtureRequest) -> Hand:
    """A worker beside very many jobs that have ended, and many that wait, all of one key.

    Nobody analyses a SQLite file unless its owner does; a new PostgreSQL has not come to it yet.
    """
    answer = bus.submit("keyed", {"n": 1, "key": "a"}, delay_ms=3_600_000)
    assert answer.job is not None
    with bus.database.writer().transaction() as kept:
        for state, count, lane, finished in (
            ("succeeded", ENDED, 0, "created_at"),
            ("queued", WAITING, 0, "NULL"),
            ("queued", WAITING, 4, "NULL"),
        ):
            if state == "succeeded" and request.param == "analysed when none had ended":
                continue  # then all have one state, and a planner may think little of an index of states
            what = FILL.format(count=count, state=state, lane=lane, finished=finished, like=answer.job["id"])
            kept.raw.execute(what.replace("|| n ||", f"|| n || '-{lane}' ||"))
        kept.raw.execute("UPDATE bus_job SET run_at=0 WHERE state='queued'")
        if request.param != "not analysed":  # here: SQLite's other connections would not hear of it
            kept.raw.execute("ANALYZE")
    return Hand(bus)


def test_no_statement_reads_the_whole_table(full: Hand) -> None:
    """Neither the look, nor the claim, nor what asks for room in a key or for the jobs of the dead."""
    claims, picking, gates = full.claims, full.claims._picking, full.claims.gates
    with full.bus.database.writer().transaction() as kept:
        for statement, values in (
            *((picking.look("default", UNIT_LANE, fresh=fresh), ()) for fresh in (True, False)),
            *((picking.claim("default", UNIT_LANE, 16, fresh=fresh), ()) for fresh in (True, False)),
            (picking.look_on("default", UNIT_LANE), (0, 0, "a", 0)),
            (picking.claim_on("default", UNIT_LANE, 16), (0, 0, "a", 0)),
            (picking.join("default", UNIT_LANE, 16), (0, 0, "a")),
            (gates._look, ("deeds:a",) * 2),
            (gates._enter[True, False], ("deeds:a", "deeds:a", 1)),
            (gates._enter[True, True], ("deeds:a", 1, "deeds:a", "deeds:a", 1, 1, 1)),
            (gates._with_room, ()),
            *((statement, ()) for statement in (claims._owners, claims._any_lost, claims._lost_lease)),
            (claims._lost_owner, ("somebody",)),
        ):
            plan = planned(full.bus, kept, statement, values)
            assert "bus_job" in plan
            assert not [line for line in plan.splitlines() if reads_all(line)], plan


def planned(bus: Bus, kept: Kept, statement: str, values: tuple[Any, ...]) -> str:
    """How the database would run a statement."""
    explain = "EXPLAIN QUERY PLAN " if bus.database.kind == "sqlite" else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in kept.raw.execute(explain + statement, values).fetchall())


def reads_all(line: str) -> bool:
    """Whether a step of a plan passes over the table of jobs from end to end."""
    return "Seq Scan on bus_job" in line or (line.startswith("SCAN bus_job") and "USING" not in line)
