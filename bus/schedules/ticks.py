"""When a cron expression is due, in a time zone, in epoch milliseconds.

Clock changes:

- five fields, minute and hour both named (no leading ``*``): as in Debian's cron. A tick in the skipped hour comes
  when that hour would have ended, ticks that fall together there are one; in the doubled hour only the first counts.
- any other expression, all with seconds among them: whatever the clock on the wall shows. Nothing in the skipped
  hour, twice in the doubled one: every quarter of an hour stays every quarter of an hour.

Not here: which of the ticks are fired (bus/schedules/policy.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import takewhile

from bus.schedules.faults import InvalidCron, UnknownZone

#: Longest expression, characters.
MAX_CRON = 200
#: Fields of an expression without seconds.
FIVE = 5
DAY_S = 86_400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # the wall's own time, which cronsim counts on
#: How an IANA name is written; names of files are none of ours to try.
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,3}")


class Timetable:
    """The ticks of a cron expression.

    Args:
        cron: five fields, or six with the seconds in front.
        zone: IANA name of the time zone it is read in.

    Raises:
        InvalidCron: it cannot be read, or is never due.
        UnknownZone: there is no such zone.
    """

    def __init__(self, cron: str, zone: str) -> None:
        self._cron = cron
        fields = cron.split()
        self._is_of_a_time = len(fields) == FIVE and not any(field.startswith("*") for field in fields[:2])
        self.zone = _zone(zone)
        if len(cron) > MAX_CRON:
            raise InvalidCron(cron=f"{cron[:MAX_CRON]}...", why=f"it has more than {MAX_CRON} characters")
        from cronsim import CronSimError  # callers of commands need none of this

        try:
            self.next(0)
        except (CronSimError, ValueError) as error:
            raise InvalidCron(cron=cron, why=str(error)) from None

    def after(self, ms: int) -> Iterator[int]:
        """The ticks later than a moment, rising, for as long as somebody asks."""
        ticks = self._once_a_day if self._is_of_a_time else self._on_the_wall
        return (tick * 1000 for tick in ticks(ms // 1000))

    def _once_a_day(self, last: int) -> Iterator[int]:
        """The ticks after a second, in seconds, as Debian's cron has them."""
        from cronsim import CronSim

        for due in CronSim(self._cron, datetime.fromtimestamp(last, self.zone)):
            tick = int(due.timestamp())
            # Begun in the second half of a doubled hour, cronsim names the first half's ticks once more.
            if tick > last:
                last = tick
                yield tick

    def _on_the_wall(self, last: int) -> Iterator[int]:
        """The ticks after a second, in seconds, whenever the wall shows them.

        cronsim runs on a clock that nobody changes, from one change to the next: its own steps of an hour lose ticks
        where a zone moves by half an hour.
        """
        from cronsim import CronSim

        offset = self._offset(last + 1)
        while True:
            for due in CronSim(self._cron, _EPOCH + timedelta(seconds=last + offset)):
                tick = int((due - _EPOCH).total_seconds()) - offset
                switch = None if self.zone is UTC else self._switch(last, tick, offset)
                if switch is not None:
                    break
                yield tick
                last = tick
            else:
                return
            last, offset = switch - 1, self._offset(switch)

    def _offset(self, second: int) -> int:
        """How many seconds the wall is ahead of UTC."""
        offset = datetime.fromtimestamp(second, self.zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    def _switch(self, first: int, last: int, offset: int) -> int | None:
        """The first second after one, up to another, from which on the wall shows another offset than this."""
        while first < last:
            later = min(first + DAY_S, last)
            if self._offset(later) != offset:
                return bisect_left(range(later), True, first + 1, later, key=lambda s: self._offset(s) != offset)
            first = later
        return None

    def next(self, ms: int) -> int:
        """The first tick later than a moment.

        Raises:
            InvalidCron: there is none.
        """
        tick = next(self.after(ms), None)
        if tick is None:
            raise InvalidCron(cron=self._cron, why="it is never due")
        return tick

    def latest(self, since: int, until: int, most: int) -> list[int]:
        """The last ticks from one moment to another, both included, rising; ``most`` at most.

        The search goes back in growing steps, so that years without a scheduler cost no more than a day.
        """
        span = most * 1000
        while True:
            start = max(since - 1, until - span)
            ticks = list(takewhile(lambda tick: tick <= until, self.after(start)))
            if len(ticks) >= most or start < since:
                return ticks[-most:]
            span *= 4

    def local(self, ms: int) -> str:
        """A moment as the zone's clock shows it, ISO 8601 with the offset."""
        return datetime.fromtimestamp(ms / 1000, self.zone).isoformat(timespec="seconds")


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC  # nobody ever changes that clock, so nobody need look
    from zoneinfo import ZoneInfo

    if _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (LookupError, ValueError, OSError):  # OSError: a folder of zones, such as Europe
            pass
    raise UnknownZone(zone=name[:100])
