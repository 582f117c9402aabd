"""One thing ``bus doctor`` found."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, FAULT = "ok", "warning", "fault"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    topic: str
    #: ``ok``, ``warning`` (works, but look at it) or ``fault`` (does not work).
    state: str
    text: str
