"""How many letters a thread takes at a time: about a tenth of a second's work, by what the last ones have taken."""

from __future__ import annotations

#: Seconds of work to take.
AIM_S = 0.1
#: Letters of one batch, at most.
MOST = 512
#: How much the newest observation counts.
_NEW = 0.3


class Pace:
    """The running mean of one queue. Threads may mix; an estimate survives that."""

    def __init__(self) -> None:
        self._mean_s: float | None = None
        self._most = 1

    def next_most(self) -> int:
        """How many letters to take: one as long as nothing is known, then at most twice as many as the last time."""
        if self._mean_s is None:
            return 1
        self._most = max(1, min(MOST, self._most * 2, int(AIM_S / max(self._mean_s, 1e-9))))
        return self._most

    def add(self, letters: int, took_s: float) -> None:
        """Note how long some letters took."""
        if letters:
            mean_s = took_s / letters
            self._mean_s = mean_s if self._mean_s is None else self._mean_s + _NEW * (mean_s - self._mean_s)
