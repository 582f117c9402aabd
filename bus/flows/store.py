"""The rows of flows: written by whoever starts one, moved on by ``flow_advance``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: States in which nothing more happens.
ENDED = frozenset({"succeeded", "failed", "cancelled"})


class FlowRow(NamedTuple):
    """A flow: ``running`` until something goes wrong, ``ending`` until nothing runs any more, then ``undoing``."""

    id: str
    name: str
    state: str
    outcome: str | None
    principal: str
    correlation_id: str
    callbacks: dict[str, Any]
    created_at: int
    finished_at: int | None


class StepRow(NamedTuple):
    """A step: ``waiting queued succeeded failed cancelled skipped undoing undone undo_failed``."""

    name: str
    state: str
    command: str
    args: Any
    after: list[str]
    undo: dict[str, Any] | None
    job: str | None
    undo_job: str | None
    result: Any
    code: str | None
    message: str | None
    ended_as: int | None


_FLOW = "id, name, state, outcome, principal, correlation_id, callbacks, created_at, finished_at"
_STEP = "name, state, command, args, after, undo, job, undo_job, result, code, message, ended_as"
#: Columns that hold JSON.
_JSON = frozenset({"args", "after", "undo", "result", "callbacks"})


class FlowStore:
    """The statements about flows."""

    def __init__(self, database: Database) -> None:
        d, sql = database.dialect, database.sql
        self._sql = sql
        self._add_flow = sql(
            "INSERT INTO bus_flow(id, name, state, principal, correlation_id, callbacks, created_at) "
            f"VALUES (?,?,'running',?,?,?,{d.now_ms})"
        )
        self._add_step = sql(
            "INSERT INTO bus_step(flow, name, place, state, command, args, after, undo) "
            "VALUES (?,?,?,'waiting',?,?,?,?)"
        )
        self._flow = sql(f"SELECT {_FLOW} FROM bus_flow WHERE id=?")
        self._lock = self._flow + d.for_update
        self._list = f"SELECT {_FLOW} FROM bus_flow WHERE {{}} ORDER BY id DESC LIMIT ?"
        self._steps = sql(f"SELECT {_STEP} FROM bus_step WHERE flow=? ORDER BY place")
        self._move = sql("UPDATE bus_flow SET state=?, outcome=? WHERE id=?")
        self._end = sql(f"UPDATE bus_flow SET state=?, finished_at={d.now_ms} WHERE id=?")
        self._link = sql("UPDATE bus_job SET flow=? WHERE id=? AND flow IS NULL")

    def add(self, kept: Kept, flow_id: str, principal: str, correlation_id: str, args: dict[str, Any]) -> None:
        """Write a flow and its steps down."""
        callbacks = _text(args["callbacks"])
        kept.raw.execute(self._add_flow, (flow_id, args["name"], principal, correlation_id, callbacks))
        rows = [
            (flow_id, one["name"], n, one["command"], _text(one["args"]), _text(one["after"]), _text(one.get("undo")))
            for n, one in enumerate(args["steps"])
        ]
        kept.raw.cursor().executemany(self._add_step, rows)

    def flow(self, kept: Kept, flow_id: str, *, lock: bool = False) -> FlowRow | None:
        """A flow; locked, nobody else moves it before the transaction ends."""
        row = kept.raw.execute(self._lock if lock else self._flow, (flow_id,)).fetchone()
        return None if row is None else FlowRow(*_decoded(_FLOW, row))

    def flows(self, kept: Kept, principal: str | None, limit: int, before: str | None) -> list[FlowRow]:
        """Flows, newest first; those of a principal, or all."""
        conditions = {"principal=?": principal, "id<?": before}
        given = {text: value for text, value in conditions.items() if value is not None}
        query = self._sql(self._list.format(" AND ".join(given) or "1=1"))
        return [FlowRow(*_decoded(_FLOW, row)) for row in kept.raw.execute(query, [*given.values(), limit]).fetchall()]

    def steps(self, kept: Kept, flow_id: str) -> list[StepRow]:
        """The steps of a flow, as they were written down."""
        return [StepRow(*_decoded(_STEP, row)) for row in kept.raw.execute(self._steps, (flow_id,)).fetchall()]

    def change(self, kept: Kept, flow_id: str, step: str, **values: Any) -> None:
        """Set columns of a step."""
        names = ", ".join(f"{name}=?" for name in values)
        statement = self._sql(f"UPDATE bus_step SET {names} WHERE flow=? AND name=?")
        texts = (_text(value) if name in _JSON else value for name, value in values.items())
        kept.raw.execute(statement, (*texts, flow_id, step))

    def move(self, kept: Kept, flow_id: str, state: str, outcome: str | None) -> None:
        """Set the state of a flow that goes on."""
        kept.raw.execute(self._move, (state, outcome, flow_id))

    def end(self, kept: Kept, flow_id: str, state: str) -> None:
        """End a flow."""
        kept.raw.execute(self._end, (state, flow_id))

    def link(self, kept: Kept, flow_id: str, job_id: str) -> bool:
        """Let the flow go on when this job ends; False: the job is another flow's."""
        return bool(kept.raw.execute(self._link, (flow_id, job_id)).rowcount)


def _text(value: Any) -> str | None:
    return None if value is None else wire.encode(value).decode()


def _decoded(columns: str, row: Any) -> list[Any]:
    return [
        wire.decode_stored(value) if value is not None and name in _JSON else value
        for name, value in zip(columns.split(", "), row, strict=True)
    ]
