"""Whatever happens to RabbitMQ: every job runs once, every accepted letter runs. Real workers, a real server."""

from __future__ import annotations

import threading

import pytest

from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS
from tests.rabbitmq import RabbitMQ
from tests.workers.letters.carried import carried
from workers import workers
from workers.amqp import carrier
from workers.brokers.identity import mail_key, prefix_of

KEY = "a key for nothing but these tests"
PLUGINS = ("tests.deeds:deeds", "tests.workers.letters.carried:carried", "workers:workers")
#: More than a virtual machine has, so that RabbitMQ takes nothing.
NO_DISK = str(10**16)


@pytest.fixture
def open_both(postgresql_url, open_bus, start_fleet):
    """A bus and workers that know a server; both know one database."""

    def open_with(server: RabbitMQ, **options):
        settings = SETTINGS | {"broker_url": server.url, "signing_keys": (KEY,)}
        bus = open_bus(postgresql_url, plugins=[deeds, carried, workers], settings=Settings(**settings))
        create_tables(bus.database)
        return bus, start_fleet(postgresql_url, plugins=PLUGINS, **settings | options).wait_ready()

    return open_with


def states(bus) -> set[str]:
    with bus.database.connect() as connection:
        return set(connection.exec_driver_sql("SELECT state FROM bus_job").scalars().all())


def is_told(bus, why: str = "RabbitMQ did not take the request") -> bool:
    """Whether a letter is refused, and how."""
    answer = bus.submit("carried", {"n": 10_000})
    return not answer.ok and answer.error["code"] == "QUEUE_UNAVAILABLE" and why in answer.error["message"]


@pytest.mark.drill
def test_a_rabbitmq_that_is_killed_and_comes_back_loses_nothing(own_rabbitmq, open_both):
    """Letters wait, are under way to workers and are being published when it dies. Some may run twice; each runs."""
    own_rabbitmq.start()
    bus, fleet = open_both(own_rabbitmq)
    accepted: list[int] = []
    is_dead, publishes = threading.Event(), threading.Event()

    def publish():
        for n in range(1_000, 100_000):
            if bus.submit("carried_nap", {"n": n, "ms": 2}).ok:
                accepted.append(n)
                publishes.set()
            if is_dead.wait(0.01):  # no faster than workers are on a busy machine
                return

    assert all(answer.ok for answer in bus.submit_many("carried_nap", [{"n": n, "ms": 100} for n in range(300)]))
    accepted.extend(range(300))
    mail = mail_key(prefix_of(bus.database), "default")
    # RabbitMQ itself may lose a queue that it has only just declared, with all it has confirmed of it.
    wait_until(lambda: own_rabbitmq.remembers(mail), 30, "the queue to be in RabbitMQ's table")
    publisher = threading.Thread(target=publish)
    publisher.start()
    assert publishes.wait(20)
    wait_until(lambda: len(done(bus)) > 20, 30)
    own_rabbitmq.crash()
    is_dead.set()
    publisher.join()
    assert len(done(bus)) < len(accepted)

    assert is_told(bus)
    jobs = [bus.submit("deed", {"n": n}).job["id"] for n in range(500, 520)]
    assert all(bus.wait(job).ok for job in jobs)
    own_rabbitmq.start()

    wait_until(lambda: {n for n, _ in done(bus)} >= {*accepted, *range(500, 520)}, 60, "all letters and jobs")
    assert all(times == 1 for (n, _), times in done(bus).items() if n in range(500, 520))
    wait_until(lambda: states(bus) == {"succeeded"}, 30)
    assert bus.submit("carried", {"n": 600}).ok
    wait_until(lambda: (600, "deed") in done(bus), 30)
    assert {"worker", "mailbox"} <= {record["who"] for record in fleet.records("rabbitmq_back")}
    assert fleet.stop() == 0
    assert own_rabbitmq.count(mail) == 0


@pytest.mark.drill
def test_a_rabbitmq_that_is_not_there_at_the_start_has_no_disk_and_hangs(own_rabbitmq, open_both, monkeypatch):
    """Jobs never wait for it; a letter is taken as soon as it can be, and until then its caller is told."""
    bus, fleet = open_both(own_rabbitmq, processes=1)
    assert is_told(bus)
    assert bus.wait(bus.submit("deed", {"n": 1}).job["id"]).ok
    assert [record["who"] for record in fleet.records("rabbitmq_away")].count("worker") == 1

    own_rabbitmq.settings["disk_free_limit.absolute"] = NO_DISK
    own_rabbitmq.start()
    wait_until(lambda: len(fleet.records("rabbitmq_back")) == 2, 30, "both lines of the worker")
    assert is_told(bus, "out of memory or disk space")
    assert bus.wait(bus.submit("deed", {"n": 2}).job["id"]).ok

    own_rabbitmq.crash()
    own_rabbitmq.settings["disk_free_limit.absolute"] = "1MB"
    own_rabbitmq.start()
    wait_until(lambda: bus.submit("carried", {"n": 3}).ok, 30)
    wait_until(lambda: (3, "deed") in done(bus), 30)

    monkeypatch.setattr(carrier, "TIMEOUT_S", 0.3)
    with own_rabbitmq.frozen():
        assert is_told(bus, "no confirmation within 0.3 s")
        assert bus.wait(bus.submit("deed", {"n": 4}).job["id"]).ok
    monkeypatch.undo()
    wait_until(lambda: bus.submit("carried", {"n": 5}).ok and (5, "deed") in done(bus), 30)
    assert all(times == 1 for (n, _), times in done(bus).items() if n in {1, 2, 4})
