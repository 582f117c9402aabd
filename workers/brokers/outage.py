"""A broker away, told once when it goes and once when it is back: what tries every second would fill the log."""

from __future__ import annotations

from bus import logs


class Outage:
    """Whether a broker answers one of its clients.

    Args:
        broker: its name, which begins the events' names in the log: ``redis_away``, ``redis_back``.
        who: the client.
    """

    def __init__(self, broker: str, who: str) -> None:
        self._broker = broker
        self._who = who
        self._is_on = False

    def begins(self, error: Exception) -> None:
        """The broker did not answer, or not as it should."""
        if not self._is_on:
            self._is_on = True
            words = str(error) or ", ".join(
                repr(part) for part in error.args
            )  # pika's errors say nothing by themselves
            why = f"{type(error).__name__}: {words}"
            logs.get("workers").warning(f"{self._broker}_away", who=self._who, why=why)

    def ends(self) -> None:
        """The broker has answered."""
        if self._is_on:
            self._is_on = False
            logs.get("workers").info(f"{self._broker}_back", who=self._who)
