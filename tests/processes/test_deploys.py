"""Releases come and go while jobs are published: nothing is lost or doubled, and what nobody knows waits.

The release before knows version 1 of ``changed`` and nothing else; the one after it knows both, and all the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.deeds import deeds_before
from tests.processes.drill import Drill
from tests.processes.ledger import KINDS, LETTER
from tests.processes.queues import PLUGINS, WORKERS
from workers import workers

if TYPE_CHECKING:
    import random

    from tests.fleet import Fleet
    from tests.processes.queues import Queue

BEFORE = ("tests.deeds:deeds_before", WORKERS)
WITHOUT = (WORKERS,)
#: The first number of what is published by the release before.
FIRST = 1_000_000


class Deploys(Drill):
    """The workers of two hosts are replaced one after the other, by SIGTERM, under load.

    Args:
        queue: what all of them work at.
        rng: decides everything that is left to chance.
    """

    def __init__(self, queue: Queue, rng: random.Random) -> None:
        letters = {LETTER: 20} if "broker_url" in queue.settings else {}
        super().__init__(queue.bus, rng, KINDS | {"changed@1": 20, "changed@2": 20} | letters)
        self._queue = queue
        self._before = queue.open_bus(deeds_before, workers)

    def begin(self) -> None:
        self.fleets = [self._start(PLUGINS), self._start(PLUGINS)]

    def _start(self, plugins: tuple[str, ...]) -> Fleet:
        return self._queue.fleet(plugins, processes=1).wait_ready()

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        back = ("back to the release before", partial(self._roll, BEFORE))
        forward = ("on to the release after", partial(self._roll, PLUGINS))
        return [back, forward, ("to one without the plugin", self._roll_without)]

    def _roll(self, plugins: tuple[str, ...]) -> None:
        """In the middle both are there."""
        for _ in self.fleets:
            self._publish_both_for(self.rng.uniform(0.1, 0.4))
            self._replace_one(plugins)
        self._publish_both_for(self.rng.uniform(0.1, 0.4))

    def _roll_without(self) -> None:
        self._roll(WITHOUT)
        waiting = self.bus.call("job_list", {"state": "queued"})
        if not waiting.ok or waiting.data["total_count"] == 0:
            self.report.complaints.append(f"jobs of a plugin that was removed are not listed: {waiting}")

    def _replace_one(self, plugins: tuple[str, ...]) -> None:
        leaving = self.fleets.pop(0)
        if leaving.stop() != 0:
            self.report.complaints.append(f"a worker did not leave well: {leaving.records()[-5:]}")
        self.fleets.append(self._start(plugins))

    def _publish_both_for(self, seconds: float) -> None:
        """Both releases do."""
        number = FIRST + len(self.own_jobs)
        answer = self._before.submit("changed", {"number": number})
        self.own_jobs.add(answer.job["id"])
        self.own_effects[number, "done"] += 1
        self.publish_for(seconds)

    def end(self) -> None:
        self._roll(PLUGINS)
        for job_id in self.own_jobs:
            answer = self._before.wait(job_id, timeout_ms=30_000)
            if not answer.ok or answer.version != 1 or set(answer.data) != {"number"}:
                self.report.complaints.append(f"the release before was answered {answer}")


@pytest.mark.parametrize(
    "queue",
    [
        pytest.param("sqlite", marks=pytest.mark.drill),
        "postgresql-redis",
        pytest.param("postgresql-rabbitmq", marks=pytest.mark.drill),
    ],
    indirect=True,
)
@pytest.mark.timeout(1800)
def test_the_ledger_balances_while_releases_come_and_go(rounds_asked, queue, rng, balance):
    balance(Deploys(queue, rng).run_deck(rounds_asked))
