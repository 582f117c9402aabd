"""Answers ``task_import_csv``: each row is made a task by ``task_create``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from bus.context import Context
from contracts.tasks.v1.csv_files import TaskImportCsv
from contracts.workshop.csv_import import Maker, import_rows
from contracts.workshop.csv_rows import Row
from plugins.tasks import numbers
from plugins.tasks.plugin import tasks as plugin


@plugin.handles(TaskImportCsv)
def task_import_csv(ctx: Context, content: list[Row], keep_rows: str) -> dict[str, Any]:
    """What became of the rows."""
    return import_rows(ctx, content, keep_rows, Maker("task_create", partial(_hold, ctx)))


def _hold(ctx: Context, drafts: Sequence[dict[str, Any]]) -> None:
    numbers.hold_all(ctx, [draft.get("task_number", "").strip() or None for draft in drafts])
