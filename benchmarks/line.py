"""A line of the table: a contender, whom it is measured against, and the bounds that are its goals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """What a goal asks of a ratio, or of the figure itself where there is no peer."""

    value: float
    is_upper: bool

    def allows(self, measured: float) -> bool:
        """Whether a measured value keeps to the bound."""
        return measured <= self.value if self.is_upper else measured >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.is_upper else '≥'} {self.value:g}"


def at_most(value: float) -> Bound:
    """The measured value must not be above."""
    return Bound(value, is_upper=True)


def at_least(value: float) -> Bound:
    """The measured value must not be below."""
    return Bound(value, is_upper=False)


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    #: The contender, as the question's figures name it.
    what: str
    #: The contender it is compared with; None: its figure stands alone, and bounds apply to that.
    against: str | None = None
    must: Bound | None = None
    aim: Bound | None = None
    #: The ratio says how many times as fast it is (peer's time / own time), not its share of the peer's time.
    is_speedup: bool = False

    def ratio(self, figures: dict[str, float]) -> float | None:
        """The ratio of one round; None without a peer."""
        if self.against is None:
            return None
        own, peer = figures[self.what], figures[self.against]
        return peer / own if self.is_speedup else own / peer

    def verdict(self, measured: float) -> str:
        """``aim``, ``must`` or ``no``; empty when there is no goal."""
        if self.must is None and self.aim is None:
            return ""
        if self.aim is not None and self.aim.allows(measured):
            return "aim"
        return "must" if self.must is not None and self.must.allows(measured) else "no"
