"""What a broker has to offer to those who take letters: a mailbox for each queue, from which batches are taken."""

from __future__ import annotations

from typing import Protocol


class Batch:
    """Letters that one thread works through; what is done with is no longer among them.

    Args:
        name: what the mailbox knows it by.
        letters: in their order.
        are_returned: somebody may have died with them in hand.
    """

    def __init__(self, name: str, letters: list[bytes], *, are_returned: bool = False) -> None:
        self.name = name
        letters.reverse()
        #: The next one stands last.
        self.letters = letters
        self.are_returned = are_returned


class Mailbox(Protocol):
    """A queue's mailbox, as one process sees it. One thread uses it; others only ``let_go`` and ``refuse``."""

    @property
    def address(self) -> bytes:
        """What letters to this queue of this database are signed for."""
        ...

    @property
    def is_behind(self) -> bool:
        """Whether the broker has yet to hear of what others have said here."""
        ...

    def take(self, most: int) -> Batch | None:
        """Take letters, and tell the broker which batches are done with.

        Raises:
            Exception: the broker does not answer; what is held stays held.
        """
        ...

    def put_back(self, batch: Batch) -> None:
        """Put what is left of a batch where it came from, in front."""
        ...

    def let_go(self, batch: Batch) -> None:
        """Be done with a batch; the broker hears of it with the next ``take``."""
        ...

    def refuse(self, text: bytes, why: str) -> None:
        """Keep a letter that must not be opened for somebody to look at."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
