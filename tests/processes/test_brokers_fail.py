"""Whatever a broker does, every job runs once, and every letter that was accepted runs at least once."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from redis import Redis as Client

from bus.testing import wait_until
from tests.deeds import done
from tests.processes.drill import Drill, is_long
from tests.processes.ledger import KINDS, LETTER, READ, read
from tests.processes.line import Line
from tests.servers import HOST, Redis
from tests.workers.hand import row

if TYPE_CHECKING:
    import random

    from tests.processes.conftest import Queue

#: Seconds an outage lasts in the short form, and in the long one.
SHORT_S, LONG_S = 2.0, 60.0
#: Seconds of each way on a slow line: one question is two.
LATENCY_S = 1.0
#: How often one message is delivered to how many workers.
COPIES, PROCESSES, THREADS = 50, 5, 4
#: Times all messages together are delivered again, in each of the rounds.
REDELIVERIES = 10_000


class LastingRedis(Redis):
    """A server that keeps what it has said yes to."""

    def command(self) -> list[str]:
        return [*super().command(), "--appendonly", "yes", "--appendfsync", "always"]


@pytest.fixture
def broker() -> Iterator[LastingRedis]:
    """A server that no other test uses."""
    server = LastingRedis()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def line(broker: LastingRedis) -> Iterator[Line]:
    """The way to it."""
    line = Line(broker.port)
    yield line
    line.close()


class Outages(Drill):
    """Each fault befalls a Redis that is reached by a line.

    Args:
        queue: whose broker the line leads to.
        broker: the server.
        line: the way to it.
        rng: decides everything that is left to chance.
        away_s: how long a server is away that goes for longer.
    """

    def __init__(self, queue: Queue, broker: LastingRedis, line: Line, rng: random.Random, away_s: float) -> None:
        super().__init__(queue.bus, rng, KINDS | {LETTER: 8})
        self._queue = queue
        self._broker = broker
        self._line = line
        self._away_s = away_s

    def begin(self) -> None:
        self.fleets = [self._queue.fleet().wait_ready()]

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("kill", partial(self._away, self._broker.crash, 0.0)),
            ("restart", partial(self._away, self._broker.stop, 0.0)),
            ("away", partial(self._away, self._broker.crash, self._away_s)),
            ("hang", self._hang),
            ("flush", self._flush),
            ("out of memory", self._out_of_memory),
            ("latency", self._latency),
        ]

    def _moment(self) -> None:
        time.sleep(self.rng.uniform(0, 0.1))

    def _away(self, end: Callable[[], None], away_s: float) -> None:
        self._moment()
        end()
        self.publish_for(away_s)
        self._broker.start()

    def _hang(self) -> None:
        """It takes connections and answers nothing."""
        self._moment()
        assert self._broker.process is not None
        self._broker.process.send_signal(signal.SIGSTOP)
        self.publish_for(SHORT_S)
        self._broker.process.send_signal(signal.SIGCONT)

    def _flush(self) -> None:
        """Again and again; letters are as safe as the broker, so there are none meanwhile."""
        self.publisher.wait_idle()
        wait_until(lambda: self.publisher.letters <= read(self.bus), 30, "the letters to be read")
        self.publisher.want(self.jobs_a_round, KINDS)
        for _ in range(20):
            self._broker.ask("FLUSHALL")
            self._moment()
        self.publisher.wait_idle()

    def _out_of_memory(self) -> None:
        self._moment()
        self._broker.ask("CONFIG SET maxmemory 1")
        self.publish_for(SHORT_S)
        self._broker.ask("CONFIG SET maxmemory 0")

    def _latency(self) -> None:
        self._line.delay_s = LATENCY_S
        self.publish_for(2 * SHORT_S)
        self._line.delay_s = 0.0


@pytest.mark.timeout(1800)
def test_the_ledger_balances_whatever_happens_to_redis(
    rounds_asked, make_queue, postgresql_url, broker, line, rng, balance
):
    queue = make_queue(postgresql_url, f"redis://{HOST}:{line.port}/0")
    drill = Outages(queue, broker, line, rng, LONG_S if is_long(rounds_asked) else SHORT_S)

    balance(drill.run_deck(rounds_asked))


def test_one_message_fifty_times_to_twenty_workers(queue):
    """A job runs once; a letter runs, and goes on as one job if it fails."""
    bus, has_letters = queue.bus, "broker_url" in queue.settings
    queue.fleet(processes=PROCESSES, threads=THREADS).wait_ready()
    assert bus.call("queue_pause", {"queue": "default", "reason": "copying"}).ok
    job_id = bus.submit("deed", {"n": 1}).job["id"]
    letter, failing = bus.submit(LETTER, {"n": 2}), bus.submit("carried_failing", {"n": 3})
    assert letter.ok
    if has_letters:
        copy_letters(queue.settings["broker_url"])
    assert bus.call("queue_resume", {"queue": "default"}).ok
    for _ in range(COPIES):
        bus.announce(["default"])

    assert bus.wait(job_id).ok
    wait_until(lambda: done(bus)[2, READ] == (COPIES if has_letters else 1), 30, "the letters")
    wait_until(lambda: bus.jobs.find(failing.job["id"]) is not None, 30, "the job")
    wait_until(lambda: row(bus, failing.job["id"]).state == "dead", 30, "its end")
    assert done(bus)[1, "done"] == 1
    listed = bus.call("job_list", {"command": "carried_failing"}).data
    assert [job["id"] for job in listed["items"]] == [failing.job["id"]]


def copy_letters(url: str) -> None:
    """Let a mailbox hold each of its letters so many times."""
    with Client.from_url(url) as client:
        (mail,) = client.keys(f"charterbus:{'?' * 16}:mail:default")
        for letter in client.lrange(mail, 0, -1):
            client.rpush(mail, *[letter] * (COPIES - 1))


@pytest.mark.timeout(1800)
def test_a_hundred_thousand_redeliveries_do_nothing_twice(rounds_asked, make_queue, postgresql_url, redis_url):
    """Ten thousand in the short form."""
    queue = make_queue(postgresql_url, redis_url)
    rounds = 10 if is_long(rounds_asked) else 1
    numbers = range(100 * rounds)
    queue.bus.submit_many("deed", [{"n": n} for n in numbers])
    with Client.from_url(redis_url) as client:
        (tokens,) = wait_until(lambda: client.keys("*:wake:default"), 30, "a token, as long as nobody takes it")
        queue.fleet().wait_ready()
        for n in range(rounds):
            client.rpush(tokens, *["1"] * REDELIVERIES)
            assert queue.bus.wait(queue.bus.submit("deed", {"n": -1 - n}).job["id"]).ok

    wait_until(lambda: len(done(queue.bus)) == len(numbers) + rounds, 60, "all jobs")
    assert set(done(queue.bus).values()) == {1}
