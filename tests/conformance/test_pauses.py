"""What operators hold back waits, and runs when they let it go."""

from __future__ import annotations

from typing import Any

import pytest

from bus.testing import wait_until


@pytest.fixture(autouse=True)
def nothing_is_paused_afterwards(queue):
    yield
    for item in queue.bus.call("pause_list").data["items"]:
        if item["kind"] == "queue":
            assert queue.bus.call("queue_resume", {"queue": item["name"]}).ok
        else:
            args = {"command": item["name"]}
            args |= {} if item["path"] is None else {"path": item["path"], "value": item["value"]}
            assert queue.bus.call("command_resume", args).ok


def waits(queue: Any, job_id: str, beside: str) -> bool:
    """Whether a job is still waiting when one that was published after it has ended."""
    assert queue.wait(beside).ok
    return queue.job(job_id).state == "queued"


def test_a_queue(queue):
    assert queue.bus.call("queue_pause", {"queue": "elsewhere", "reason": "the depot is shut"}).ok
    held = queue.submit("elsewhere", queue.number())
    assert waits(queue, held, queue.submit("deed", queue.number()))
    assert queue.bus.call("pause_list").data["items"][0]["reason"] == "the depot is shut"

    assert queue.bus.call("queue_resume", {"queue": "elsewhere"}).ok
    assert queue.wait(held).ok


def test_a_command(queue):
    assert queue.bus.call("command_pause", {"command": "deed"}).ok
    held = queue.submit("deed", queue.number(), priority=-5)
    assert waits(queue, held, queue.submit("nap", queue.number()))

    assert queue.bus.call("command_resume", {"command": "deed"}).ok
    assert queue.wait(held).ok


@pytest.mark.parametrize(
    ("path", "args", "value"),
    [
        ("n", {}, None),
        ("key", {"key": 'käse "7"'}, 'käse "7"'),
    ],
)
def test_a_value_of_an_argument(queue, path, args, value):
    """The others of the command go on."""
    command, n = ("deed" if path == "n" else "keyed_unit"), queue.number()
    value = n if value is None else value
    assert queue.bus.call("command_pause", {"command": command, "path": path, "value": value}).ok
    held = queue.submit(command, n, args=dict(args))
    other = args and {"key": "another"}
    assert waits(queue, held, queue.submit(command, queue.number(), args=other))

    assert queue.bus.call("command_resume", {"command": command, "path": path, "value": value}).ok
    assert queue.wait(held).ok


def test_what_is_not_held_back_cannot_be_let_go(queue):
    assert queue.bus.call("queue_resume", {"queue": "nowhere"}).code == "not_paused"
    assert queue.bus.call("command_resume", {"command": "deed", "path": "n", "value": 1}).code == "not_paused"


@pytest.mark.parametrize("args", [{"path": "n"}, {"value": 1}, {"path": "a b", "value": 1}])
def test_half_an_argument_is_refused(queue, args):
    assert queue.bus.call("command_pause", {"command": "deed"} | args).code == "VALIDATION_ERROR"


def test_progress_is_seen_while_the_job_runs(queue):
    n = queue.number()
    job_id = queue.submit("telling", n, args={"ms": 300})
    seen: list[Any] = []

    def is_told() -> bool:
        progress = queue.bus.call("job_get", {"job_id": job_id}).data["job"]["progress"]
        if progress is not None and (not seen or seen[-1] != progress["done"]):
            seen.append(progress["done"])
        return bool(seen) and seen[-1] == 3

    wait_until(is_told, 30, "the last step")
    assert len(seen) > 1
    assert queue.wait(job_id).ok
    job = queue.bus.call("job_get", {"job_id": job_id}).data["job"]
    assert (job["progress"]["total"], job["progress"]["message"]) == (3, "step 3")


def test_attempts_that_did_not_end_well_are_remembered(queue):
    job_id = queue.submit("failing", queue.number())
    assert queue.wait(job_id).code == "HANDLER_ERROR"
    attempts = queue.bus.call("job_get", {"job_id": job_id}).data["job"]["attempts"]
    assert [(each["attempt"], each["code"]) for each in attempts] == [(n, "HANDLER_ERROR") for n in (1, 2, 3)]
    assert all(each["started_at"] <= each["finished_at"] and each["owner"] for each in attempts)
