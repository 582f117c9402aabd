"""A worker process as Redis knows it: its name, how long it counts as alive, and what it has in hand.

A batch that Redis holds under a name that is not here has lost its way: the answer that told of it never came.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable


class Hand:
    """One process; its threads share it.

    Args:
        owner: its name.
        alive_ms: how long it counts as alive after its last sign of life.
    """

    def __init__(self, owner: str, alive_ms: int) -> None:
        self.owner = owner
        self.alive_ms = alive_ms
        self._numbers = itertools.count(1)
        self._names: set[str] = set()

    def name(self, queue: str) -> str:
        """A name for the next batch of a queue, which is in hand from now on."""
        name = f"{queue}/{next(self._numbers)}"
        self._names.add(name)
        return name

    def drop(self, names: Iterable[str]) -> None:
        """Have batches in hand no more."""
        self._names.difference_update(names)

    def names(self) -> frozenset[str]:
        """The batches in hand."""
        return frozenset(self._names)
