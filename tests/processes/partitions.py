"""Workers on another host lose the network to the database, to the broker, or to both, for longer than their leases.

Runs in a process of its own, which has the network to itself (tests/processes/network.py).
"""

from __future__ import annotations

import contextlib
import random
import signal
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import make_url

from bus.testing import wait_until
from tests.databases import Templates
from tests.processes.drill import Drill
from tests.processes.ledger import KINDS, LETTER
from tests.processes.network import CABLES, Network, NotAllowed, isolate
from tests.processes.queues import Queue, signed
from tests.servers import HOST, PostgreSQL, Redis, die_with_parent

if TYPE_CHECKING:
    from tests.fleet import Fleet

#: Reached from everywhere; keeps what it has said yes to.
OPEN = ("--bind", "*", "--protected-mode", "no", "--appendonly", "yes", "--appendfsync", "always")
#: Milliseconds: what a half minute is in earnest.
LEASE_MS, BUSY_MS = 1_000, 500
#: Seconds that a cable is cut: beyond all leases.
CUT_S = 1.5


class OpenPostgreSQL(PostgreSQL):
    """A server for other hosts as well."""

    settings = (*(s for s in PostgreSQL.settings if not s.startswith("listen")), "listen_addresses=*")

    def _initialise(self) -> None:
        super()._initialise()
        with (self.folder / "data" / "pg_hba.conf").open("a") as file:
            file.write("host all all 10.77.0.0/16 trust\n")


class OpenRedis(Redis):
    """A server for other hosts as well, which keeps what it has said yes to."""

    def command(self) -> list[str]:
        return [*super().command(), *OPEN]


class Partitions(Drill):
    """Half of the workers are far away.

    Args:
        queue: whose servers are reached by cables.
        network: the cables.
        ports: of the servers at their ends.
        far_urls: the same servers as the far host knows them.
        rng: decides everything that is left to chance.
    """

    def __init__(
        self, queue: Queue, network: Network, ports: dict[str, int], far_urls: dict[str, str], rng: random.Random
    ) -> None:
        super().__init__(queue.bus, rng, KINDS | {"long": 20, LETTER: 8})
        self._queue = queue
        self._network = network
        self._ports = ports
        self._far_urls = far_urls

    def begin(self) -> None:
        self.fleets = [self._queue.fleet(), self._far_fleet()]
        for fleet in self.fleets:
            fleet.wait_ready()

    def _far_fleet(self) -> Fleet:
        return self._queue.fleet(prepare=self._network.far_host, **self._far_urls)

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        each = [(f"{name} {what}", partial(self._cut, name, what)) for name in CABLES for what in _WAYS]
        return [*each, ("both unplugged", self._cut_both), ("far host dies unheard", self._die_unheard)]

    def _cut(self, *cut: str) -> None:
        with self._without(*cut):
            self.publish_for(CUT_S)

    def _cut_both(self) -> None:
        with self._without("database", "unplugged"), self._without("broker", "unplugged"):
            self.publish_for(CUT_S)

    def _die_unheard(self) -> None:
        """Its sessions stay open at the servers, with whatever they have locked, until those find out by themselves."""
        far = self.fleets.pop()
        with self._without("database", "unplugged"), self._without("broker", "unplugged"):
            far.tell(signal.SIGKILL)
            wait_until(lambda: not far.children(), 30, "the end of its workers")
            self.publish_for(CUT_S)
        self.fleets.append(self._far_fleet().wait_ready())

    @contextlib.contextmanager
    def _without(self, name: str, what: str) -> Iterator[None]:
        self.publish_for(self.rng.uniform(0, 0.1))
        cut, heal = _WAYS[what]
        cut(self._network, name)
        if self._network.reaches(name, self._ports[name]):
            self.report.complaints.append(f"the {name} is reached though it was cut: {what}")
        try:
            yield
        finally:
            heal(self._network, name)
            wait_until(lambda: self._network.reaches(name, self._ports[name]), 30, f"the {name} to be reached again")


#: How a cable is cut, and how it is put right.
_WAYS = {
    "unplugged": (Network.unplug, Network.plug_in),
    "does not hear": (Network.deafen, Network.listen),
    "is not heard": (Network.silence, Network.speak),
}


def drill_here(answer: Connection, chance: str, folder: str, rounds_asked: int) -> None:
    """Be the process that drills; answers what came of it: a report, a reason why not, or a traceback.

    Args:
        answer: where to.
        chance: seeds it.
        folder: for logs and templates.
        rounds_asked: ``--rounds``.
    """
    die_with_parent(signal.SIGKILL)()
    try:
        isolate()
        answer.send(_drill(random.Random(chance), Path(folder), rounds_asked))
    except NotAllowed as error:
        answer.send(error)
    except BaseException:  # noqa: BLE001  # told to whoever waits
        answer.send(traceback.format_exc())


def _drill(rng: random.Random, folder: Path, rounds_asked: int) -> Any:
    network = Network()
    with contextlib.ExitStack() as stack:
        database, broker = OpenPostgreSQL(), OpenRedis()
        for server in (database, broker):
            stack.callback(server.remove)
            server.start()
        url = database.url(database.create())
        settings = signed(broker.url) | {"lease_ms": LEASE_MS, "busy_timeout_ms": BUSY_MS}
        queue = Queue(url, folder, Templates(folder, lambda: database), settings)
        stack.callback(queue.close)
        far_urls = {
            "url": make_url(url).set(host=CABLES["database"]).render_as_string(hide_password=False),
            "broker_url": broker.url.replace(HOST, CABLES["broker"]),
        }
        ports = {"database": database.port, "broker": broker.port}
        return Partitions(queue, network, ports, far_urls, rng).run_deck(rounds_asked)
