"""Answers ``sync_dequeue_batch``, and takes operations for the runs of this bus: whose turn it is, and nobody else's.

It is the turn of an operation that waits, if it is the first unfinished one of its entity and no entity that it
depends on has an unfinished one. The oldest change goes first.

Two claims never get the same operation: on SQLite one command writes at a time, on PostgreSQL a row that somebody has
locked is passed over. What is read beside it, the other operations, can only have become finished meanwhile: then a
claim takes less than it might have, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import TextClause, bindparam, text, update

from bus import Db
from bus.context import Context
from contracts.sync.rows import PENDING, PROCESSING
from contracts.sync.v1 import operations
from plugins.sync.plugin import sync
from plugins.sync.rows import lost_at, view
from plugins.sync.tables import queue

#: Looked up row by row in the order of turns, until there are enough: the whole queue is not put into order for ten.
#: The last condition leaves out the operation's own entity: within one entity ids alone decide.
_READY = """
SELECT waiting.* FROM sync_queue AS waiting{in_turn}
WHERE waiting.status = 'pending' AND (waiting.next_retry_at IS NULL OR waiting.next_retry_at <= :due_at)
AND waiting.id = (
    SELECT own.id FROM sync_queue AS own{unfinished} WHERE own.status <> 'completed' AND {of_entity}
    ORDER BY own.entity_id, own.entity_type, own.id LIMIT 1)
AND (waiting.dependencies = '[]' OR NOT EXISTS (
    SELECT 1 FROM {needed} WHERE needed.value <> waiting.entity_id AND needed.value = (
        SELECT other.entity_id FROM sync_queue AS other{unfinished}
        WHERE other.status <> 'completed' AND other.entity_id {from_needed} needed.value
        ORDER BY other.entity_id, other.entity_type, other.id LIMIT 1)))
ORDER BY waiting.timestamp_utc, waiting.id LIMIT :most{lock}
"""
#: SQLite is told the index. PostgreSQL cannot be told: there, the first row of a range in the order of one index is
#: asked for, which no other index has, whatever the statistics say of the queue of an hour ago.
READY = {
    "sqlite": text(
        _READY.format(
            in_turn=" INDEXED BY sync_queue_in_turn",
            unfinished=" INDEXED BY sync_queue_unfinished",
            of_entity="own.entity_id = waiting.entity_id AND own.entity_type = waiting.entity_type",
            needed="json_each(waiting.dependencies) AS needed",
            from_needed="=",
            lock="",
        )
    ),
    "postgresql": text(
        _READY.format(
            in_turn="",
            unfinished="",
            of_entity="(own.entity_id, own.entity_type, own.id) >= (waiting.entity_id, waiting.entity_type, 0)",
            needed="jsonb_array_elements_text(waiting.dependencies::jsonb) AS needed(value)",
            from_needed=">=",
            lock=" FOR UPDATE OF waiting SKIP LOCKED",
        )
    ),
}

_GIVE_BACK_LOST = """
UPDATE sync_queue SET status = 'pending', claimed_at = NULL, updated_at = :now WHERE id IN (
    SELECT id FROM sync_queue
    WHERE status = 'processing' AND (claimed_at IS NULL OR claimed_at <= :lost_at){lock})
"""
_GIVE_BACK: dict[str, TextClause] = {
    "sqlite": text(_GIVE_BACK_LOST.format(lock="")),
    "postgresql": text(_GIVE_BACK_LOST.format(lock=" FOR UPDATE SKIP LOCKED")),
}
_TAKE = (
    update(queue)
    .where(queue.c.id.in_(bindparam("taken", expanding=True)))
    .values(status=PROCESSING, claimed_at=bindparam("now"), updated_at=bindparam("now"))
)
_RELEASE = (
    update(queue)
    .where(
        queue.c.id == bindparam("of_id"),
        queue.c.status == PROCESSING,
        queue.c.claimed_at == bindparam("of_claim"),
    )
    .values(status=PENDING, claimed_at=None, updated_at=bindparam("as_before"))
)

#: Later than every back-off: whoever asks in person does not wait for it.
NEVER_LATE = 2**62


@sync.handles(operations.SyncDequeueBatch)
def sync_dequeue_batch(ctx: Context, limit: int | None) -> dict[str, Any]:
    """They are the caller's for five minutes."""
    rows = claim(ctx.db, ctx.now_ms, limit or operations.DEFAULT_LIMIT)
    return {"items": [view(_taken(row, ctx.now_ms), ctx.now_ms) for row in rows]}


def claim(db: Db, now_ms: int, most: int, due_at: int = NEVER_LATE) -> list[dict[str, Any]]:
    """Take up to so many operations at ``now_ms``; their rows as they were before.

    Args:
        db: of a unit of work that writes.
        now_ms: the moment of the claim; it is what the claim is known by.
        most: how many.
        due_at: those that rest until later than this are left alone.
    """
    db.execute(_GIVE_BACK[db.dialect], {"now": now_ms, **lost_at(now_ms)})
    asked = {"most": most, "due_at": due_at}
    rows = [dict(row) for row in db.execute(READY[db.dialect], asked).mappings()]
    if rows:
        db.execute(_TAKE, {"taken": [row["id"] for row in rows], "now": now_ms})
    return rows


def release(db: Db, held: Iterable[Mapping[str, Any]]) -> None:
    """Put operations that a claim took back as they were: ``id``, ``claimed_at``, and ``updated_at`` of before."""
    for one in held:
        db.execute(_RELEASE, {"of_id": one["id"], "of_claim": one["claimed_at"], "as_before": one["updated_at"]})


def _taken(row: Mapping[str, Any], now_ms: int) -> dict[str, Any]:
    return {**row, "status": PROCESSING, "claimed_at": now_ms, "updated_at": now_ms}
