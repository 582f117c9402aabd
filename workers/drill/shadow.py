"""What keeps a drill apart from everybody else on its database: a name of its own, and a bus that knows no other work.

The name is that of its queue; folder, broker keys and table follow from it. Commands of other queues are known to the
bus, as to any, but its workers claim none of their jobs and take none over.
"""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from sqlalchemy import and_

from bus.application import Bus
from bus.database.tables import job
from workers.drill.plugin import DEED, plugin_of
from workers.plugin import workers

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.database import Database
    from bus.loader import Loaded
    from bus.registry import Registry
    from bus.settings import Settings

#: How long a drill's worker may be silent before others take its jobs, and before it is replaced: a stop lies between.
LEASE_MS, BEAT_TIMEOUT_MS = 1_000, 5_000
#: How long a drill's workers may take to end.
DRAIN_MS = 5_000

#: Seconds that the machine's clock may be put back during a drill.
CLOCK_BACK_S = 60

_NAME = re.compile(r"bus_drill_([0-9a-f]{8})_[0-9a-f]{6}")
_TABLE_PREFIX = "drill_"


class Shadow(NamedTuple):
    """A drill's identity."""

    #: Of its queue.
    name: str
    #: Signs its letters.
    key: str

    @classmethod
    def new(cls) -> Self:
        """One that nobody else has; its name says when it began."""
        return cls(f"bus_drill_{int(time.time()):08x}_{secrets.token_hex(3)}", secrets.token_urlsafe(32))

    @property
    def table(self) -> str:
        """Name of the table that shows its effects."""
        return self.name.removeprefix("bus_")

    def settings(self, settings: Settings) -> Settings:
        """The operator's settings, with the patience of a drill."""
        return settings.replace(
            signing_keys=(self.key,),
            lease_ms=LEASE_MS,
            beat_timeout_ms=BEAT_TIMEOUT_MS,
            drain_ms=DRAIN_MS,
        )

    def open(self, settings: Settings) -> ShadowBus:
        """A bus on the operator's database and broker.

        Raises:
            SetupError: it cannot be opened.
        """
        return ShadowBus.open(plugins=[plugin_of(self.name, self.table), workers], settings=self.settings(settings))


def name_of(table: str) -> str | None:
    """The drill that a table belongs to; None: to none."""
    name = f"bus_{table}"
    return name if table.startswith(_TABLE_PREFIX) and _NAME.fullmatch(name) else None


def began_at(name: str) -> int:
    """Epoch seconds at which a drill began, by its name."""
    found = _NAME.fullmatch(name)
    assert found is not None
    return int(found[1], 16)


def first_id(name: str) -> str:
    """What the ids of a drill's jobs are not below: ids begin with the millisecond of their making."""
    ms = f"{(began_at(name) - CLOCK_BACK_S) * 1000:012x}"
    return f"{ms[:8]}-{ms[8:]}"


class ShadowBus(Bus):
    """A bus whose workers see the jobs of a drill, and no others."""

    def __init__(
        self, settings: Settings, database: Database, loaded: Loaded, registry: Registry, clock: Clock
    ) -> None:
        #: The drill's only queue.
        self.queue = database.shadow = registry.find(DEED).queue.name
        #: Finds the drill's jobs without a look at all the others: ids are indexed, alone and with the state.
        self.is_ours = and_(job.c.id >= first_id(self.queue), job.c.queue == self.queue)
        super().__init__(settings, database, loaded, registry, clock)

    @property
    def known_contracts(self) -> frozenset[str]:
        """``name@version`` of the drill's commands."""
        return frozenset(command.key for command in self.registry if command.queue.name == self.queue)

    @property
    def queue_names(self) -> frozenset[str]:
        """The drill's queue."""
        return frozenset((self.queue,))

    def read(self, query: Any, parameters: Any = None) -> list[Any]:
        """The rows of a query, in a transaction of its own."""
        with self.database.reader().transaction(write=False) as kept:
            return list(kept.db.execute(query, parameters).all())

    def now_ms(self) -> int:
        """Epoch milliseconds by the clock of the database, which stamps jobs and effects."""
        with self.database.reader().transaction(write=False) as kept:
            return int(kept.raw.execute(f"SELECT {self.database.dialect.now_ms}").fetchone()[0])
