"""``bus why``, ``queues``, ``workers``, ``pause`` and ``resume``."""

from __future__ import annotations

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE
from bus.cli.queues import age
from workers.cards import WORKER, introduce
from workers.folder import Life, folder_of


def submitted(bus, command="sample_fail", **options):
    """The id of a new job."""
    return bus.submit(command, {}, **options).job["id"]


@pytest.fixture
def worker(queued):
    """A worker lives, and does nothing."""
    life = Life(folder_of(queued.database))
    introduce(life, WORKER, threads=2, queues=queued.queue_names, contracts=queued.known_contracts)
    yield life
    life.close()


def test_why_is_one_line(bus, queued, worker):
    job_id = submitted(queued)
    assert bus("why", job_id)[:2] == (OK, "due: it is due; a worker will take it\n")
    assert bus("why", job_id, "--json").json == queued.call("job_why", {"job_id": job_id}).data["reason"]


def test_why_of_no_job_is_a_failure(bus, queued):
    status, out, err = bus("why", "00000000-0000-4000-8000-000000000000")
    assert (status, out) == (FAILED, "")
    assert "no job has the id" in err


def test_queues_are_listed(bus, queued):
    submitted(queued)
    submitted(queued, delay_ms=60_000)
    bus("pause", "queue", "default", "--reason", "over\x1bhaul")
    head, line = bus("queues").out.splitlines()
    assert head.split("  ")[0] == "QUEUE"
    assert line.split()[:5] == ["default", "1", "0", "1", "0"]
    assert line.endswith("over\\x1bhaul")
    document = bus("queues", "--json").json
    assert document["total"]["waiting"] == document["items"][0]["waiting"] == 1
    assert document["at"] >= document["items"][0]["oldest_waiting_ms"]


def test_workers_are_listed(bus, queued, worker):
    status, out, err = bus("workers")
    assert status == OK
    (line,) = out.splitlines()[1:]
    assert line.startswith(f"{worker.owner}  alive")
    assert line.endswith("0/2")
    assert "bus: 1 worker processes" in err
    assert bus("workers", "--json").json["items"] == queued.call("worker_list").data["items"]


def test_what_workers_run_is_listed_with_them(bus, queued, worker):
    ids = [submitted(queued) for _ in range(2)]
    with queued.database.writer().transaction() as kept:
        kept.raw.execute("UPDATE bus_job SET state='running', attempt=1, started_at=1, owner=?", (worker.owner,))
    first, second = bus("workers").out.splitlines()[1:]
    assert first.startswith(worker.owner)
    assert f"  2/2   {ids[0]}  sample_fail@1  1" in first
    assert second.split()[:2] == [ids[1], "sample_fail@1"]


@pytest.mark.parametrize(
    ("words", "told", "listed"),
    [
        (["queue", "default"], "default", "queue"),
        (["command", "sample_fail"], "sample_fail", "command"),
        (
            ["command", "sample_kinds", "--path", "thing.of", "--value", '{"a":null}'],
            'sample_kinds where thing.of is {"a":null}',
            "command",
        ),
        (
            ["command", "sample_kinds", "--path", "whole", "--value", "null"],
            "sample_kinds where whole is null",
            "command",
        ),
    ],
)
def test_what_was_paused_is_listed_and_resumed_with_the_same_words(bus, queued, words, told, listed):
    assert bus("pause", *words, "--reason", "because")[:2] == (OK, f"{told} is paused\n")
    line = bus("pause", "list").out.splitlines()[1]
    assert line.startswith(f"{listed:<7}  {told}  20" if listed == "command" else f"queue  {told}  20")
    assert line.endswith("local  because")
    assert bus("pause", "list", "--json").json == queued.call("pause_list").data
    assert bus("resume", *words)[:2] == (OK, f"{told} runs again\n")
    assert bus("pause", "list", "--json").json == {"items": []}
    again = bus("resume", *words)
    assert (again.status, again.out) == (FAILED, "")
    assert "is not held back" in again.err


def test_programs_learn_what_was_paused(bus, queued):
    printed = bus("pause", "command", "sample_kinds", "--path", "whole", "--value", "7", "--json")
    assert printed.json == {"command": "sample_kinds", "path": "whole", "value": 7, "reason": ""}
    assert bus("resume", "command", "sample_kinds", "--path", "whole", "--value", "7", "--json").status == OK


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["pause", "command", "x", "--path", "p"], "--path and --value belong together"),
        (["resume", "command", "x", "--value", "1"], "--path and --value belong together"),
        (["pause", "command", "x", "--path", "p", "--value", "{"], "the text is not valid JSON"),
        (["pause", "queue"], "Missing argument"),
        (["why"], "Missing argument"),
    ],
)
def test_a_wrong_command_line_is_a_matter_of_usage(bus, arguments, why):
    status, out, err = bus(*arguments)
    assert (status, out) == (WRONG_USAGE, "")
    assert why in err


@pytest.mark.parametrize(
    ("ms", "text"),
    [(-5, "0 ms"), (0, "0 ms"), (999, "999 ms"), (1_000, "1 s"), (61_000, "1 m"), (7_200_000, "2 h"), (10**9, "11 d")],
)
def test_an_age_is_told_in_its_largest_unit(ms, text):
    assert age(ms) == text


@pytest.mark.parametrize("arguments", [("queues",), ("workers",), ("pause", "list")])
def test_tables_fit_a_terminal(bus, queued, worker, terminal, arguments):
    submitted(queued)
    bus("pause", "queue", "default")
    assert max(len(line) for line in bus(*arguments).out.splitlines()) <= 120
