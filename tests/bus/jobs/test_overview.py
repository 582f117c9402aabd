"""What stands where: queues and workers, on both databases."""

from __future__ import annotations

import socket

from tests.bus.jobs.conftest import submitted
from tests.bus.worker import claim_all, work
from tests.workers.hand import change
from workers.cards import WORKER, introduce
from workers.folder import Life, folder_of

NOTHING = {"waiting": 0, "waiting_for_key": 0, "scheduled": 0, "running": 0, "oldest_waiting_ms": None}
NOTHING |= {"finished_minute": 0, "finished_hour": 0, "letters": None, "oldest_letter_ms": None}
UNPAUSED = {"is_paused": False, "pause_reason": None}


def test_an_idle_bus_has_its_queues_all_the_same(bus):
    data = bus.call("queue_list").data
    assert data["items"] == [{"name": name, **NOTHING, **UNPAUSED} for name in ("default", "slow")]
    assert data["total"] == NOTHING
    assert bus.call("worker_list").data["items"] == []


def test_queues_tell_depth_age_and_pace(bus):
    """Finished jobs count by when they finished; a job before its time is not late."""
    done = [submitted(bus, "put", text) for text in ("a", "no", "boom")]
    work(bus)
    change(bus, done[0], finished_at=bus.jobs.now_ms() - 600_000)
    change(bus, done[1], finished_at=bus.jobs.now_ms() - 7_200_000)
    submitted(bus, "put", "runs")
    claim_all(bus)
    waits = submitted(bus, "put", "waits")
    submitted(bus, "put", "waits")
    submitted(bus, "put", "later", delay_ms=60_000)
    change(bus, waits, run_at=bus.jobs.now_ms() - 90_000)
    submitted(bus, "steady", "a")
    data = bus.call("queue_list").data
    default, slow = data["items"]
    age = default.pop("oldest_waiting_ms")
    assert 90_000 <= age < 120_000
    assert default == {
        "name": "default",
        "waiting": 2,
        "waiting_for_key": 0,
        "scheduled": 1,
        "running": 1,
        "finished_minute": 1,
        "finished_hour": 2,
        "letters": None,
        "oldest_letter_ms": None,
        **UNPAUSED,
    }
    assert (slow["waiting"], slow["scheduled"]) == (1, 0)
    assert (data["total"]["waiting"], data["total"]["finished_hour"]) == (3, 2)
    assert data["total"]["oldest_waiting_ms"] == age
    assert abs(data["at"] - bus.jobs.now_ms()) < 10_000


def test_what_waits_for_its_key_is_no_work_for_more_workers(bus):
    job_id = submitted(bus, "put", "a")
    change(bus, job_id, key="k", lane=4, home_lane=0, key_limit=1)
    default = bus.call("queue_list").data["items"][0]
    assert (default["waiting"], default["waiting_for_key"], default["oldest_waiting_ms"]) == (0, 1, None)


def test_a_paused_queue_says_why_even_when_nobody_here_knows_it(bus):
    bus.call("queue_pause", {"queue": "slow", "reason": "the mail server is away"})
    bus.call("queue_pause", {"queue": "foreign"})
    bus.call("command_pause", {"command": "put"})
    queues = {queue["name"]: queue for queue in bus.call("queue_list").data["items"]}
    assert list(queues) == ["default", "foreign", "slow"]
    assert (queues["slow"]["is_paused"], queues["slow"]["pause_reason"]) == (True, "the mail server is away")
    assert (queues["foreign"]["is_paused"], queues["foreign"]["pause_reason"]) == (True, "")
    assert not queues["default"]["is_paused"]


def test_workers_tell_what_they_run(bus):
    """One of this host, idle or not, and one of another, of which only its job tells."""
    life = Life(folder_of(bus.database))
    introduce(life, WORKER, threads=4, queues=["slow", "default"], contracts=bus.known_contracts)
    here, there = submitted(bus, "put", "a"), submitted(bus, "steady", "b")
    claim_all(bus)
    change(bus, here, owner=life.owner)
    change(bus, there, owner="far/7-00000000")
    data = bus.call("worker_list").data
    assert data["total_count"] == 2
    workers = {worker["owner"]: worker for worker in data["items"]}
    mine, other = workers[life.owner], workers["far/7-00000000"]
    assert (mine["host"], mine["is_alive"], mine["threads"]) == (socket.gethostname(), True, 4)
    assert (mine["queues"], mine["is_ward"], mine["running"]) == (["default", "slow"], False, 1)
    (job,) = mine["jobs"]
    assert (job["id"], job["command"], job["version"], job["attempt"]) == (here, "put", 1, 1)
    assert job["started_at"] == bus.jobs.find(here).started_at
    assert (other["host"], other["pid"], other["threads"], other["queues"]) == ("far", None, None, None)
    assert other["is_alive"] is (False if bus.database.kind == "sqlite" else None)
    assert [job["id"] for job in other["jobs"]] == [there]
    life.close()
    work(bus)


def test_only_so_many_running_jobs_are_named(bus, monkeypatch):
    monkeypatch.setattr("bus.jobs.overview.MOST", 2)
    for _ in range(3):
        submitted(bus, "put", "a")
    claim_all(bus)
    (worker,) = bus.call("worker_list").data["items"]
    assert (worker["owner"], worker["running"], len(worker["jobs"])) == ("test", 3, 2)
