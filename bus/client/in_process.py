"""A bus of this process, asked as one elsewhere: with an end to waiting.

Not here: what ``safe_invoke`` makes of the reply (bus/client/invoking.py).
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from bus.client.failures import NoAnswerInTime
from bus.envelope import Envelope

if TYPE_CHECKING:
    from bus.application import Bus


class InProcess:
    """Asks a bus, each time in another thread: a call that does not end must not hold its caller.

    Args:
        bus: whose commands they are.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def ask(self, command: str, args: dict[str, Any], *, timeout_ms: float, **options: Any) -> dict[str, Any]:
        """The members of the envelope.

        Raises:
            NoAnswerInTime: it has not come within ``timeout_ms``; the command goes on.
        """
        try:
            return self._begun(command, args, options).result(timeout_ms / 1000).to_dict()
        except TimeoutError:
            raise NoAnswerInTime(command, was_sent=True) from None

    async def ask_async(
        self, command: str, args: dict[str, Any], *, timeout_ms: float, **options: Any
    ) -> dict[str, Any]:
        """``ask`` for an event loop, which goes on meanwhile."""
        begun = asyncio.wrap_future(self._begun(command, args, options))
        try:
            return (await asyncio.wait_for(begun, timeout_ms / 1000)).to_dict()
        except TimeoutError:
            raise NoAnswerInTime(command, was_sent=True) from None

    def _begun(self, command: str, args: dict[str, Any], options: dict[str, Any]) -> Future[Envelope]:
        """The future envelope of a call that has begun."""
        future: Future[Envelope] = Future()
        context = contextvars.copy_context()

        def work() -> None:
            try:
                envelope = context.run(self._bus.call, command, args, **options)
            except BaseException as error:  # noqa: BLE001  # whoever waits gets it
                _settle(future, error)
            else:
                _settle(future, envelope)
            finally:
                self._bus.database.hand_over()

        # A daemon: a call that does not end must not keep the process from ending.
        threading.Thread(target=work, name="bus-invoke", daemon=True).start()
        return future


def _settle(future: Future[Envelope], outcome: Envelope | BaseException) -> None:
    """Hand the outcome to whoever still waits."""
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(outcome, Envelope):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)
