"""Commands that travel whole: run at least once, by whoever is there. Real workers, a real RabbitMQ."""

from __future__ import annotations

import os
import signal
import time

import pika
import pytest

from bus.errors import SetupError
from bus.jobs.rows import Row
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.database.proxy import Proxy
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS
from tests.servers import HOST
from tests.workers.letters.carried import KEY, PLUGINS, carried, publish, states, times
from workers import workers
from workers.amqp.mail import LONGEST_S
from workers.brokers.identity import key_of, mail_key, prefix_of
from workers.letters.seal import Seal


@pytest.fixture
def settings(rabbitmq_server):
    return SETTINGS | {"broker_url": rabbitmq_server.url, "signing_keys": (KEY,)}


@pytest.fixture
def bus(request, settings, open_bus):
    """A bus whose broker is RabbitMQ. On one database: what letters do there, Redis' tests ask on both."""
    url = request.getfixturevalue(getattr(request, "param", "sqlite_url"))
    bus = open_bus(url, plugins=[deeds, carried, workers], settings=Settings(**settings))
    create_tables(bus.database)
    return bus


@pytest.fixture
def start_workers(bus, start_fleet, settings):
    url = bus.database.url.render_as_string(hide_password=False)
    return lambda **options: start_fleet(url, plugins=PLUGINS, **settings | options).wait_ready()


@pytest.fixture
def mail(bus):
    """The name of the queue of letters."""
    return mail_key(prefix_of(bus.database), "default")


@pytest.fixture
def count_left(rabbitmq_server, mail):
    """How many letters there are once all workers have gone."""
    return lambda: rabbitmq_server.count(mail)


@pytest.fixture
def put(rabbitmq_server, mail):
    """Put something into the queue of letters, as whoever reaches RabbitMQ can."""

    def put_one(text: bytes) -> None:
        with rabbitmq_server.connect() as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            channel.basic_publish("", mail, text, pika.BasicProperties(delivery_mode=2), mandatory=True)

    return put_one


def test_letters_are_run_and_leave_no_job(bus, start_workers, count_left):
    fleet = start_workers()
    ids = publish(bus, "carried", range(500))
    one = bus.submit("carried", {"n": 500})

    assert (one.ok, one.data, one.job["state"]) == (True, None, "queued")
    wait_until(lambda: len(done(bus)) == 501, 30)
    assert set(times(bus).values()) == {1}
    assert len({*ids, one.job["id"]}) == 501
    assert fleet.stop() == 0
    assert count_left() == 0
    assert states(bus) == {}


def test_what_fails_goes_on_as_a_job_and_what_is_refused_ends_in_the_log(bus, start_workers, count_left):
    fleet = start_workers()
    (job_id,) = publish(bus, "carried_failing", [1])
    once, refused = bus.submit("carried_once", {"n": 1}), bus.submit("carried_refused", {"n": 2})

    wait_until(lambda: states(bus) == {"dead": 1} and len(fleet.records("letter_failed")) == 2, 30)
    assert bus.call("job_get", {"job_id": job_id}).data["job"]["attempt"] == 2
    told = {record["job"]: record["error"] for record in fleet.records("letter_failed")}
    assert told == {once.job["id"]: "HANDLER_ERROR", refused.job["id"]: "nay"}
    assert fleet.stop() == 0
    assert count_left() == 0


def test_a_poison_letter_is_buried_and_nobody_else(bus, start_workers, count_left):
    """What dies with a letter in hand makes a job of it, and jobs count crashes."""
    fleet = start_workers(lease_ms=2_000)
    publish(bus, "carried", range(50))
    publish(bus, "carried_poison", [100])
    publish(bus, "carried", range(50, 100))

    wait_until(lambda: len(done(bus)) == 100 and states(bus)["dead"] == 1, 60)
    wait_until(lambda: not states(bus)["queued"] and not states(bus)["running"], 30)
    fleet.kill()
    wait_until(lambda: count_left() == 0, 20)


def test_nothing_is_lost_when_workers_are_killed(bus, start_workers, count_left, rng):
    """Some letters may run twice; each runs."""
    fleet = start_workers()
    publish(bus, "carried_nap", range(200), ms=20)
    for _ in range(3):
        reached = min(200, len(done(bus)) + rng.randrange(10, 40))
        wait_until(lambda reached=reached: len(done(bus)) >= reached, 30)
        wait_until(fleet.children, 30)
        os.kill(rng.choice(fleet.children()).pid, signal.SIGKILL)

    wait_until(lambda: len(done(bus)) == 200, 60)
    assert fleet.stop() == 0
    assert count_left() == 0


def test_a_worker_that_leaves_gives_back_what_it_has_not_begun(bus, start_workers, count_left):
    """It comes back marked as delivered before, and becomes jobs: nobody can tell that it was not begun."""
    fleet = start_workers(processes=1)
    publish(bus, "carried_nap", range(200), ms=10)
    wait_until(lambda: len(done(bus)) > 5, 30)

    assert fleet.stop() == 0

    assert 0 < count_left() == 200 - len(done(bus))
    assert states(bus) == {}
    start_workers()
    wait_until(lambda: len(done(bus)) == 200, 30)
    assert set(times(bus).values()) == {1}


def test_letters_of_a_worker_that_is_cut_off_run_elsewhere(bus, start_workers, settings, rabbitmq_server):
    """The same letter may run here and there; the worker comes back and works on."""
    proxy = Proxy(HOST, rabbitmq_server.port)
    try:
        fleet = start_workers(processes=1, broker_url=f"amqp://{HOST}:{proxy.port}")
        publish(bus, "carried_nap", range(60), ms=20)
        wait_until(lambda: done(bus), 30)
        for end in list(proxy._open):
            proxy._cut(end)

        wait_until(lambda: len(done(bus)) == 60, 30)
        publish(bus, "carried", range(60, 70))
        wait_until(lambda: len(done(bus)) == 70, 30)
        assert {record["who"] for record in fleet.records("rabbitmq_away")} == {"worker", "mailbox"}
    finally:
        proxy.close()


def test_a_letter_whose_confirmation_is_lost_may_be_there(bus, settings, open_bus, rabbitmq_server, mail, count_left):
    """The caller is told that it may run twice."""
    proxy = Proxy(HOST, rabbitmq_server.port)
    given = Settings(**settings | {"broker_url": f"amqp://{HOST}:{proxy.port}"})
    other = open_bus(bus.database.url.render_as_string(), plugins=[deeds, carried, workers], settings=given)
    try:
        assert other.submit("carried", {"n": 1}).ok
        proxy.cut(b'{"n":2}', "after")
        answer = other.submit("carried", {"n": 2})
        assert answer.error["code"] == "QUEUE_UNAVAILABLE"
        assert "may run twice" in answer.error["message"]
        assert proxy.cuts == 1
        wait_until(lambda: count_left() == 2, 20)
        assert other.submit("carried", {"n": 3}).ok
        assert count_left() == 3
    finally:
        proxy.close()


def test_a_queue_that_is_deleted_takes_nothing_silently(bus, rabbitmq_server, mail, count_left):
    """It comes back to the publisher, who is told, and the next one is stored."""
    publish(bus, "carried", [1])
    with rabbitmq_server.connect() as connection:
        connection.channel().queue_delete(mail)

    assert bus.submit("carried", {"n": 2}).error["code"] == "QUEUE_UNAVAILABLE"
    publish(bus, "carried", [3])
    assert count_left() == 1


def test_forged_letters_are_kept_aside_and_not_run(bus, start_workers, rabbitmq_server, put, mail, count_left):
    """Whoever reaches RabbitMQ cannot make a worker do anything."""
    publish(bus, "carried", [1])
    row = Row("id", "default", 0, "carried@1", '{"n":2}', "local", "c", 0, 0, 0, None)
    for text in (
        Seal((KEY,), 60_000).write(row, mail.encode()).replace(b'{"n":2}', b'{"n":4}'),
        Seal((KEY,), -1).write(row, mail.encode()),
        b"\xff\x00",
    ):
        put(text)
    publish(bus, "carried", [3])
    fleet = start_workers()

    wait_until(lambda: len(fleet.records("letter_refused")) == 3 and len(done(bus)) == 2, 30)
    assert times(bus) == {1: 1, 3: 1}
    assert fleet.stop() == 0
    assert count_left() == 0
    assert rabbitmq_server.count(key_of(prefix_of(bus.database), "refused")) == 3


def test_a_letter_twice_is_harmless_when_it_came_back(bus, start_workers, put, mail):
    """Delivered before, it becomes a job by its own id: two of it are one job."""
    row = Row("01a20147-a341-76e0-ac6a-b114569f49cc", "default", 0, "carried@9", '{"n":1}', "local", "c", 0, 0, 0, None)
    publish(bus, "carried", [7])
    for _ in range(3):
        put(Seal((KEY,), 60_000).write(row, mail.encode()))
    start_workers()

    wait_until(lambda: states(bus) == {"queued": 1} and len(done(bus)) == 1, 30)


def test_a_paused_queue_keeps_its_letters(bus, start_workers, count_left):
    """RabbitMQ keeps them, and not a worker: it would be cut off after half an hour."""
    start_workers()
    publish(bus, "carried", [0])
    wait_until(lambda: len(done(bus)) == 1, 30)
    assert bus.call("queue_pause", {"queue": "default", "reason": "moving"}).ok
    publish(bus, "carried", range(1, 20))
    wait_until(lambda: count_left() == 19, 20, "all letters to be back")
    assert states(bus) == {}

    assert bus.call("queue_resume", {"queue": "default"}).ok
    wait_until(lambda: len(done(bus)) == 20, 30)


@pytest.mark.parametrize("bus", ["postgresql_url"], indirect=True)  # SQLite gives nobody so much time
def test_a_letter_that_may_take_longer_than_rabbitmq_waits_is_a_job(bus, start_workers):
    """RabbitMQ cuts off whoever holds a message for half an hour; a job may take as long as its limit says."""
    fleet = start_workers()
    publish(bus, "carried_long", [1])

    wait_until(lambda: times(bus) == {1: 1} and states(bus) == {"succeeded": 1}, 30)
    assert LONGEST_S * 3 <= 1_800
    assert fleet.stop() == 0


@pytest.mark.parametrize("bus", ["postgresql_url"], indirect=True)  # threads write at the same time
def test_one_letter_of_each_thread_is_under_way_while_nobody_knows_what_they_cost(bus, start_workers, count_left):
    """And of long ones never more: somebody else may be idle."""
    start_workers(processes=1, threads=2)
    publish(bus, "carried_nap", range(6), ms=1_500)
    wait_until(lambda: count_left() == 4, 20)
    time.sleep(0.5)  # what is tested is that no more go

    assert count_left() == 4
    wait_until(lambda: len(done(bus)) == 6, 30)
    assert states(bus) == {}


def test_without_keys_nothing_that_travels_is_loaded(sqlite_url, open_bus):
    """No connection is needed to say so."""
    settings = Settings(broker_url="amqp://h")
    with pytest.raises(SetupError, match="carried.* is AT_LEAST_ONCE.*set BUS_SIGNING_KEYS"):
        open_bus(sqlite_url, plugins=[deeds, carried, workers], settings=settings)
