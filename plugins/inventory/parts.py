"""Which part of a list is shown, by how many rows come before it."""

from __future__ import annotations

from typing import Any, NamedTuple

#: Rows, where the caller names no number, and at most.
LIMIT, MAX_LIMIT = 50, 200


class Part(NamedTuple):
    """So many rows, after so many others."""

    limit: int
    offset: int

    def answer(self, items: list[Any], total_count: int) -> dict[str, Any]:
        """The part as answers show it."""
        return {"items": items, "total_count": total_count, "limit": self.limit, "offset": self.offset}


def part_of(limit: int | None, offset: int | None) -> Part:
    """The part asked for; what lies outside is moved to the nearer end."""
    return Part(LIMIT if limit is None else min(MAX_LIMIT, max(1, limit)), max(0, offset or 0))
