"""The one reason why a job still waits. One test for each reason, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bus import MANY, QueuePolicy, Rate
from bus.builtins import operations
from bus.jobs import why
from bus.jobs.states import FREE_LANE, UNIT_LANE
from tests.bus.jobs.conftest import submitted
from tests.bus.sample import TEXT, Sample
from tests.bus.worker import claim_all, work
from tests.workers.hand import change
from workers import workers
from workers.cards import WARD, WORKER, introduce
from workers.folder import Life, folder_of

ROOT = Path(__file__).parents[3]


def reason(bus: Any, job_id: str) -> dict[str, Any]:
    answer = bus.call("job_why", {"job_id": job_id})
    assert answer.ok, answer
    return answer.data["reason"]


@pytest.fixture
def worker(bus: Any) -> Iterator[Life]:
    """A worker lives that knows all commands and looks at all queues; it does nothing."""
    life = Life(folder_of(bus.database))
    introduce(life, WORKER, threads=1, queues=bus.queue_names, contracts=bus.known_contracts)
    yield life
    life.close()


def test_a_job_that_does_not_exist_has_no_reason(bus):
    assert bus.call("job_why", {"job_id": "00000000-0000-4000-8000-000000000000"}).code == "job_not_found"


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ("a", "succeeded", "succeeded"),
        ("no", "failed", "failed; the command refused, and repeating would not help"),
        ("boom", "dead", "dead; all attempts are used up"),
    ],
)
def test_it_has_ended(bus, text, state, words):
    job_id = submitted(bus, "put", text)
    work(bus)
    found = reason(bus, job_id)
    assert found["code"] == "ended"
    assert found["message"].startswith("it has ended at 20")
    assert found["message"].endswith(words)
    assert found["details"]["state"] == state


def test_a_worker_runs_it(bus, worker):
    job_id = submitted(bus, "put", "a")
    claim_all(bus)
    change(bus, job_id, owner=worker.owner)
    found = reason(bus, job_id)
    assert found["code"] == "running"
    assert found["message"].startswith(f"{worker.owner} runs it since 20")
    assert (found["details"]["attempt"], found["details"]["is_cancelled"]) == (1, False)
    bus.call("job_cancel", {"job_id": job_id})
    assert reason(bus, job_id)["message"].endswith("; it has been asked to stop")


def test_its_worker_is_gone(bus, worker):
    """Another host's, when its lease has passed; on SQLite all workers meet, so one that is not there is gone."""
    job_id = submitted(bus, "put", "a")
    claim_all(bus)
    expected = "worker_gone" if bus.database.kind == "sqlite" else "running"
    assert reason(bus, job_id)["code"] == expected
    change(bus, job_id, lease_until=1)
    found = reason(bus, job_id)
    assert (found["code"], found["details"]["owner"]) == ("worker_gone", "test")


def test_its_time_has_not_come(bus, worker):
    found = reason(bus, submitted(bus, "put", "a", run_at=4_102_444_800_000))
    assert (found["code"], found["details"]["until"]) == ("scheduled", 4_102_444_800_000)
    assert found["message"] == "it is scheduled for 2100-01-01T00:00:00Z"


def test_it_rests_between_two_attempts(bus, worker):
    job_id = submitted(bus, "steady", "a")
    work(bus)
    found = reason(bus, job_id)
    assert (found["code"], found["details"]["attempt"]) == ("resting", 1)
    assert found["message"].endswith("before its next attempt; 1 made so far")


def test_its_queue_is_paused(bus):
    """Whoever paused it, and why, is told; that nobody works does not matter then."""
    job_id = submitted(bus, "steady", "a")
    assert bus.call("queue_pause", {"queue": "slow", "reason": "the mail server is away"}).ok
    found = reason(bus, job_id)
    assert found["code"] == "queue_paused"
    assert found["message"].startswith("its queue slow is paused by local since 20")
    assert found["message"].endswith(": the mail server is away")
    assert found["details"]["queue"] == "slow"
    bus.call("queue_resume", {"queue": "slow"})
    assert reason(bus, job_id)["code"] == "no_worker"


def test_its_command_is_paused(bus):
    job_id = submitted(bus, "put", "a")
    bus.call("command_pause", {"command": "pu"})
    assert reason(bus, job_id)["code"] == "no_worker"
    bus.call("command_pause", {"command": "put"})
    found = reason(bus, job_id)
    assert (found["code"], found["details"]["command"]) == ("command_paused", "put")


def test_the_value_of_an_argument_is_paused(bus):
    bad, good = submitted(bus, "put", "a"), submitted(bus, "put", "b")
    bus.call("command_pause", {"command": "put", "path": "text", "value": "a", "reason": "it hangs"})
    found = reason(bus, bad)
    assert found["code"] == "argument_paused"
    assert found["message"].startswith('its command put is paused where text is "a" by local')
    assert {"path": "text", "value": "a", "reason": "it hangs"}.items() <= found["details"].items()
    assert reason(bus, good)["code"] == "no_worker"


@pytest.fixture
def keyed(sample: Sample, bus: Any, open_bus: Any, database_url: str) -> Any:
    """Also ``one``, one at a time, and ``rare``, once an hour."""
    sample.command("one", params=TEXT, units=MANY, queue=QueuePolicy(key="one:{text}"))(lambda ctx, text: {})
    rate = Rate(1, per_ms=3_600_000)
    sample.command("rare", params=TEXT, queue=QueuePolicy(key="rare", limit=None, rate=rate))(lambda ctx, text: {})
    return sample.open(database_url, workers)


def test_its_key_is_full(keyed):
    first, second, other = (submitted(keyed, "one", text) for text in ("a", "a", "b"))
    found = reason(keyed, second)
    assert found["code"] == "key_full"
    assert found["details"] == {
        "key": "one:a",
        "limit": 1,
        "count": 1,
        "holders": [{"id": first, "state": "queued"}],
    }
    assert found["message"] == f"its key one:a lets 1 at a time go, and 1 hold it: {first} (queued)"
    assert reason(keyed, other)["code"] == reason(keyed, first)["code"] == "no_worker"


def test_its_rate_is_used_up(keyed):
    submitted(keyed, "rare", "a")
    job_id = submitted(keyed, "rare", "b")
    found = reason(keyed, job_id)
    assert found["code"] == "rate_used_up"
    created = keyed.jobs.find(job_id).created_at
    assert 3_590_000 < found["details"]["until"] - created <= 3_600_000
    assert found["message"].startswith("1 in 3600000 ms of its key rare are used up until 20")


def test_no_worker_lives(bus):
    """A process for what others died of does not count, nor does a dead one."""
    worker = Life(folder_of(bus.database))
    introduce(worker, WORKER, queues=bus.queue_names, contracts=bus.known_contracts)
    job_id = submitted(bus, "put", "a")
    assert reason(bus, job_id)["code"] == "due"
    introduce(worker, WARD, queues=bus.queue_names, contracts=bus.known_contracts)
    found = reason(bus, job_id)
    assert found["code"] == "no_worker"
    assert found["message"].endswith("start `bus worker`")
    introduce(worker, WORKER, queues=bus.queue_names, contracts=bus.known_contracts)
    assert reason(bus, job_id)["code"] == "due"
    worker.close()
    assert reason(bus, job_id)["code"] == "no_worker"


def test_nobody_here_lives_but_another_host_works(bus):
    """Which workers run elsewhere only the jobs they run tell."""
    submitted(bus, "put", "a")
    claim_all(bus)
    code = reason(bus, submitted(bus, "put", "b"))["code"]
    assert code == ("no_worker" if bus.database.kind == "sqlite" else "due")


def test_no_living_worker_knows_its_command(bus, worker):
    job_id = submitted(bus, "put", "a")
    introduce(worker, WORKER, queues=bus.queue_names, contracts=["put@2", "job_get@1"])
    found = reason(bus, job_id)
    assert (found["code"], found["details"]) == ("unknown_command", {"contract": "put@1"})


def test_no_living_worker_looks_at_its_queue(bus, worker):
    job_id = submitted(bus, "steady", "a")
    introduce(worker, WORKER, queues=["default"], contracts=bus.known_contracts)
    found = reason(bus, job_id)
    assert (found["code"], found["details"]) == ("queue_unattended", {"queue": "slow", "contract": "steady@1"})


def test_others_are_before_it(bus, worker, monkeypatch):
    """Not those that are paused, of another queue, or not yet due."""
    submitted(bus, "put", "paused", priority=-9)
    submitted(bus, "steady", "elsewhere", priority=-9)
    submitted(bus, "put", "later", priority=-9, delay_ms=60_000)
    bus.call("command_pause", {"command": "put", "path": "text", "value": "paused"})
    first = submitted(bus, "put", "a")
    assert reason(bus, first)["code"] == "due"
    second = submitted(bus, "put", "b")
    submitted(bus, "put", "c", priority=-1)
    assert reason(bus, first)["details"] == {"queue": "default", "before": 1, "higher_priority": 1}
    found = reason(bus, second)
    assert (found["code"], found["details"]["before"], found["details"]["higher_priority"]) == ("others_first", 2, 1)
    assert found["message"] == "2 due jobs are before it in the queue default, 1 of them of higher priority"
    monkeypatch.setattr(why, "MOST", 1)
    assert reason(bus, second)["message"].startswith("1 or more due jobs")


def test_one_that_was_tried_before_is_counted_too(bus, worker):
    tried = submitted(bus, "put", "a")
    change(bus, tried, attempt=1)
    assert reason(bus, submitted(bus, "put", "b"))["details"]["before"] == 1


def test_it_is_due(bus, worker):
    job_id = submitted(bus, "put", "a")
    found = reason(bus, job_id)
    assert (found["code"], found["message"]) == ("due", "it is due; a worker will take it")
    assert found["details"] == {"since": bus.jobs.find(job_id).run_at}


def test_without_a_plugin_that_knows_workers_nothing_is_said_about_them(sample: Sample):
    """Nor for a database in memory, which has none."""
    sample.command("put", params=TEXT)(lambda ctx, text: {})
    bus = sample.open("sqlite://", workers)
    job_id = submitted(bus, "put", "a")
    assert reason(bus, job_id)["code"] == "due"
    claim_all(bus)
    assert reason(bus, job_id)["code"] == "running"


def test_lanes_do_not_wait_for_each_other(keyed, worker):
    """What needs many units is taken beside what needs one."""
    job_id = submitted(keyed, "one", "a")
    introduce(worker, WORKER, queues=keyed.queue_names, contracts=keyed.known_contracts)
    submitted(keyed, "put", "x", priority=-1)
    assert {UNIT_LANE, FREE_LANE} == {0, 1}
    assert reason(keyed, job_id)["code"] == "due"


def test_every_reason_is_a_code_and_has_advice():
    """The code of the contract, the reasons that are given, and the table for operators agree."""
    given = re.findall(r'Reason\(\s*"(\w+)"', (ROOT / "bus" / "jobs" / "why.py").read_text())
    rows = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \|", (ROOT / "docs" / "how-to" / "operate.md").read_text(), re.MULTILINE
    )
    advised = [code for row in rows for code in re.findall(r"\w+", row)]
    assert sorted(given) == sorted(advised) == sorted(operations.REASONS)
