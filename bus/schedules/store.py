"""The table of schedules. Every change raises ``changed_at``: whoever fires by what it read before, fires nothing.

Not here: what a definition must fulfil (bus/schedules/defining.py), who fires (workers/scheduler.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: ``origin`` of what operators have added; that of plugins is ``plugin:NAME``.
OPERATOR = "operator"


class Definition(NamedTuple):
    """What is queued, and when."""

    name: str
    command: str
    version: int
    #: JSON.
    args: str
    cron: str
    zone: str
    #: ``skip``, ``once`` or ``all``.
    missed: str
    #: None: as the contract says.
    priority: int | None


class Stored(NamedTuple):
    """One row. Times are epoch milliseconds."""

    definition: Definition
    #: ``operator`` or ``plugin:NAME``.
    origin: str
    is_paused: bool
    #: The first tick that nobody has seen to.
    next_at: int
    #: The last tick that was fired, and its job (the newest one of several).
    last_at: int | None
    last_job: str | None
    #: Who added it.
    principal: str
    created_at: int
    changed_at: int

    @property
    def name(self) -> str:
        """Its name."""
        return self.definition.name

    @property
    def plugin(self) -> str | None:
        """The plugin that declares it; None: an operator's."""
        return None if self.origin == OPERATOR else self.origin.partition(":")[2]


_DEFINITION = ", ".join(Definition._fields)
_COLUMNS = f"{_DEFINITION}, origin, is_paused, next_at, last_at, last_job, principal, created_at, changed_at"
_WIDTH = len(Definition._fields)


class Schedules:
    """The table's statements. Each runs in an open transaction of the caller."""

    def __init__(self, database: Database) -> None:
        sql, now = database.sql, database.dialect.now_ms
        touched = f"changed_at={database.dialect.greatest}({now}, changed_at+1)"
        marks = ",".join("?" * _WIDTH)
        self._now = f"SELECT {now}"
        self._all = f"SELECT {_COLUMNS} FROM bus_schedule ORDER BY name"
        self._find = sql(f"SELECT {_COLUMNS} FROM bus_schedule WHERE name=?")
        self._lock = f"{self._find}{database.dialect.for_update}"
        self._due = sql(
            f"SELECT {_COLUMNS} FROM bus_schedule WHERE NOT is_paused AND next_at<=? ORDER BY next_at, name"
        )
        self._insert = sql(
            f"INSERT INTO bus_schedule({_DEFINITION}, origin, principal, next_at, is_paused, created_at, changed_at) "
            f"VALUES ({marks},?,?,?,false,?,?) ON CONFLICT (name) DO NOTHING"
        )
        set_all = ", ".join(f"{column}=?" for column in Definition._fields)
        self._change = sql(f"UPDATE bus_schedule SET {set_all}, next_at=?, {touched} WHERE name=?")
        self._pause = sql(f"UPDATE bus_schedule SET is_paused=?, next_at=?, {touched} WHERE name=?")
        self._remove = sql("DELETE FROM bus_schedule WHERE name=?")
        self._move = sql(
            "UPDATE bus_schedule SET next_at=?, last_at=coalesce(?, last_at) "
            "WHERE name=? AND next_at=? AND changed_at=? AND NOT is_paused"
        )
        self._note_job = sql("UPDATE bus_schedule SET last_job=? WHERE name=?")

    def now(self, kept: Kept) -> int:
        """Epoch milliseconds by the clock that decides what is due."""
        return kept.raw.execute(self._now).fetchone()[0]

    def all(self, kept: Kept) -> list[Stored]:
        """Every schedule, by name."""
        return [_stored(row) for row in kept.raw.execute(self._all).fetchall()]

    def find(self, kept: Kept, name: str, *, lock: bool = False) -> Stored | None:
        """The schedule of a name; ``lock`` keeps it as it is until the transaction ends."""
        row = kept.raw.execute(self._lock if lock else self._find, (name,)).fetchone()
        return None if row is None else _stored(row)

    def due(self, kept: Kept, until: int) -> list[Stored]:
        """Those that are not paused and due by a moment, the earliest first."""
        return [_stored(row) for row in kept.raw.execute(self._due, (until,)).fetchall()]

    def add(self, kept: Kept, definition: Definition, origin: str, principal: str, next_at: int) -> bool:
        """Write a new one down; False: the name is taken."""
        now_ms = self.now(kept)  # once: PostgreSQL's clock goes on within a statement
        return bool(kept.raw.execute(self._insert, (*definition, origin, principal, next_at, now_ms, now_ms)).rowcount)

    def change(self, kept: Kept, definition: Definition, next_at: int) -> None:
        """Replace what the schedule of this name queues, and when; a pause stays."""
        kept.raw.execute(self._change, (*definition, next_at, definition.name))

    def hold(self, kept: Kept, stored: Stored, *, is_paused: bool, next_at: int) -> None:
        """Pause a schedule or let it go on, from this tick."""
        kept.raw.execute(self._pause, (is_paused, next_at, stored.name))

    def remove(self, kept: Kept, name: str) -> bool:
        """Forget a schedule; its jobs stay. False: there is none."""
        return bool(kept.raw.execute(self._remove, (name,)).rowcount)

    def move(self, kept: Kept, stored: Stored, next_at: int, fired_at: int | None) -> bool:
        """Take the ticks up to ``next_at`` for this transaction; False: somebody else did, or it has been changed.

        Args:
            kept: the transaction that also stores their jobs.
            stored: the schedule as it was read.
            next_at: the first tick that is not taken.
            fired_at: the last one that gets a job; None: none does.
        """
        values = (next_at, fired_at, stored.name, stored.next_at, stored.changed_at)
        return bool(kept.raw.execute(self._move, values).rowcount)

    def note_job(self, kept: Kept, name: str, job_id: str) -> None:
        """Remember the newest job."""
        kept.raw.execute(self._note_job, (job_id, name))


def _stored(row: tuple[Any, ...]) -> Stored:
    origin, is_paused, *rest = row[_WIDTH:]
    return Stored(Definition(*row[:_WIDTH]), origin, bool(is_paused), *rest)
