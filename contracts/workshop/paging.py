"""Which rows of a list are shown."""

from __future__ import annotations

from typing import Any, NamedTuple


class Page(NamedTuple):
    """A page by its number, from 1 on."""

    number: int
    #: Rows on it.
    limit: int

    @property
    def offset(self) -> int:
        """Rows before it."""
        return min((self.number - 1) * self.limit, 2**62)

    def answer(self, items: list[Any], total_count: int) -> dict[str, Any]:
        """The page as answers show it."""
        return {
            "items": items,
            "total_count": total_count,
            "page": self.number,
            "limit": self.limit,
            "total_pages": -(-total_count // self.limit),
        }


def page_of(page: int | None, limit: int | None, *, usual: int, most: int = 200) -> Page:
    """The page asked for; what lies outside is moved to the nearer end."""
    return Page(max(1, page or 1), usual if limit is None else min(most, max(1, limit)))
