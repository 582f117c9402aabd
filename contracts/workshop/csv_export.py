"""How objects become a CSV file: a page at a time, so that nobody waits for a reader and the reader can be stopped.

Each page is read as it is at its moment: what is made or changed meanwhile may be in the file or not, but nothing is in
it twice.

Not here: the file (csv_rows.py), which objects there are (the domain's page command).
"""

from collections.abc import Sequence
from typing import Any

from contracts.workshop.csv_import import Running
from contracts.workshop.csv_rows import Writer


def export_rows(
    ctx: Running, command: str, filters: dict[str, Any] | None, columns: Sequence[str], expected: int
) -> dict[str, Any]:
    """The file and how many rows it has.

    Args:
        ctx: the handler's context.
        command: answers a page: ``{"filters", "after"}`` -> ``{"items", "last"}``.
        filters: which objects.
        columns: their members that are written.
        expected: about so many objects there are.
    """
    writer, count, after = Writer(columns), 0, 0
    while True:
        ctx.progress(count, max(count, expected), "exporting")
        ctx.checkpoint()
        page = ctx.call(command, {"filters": filters, "after": after})
        if not page["items"]:
            break
        writer.add(page["items"])
        count, after = count + len(page["items"]), page["last"]
    ctx.progress(count, count, "exported")
    return {"content": writer.text, "count": count}
