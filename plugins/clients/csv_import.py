"""Answers ``client_import_csv``: each row is made a client by ``client_create``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from bus.context import Context
from contracts.clients.v1.csv_files import ClientImportCsv
from contracts.workshop.csv_import import Maker, import_rows
from contracts.workshop.csv_rows import Row
from plugins.clients.plugin import clients as plugin
from plugins.clients.writing import UNIQUE, hold_name


@plugin.handles(ClientImportCsv)
def client_import_csv(ctx: Context, content: list[Row], keep_rows: str) -> dict[str, Any]:
    """What became of the rows."""
    return import_rows(ctx, content, keep_rows, Maker("client_create", partial(_hold, ctx)))


def _hold(ctx: Context, drafts: Sequence[dict[str, Any]]) -> None:
    """Hold all emails, then all tax ids, as a single client holds its own; each kind in one order.

    So nobody who wants two of them waits for somebody who wants them the other way round.
    """
    for column in UNIQUE:
        spelled = {_stored(column, draft[column]) for draft in drafts if column in draft}
        for wanted in sorted(spelled):
            hold_name(ctx, column, wanted)


def _stored(column: str, cell: str) -> str:
    return cell.strip().lower() if column == "email" else cell.strip()
