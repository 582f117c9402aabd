"""How many jobs a second are published and run at once, exactly once, with results, on PostgreSQL with Redis beside it?

Repeat: python -m benchmarks --only queue_postgresql

Ours as in queue_live, two processes of eight threads, the database PostgreSQL with its usual durability
(``synchronous_commit=on`` for both), woken through Redis. The peer: procrastinate on the same server, the same number
of workers and places, an async task that does nothing and stores no result; 100 a publish is its ``batch_defer``.
"""

from __future__ import annotations

from benchmarks.carried import KEY
from benchmarks.domain import check_ledger, marked, opened, wait_for_marks
from benchmarks.line import Line, at_least
from benchmarks.procrastinate_fleet import Procrastinate, procrastinate_workers
from benchmarks.programs import PROCESSES, THREADS, bus_workers
from benchmarks.questions.queue_live import BATCH, live, submit, submit_together
from benchmarks.questions.queue_parts import a_second
from benchmarks.stage import Stage
from bus import Bus
from bus.settings import Settings

UNIT = "jobs/s"
PEER, PEER_TOGETHER = "procrastinate", "procrastinate, 100 a publish"
LINES = (
    Line("one by one", PEER, must=at_least(2), aim=at_least(4)),
    Line("100 a publish", PEER_TOGETHER, must=at_least(5), aim=at_least(10)),
)
JOBS = 2_000


def measure(stage: Stage) -> dict[str, float]:
    """One round; all workers are ready before the first clock starts, and idle while others are measured."""
    server, count = stage.postgresql(), stage.times(JOBS // BATCH) * BATCH
    broker = stage.redis().url.rpartition("/")[0] + "/4"
    with (
        server.database() as url,
        server.database() as peers_url,
        opened(url, settings=Settings(broker_url=broker, signing_keys=(KEY,))) as bus,
        bus_workers(stage.folder, url, PROCESSES, THREADS, {"BUS_BROKER_URL": broker, "BUS_SIGNING_KEYS": KEY}),
        procrastinate_workers(stage.folder, peers_url) as peer,
    ):
        warm_up(bus, peer)
        figures = {
            "one by one": live(bus, count, lambda: submit(bus, count)),
            PEER: a_second(count, lambda: published(peer, count)),
            "100 a publish": live(bus, count, lambda: submit_together(bus, count)),
            PEER_TOGETHER: a_second(count, lambda: published_together(peer, count)),
        }
        check_ledger(bus, marked(bus))
    return figures


def published(peer: Procrastinate, count: int) -> None:
    """Publish one by one, and wait for the last end."""
    peer.send(count)
    peer.join()


def published_together(peer: Procrastinate, count: int) -> None:
    """Publish 100 at once, and wait for the last end."""
    peer.send_together(count, BATCH)
    peer.join()


def warm_up(bus: Bus, peer: Procrastinate) -> None:
    """Let every worker have run some jobs."""
    before = marked(bus)
    submit(bus, BATCH)
    submit_together(bus, BATCH)
    wait_for_marks(bus, before + 2 * BATCH)
    published(peer, BATCH)
