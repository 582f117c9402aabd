"""Which jobs of a real table the code about to be deployed could not run."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from bus import Contract, Plugin, QueuePolicy, fields
from bus.database import Database
from bus.fields import validate
from bus.flows import Flow, result
from bus.lock.live import Survey, survey
from bus.lock.waiting import PAGE
from bus.registry import Registry
from tests.bus.sample import contract, plugin
from workers import workers

TEXT: dict[str, Any] = {"text": fields.Text(required=True)}
SHORT: dict[str, Any] = {"text": fields.Text(required=True, validate=validate.Length(max=3))}
WORD: dict[str, Any] = {"word": fields.Text(required=True)}
LATER_MS = 3_600_000
#: What was deployed before, and what is about to be.
BEFORE: tuple[type[Contract], ...] = (
    *(contract(name, params=TEXT) for name in ("kept", "narrowed", "gone", "cast", "spoilt", "superseded")),
    contract("moved", params=TEXT, queue=QueuePolicy("slow")),
)
AFTER: tuple[type[Contract], ...] = (
    contract("kept", params=TEXT),
    contract("narrowed", params=SHORT),
    contract("cast", params=TEXT, upcast=lambda args: {"word": args["text"]}),
    contract("cast", params=WORD, version=2),
    contract("spoilt", params=TEXT, upcast=lambda args: {"word": args["no such"]}),
    contract("spoilt", params=WORD, version=2),
    contract("superseded", params=WORD, version=2),
    contract("moved", params=TEXT),
)


@pytest.fixture
def before(open_bus, database_url):
    """The bus of the release that runs now."""
    return open_bus(database_url, plugins=[plugin(*BEFORE), workers])


def submitted(bus: Any, command: str, text: str = "tea", **options: Any) -> str:
    """The id of a new job."""
    return bus.submit(command, {"text": text}, **options).job["id"]


def become(bus: Any, job_id: str, state: str) -> None:
    """Let a job be in a state, as if a worker had been there."""
    with bus.database.writer().transaction() as kept:
        kept.raw.execute(bus.database.sql("UPDATE bus_job SET state=? WHERE id=?"), (state, job_id))


def found_by(bus: Any, *contracts: type[Contract], most_ids: int = 5) -> Survey:
    """What the code of these contracts says about the jobs."""
    return survey(bus.database, Registry([plugin(*contracts)]), most_ids)


def told(found: Survey) -> list[tuple[str, str, list[str]]]:
    return [(group.contract, group.state, group.ids) for group in found.groups]


def test_jobs_that_the_new_code_takes_are_not_told_of(before):
    for command in ("kept", "narrowed", "cast"):
        submitted(before, command)
    found = found_by(before, *AFTER)
    assert (found.examined, found.pending, found.groups) == (3, 0, [])


def test_each_reason_is_told_with_the_jobs_it_strands(before):
    ids = {name: submitted(before, name, "much tea") for name in ("narrowed", "gone", "spoilt", "superseded", "moved")}
    found = found_by(before, *AFTER)
    assert (found.examined, found.pending) == (5, 5)
    assert told(found) == [(f"{name}@1", "waiting", [ids[name]]) for name in sorted(ids)]
    reasons = {group.contract.partition("@")[0]: group.reason for group in found.groups}
    assert reasons["gone"].startswith("UNKNOWN_COMMAND: no plugin answers the command 'gone'")
    assert reasons["superseded"] == "UNKNOWN_VERSION: superseded has no version 1; it has 2"
    assert reasons["narrowed"].startswith("VALIDATION_ERROR: Invalid args for narrowed: text: Longer than maximum")
    assert reasons["spoilt"] == "HANDLER_ERROR: KeyError: 'no such'"
    assert reasons["moved"] == "no command goes to the queue slow any more, so no worker serves it"


def test_what_waits_is_scheduled_runs_or_is_dead_is_looked_at_and_nothing_else(before):
    states = {state: submitted(before, "gone") for state in ("running", "dead", "succeeded", "failed", "cancelled")}
    waiting, scheduled = submitted(before, "gone"), submitted(before, "gone", delay_ms=LATER_MS)
    for state, job_id in states.items():
        become(before, job_id, state)
    found = found_by(before, *AFTER)
    assert told(found) == [
        ("gone@1", "dead", [states["dead"]]),
        ("gone@1", "running", [states["running"]]),
        ("gone@1", "scheduled", [scheduled]),
        ("gone@1", "waiting", [waiting]),
    ]
    assert (found.examined, found.pending) == (4, 3)


def test_dead_jobs_alone_stop_no_deploy(before):
    become(before, submitted(before, "gone"), "dead")
    found = found_by(before, *AFTER)
    assert (found.pending, [group.count for group in found.groups]) == (0, [1])


def test_many_jobs_are_counted_and_few_are_named(before):
    for _ in range(2):
        before.submit_many("narrowed", [{"text": "much tea"}] * PAGE)
    before.submit_many("kept", [{"text": "tea"}] * 7)
    found = found_by(before, *AFTER, most_ids=3)
    (group,) = found.groups
    assert (found.examined, found.pending, group.count, len(group.ids)) == (2 * PAGE + 7, 2 * PAGE, 2 * PAGE, 3)
    assert group.ids == sorted(group.ids)


def test_a_handler_that_cannot_be_imported_strands_its_jobs(before):
    submitted(before, "kept")
    broken = Plugin("acme", contracts=[contract("kept", params=TEXT)], modules=["no_such_module"])
    found = survey(before.database, Registry([broken]), 5)
    assert "no_such_module cannot be imported" in found.groups[0].reason


def test_schedules_of_operators_become_jobs_later(before):
    for name, command in (("weekly", "gone"), ("daily", "kept"), ("hourly", "narrowed")):
        added = {"name": name, "command": command, "cron": "0 4 * * *", "args": {"text": "much tea"}}
        assert before.call("schedule_add", added).ok
    found = found_by(before, *AFTER)
    assert told(found) == [("gone@1", "schedule", ["weekly"]), ("narrowed@1", "schedule", ["hourly"])]
    assert (found.examined, found.pending) == (3, 2)


def test_steps_that_wait_for_others_and_what_would_undo_them_become_jobs_later(before):
    flow = (
        Flow("f")
        .step("first", "kept", {"text": "tea"}, undo="spoilt")
        .step("then", "gone", {"text": "tea"}, after=["first"])
        .step("later", "narrowed@1", {"text": result("first", "text")}, after=["first"])
    )
    flow_id = before.call("flow_start", flow.args).data["flow"]["id"]
    become(before, before.call("job_list", {"command": "kept"}).data["items"][0]["id"], "succeeded")
    found = found_by(before, *AFTER)
    assert [one for one in told(found) if one[1] == "flow step"] == [
        ("gone", "flow step", [f"{flow_id}/then"]),
        ("spoilt", "flow step", [f"{flow_id}/first"]),
    ]


def test_a_database_without_tables_has_no_jobs(database_url):
    database = Database(database_url)
    try:
        assert survey(database, Registry([plugin(*AFTER)]), 5) == Survey(0, [])
    finally:
        database.close()


def test_reasons_without_end_are_counted_together(before, monkeypatch):
    """However many commands are gone, what is found fits into memory."""
    monkeypatch.setattr("bus.lock.live.MOST_GROUPS", 2)
    for name in ("gone", "superseded", "narrowed", "spoilt"):
        submitted(before, name, "much tea")
    found = found_by(before, *AFTER)
    assert (found.pending, sum(group.count for group in found.groups), len(found.groups)) == (4, 4, 3)
    assert ("*", "further reasons", 2) in [(group.contract, group.reason, group.count) for group in found.groups]


@pytest.mark.drill
@pytest.mark.timeout(600)
def test_a_million_jobs_take_no_more_memory_than_a_few(before):
    submitted(before, "gone")
    columns = "queue, lane, args, principal, correlation_id, state, priority, run_at, attempt, alone, fence, created_at"
    numbers, number = ("generate_series(1, 1000000)", "generate_series")
    if before.database.kind == "sqlite":
        numbers = "(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM n WHERE n<1000000) SELECT n FROM n)"
        number = "n"
    with before.database.writer().transaction() as kept:
        kept.raw.execute(
            f"INSERT INTO bus_job(id, contract, {columns}) SELECT CAST({number} AS TEXT), CASE WHEN {number}%10=0 "
            f"THEN contract ELSE 'kept@1' END, {columns} FROM {numbers}, (SELECT * FROM bus_job) AS first"
        )
    tracemalloc.start()
    try:
        found = found_by(before, *AFTER)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (found.examined, found.pending) == (1_000_001, 100_001)
    assert peak_bytes < 16 * 2**20
