"""A schedule as a plugin declares it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

#: What becomes of ticks at whose time no scheduler was there: nothing, one job for all of them, a job for each.
SKIP, ONCE, ALL = "skip", "once", "all"
MISSED = (SKIP, ONCE, ALL)
#: How a schedule may be named: the name is part of its jobs' correlation ids, and typed in shells.
NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z"


class Schedule(NamedTuple):
    """A command that is queued whenever a cron expression is due; returned by the hook ``bus_schedules``."""

    #: Unique on the bus: letters, digits, ``_``, ``-``, ``.``, 100 at most.
    name: str
    #: ``name`` (its newest version) or ``name@version``.
    command: str
    #: Five fields (minute, hour, day of month, month, day of week), or six with the seconds in front.
    cron: str
    #: The arguments of each job; checked when the scheduler starts.
    args: Mapping[str, Any] = MappingProxyType({})
    #: IANA name of the time zone in which the expression is read.
    zone: str = "UTC"
    #: What becomes of ticks that nobody was there to fire: ``"skip"``, ``"once"`` (one job for all) or ``"all"``.
    missed: str = ONCE
    #: Of each job; lower runs first; None: as the contract says.
    priority: int | None = None
