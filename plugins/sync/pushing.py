"""One batch of a run: take operations, push each, say what became of it; between two units nothing is open.

A run may die anywhere and be run again. What it had taken is remembered with its unit, and what it had settled is not
pushed again. What it had pushed and not settled is pushed again, under the same key. A claim that was lost meanwhile is
no longer its own: it neither pushes nor settles that.

Not here: who may be claimed (claiming.py), what follows from an outcome (settling.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bus import Db
from bus.context import Context
from contracts.sync.rows import PROCESSING
from contracts.workshop.errors import NotFound
from plugins.sync.claiming import claim, release
from plugins.sync.failures import told
from plugins.sync.moments import iso_text
from plugins.sync.settling import complete, fail, hold

#: Raises ``ConnectionError`` when the remote cannot be reached, anything else when it did not take the operation.
Push = Callable[[dict[str, Any]], None]
BATCH = 10


class Tally:
    """What became of the operations of a run so far."""

    def __init__(self) -> None:
        self.successful = 0
        self.failed = 0
        self.errors: list[str] = []
        #: Whether the last try reached the remote; None: nothing was tried.
        self.is_reached: bool | None = None

    @property
    def processed(self) -> int:
        """Operations that were pushed and settled."""
        return self.successful + self.failed

    def count(self, operation: Mapping[str, Any], outcome: Mapping[str, Any] | None) -> None:
        """One more; None: it was not this run's any more."""
        if outcome is None:
            return
        self.is_reached = True
        if outcome["failure"] is None:
            self.successful += 1
        else:
            self.failed += 1
            self.errors.append(f"operation {operation['id']}: {outcome['failure']}")


def push_batch(ctx: Context, push: Push, name: str, tally: Tally, due_at: int) -> int:
    """Push what is ready, ten operations at most; how many there were.

    Args:
        ctx: of a MANY command, outside its units.
        push: the remote.
        name: of the batch in its run.
        tally: is brought up to date; with ``is_reached`` False the batch was given up and what was left put back.
        due_at: operations that rest until later than this are left alone.
    """
    held = ctx.unit(name, lambda db: _take(db, ctx.now_ms, due_at))
    for place, one in enumerate(held):
        ctx.checkpoint()
        try:
            failure = _push_if_held(ctx, push, one)
        except _Unreachable as error:
            tally.is_reached = False
            tally.errors.append(str(error))
            ctx.unit(f"{name}-release", lambda db, rest=held[place:]: release(db, rest))
            break
        outcome = ctx.unit(f"{name}-{one['id']}", lambda db, one=one, failure=failure: _settle(ctx, db, one, failure))
        tally.count(one, outcome)
    return len(held)


class _Unreachable(Exception):
    """Nobody is there to push to."""


#: In the place of a failure: the operation was not pushed.
_NOT_HELD = False


def _take(db: Db, now_ms: int, due_at: int) -> list[dict[str, Any]]:
    """What is needed to go on with each operation, and to put it back as it was."""
    rows = claim(db, now_ms, BATCH, due_at)
    return [{"id": row["id"], "claimed_at": now_ms, "updated_at": row["updated_at"]} for row in rows]


def _push_if_held(ctx: Context, push: Push, one: Mapping[str, Any]) -> Any:
    """Why the remote does not have it, None when it has, ``_NOT_HELD`` when it was not pushed."""
    try:
        operation = ctx.call("sync_get_operation", {"operation_id": one["id"]})
    except NotFound:
        return _NOT_HELD
    if operation["status"] != PROCESSING or operation["updated_at"] != iso_text(one["claimed_at"]):
        return _NOT_HELD
    try:
        push(operation)
    except ConnectionError as error:
        raise _Unreachable(told(error)) from None
    except Exception as error:  # noqa: BLE001  # whatever a remote raises; it stays with the operation
        return told(error)
    return None


def _settle(ctx: Context, db: Db, one: Mapping[str, Any], failure: Any) -> dict[str, Any] | None:
    """What became of it; None: it is not this run's any more."""
    if failure is _NOT_HELD:
        return None
    try:
        row = hold(db, one["id"])
    except NotFound:
        return None
    if row["status"] != PROCESSING or row["claimed_at"] != one["claimed_at"]:
        return None
    if failure is None:
        complete(db, row, ctx.now_ms)
    else:
        fail(db, row, failure, ctx.now_ms)
    return {"failure": failure}
