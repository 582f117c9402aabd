"""Whatever a broker does, every job runs once, and every letter that was accepted runs at least once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from redis import Redis as Client

from bus.testing import wait_until
from tests import rabbitmq
from tests.deeds import done
from tests.processes.brokers import Broker, LastingRedis, TalkingRabbitMQ
from tests.processes.drill import is_long
from tests.processes.ledger import LETTER, READ
from tests.processes.line import Line
from tests.processes.outages import Lengths, Outages
from tests.workers.hand import row

#: Outages in the short form, and in the long one. RabbitMQ hangs for longer than a caller waits for its confirmation,
#: and in the long form until its clients cut it off.
LENGTHS: dict[str, tuple[Lengths, Lengths]] = {
    "redis": (Lengths(away_s=2.0, hang_s=2.0), Lengths(away_s=60.0, hang_s=2.0)),
    "rabbitmq": (Lengths(away_s=2.0, hang_s=6.0), Lengths(away_s=60.0, hang_s=25.0)),
}
#: How often one message is delivered to how many workers.
COPIES, PROCESSES, THREADS = 50, 5, 4
#: Times all messages together are delivered again, in each of the rounds.
REDELIVERIES = 10_000


@pytest.fixture
def start_broker() -> Iterator[Callable[[str], tuple[Broker, Line]]]:
    """Start a server that no other test uses, and a line to it."""
    with contextlib.ExitStack() as started:

        def start(kind: str) -> tuple[Broker, Line]:
            if kind == "rabbitmq" and rabbitmq.is_left_out():
                pytest.skip(f"{rabbitmq.WITHOUT}=1")
            server: Broker = LastingRedis() if kind == "redis" else TalkingRabbitMQ()
            started.callback(server.remove)
            server.start()
            line = Line(server.port)
            started.callback(line.close)
            return server, line

        yield start


@pytest.mark.parametrize("kind", list(LENGTHS))
@pytest.mark.timeout(1800)
def test_the_ledger_balances_whatever_happens_to_the_broker(
    kind, rounds_asked, make_queue, postgresql_url, start_broker, rng, balance
):
    broker, line = start_broker(kind)
    queue = make_queue(postgresql_url, broker.url_by(line.port))
    drill = Outages(queue, broker, line, rng, LENGTHS[kind][is_long(rounds_asked)])

    # A RabbitMQ that is killed takes seconds to start.
    balance(drill.run_deck(rounds_asked, part=4 if kind == "rabbitmq" else 2))


def test_one_message_fifty_times_to_twenty_workers(queue):
    """A job runs once; a letter runs, and goes on as one job if it fails."""
    bus, has_letters = queue.bus, "broker_url" in queue.settings
    assert bus.call("queue_pause", {"queue": "default", "reason": "copying"}).ok
    job_id = bus.submit("deed", {"n": 1}).job["id"]
    letter, failing = bus.submit(LETTER, {"n": 2}), bus.submit("carried_failing", {"n": 3})
    assert letter.ok
    if has_letters:
        copy_letters(queue.settings["broker_url"])
    # Not before: who sleeps has asked for the next letters already, and would take them and put them back.
    queue.fleet(processes=PROCESSES, threads=THREADS).wait_ready()
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
