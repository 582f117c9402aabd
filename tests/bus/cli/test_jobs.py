"""``bus jobs``: seen, followed, tried again, cancelled, deleted, and failures told apart."""

from __future__ import annotations

import json
import threading

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE
from bus.testing import wait_until
from tests.bus.worker import work

NOWHERE = "00000000-0000-4000-8000-000000000000"


def submitted(bus, command="sample_fail", **options):
    """The id of a new job."""
    args = options.pop("args", {})
    return bus.submit(command, args, **options).job["id"]


def exhausted(bus, times=1):
    """The ids of jobs that have failed for good."""
    ids = [submitted(bus) for _ in range(times)]
    with bus.database.writer().transaction() as kept:
        kept.raw.execute("UPDATE bus_job SET attempt=99, alone=99")
    work(bus)
    assert {bus.jobs.find(job_id).state for job_id in ids} == {"dead"}
    return ids


def test_jobs_are_listed_for_programs_as_the_command_answers(bus, queued):
    ids = [submitted(queued), submitted(queued, "sample_echo", delay_ms=60_000)]
    assert bus("jobs", "list", "--json").json == queued.call("job_list").data
    for filters, expected in (
        (["--state", "scheduled"], ids[1:]),
        (["--command", "sample_fail@1", "--queue", "default"], ids[:1]),
        (["--key", "k"], []),
        (["--before", ids[1]], ids[:1]),
    ):
        assert [job["id"] for job in bus("jobs", "list", "--json", *filters).json["items"]] == expected


def test_jobs_are_listed_for_people_a_page_at_a_time(bus, queued):
    """What is beyond the page is said where data does not go."""
    ids = [submitted(queued) for _ in range(3)]
    status, out, err = bus("jobs", "list", "--limit", "2")
    lines = out.splitlines()
    assert status == OK
    assert lines[0].split() == ["ID", "STATE", "COMMAND", "QUEUE", "PRIORITY", "ATTEMPT", "CREATED", "FINISHED"]
    assert [line.split()[:4] for line in lines[1:]] == [
        [id_, "queued", "sample_fail@1", "default"] for id_ in ids[:0:-1]
    ]
    assert f"bus: 2 shown; 3 match; the next page: --before {ids[1]}\n" in err
    assert "shown" not in bus("jobs", "list").err


def test_a_job_is_shown_with_every_attempt_and_its_envelope(bus, queued):
    (job_id,) = exhausted(queued)
    status, out, _ = bus("jobs", "show", job_id)
    assert status == OK
    members = dict(line.split(maxsplit=1) for line in out.partition("\n\n")[0].splitlines())
    assert (members["id"], members["state"], members["command"]) == (job_id, "dead", "sample_fail@1")
    assert "key" not in members
    assert "ATTEMPT" in out
    assert "HANDLER_ERROR" in out
    assert json.loads(out.splitlines()[-1]) == queued.jobs.find(job_id).last.to_dict()
    assert bus("jobs", "show", job_id, "--json").json == queued.call("job_get", {"job_id": job_id}).data["job"]


@pytest.mark.parametrize("verb", ["show", "watch", "retry", "cancel", "drop"])
def test_a_job_that_does_not_exist_is_one_sentence(bus, queued, verb):
    assert bus("jobs", verb, NOWHERE)[:2] == (FAILED, "")
    assert f"bus: no job has the id {NOWHERE}\n" in bus("jobs", verb, NOWHERE).err
    wrong = bus("jobs", verb, "7")
    assert wrong.status == FAILED
    assert wrong.err.endswith(": job_id: must be a UUID in lower case with hyphens\n")


def test_a_job_is_tried_again_cancelled_and_deleted(bus, queued):
    (job_id,) = exhausted(queued)
    assert bus("jobs", "retry", job_id)[:2] == (OK, f"{job_id}  queued again\n")
    assert queued.jobs.find(job_id).state == "queued"
    refused = bus("jobs", "drop", job_id)
    assert refused.status == FAILED
    assert "cancel it before it is dropped" in refused.err
    assert bus("jobs", "cancel", job_id)[:2] == (OK, f"{job_id}  cancelled\n")
    assert bus("jobs", "drop", job_id, "--json").json == {"items": [job_id], "total_count": 1, "refused": []}
    assert queued.jobs.find(job_id) is None


def test_one_refused_job_does_not_stop_the_others(bus, queued):
    job_id = submitted(queued)
    printed = bus("jobs", "cancel", NOWHERE, job_id, "--json")
    assert printed.status == FAILED
    assert printed.json["items"] == [job_id]
    assert [refused["id"] for refused in printed.json["refused"]] == [NOWHERE]


def test_all_that_match_are_changed_after_a_question_that_names_their_number(bus, queued):
    dead = exhausted(queued, 3)
    other = submitted(queued)
    status, out, err = bus("jobs", "retry", "--all", "--state", "dead", "--command", "sample_fail", stdin=b"n\n")
    assert (status, out) == (FAILED, "")
    assert "retry 3 jobs (state dead, command sample_fail)? [y/N]" in err
    assert "nothing was done" in err
    assert bus("jobs", "retry", "--all", "--state", "dead").status == FAILED  # nobody answers
    assert queued.jobs.find(dead[0]).state == "dead"
    assert bus("jobs", "retry", "--all", "--state", "dead", stdin=b"y\n")[:2] == (OK, "3 jobs queued again\n")
    assert {queued.jobs.find(job_id).state for job_id in dead} == {"queued"}
    cancelled = bus("jobs", "cancel", "--all", "--state", "queued", "--yes", "--json")
    assert sorted(cancelled.json["items"]) == sorted([*dead, other])
    assert bus("jobs", "drop", "--all", "--state", "cancelled", "--yes").out == "4 jobs deleted\n"
    status, out, err = bus("jobs", "drop", "--all", "--state", "dead")
    assert (status, out) == (OK, "")
    assert "bus: no job matches state dead" in err


def test_more_jobs_than_a_page_are_all_changed(bus, queued, monkeypatch):
    monkeypatch.setattr("bus.cli.jobs_steering.PAGE", 2)
    for _ in range(5):
        submitted(queued)
    assert bus("jobs", "cancel", "--all", "--state", "queued", "--yes").out == "5 jobs cancelled\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "Name jobs by their ids"),
        (["--all"], "--all needs --state"),
        (["--state", "dead"], "Filters go with --all"),
        (["--all", "--state", "dead", NOWHERE], "not both"),
        (["--all", "--state", "running"], "'running' is not one of"),
    ],
)
def test_a_wrong_command_line_does_nothing(bus, arguments, why):
    status, out, err = bus("jobs", "retry", *arguments)
    assert (status, out) == (WRONG_USAGE, "")
    assert why in err


def test_like_failures_are_told(bus, queued):
    exhausted(queued, 2)
    status, out, err = bus("jobs", "groups")
    assert status == OK
    assert out.splitlines()[1].split()[:4] == ["2", "dead", "sample_fail", "HANDLER_ERROR"]
    assert "bus: 2 jobs looked at" in err
    assert bus("jobs", "groups", "--json", "--state", "dead").json == queued.call("job_groups", {"state": "dead"}).data


def test_a_job_that_has_ended_is_watched_in_one_line(bus, queued):
    job_id = submitted(queued, "sample_echo")
    work(queued)
    status, out, _ = bus("jobs", "watch", job_id)
    assert status == OK
    assert out.split() == [out.split()[0], "succeeded"]
    (dead,) = exhausted(queued)
    status, out, _ = bus("jobs", "watch", dead)
    assert status == FAILED
    assert "dead" in out
    assert "HANDLER_ERROR: sample_fail failed;" in out


def test_each_change_of_a_watched_job_is_a_line(bus, queued, tmp_path):
    """Waiting, running, ended; the watcher sees them as they happen."""
    begun, end = tmp_path / "begun", tmp_path / "end"
    job_id = submitted(queued, "sample_wait", args={"begun": str(begun), "end": str(end)})
    watched = []
    watcher = threading.Thread(target=lambda: watched.append(bus("jobs", "watch", job_id, "--json")))
    worker = threading.Thread(target=work, args=(queued,))
    worker.start()
    wait_until(begun.exists)
    watcher.start()
    with queued.database.writer().transaction() as kept:
        told = json.dumps({"done": 1, "total": 2, "message": "half", "at": 1})
        kept.raw.execute("UPDATE bus_job SET progress=? WHERE id=?", (told, job_id))
    end.touch()
    worker.join()
    watcher.join()
    (printed,) = watched
    changes = [json.loads(line) for line in printed.out.splitlines()]
    assert printed.status == OK
    assert changes[-1]["state"] == "succeeded"
    assert changes[-1]["progress"]["message"] == "half"


def test_a_terminal_gets_a_bar(bus, queued, terminal):
    job_id = submitted(queued, "sample_echo")
    work(queued)
    status, out, _ = bus("jobs", "watch", job_id)
    assert status == OK
    assert "succeeded" in out
    assert "━" in out or "-" in out


@pytest.mark.parametrize("arguments", [("list",), ("groups",)])
def test_tables_fit_a_terminal(bus, queued, terminal, arguments):
    exhausted(queued, 2)
    assert max(len(line) for line in bus("jobs", *arguments).out.splitlines()) <= 120
