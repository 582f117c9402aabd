"""Failures that are alike, counted together: by state, command, code and message.

What differs from job to job is masked in the message: numbers, ids, and the job's own correlation id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire
from bus.jobs.states import JobState
from bus.jobs.store import conditions

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: States in which a job has failed.
FAILURES = (JobState.FAILED, JobState.DEAD)
#: Characters of a masked message that tell groups apart.
MAX_PATTERN = 300
#: The first that matches decides.
_MASKS = (
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"[0-9]+"), "<n>"),
)


class Likeness(NamedTuple):
    """What the failures of a group have in common."""

    state: str
    command: str
    code: str
    #: The message, masked.
    pattern: str


def groups(kept: Kept, database: Database, filters: dict[str, str], most: int) -> tuple[list[dict[str, Any]], int]:
    """The groups, the largest first, and how many jobs were looked at.

    Args:
        kept: an open transaction.
        database: where the jobs are.
        filters: ``state``, ``queue``, ``command``: value to match; without a state, all failures.
        most: of each state, only the newest so many are looked at.
    """
    states = [filters["state"]] if "state" in filters else FAILURES
    rows = [row for state in states for row in _failures(kept, database, {**filters, "state": state}, most)]
    found: dict[Likeness, dict[str, Any]] = {}
    for id_, contract, state, finished_at, correlation_id, result in rows:
        likeness = _likeness(state, contract, correlation_id, result)
        group = found.setdefault(likeness, _empty(likeness, id_, finished_at))
        group["count"] += 1
        group["oldest"] = min(group["oldest"], finished_at)
        if finished_at >= group["newest"]:
            group["newest"], group["sample_id"] = finished_at, id_
    return sorted(found.values(), key=lambda group: (-group["count"], -group["newest"])), len(rows)


def masked(message: str, correlation_id: str = "") -> str:
    """The message without what tells one job from the next."""
    pattern = message.replace(correlation_id, "<correlation id>") if correlation_id else message
    for mask, name in _MASKS:
        pattern = mask.sub(name, pattern)
    return pattern[:MAX_PATTERN]


def _failures(kept: Kept, database: Database, filters: dict[str, str], most: int) -> list[Any]:
    where, values = conditions(database, filters)
    query = (
        "SELECT id, contract, state, finished_at, correlation_id, result FROM bus_job "
        f"WHERE {where} AND finished_at IS NOT NULL ORDER BY id DESC LIMIT ?"
    )
    return kept.raw.execute(database.sql(query), (*values, most)).fetchall()


def _likeness(state: str, contract: str, correlation_id: str, result: str | None) -> Likeness:
    error = (wire.decode_stored(result).get("error") if result else None) or {"code": "", "message": ""}
    return Likeness(state, contract.rpartition("@")[0], error["code"], masked(error["message"], correlation_id))


def _empty(likeness: Likeness, id_: str, finished_at: int) -> dict[str, Any]:
    span = {"count": 0, "oldest": finished_at, "newest": finished_at, "sample_id": id_}
    return {**likeness._asdict(), **span}
