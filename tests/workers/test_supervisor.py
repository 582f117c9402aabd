"""The supervisor: whoever dies is replaced, alone; whoever hangs is killed; whoever is asked to stop stops."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from bus.database.tables import job
from bus.testing import wait_until
from tests.deeds import done
from tests.fleet import is_gone
from tests.workers.hand import row
from workers.supervisor import KILL_FIRST, Place, Supervisor

#: Fast enough for a test, slow enough for a machine that does other things as well.
HASTY = {"beat_timeout_ms": 1_500}


def pids(fleet):
    return {child.pid for child in fleet.children()}


def test_a_dead_worker_is_replaced_and_the_others_go_on(sqlite_bus, start_fleet):
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()
    before = pids(fleet)
    victim = fleet.children()[0]

    victim.kill()
    wait_until(lambda: len(pids(fleet) - {victim.pid}) == 2, 30, "a new worker")

    assert len(pids(fleet) & before) == 1
    assert [record["exit_status"] for record in fleet.records("worker_died")] == [-9]
    wait_until(lambda: len(fleet.records("worker_ready")) == 3, 30, "it to be ready")
    answer = sqlite_bus.wait(sqlite_bus.submit("deed", {"n": 1}).job["id"])
    assert answer.ok


def test_the_kernel_takes_workers_before_their_supervisor(sqlite_bus, start_fleet):
    """When memory runs out it kills whoever has the most, in thousandths of all memory with this number added."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()

    def score(pid: int) -> int:
        return int(Path(f"/proc/{pid}/oom_score_adj").read_text())

    assert {score(pid) for pid in pids(fleet)} == {min(1000, score(fleet.pid) + KILL_FIRST)}


def test_the_jobs_of_a_dead_worker_run_at_once_in_its_successor(sqlite_bus, start_fleet):
    """Long before the lease is over."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string(), processes=1, lease_ms=600_000).wait_ready()
    job_id = sqlite_bus.submit("steps", {"n": 1, "ms": 300}).job["id"]
    wait_until(lambda: done(sqlite_bus), what="the first step")

    fleet.children()[0].kill()

    assert sqlite_bus.wait(job_id).ok
    assert row(sqlite_bus, job_id).attempt == 2
    assert sorted(done(sqlite_bus).items()) == [((1, f"step {step}"), 1) for step in range(3)]


def test_a_worker_that_hangs_is_replaced(sqlite_bus, start_fleet):
    """A stopped process shows no sign of life; killing works on it."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string(), **HASTY).wait_ready()
    hung = fleet.children()[0]

    hung.suspend()
    wait_until(lambda: is_gone(hung), 30, "its end")

    assert [record["why"] for record in fleet.records("worker_killed")] == ["no sign of life"]
    wait_until(lambda: len(fleet.records("worker_ready")) == 3, 30, "its successor")


def test_a_job_past_its_hard_limit_costs_its_process_and_ends_with_timeout(bus, start_fleet):
    """No soft limit reaches a handler that never speaks to the bus."""
    url = bus.database.url.render_as_string(hide_password=False)
    fleet = start_fleet(url, lease_ms=600_000).wait_ready()

    answer = bus.wait(bus.submit("spinning", {"n": 1}).job["id"])

    assert answer.code == "TIMEOUT"
    assert answer.error["message"] == "spinning ran past its time limit of 0.3 s; its worker was replaced"
    assert answer.job["state"] == "dead"
    assert [record["why"] for record in fleet.records("worker_killed")] == ["a job ran past its time limit"]


def test_when_the_supervisor_dies_its_workers_die(sqlite_bus, start_fleet):
    """Also one that is stopped: nobody would be left to end it."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()
    children = fleet.children()
    children[0].suspend()

    fleet.kill()

    assert all(is_gone(child) for child in children)


def test_asked_to_stop_it_ends_what_is_in_hand_and_leaves_nothing_behind(bus, start_fleet, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir()
    fleet = start_fleet(bus.database.url.render_as_string(hide_password=False)).wait_ready()
    job_id = bus.submit("steps", {"n": 1, "ms": 200}).job["id"]
    wait_until(lambda: done(bus), what="the first step")
    children = fleet.children()

    assert fleet.stop(signal.SIGTERM) == 0

    assert all(is_gone(child) for child in children)
    assert row(bus, job_id).state == "succeeded"
    left = [path for path in tmp_path.rglob("*") if path.suffix in (".lock", ".sock", ".idle")]
    assert [path.name for path in left if "upgrade" not in path.name] == []


def test_ctrl_c_is_a_request_to_stop(sqlite_bus, start_fleet):
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()

    assert fleet.stop(signal.SIGINT) == 0


def test_a_second_request_stops_now(sqlite_bus, start_fleet):
    """What was in hand runs again with the next worker."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string(), drain_ms=60_000).wait_ready()
    job_id = sqlite_bus.submit("steps", {"n": 1, "ms": 20_000}).job["id"]
    wait_until(lambda: done(sqlite_bus), what="the first step")
    children = fleet.children()

    fleet.tell(signal.SIGTERM)
    wait_until(lambda: len(fleet.children()) == 1, 10, "the idle worker to leave")
    began = time.monotonic()
    fleet.tell(signal.SIGTERM)

    assert fleet.wait(10) == 1
    assert time.monotonic() - began < 5
    assert all(is_gone(child) for child in children)
    assert row(sqlite_bus, job_id).state == "running"


def test_a_request_that_comes_while_workers_start_is_not_lost(sqlite_bus, start_fleet):
    """They get it with their own handlers, however early it comes."""
    url = sqlite_bus.database.url.render_as_string()
    for pause_s in (0.0, 0.005, 0.05):
        fleet = start_fleet(url, drain_ms=60_000)
        wait_until(fleet.children, 30, "the first worker")
        time.sleep(pause_s)
        began = time.monotonic()

        assert fleet.stop() == 0
        assert time.monotonic() - began < 15


def test_workers_that_cannot_open_the_bus_are_tried_again_with_growing_pauses(tmp_path, start_fleet):
    """The supervisor goes on, says why in one sentence, and is there when it works again."""
    fleet = start_fleet(f"sqlite:///{tmp_path}/later/bus.sqlite", processes=1)
    wait_until(lambda: len(fleet.records("worker_failed")) >= 3, 30, "three tries")

    for record in fleet.records("worker_failed"):
        assert "later of the database does not exist; create it" in record["why"]
        assert "exception" not in record
    assert {record["exit_status"] for record in fleet.records("worker_died")} == {70}

    (tmp_path / "later").mkdir()
    fleet.wait_ready()


def test_the_pause_before_a_restart_doubles_up_to_a_bound(monkeypatch):
    supervisor = Supervisor(lambda: None, 1, 1, 1, 1)  # type: ignore[arg-type, return-value]
    place = supervisor._places[0]
    pauses = []
    for _ in range(12):
        place.pid, place.started_at = 1, time.monotonic()
        supervisor._bury(place, -9)
        pauses.append(place.pause_s)

    assert pauses[:4] == [0.1, 0.2, 0.4, 0.8]
    assert pauses[-1] == 10.0

    place.started_at = time.monotonic() - 60
    supervisor._bury(place, -9)
    assert place.start_at <= time.monotonic()


def test_a_ward_that_leaves_is_not_replaced(monkeypatch):
    supervisor = Supervisor(lambda: None, 1, 1, 1, 1)  # type: ignore[arg-type, return-value]
    ward = supervisor._ward
    ward.is_wanted = True
    supervisor._bury(ward, -9)
    assert ward.is_wanted

    supervisor._bury(ward, 0)
    assert not ward.is_wanted
    assert Place().is_wanted


def test_jobs_that_were_in_hand_when_workers_died_run_in_a_ward_one_by_one(sqlite_bus, start_fleet):
    """A poison among them kills the ward and nobody else; then it is buried, and the ward leaves when all are done."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()
    poison = sqlite_bus.submit("poison", {"n": 1}).job["id"]
    long = [sqlite_bus.submit("steps", {"n": n, "ms": 100}).job["id"] for n in range(2, 6)]
    short = [sqlite_bus.submit("deed", {"n": n}).job["id"] for n in range(6, 40)]

    assert sqlite_bus.wait(poison, timeout_ms=60_000).job["state"] == "dead"
    assert [sqlite_bus.wait(job_id, timeout_ms=60_000).job["state"] for job_id in long + short] == ["succeeded"] * 38

    assert set(done(sqlite_bus).values()) == {1}
    deaths = [record["is_ward"] for record in fleet.records("worker_died")]
    assert deaths == [False, False, True, True, True]
    assert row(sqlite_bus, poison).alone == 3
    with sqlite_bus.database.connect() as connection:
        alone = connection.execute(job.select().where(job.c.id != poison)).all()
    assert all(one.alone == 0 or one.lane == 2 for one in alone)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_by_somebody_else_leaves_or_stays_but_is_replaced(sqlite_bus, start_fleet, number):
    """SIGTERM to one worker drains it; Ctrl-C is for the supervisor to decide on."""
    fleet = start_fleet(sqlite_bus.database.url.render_as_string()).wait_ready()
    victim = fleet.children()[0]

    victim.send_signal(number)

    if number == signal.SIGTERM:
        wait_until(lambda: is_gone(victim), 15, "its end")
        wait_until(lambda: len(fleet.records("worker_ready")) == 3, 30, "its successor")
    else:
        assert sqlite_bus.wait(sqlite_bus.submit("deed", {"n": 1}).job["id"]).ok
        assert not is_gone(victim)
