"""Commands that travel whole: run at least once, by whoever is there. Real workers, a real Redis."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from redis import Redis as Client

from bus import ids
from bus.errors import SetupError
from bus.jobs.rows import Row
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import banned, create_tables, deeds, done
from tests.fleet import SETTINGS
from tests.workers.letters.carried import KEY, PLUGINS, carried, publish, states, times
from workers import workers
from workers.brokers.identity import key_of, mail_key, prefix_of
from workers.letters.seal import Seal
from workers.redis.sender import Sender


@pytest.fixture
def settings(own_redis):
    return SETTINGS | {"broker_url": own_redis.url, "signing_keys": (KEY,)}


@pytest.fixture
def bus(database_url, settings, open_bus):
    """A bus whose Redis is its own; once on each database."""
    bus = open_bus(database_url, plugins=[deeds, carried, workers], settings=Settings(**settings))
    create_tables(bus.database)
    return bus


@pytest.fixture
def start_workers(bus, start_fleet, settings):
    url = bus.database.url.render_as_string(hide_password=False)
    return lambda **options: start_fleet(url, plugins=PLUGINS, **settings | options).wait_ready()


@pytest.fixture
def redis(own_redis):
    with Client.from_url(own_redis.url) as client:
        yield client


@pytest.fixture
def is_empty(bus, redis):
    """Whether no letter waits or is in anybody's hand."""
    prefix = prefix_of(bus.database)

    def look() -> bool:
        owners = [name.decode() for name in redis.smembers(key_of(prefix, "owners"))]
        held = [redis.hlen(key_of(prefix, "held", owner)) for owner in owners]
        return redis.llen(mail_key(prefix, "default")) == 0 and not any(held)

    return look


def test_letters_are_run_and_leave_no_job(bus, start_workers, is_empty):
    fleet = start_workers()
    ids = publish(bus, "carried", range(500))
    one = bus.submit("carried", {"n": 500})

    assert (one.ok, one.data, one.job["state"]) == (True, None, "queued")
    wait_until(lambda: len(done(bus)) == 501, 30)
    wait_until(is_empty)
    assert set(times(bus).values()) == {1}
    assert len({*ids, one.job["id"]}) == 501
    assert states(bus) == {}
    assert bus.call("job_get", {"job_id": one.job["id"]}).error["code"] == "job_not_found"
    assert fleet.stop() == 0


def test_threads_that_send_first_do_not_meet_half_a_connection(bus, monkeypatch):
    """One is making it while the other comes."""
    is_making, may_go_on, make = threading.Event(), threading.Event(), Sender.__init__

    def slowly(sender, client, script):
        if not is_making.is_set():
            is_making.set()
            may_go_on.wait(10)
        make(sender, client, script)

    monkeypatch.setattr(Sender, "__init__", slowly)
    with ThreadPoolExecutor(1) as others:
        first = others.submit(bus.submit, "carried", {"n": 1})
        assert is_making.wait(10)
        second = bus.submit("carried", {"n": 2})
        may_go_on.set()
        assert (second.code, first.result().code) == (None, None)


def test_what_fails_goes_on_as_a_job(bus, start_workers, is_empty):
    """Its retries are counted in SQL, and operators see it when it is dead."""
    start_workers()
    (job_id,) = publish(bus, "carried_failing", [1])

    wait_until(lambda: states(bus) == {"dead": 1}, 30)
    assert bus.call("job_get", {"job_id": job_id}).data["job"]["attempt"] == 2
    assert is_empty()


def test_what_may_be_tried_once_or_is_refused_ends_in_the_log(bus, start_workers, is_empty):
    fleet = start_workers()
    once, refused = bus.submit("carried_once", {"n": 1}), bus.submit("carried_refused", {"n": 2})

    wait_until(lambda: len(fleet.records("letter_failed")) == 2, 30)
    told = {record["job"]: record["error"] for record in fleet.records("letter_failed")}
    assert told == {once.job["id"]: "HANDLER_ERROR", refused.job["id"]: "nay"}
    wait_until(is_empty)
    assert states(bus) == {}


def test_arguments_are_checked_before_anything_travels(bus, redis):
    answers = bus.submit_many("carried", [{"n": 1}, {"n": "one"}, {}])

    assert [answer.ok for answer in answers] == [True, False, False]
    assert answers[1].error["code"] == "VALIDATION_ERROR"
    assert redis.llen(mail_key(prefix_of(bus.database), "default")) == 1


def test_a_poison_letter_is_buried_and_nobody_else(bus, start_workers, is_empty):
    """What dies with a letter in hand makes a job of it, and jobs count crashes."""
    start_workers(lease_ms=2_000)
    publish(bus, "carried", range(50))
    publish(bus, "carried_poison", [100])
    publish(bus, "carried", range(50, 100))

    wait_until(lambda: len(done(bus)) == 100 and states(bus)["dead"] == 1, 60)
    wait_until(lambda: not states(bus)["queued"] and not states(bus)["running"], 30)
    wait_until(is_empty, 30)


def test_nothing_is_lost_when_workers_are_killed(bus, start_workers, is_empty, rng):
    """Some letters may run twice; each runs."""
    fleet = start_workers()
    publish(bus, "carried_nap", range(300), ms=20)
    for _ in range(4):
        reached = min(300, len(done(bus)) + rng.randrange(10, 40))
        wait_until(lambda reached=reached: len(done(bus)) >= reached, 30)
        wait_until(fleet.children, 30)
        os.kill(rng.choice(fleet.children()).pid, signal.SIGKILL)

    wait_until(lambda: len(done(bus)) == 300, 60)
    wait_until(is_empty, 30)


def test_letters_of_a_worker_that_hangs_are_taken_over(bus, start_workers, is_empty):
    """Stopped, it holds its lock; what tells is that its sign of life has run out."""
    fleet = start_workers(processes=1, beat_timeout_ms=600_000)
    publish(bus, "carried_nap", range(20), ms=50)
    wait_until(lambda: done(bus), 30)
    (child,) = fleet.children()
    child.suspend()
    start_workers(processes=1)

    wait_until(lambda: len(done(bus)) == 20, 60)
    with contextlib.suppress(psutil.NoSuchProcess):  # its supervisor may have missed the end of what it ran
        child.resume()
    wait_until(is_empty, 30)


def test_letters_that_a_worker_holds_without_knowing_become_jobs(bus, start_workers, redis, is_empty):
    """Redis gave them out, and the answer was lost: the worker lives, so nobody else would ever look for them."""
    start_workers(processes=1)
    prefix = prefix_of(bus.database)
    publish(bus, "carried", [1])
    wait_until(lambda: times(bus) == {1: 1}, 30)
    (owner,) = (name.decode() for name in redis.smembers(key_of(prefix, "owners")))
    mail = mail_key(prefix, "default")
    letters = [Seal((KEY,), 60_000).write(row(n), mail.encode()) for n in (2, 3)]
    redis.hset(key_of(prefix, "held", owner), "default/1000000", b"\n".join(letters))

    wait_until(lambda: times(bus) == {1: 1, 2: 1, 3: 1}, 30)
    wait_until(is_empty)
    assert states(bus) == {"succeeded": 2}


def row(n: int, contract: str = "carried@1") -> Row:
    """A request as a publisher has it before it travels."""
    return Row(ids.job_id(), "default", 0, contract, f'{{"n":{n}}}', "local", "c", 0, 0, 0, None)


def test_a_worker_that_leaves_puts_back_what_it_has_not_begun(bus, start_workers, redis, is_empty):
    fleet = start_workers(processes=1)
    publish(bus, "carried_nap", range(200), ms=10)
    wait_until(lambda: len(done(bus)) > 5, 30)

    assert fleet.stop() == 0

    waiting = redis.llen(mail_key(prefix_of(bus.database), "default"))
    assert 0 < waiting == 200 - len(done(bus))
    assert set(times(bus).values()) == {1}
    assert states(bus) == {}
    start_workers()
    wait_until(lambda: len(done(bus)) == 200, 30)
    assert set(times(bus).values()) == {1}


def test_a_letter_that_outlasts_the_drain_is_run_by_others(bus, start_workers, redis, is_empty):
    """The process does not wait for its thread, does not close under it, and says so."""
    mail = mail_key(prefix_of(bus.database), "default")
    fleet = start_workers(processes=1, drain_ms=100)
    (job_id,) = publish(bus, "carried_nap", [1], ms=1_500)
    wait_until(lambda: redis.llen(mail) == 0, 30)
    time.sleep(0.3)  # for its handler to be at it, which nobody else can see

    began = time.monotonic()
    assert fleet.stop() == 1
    assert time.monotonic() - began < 1.2
    assert [record["jobs"] for record in fleet.records("drain_time_is_over")] == [[job_id]]
    assert times(bus) == {}

    start_workers()
    wait_until(lambda: times(bus) == {1: 1}, 30)
    wait_until(is_empty, 30)


def test_rights_are_judged_when_a_letter_is_run(bus, start_workers):
    allowed, forbidden = [{"session_token": f"member-{name}"} for name in ("may", "not")]
    assert bus.submit("carried_by_members", {"n": 1}, **allowed).ok
    assert bus.submit("carried_by_members", {"n": 2}, **forbidden).ok
    assert not bus.submit("carried_by_members", {"n": 3}).ok
    with bus.database.connect() as connection:
        connection.execute(banned.insert().values(id="member-not"))
    fleet = start_workers()

    wait_until(lambda: fleet.records("letter_failed") and done(bus), 30)
    assert [record["error"] for record in fleet.records("letter_failed")] == ["FORBIDDEN"]
    assert times(bus) == {1: 1}


def test_forged_letters_are_kept_aside_and_not_run(bus, start_workers, redis, is_empty):
    """Whoever reaches Redis cannot make a worker do anything."""
    prefix = prefix_of(bus.database)
    mail = mail_key(prefix, "default")
    publish(bus, "carried", [1])
    letter = redis.lpop(mail)
    redis.rpush(mail, letter.replace(b'{"n":1}', b'{"n":2}'), b'["id","carried@1","local","c"]', b"\xff\x00")
    publish(bus, "carried", [3])
    fleet = start_workers()

    wait_until(lambda: len(fleet.records("letter_refused")) == 3 and done(bus), 30)
    wait_until(is_empty)
    assert times(bus) == {3: 1}
    assert redis.llen(key_of(prefix, "refused")) == 3


def test_a_letter_that_nobody_here_knows_waits_as_a_job(bus, start_workers, redis):
    """Of a plugin that is not loaded, or a version that is newer."""
    mail = mail_key(prefix_of(bus.database), "default")
    redis.rpush(mail, Seal((KEY,), 60_000).write(row(1, "carried@9"), mail.encode()))
    start_workers()

    wait_until(lambda: states(bus) == {"queued": 1}, 30)


def test_what_asks_for_more_than_a_message_can_do_is_a_job(bus, redis):
    """A key that is remembered, a delay, a priority."""
    later = int(time.time() * 1000) + 1_000
    for options in ({"idempotency_key": "k"}, {"delay_ms": 1}, {"run_at": later}, {"priority": 1}):
        assert bus.submit("carried", {"n": 1}, **options).ok

    assert states(bus) == {"queued": 4}
    assert redis.llen(mail_key(prefix_of(bus.database), "default")) == 0


def test_a_redis_that_is_away_is_told_and_comes_back(bus, own_redis, start_workers, is_empty):
    """Nothing of a letter is in the database, so nobody is told that it was accepted."""
    start_workers()
    publish(bus, "carried", range(10))
    wait_until(lambda: len(done(bus)) == 10, 30)
    own_redis.crash()

    began = time.monotonic()
    answers = [bus.submit("carried", {"n": 10}), *bus.submit_many("carried", [{"n": 11}, {"n": 12}])]
    assert time.monotonic() - began < 10
    assert [answer.error["code"] for answer in answers] == ["QUEUE_UNAVAILABLE"] * 3
    own_redis.start()

    publish(bus, "carried", range(20, 30))
    wait_until(lambda: len(done(bus)) == 20, 30)
    wait_until(is_empty)


def test_a_redis_without_memory_takes_no_letter_and_keeps_no_job_waiting(bus, redis, start_workers):
    start_workers()
    redis.config_set("maxmemory", 1)

    assert bus.submit("carried", {"n": 1}).error["code"] == "QUEUE_UNAVAILABLE"
    assert bus.wait(bus.submit("deed", {"n": 2}).job["id"]).ok
    redis.config_set("maxmemory", 0)
    publish(bus, "carried", [3])
    wait_until(lambda: times(bus) == {2: 1, 3: 1}, 30)


def test_without_keys_nothing_that_travels_is_loaded(database_url, own_redis, open_bus):
    settings = Settings(broker_url=own_redis.url)

    with pytest.raises(SetupError, match="carried.* is AT_LEAST_ONCE.*set BUS_SIGNING_KEYS"):
        open_bus(database_url, plugins=[deeds, carried, workers], settings=settings)
    open_bus(database_url, plugins=[deeds, workers], settings=settings)


def test_without_redis_it_is_a_job(database_url, open_bus):
    bus = open_bus(database_url, plugins=[deeds, carried, workers])

    assert bus.submit("carried", {"n": 1}).ok
    assert states(bus) == {"queued": 1}


def test_a_paused_queue_keeps_its_letters(bus, start_workers, is_empty):
    start_workers()
    assert bus.call("queue_pause", {"queue": "default", "reason": "moving"}).ok
    publish(bus, "carried", range(20))
    with pytest.raises(AssertionError):
        wait_until(lambda: done(bus), 1)
    assert states(bus) == {}

    assert bus.call("queue_resume", {"queue": "default"}).ok
    wait_until(lambda: len(done(bus)) == 20, 30)
    wait_until(is_empty)


def test_letters_of_a_paused_command_wait_as_jobs(bus, start_workers, is_empty):
    """They let the others of their queue pass, and operators see them."""
    start_workers()
    assert bus.call("command_pause", {"command": "carried", "reason": "broken"}).ok
    publish(bus, "carried", range(5))
    publish(bus, "carried_nap", [10], ms=1)

    wait_until(lambda: times(bus) == {10: 1} and states(bus) == {"queued": 5}, 30)
    assert bus.call("command_resume", {"command": "carried"}).ok
    wait_until(lambda: len(done(bus)) == 6, 30)
    wait_until(is_empty)
