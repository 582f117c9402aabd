"""Answers ``entry_parse`` and ``entry_execute``.

Not here: the grammar of command lines (grammar.py), what they run (entry.py), ``entry_search`` (search/).
"""

from __future__ import annotations

from typing import Any

from bus.context import Context
from bus.errors import DatabaseFailed
from contracts.lazynote import v1
from contracts.lazynote.errors import InternalError, InvalidKind
from contracts.lazynote.fields import searched_kind
from contracts.lazynote.white_space import trimmed
from plugins.lazynote.grammar import parse
from plugins.lazynote.plugin import lazynote

#: Rows of a search from the entry line, at most and unless fewer are asked for.
SEARCH_LIMIT = 10


@lazynote.handles(v1.entry.EntryParse)
def entry_parse(ctx: Context, input: str, timezone: str | None) -> dict[str, Any]:  # noqa: ARG001  # all handlers get it
    """What the line would do."""
    parsed = parse(input, timezone or "UTC")
    return {
        "action": parsed.action,
        "target_command": parsed.target_command,
        "args": parsed.args,
        "raw_input": input,
        "message": f"This runs {parsed.target_command}.",
    }


@lazynote.handles(v1.entry.EntryExecute)
def entry_execute(
    ctx: Context, input: str, timezone: str | None, kind: str | None, limit: int | None
) -> dict[str, Any]:
    """What became of the line: nothing, a search, or a new atom."""
    line = trimmed(input)
    if not line:
        return {"mode": "idle", "message": "Nothing to do."}
    if not v1.entry.is_command(line):
        return _search(ctx, line, kind, limit)
    parsed = parse(input, timezone or "UTC")
    made = ctx.call(parsed.target_command, parsed.args)
    return {"mode": "command_result", "action": parsed.action, "ok": True, "raw_input": input, **made}


def _search(ctx: Context, query: str, kind: str | None, limit: int | None) -> dict[str, Any]:
    try:
        wanted = None if kind is None else searched_kind(kind)
    except ValueError:
        raise InvalidKind from None
    args = {"text": query, "kind": wanted, "limit": min(limit or SEARCH_LIMIT, SEARCH_LIMIT)}
    try:
        found = ctx.call("entry_search", args)
    except DatabaseFailed as failure:  # where it creates, the same failure has another code
        raise InternalError(why=failure.message) from None
    return {"mode": "search", "query": query, "requested_limit": limit, **found}
