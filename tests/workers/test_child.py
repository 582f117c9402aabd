"""One worker process: what it does when it is asked to leave, and what it costs while there is nothing to do."""

from __future__ import annotations

import signal
import time

import psutil
import pytest

from bus.jobs.states import WARD_LANE
from bus.testing import wait_until
from tests.deeds import done
from tests.fleet import is_gone
from tests.workers.hand import change, row
from workers import child as module
from workers.child import Child, Stop
from workers.slots import Slots


def test_whoever_is_asked_within_a_handler_of_signals_is_asked():
    """Also while the process looks whether it was: an Event would wait for the thread it interrupted."""
    stop = Stop()
    signal.signal(signal.SIGUSR1, stop.ask)
    try:
        signal.raise_signal(signal.SIGUSR1)
    finally:
        signal.signal(signal.SIGUSR1, signal.SIG_DFL)

    assert stop.is_asked()


def test_what_is_still_in_hand_when_the_time_for_draining_is_over_goes_back_unspent(bus, start_fleet):
    """A deploy must not bury a long job. The process does not wait for its threads, and the exit status tells."""
    url = bus.database.url.render_as_string(hide_password=False)
    fleet = start_fleet(url, processes=1, drain_ms=300, lease_ms=600_000).wait_ready()
    job_id = bus.submit("steps", {"n": 1, "ms": 3_000}).job["id"]
    wait_until(lambda: done(bus), what="the first step")

    began = time.monotonic()
    assert fleet.stop() == 1
    assert time.monotonic() - began < 10

    job = row(bus, job_id)
    assert (job.state, job.attempt, job.alone) == ("queued", 0, 0)
    assert [record["jobs"] for record in fleet.records("drain_time_is_over")] == [[job_id]]

    change(bus, job_id, args='{"n":1,"ms":1}')
    with start_fleet(url, processes=1).wait_ready():
        assert bus.wait(job_id).ok
    assert sorted(done(bus).items()) == [((1, f"step {step}"), 1) for step in range(3)]


def test_waiting_jobs_stay_in_the_queue_of_a_worker_that_leaves(bus, start_fleet):
    url = bus.database.url.render_as_string(hide_password=False)
    fleet = start_fleet(url, processes=1).wait_ready()
    # Published at once, and more than a worker can sleep through before it hears that it shall leave.
    published = bus.submit_many("nap", [{"n": n, "ms": 200} for n in range(100)])
    jobs = [envelope.job["id"] for envelope in published]
    wait_until(lambda: done(bus), what="the first nap")

    assert fleet.stop() == 0

    rows = [row(bus, job_id) for job_id in jobs]
    assert {(job.state, job.attempt) for job in rows} <= {("queued", 0), ("succeeded", 1)}
    assert any(job.state == "queued" for job in rows)
    assert sum(done(bus).values()) == sum(job.state == "succeeded" for job in rows)


def test_a_ward_leaves_when_nothing_is_due_for_it(sqlite_bus, monkeypatch):
    """It runs the ill, leaves the others alone, and goes."""
    monkeypatch.setattr(module, "WARD_IDLE_S", 0.3)
    ill = sqlite_bus.submit("deed", {"n": 1}).job["id"]
    well = sqlite_bus.submit("deed", {"n": 2}).job["id"]
    change(sqlite_bus, ill, lane=WARD_LANE)
    ward = Child(lambda: sqlite_bus, Slots(), 8, psutil.Process().ppid(), Stop(), is_ward=True)

    assert ward.serve() == 0

    assert (row_state(sqlite_bus, ill), row_state(sqlite_bus, well)) == ("succeeded", "queued")


def row_state(bus, job_id):
    with bus.database.connect() as connection:
        return connection.exec_driver_sql(f"SELECT state FROM bus_job WHERE id='{job_id}'").scalar()


@pytest.fixture
def idle_fleet(bus, start_fleet):
    """Workers with nothing to do, after they have done something."""
    url = bus.database.url.render_as_string(hide_password=False)
    fleet = start_fleet(url, lease_ms=30_000).wait_ready()
    for n in range(20):
        bus.submit("deed", {"n": n})
    wait_until(lambda: len(done(bus)) == 20, 30)
    return fleet


def test_an_idle_worker_costs_next_to_nothing(idle_fleet):
    """Less than a twentieth of a processor each, whatever else the machine does."""
    processes = [psutil.Process(idle_fleet.pid), *idle_fleet.children()]
    before = [sum(process.cpu_times()[:2]) for process in processes]
    began = time.monotonic()
    time.sleep(3)
    spent = [sum(process.cpu_times()[:2]) - was for process, was in zip(processes, before, strict=True)]

    assert max(spent) / (time.monotonic() - began) < 0.05, spent


def test_work_leaves_no_descriptors_and_no_threads_behind(bus, idle_fleet):
    """A thousand jobs later each worker has what it had."""
    workers = idle_fleet.children()
    jobs = [bus.submit(kind, {"n": n}).job["id"] for n in range(100, 300) for kind in ("deed", "async_steps")]
    assert bus.wait(jobs[-1], timeout_ms=60_000).ok
    before = [(worker.num_fds(), worker.num_threads()) for worker in workers]

    jobs = [bus.submit(kind, {"n": n}).job["id"] for n in range(300, 600) for kind in ("deed", "steps")]
    for job_id in jobs:
        assert bus.wait(job_id, timeout_ms=60_000).ok

    # Threads that had nothing to do before open their connections now: three files each on SQLite.
    for (fds, threads), worker in zip(before, workers, strict=True):
        assert not is_gone(worker)
        assert worker.num_threads() == threads
        assert worker.num_fds() <= fds + 8 * 6
