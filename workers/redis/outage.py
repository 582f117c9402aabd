"""Redis away, told once when it goes and once when it is back: what tries every second would fill the log."""

from __future__ import annotations

from bus import logs


class Outage:
    """Whether Redis answers one of its clients.

    Args:
        who: the client, for the log.
    """

    def __init__(self, who: str) -> None:
        self._who = who
        self._is_on = False

    def begins(self, error: Exception) -> None:
        """Redis did not answer, or not as it should."""
        if not self._is_on:
            self._is_on = True
            logs.get("workers").warning("redis_away", who=self._who, why=f"{type(error).__name__}: {error}")

    def ends(self) -> None:
        """Redis has answered."""
        if self._is_on:
            self._is_on = False
            logs.get("workers").info("redis_back", who=self._who)
