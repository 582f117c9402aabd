"""How the rows of a CSV file become objects: each by the command that makes one, a few in each unit of work.

Not here: reading the file (csv_rows.py), what goes over the wire (csv_fields.py).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from bus.errors import BusError, Forbidden, InvalidArguments, Refusal
from contracts.workshop.csv_fields import ALL_OR_NOTHING
from contracts.workshop.csv_rows import Row

#: Rows in one unit of work where good rows stay whatever becomes of the others.
BATCH = 50


class Running(Protocol):
    """What is needed of a handler's context."""

    def call(self, command: str, args: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run another command; what it wrote is undone where it refuses."""
        ...

    def unit(self, name: str, work: Callable[[Any], Any]) -> Any:
        """Run ``work`` in one transaction."""
        ...

    def checkpoint(self) -> None:
        """Stop here if the job was cancelled."""
        ...

    def progress(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Tell how far it is."""
        ...


class Maker(NamedTuple):
    """What a domain says of its import."""

    #: Makes one object of ``{"data": …}``.
    command: str
    #: Takes the locks that these objects need, in one order, before any of them is made.
    hold: Callable[[Sequence[dict[str, Any]]], None]


class _Undone(Exception):
    """Some rows were refused, so none is kept."""

    def __init__(self, refused: list[dict[str, Any]]) -> None:
        self.refused = refused


def import_rows(ctx: Running, rows: Sequence[Row], keep_rows: str, maker: Maker) -> dict[str, Any]:
    """What became of the rows; either all of them or the good ones are kept."""
    total = len(rows)
    if keep_rows == ALL_OR_NOTHING:
        refused = _all_or_nothing(ctx, rows, maker)
        created = 0 if refused else total
    else:
        refused = _best_effort(ctx, rows, maker)
        created = total - len(refused)
    ctx.progress(total, total, "imported")
    return {"created": created, "refused": refused, "total": total}


def _all_or_nothing(ctx: Running, rows: Sequence[Row], maker: Maker) -> list[dict[str, Any]]:
    def work(_: Any) -> None:
        refused = _make(ctx, rows, maker)
        if refused:
            raise _Undone(refused)

    ctx.progress(0, len(rows), "importing")
    ctx.checkpoint()
    try:
        ctx.unit("rows", work)
    except _Undone as undone:
        return undone.refused
    return []


def _best_effort(ctx: Running, rows: Sequence[Row], maker: Maker) -> list[dict[str, Any]]:
    refused: list[dict[str, Any]] = []
    for start in range(0, len(rows), BATCH):
        ctx.progress(start, len(rows), "importing")
        ctx.checkpoint()
        some = rows[start : start + BATCH]
        refused += ctx.unit(f"rows-{start}", lambda _, some=some: _make(ctx, some, maker))
    return refused


def _make(ctx: Running, rows: Sequence[Row], maker: Maker) -> list[dict[str, Any]]:
    """Make what can be made; the refused rows."""
    maker.hold([row.data for row in rows])
    return [refused for row in rows if (refused := _refused(ctx, row, maker.command)) is not None]


def _refused(ctx: Running, row: Row, command: str) -> dict[str, Any] | None:
    """None: the row has become an object."""
    if row.fault is not None:
        return {"line": row.line, "code": InvalidArguments.code, "message": row.fault, "fields": {}}
    try:
        ctx.call(command, {"data": row.data})
    except (Refusal, InvalidArguments, Forbidden) as error:
        fields = _by_column(error)
        clauses = [f"{column}: {', '.join(texts)}" for column, texts in fields.items()]
        message = "; ".join(clauses) or error.message
        return {"line": row.line, "code": error.answer_code, "message": message, "fields": fields}
    return None


def _by_column(error: BusError) -> dict[str, list[str]]:
    """The messages about single columns; the row stands as ``data`` among the arguments."""
    fields: dict[str, list[str]] = (error.details or {}).get("fields", {})
    return {path.removeprefix("data."): texts for path, texts in fields.items()}
