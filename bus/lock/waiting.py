"""All that a database holds which is going to be loaded: jobs, operators' schedules, steps of flows that wait.

Read in pages, each in a short transaction of its own, so that a large table costs no memory and nobody waits. What
moves on meanwhile may be seen twice or not at all; what would be stranded does not move. What plugins declare as
schedules is not looked at: the new code declares it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from bus.flows.graph import references
from bus.flows.store import ENDED
from bus.jobs.states import SCHEDULED, JobState
from bus.schedules.store import OPERATOR
from bus.wire import decode_stored

if TYPE_CHECKING:
    from bus.database import Database

#: Rows read at a time.
PAGE = 1_000
#: What a queued job is called that waits for nothing but a worker.
WAITING = "waiting"
#: A schedule, and a step of a flow: jobs that are still to be made.
SCHEDULE, STEP = "schedule", "flow step"
_STATES = (JobState.QUEUED, JobState.RUNNING, JobState.DEAD)


class Stored(NamedTuple):
    """Something that is going to be loaded."""

    #: Of a job; of a schedule its name, of a step ``flow/name``.
    id: str
    #: ``name@version``; a step may name no version.
    command: str
    #: None: they are not known before another step has ended.
    args: Any
    #: None: the command's own.
    queue: str | None
    #: ``waiting``, ``scheduled``, ``running``, ``dead``, ``schedule`` or ``flow step``.
    state: str


def stored(database: Database) -> Iterator[Stored]:
    """Everything of the kind; nothing where there are no tables."""
    with database.connect() as connection:
        if not sa.inspect(connection).has_table("bus_job"):
            return
    yield from _jobs(database)
    yield from _schedules(database)
    yield from _steps(database)


def _jobs(database: Database) -> Iterator[Stored]:
    query = (
        f"SELECT id, contract, args, queue, run_at>{database.dialect.now_ms} FROM bus_job "
        "WHERE state=? AND id>? ORDER BY id LIMIT ?"
    )
    for state in _STATES:
        for job_id, contract, args, queue, is_later in _rows(database, query, (state.value,), ("",)):
            shown = state.value
            if state is JobState.QUEUED:
                shown = SCHEDULED if is_later else WAITING
            yield Stored(job_id, contract, decode_stored(args), queue, shown)


def _schedules(database: Database) -> Iterator[Stored]:
    query = "SELECT name, command, version, args FROM bus_schedule WHERE origin=? AND name>? ORDER BY name LIMIT ?"
    for name, command, version, args in _rows(database, query, (OPERATOR,), ("",)):
        yield Stored(name, f"{command}@{version}", decode_stored(args), None, SCHEDULE)


def _steps(database: Database) -> Iterator[Stored]:
    """Steps that wait, and whatever would undo those that have succeeded, of flows that go on."""
    marks = ",".join(f"'{state}'" for state in sorted(ENDED))
    query = (
        "SELECT s.flow, s.name, s.state, s.command, s.args, s.undo FROM bus_step s JOIN bus_flow f ON f.id=s.flow "
        f"WHERE f.state NOT IN ({marks}) AND (s.flow, s.name)>(?,?) ORDER BY s.flow, s.name LIMIT ?"
    )
    for flow, name, state, command, args, undo in _rows(database, query, (), ("", "")):
        if state == "waiting":
            yield _step(f"{flow}/{name}", command, decode_stored(args))
        if undo is not None and state in {"waiting", "queued", "succeeded"}:
            wanted = decode_stored(undo)
            yield _step(f"{flow}/{name}", wanted["command"], wanted["args"])


def _step(step_id: str, command: str, args: Any) -> Stored:
    return Stored(step_id, command, None if any(references(args)) else args, None, STEP)


def _rows(database: Database, query: str, values: tuple[Any, ...], first: tuple[str, ...]) -> Iterator[Any]:
    """The rows of a query that asks for those behind a place; the place is what a row begins with."""
    statement, place = database.sql(query), first
    while True:
        with database.reader().transaction(write=False) as kept:
            rows = kept.raw.execute(statement, (*values, *place, PAGE)).fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        place = tuple(rows[-1][: len(first)])
