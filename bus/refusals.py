"""Telling plugins of calls and jobs that were not allowed, so that one of them may write it down.

Not here: deciding what is allowed (bus/admission.py, bus/limits.py, the handlers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bus import logs
from bus.errors import Forbidden, RateLimited, Refusal

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.command import Command
    from bus.database import Database
    from bus.envelope import Peer
    from bus.principal import Principal


class Refusals:
    """Calls the functions of ``bus_refused``."""

    def __init__(self, database: Database, clock: Clock, listeners: Sequence[Callable[..., Any]]) -> None:
        self._database = database
        self._clock = clock
        self._listeners = listeners

    def tell(
        self,
        error: BaseException,
        command: Command | None,
        principal: Principal,
        correlation_id: str,
        peer: Peer | None = None,
    ) -> None:
        """Tell of an answer, if it is one that plugins are told of. No transaction may be open. Never raises."""
        if not self._listeners or command is None or not is_told(error):
            return
        for listener in self._listeners:
            try:
                listener(
                    error=error,
                    command=command.name,
                    principal=principal,
                    correlation_id=correlation_id,
                    peer=peer,
                    database=self._database,
                    now_ms=self._clock.now_ms(),
                )
            except Exception as failure:  # noqa: BLE001  # a listener cannot change the answer
                logs.get("bus").error(
                    "refusal_listener_failed", command=command.name, correlation_id=correlation_id, exc_info=failure
                )


def is_told(error: BaseException) -> bool:
    """Whether plugins are told of an answer."""
    return isinstance(error, Forbidden | RateLimited) or (isinstance(error, Refusal) and error.code == Forbidden.code)
