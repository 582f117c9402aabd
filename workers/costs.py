"""How long jobs take, so that a group commits within a bound.

A command that is slow or not known yet begins a group of its own; at most one group's results can wait for it.
"""

from __future__ import annotations

import math

#: Jobs of one group, at most.
MOST = 64
#: How much the newest observation counts.
_NEW_MEAN, _NEW_COST = 0.05, 0.2


class Costs:
    """Running means, by contract and over all. Threads may mix; an estimate survives that.

    Args:
        budget_s: seconds a group may run before it commits.
    """

    def __init__(self, budget_s: float) -> None:
        self._budget_s = budget_s
        self._mean = budget_s
        self._by_contract: dict[str, float] = {}

    @property
    def most(self) -> int:
        """How many jobs to claim: as many as four budgets hold at the mean cost, rounded down to a power of two.

        The mean and not the dearest: one slow job must not end grouping for good. Each number is a statement of its
        own, which the database prepares.
        """
        fitting = max(1, min(MOST, int(4 * self._budget_s / self._mean)))
        return 1 << fitting.bit_length() - 1

    def is_enough(self, contract: str, spent_s: float) -> bool:
        """Whether the group commits before a job of this contract, having run for ``spent_s``."""
        return spent_s > self._budget_s or self._by_contract.get(contract, math.inf) > self._budget_s

    def add(self, contract: str, took_s: float) -> None:
        """Note how long a job took."""
        self._mean += _NEW_MEAN * (took_s - self._mean)
        known = self._by_contract.get(contract, took_s)
        self._by_contract[contract] = known + _NEW_COST * (took_s - known)
