"""A worker in the test's own thread: it does what is due and returns.

Not here: worker processes, wake-ups, leases (tests/workers, tests/processes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus.jobs.claiming import Claims
from bus.jobs.states import FREE_LANE, UNIT_LANE
from workers.slots import Slots
from workers.turns import TurnRunner

if TYPE_CHECKING:
    from bus.application import Bus


def work(bus: Bus) -> None:
    """Run every job that is due, as a worker process would."""
    claims = Claims(bus.database, "test", bus.known_contracts, bus.settings.lease_ms)
    runner = TurnRunner(bus, claims, Slots(), lambda: False)
    while due := _due(bus, claims):  # a turn ends after a quarter of a second, whatever is left
        for queue, lane in due:
            runner.turn(queue, lane)


def _due(bus: Bus, claims: Claims) -> list[tuple[str, int]]:
    places = [(queue, lane) for queue in sorted(bus.queue_names) for lane in (UNIT_LANE, FREE_LANE)]
    with bus.database.reader().transaction(write=False) as kept:
        return [(queue, lane) for queue, lane in places if claims.is_due(kept, queue, lane)]


def claim_all(bus: Bus) -> list[Any]:
    """Take every job that is due and was never tried, and leave it running."""
    claims = Claims(bus.database, "test", bus.known_contracts, bus.settings.lease_ms)
    with bus.database.writer().transaction() as kept:
        return [
            job
            for queue in sorted(bus.queue_names)
            for lane in (UNIT_LANE, FREE_LANE)
            for job in claims.claim(kept, queue, lane, 100, fresh=True)
        ]
