"""What a worker process needs of a broker besides what publishers do: to be woken by it, and its letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from workers.bells.notify import NotifyEar
    from workers.letters.mail import Mail, Workplace


class BrokerListener(Protocol):
    """Wakes the consumers of a process."""

    def ear(self, queue: str) -> NotifyEar:
        """The ear of a queue's consumer; the same one for a consumer that comes after it."""
        ...

    def close(self) -> None:
        """Stop listening within a second."""
        ...


@runtime_checkable
class BrokerProvider(Protocol):
    """A provider whose broker is a server of its own."""

    def listener(self) -> BrokerListener:
        """The other end of what its publishers ring, for one process."""
        ...

    def mail(self, workplace: Workplace, ear: Callable[[str], NotifyEar]) -> Mail:
        """The letters of one process, whose listener makes ears."""
        ...
