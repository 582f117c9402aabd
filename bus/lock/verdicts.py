"""What a change means to each who rests on a contract, in three words.

Who rests on it: callers (programs that send arguments and read data), queued jobs (arguments stored under the old
shape, loaded by the new code), stored answers (data kept for idempotency keys and in jobs, read by the new code).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import NamedTuple


class Verdict(enum.StrEnum):
    """How bad a change is, the least bad first."""

    #: Nobody notices, unless by what is new.
    SAFE = "safe"
    #: What is out there does not mean the same any more, and a function can translate it: make it a new version.
    NEEDS_UPCASTER = "needs_upcaster"
    #: What was promised fails.
    BREAKING = "breaking"


SAFE, NEEDS_UPCASTER, BREAKING = Verdict.SAFE, Verdict.NEEDS_UPCASTER, Verdict.BREAKING
_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


class Change(NamedTuple):
    """One difference between a released shape and another one."""

    #: Its row in ``bus.lock.rules.RULES``.
    kind: str
    command: str
    #: The released version.
    version: int
    #: Where, with dots; items of lists are ``[]``, values of free maps ``*``; empty: the whole.
    path: str
    #: ``command``, ``access``, ``manner``, ``codes``, ``args`` or ``data``.
    side: str
    for_callers: Verdict
    for_jobs: Verdict
    for_answers: Verdict
    sentence: str
    #: The version that comes after the released one, when the change is what that one asks of it.
    successor: int | None = None

    @property
    def key(self) -> str:
        """``name@version``."""
        return f"{self.command}@{self.version}"

    @property
    def worst(self) -> Verdict:
        """The verdict for whoever is hit hardest."""
        return worst((self.for_callers, self.for_jobs, self.for_answers))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of them; SAFE when there is none."""
    return max(verdicts, key=_RANKS.__getitem__, default=SAFE)
