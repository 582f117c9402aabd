"""Queued commands: accepted, run, seen, cancelled and tried again, by those who may."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bus import AUTHENTICATED, MANY, READ, Principal, QueuePolicy, Request, fields, roles
from bus.errors import TimedOut
from bus.jobs.states import ENDED, MOVES, RETRYABLE, JobState
from tests.bus.sample import TEXT, N, No, Sample, add, texts
from tests.bus.worker import claim_all, work
from workers import workers

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def queued(sample: Sample) -> Sample:
    """Commands that succeed, refuse, fail, read, take several units, and are old."""

    @sample.command("put", params=TEXT, result=TEXT, errors=(No,), queue=QueuePolicy(attempts=1))
    def put(ctx, text):
        add(ctx.db, text)
        if text == "no":
            raise No(why="asked to")
        if text == "boom":
            raise RuntimeError
        return {"text": text}

    @sample.command("look", effect=READ, result=N)
    def look(ctx):
        return {"n": 7}

    @sample.command("steps", units=MANY, params=TEXT, result=TEXT)
    def steps(ctx, text):
        ctx.unit("u", lambda db: add(db, text))
        return {"text": f"{ctx.job_id is not None} {ctx.attempt}"}

    @sample.command("pour", version=2, params={"ml": fields.Int64(required=True)}, result={"ml": fields.Int64()})
    def pour(ctx, ml):
        return {"ml": ml}

    sample.version(
        "pour",
        params={"cups": fields.Int64(required=True)},
        result={"cups": fields.Int64()},
        upcast=lambda args: {"ml": args["cups"] * 250},
        downcast=lambda data: {"cups": data["ml"] // 250},
        deprecated="use pour@2",
    )
    return sample


def count(bus: Any) -> int:
    """How many jobs there are."""
    return bus.call("job_list").data["total_count"]


def test_an_accepted_command_is_ok_and_names_its_job(queued: Sample, database_url: str) -> None:
    """Nothing has happened yet; the job can be asked for."""
    bus = queued.open(database_url, workers)
    envelope = bus.answer(Request("put", {"text": "a"}, mode="queue", correlation_id="c1", id=7))
    assert envelope.ok
    assert (envelope.data, envelope.error, envelope.correlation_id, envelope.id) == (None, None, "c1", 7)
    assert envelope.job is not None
    assert set(envelope.job) == {"id", "state"}
    assert envelope.job["state"] == "queued"
    assert texts(bus) == []
    job = bus.call("job_get", {"job_id": envelope.job["id"]}).data["job"]
    assert (job["command"], job["version"], job["state"], job["attempt"]) == ("put", 1, "queued", 0)
    assert (job["correlation_id"], job["envelope"], job["started_at"]) == ("c1", None, None)


@pytest.mark.parametrize(
    ("command", "args", "state"),
    [
        ("put", {"text": "a"}, "succeeded"),
        ("put", {"text": "no"}, "failed"),
        ("put", {"text": "boom"}, "dead"),
        ("look", {}, "succeeded"),
        ("pour@1", {"cups": 2}, "succeeded"),
        ("pour", {"ml": 2}, "succeeded"),
    ],
)
def test_a_queued_command_ends_with_the_envelope_of_the_call(
    queued: Sample, database_url: str, command: str, args: dict[str, Any], state: str
) -> None:
    """But for the job that it names: code, data, version, warnings, and what it wrote."""
    bus = queued.open(database_url, workers)
    called = bus.call(command, args, correlation_id="c1").to_dict()
    written = texts(bus)
    accepted = bus.submit(command, args, correlation_id="c1")
    work(bus)
    ended = bus.wait(accepted.job["id"]).to_dict()
    assert ended.pop("job") == {"id": accepted.job["id"], "state": state}
    called.pop("job")
    assert ended == called
    assert texts(bus) == written * 2


def test_a_job_knows_that_it_is_one(queued: Sample, database_url: str) -> None:
    bus = queued.open(database_url, workers)
    accepted = bus.submit("steps", {"text": "a"})
    work(bus)
    assert bus.wait(accepted.job["id"]).data == {"text": "True 1"}
    assert bus.call("steps", {"text": "b"}).data == {"text": "False 1"}


def test_bad_arguments_are_refused_before_they_are_queued(queued: Sample, database_url: str) -> None:
    bus = queued.open(database_url, workers)
    assert bus.submit("put", {"text": 5}).code == "VALIDATION_ERROR"
    assert bus.submit("pour@1", {"ml": 5}).code == "VALIDATION_ERROR"
    assert bus.submit("nowhere").code == "UNKNOWN_COMMAND"
    assert count(bus) == 0


def test_a_secret_command_cannot_be_queued(sample: Sample) -> None:
    """It would lie in a table."""
    sample.command("log_in", secret=True, params=TEXT)(lambda ctx, text: {})
    bus = sample.open("sqlite://", workers)
    envelope = bus.submit("log_in", {"text": "password"})
    assert envelope.code == "VALIDATION_ERROR"
    assert list(envelope.error["details"]["fields"]) == ["mode"]
    assert count(bus) == 0


def test_without_a_queue_nothing_is_accepted(queued: Sample) -> None:
    bus = queued.open()
    assert bus.submit("put", {"text": "a"}).code == "QUEUE_UNAVAILABLE"
    assert count(bus) == 0


def test_a_contract_may_be_queued_by_default(sample: Sample) -> None:
    """Unless the caller says otherwise."""
    sample.command("put", params=TEXT, queue=QueuePolicy(name="slow", by_default=True, priority=5))(
        lambda ctx, text: add(ctx.db, text) or {}
    )
    bus = sample.open("sqlite://", workers)
    envelope = bus.call("put", {"text": "a"})
    job = bus.call("job_get", {"job_id": envelope.job["id"]}).data["job"]
    assert (job["queue"], job["priority"]) == ("slow", 5)
    assert bus.call("put", {"text": "b"}, mode="sync").job is None
    assert texts(bus) == ["b"]
    work(bus)
    assert texts(bus) == ["b", "a"]


def test_a_job_waits_for_its_time(queued: Sample, database_url: str) -> None:
    """A delay, or a moment; until then it is shown as scheduled."""
    bus = queued.open(database_url, workers)
    tomorrow = time.time_ns() // 1_000_000 + 86_400_000
    later = [
        bus.submit("put", {"text": "later"}, delay_ms=3_600_000),
        bus.submit("put", {"text": "later"}, run_at=tomorrow),
    ]
    assert [envelope.job["state"] for envelope in later] == ["scheduled", "scheduled"]
    assert bus.submit("put", {"text": "at once"}, run_at=1).job["state"] == "queued"
    jobs = [bus.call("job_get", {"job_id": envelope.job["id"]}).data["job"] for envelope in later]
    assert [job["state"] for job in jobs] == ["scheduled", "scheduled"]
    assert jobs[1]["run_at"] == tomorrow
    assert 3_590_000 < jobs[0]["run_at"] - jobs[0]["created_at"] <= 3_600_000
    work(bus)
    assert texts(bus) == ["at once"]
    assert bus.call("job_list", {"state": "scheduled"}).data["total_count"] == 2
    assert bus.call("job_list", {"state": "queued"}).data["total_count"] == 0


def test_lower_priorities_run_first(queued: Sample, database_url: str) -> None:
    bus = queued.open(database_url, workers)
    for priority in (3, -1, 0, -(2**31) + 1, 2**31 - 1):
        assert bus.submit("put", {"text": str(priority)}, priority=priority).ok
    work(bus)
    assert texts(bus) == [str(-(2**31) + 1), "-1", "0", "3", str(2**31 - 1)]


@pytest.fixture
def shared(queued: Sample) -> Sample:
    """Two users, an operator, and a command each of them may queue."""
    users = {
        "t-ann": Principal("ann", frozenset({"user"})),
        "t-bob": Principal("bob", frozenset({"user"})),
        "t-ops": Principal("ops", is_operator=True),
    }
    queued.users = users  # type: ignore[attr-defined]

    @queued.plugin.hook
    def bus_authenticate(token):
        return users.get(token)

    @queued.plugin.hook
    def bus_principal(principal_id):
        return next((user for user in users.values() if user.id == principal_id), None)

    queued.command("mine", access=AUTHENTICATED, result=TEXT)(lambda ctx: {"text": ctx.principal.id})
    queued.command("users_only", access=roles("user"))(lambda ctx: {})
    return queued


def test_a_foreign_job_looks_absent(shared: Sample, database_url: str) -> None:
    """To read, to cancel, to try again, to list: as if its id were made up. Operators and its publisher see it."""
    bus = shared.open(database_url, workers)
    job_id = bus.submit("mine", session_token="t-ann").job["id"]
    for command in ("job_get", "job_cancel", "job_retry"):
        foreign = bus.call(command, {"job_id": job_id}, session_token="t-bob")
        absent = bus.call(command, {"job_id": NOWHERE}, session_token="t-bob")
        assert foreign.code == absent.code == "job_not_found"
        assert foreign.error["message"].replace(job_id, NOWHERE) == absent.error["message"]
        assert foreign.error["details"] == {"job_id": job_id}
    assert bus.call("job_list", session_token="t-bob").data == {"items": [], "total_count": 0}
    for token in ("t-ann", "t-ops", None):
        assert bus.call("job_get", {"job_id": job_id}, session_token=token).ok
        assert bus.call("job_list", session_token=token).data["total_count"] == 1
    assert bus.call("job_cancel", {"job_id": job_id}, session_token="t-ann").ok
    assert bus.call("job_retry", {"job_id": job_id}, session_token="t-ops").ok


def test_a_strangers_key_does_not_reveal_a_job(shared: Sample) -> None:
    """The same key of another user is another key."""
    bus = shared.open("sqlite://", workers)
    first = bus.submit("mine", session_token="t-ann", idempotency_key="k")
    second = bus.submit("mine", session_token="t-bob", idempotency_key="k")
    assert first.job["id"] != second.job["id"]


def test_a_job_runs_as_its_publisher_with_todays_rights(shared: Sample, database_url: str) -> None:
    """Whoever was banned, or lost the role meanwhile, is refused when the job runs."""
    bus = shared.open(database_url, workers)
    users: dict[str, Principal] = shared.users  # type: ignore[attr-defined]
    mine = bus.submit("mine", session_token="t-ann")
    banned = bus.submit("mine", session_token="t-bob")
    demoted = bus.submit("users_only", session_token="t-ann")
    users["t-ann"] = Principal("ann")
    del users["t-bob"]
    work(bus)
    assert bus.wait(mine.job["id"]).data == {"text": "ann"}
    for accepted in (banned, demoted):
        ended = bus.wait(accepted.job["id"])
        assert (ended.code, ended.job["state"]) == ("FORBIDDEN", "failed")


def test_only_the_id_of_the_principal_is_stored(shared: Sample) -> None:
    """No roles, no token."""
    bus = shared.open("sqlite://", workers)
    bus.submit("mine", session_token="t-ann")
    with bus.database.connect() as connection:
        stored = repr(connection.exec_driver_sql("SELECT * FROM bus_job").all())
    assert "'ann'" in stored
    assert "t-ann" not in stored
    assert "user" not in stored


def test_a_waiting_job_is_cancelled_at_once(queued: Sample, database_url: str) -> None:
    """It then has the envelope of a cancelled call, and never runs; a second time is too late."""
    bus = queued.open(database_url, workers)
    for options in ({}, {"delay_ms": 60_000}):
        job_id = bus.submit("put", {"text": "a"}, **options).job["id"]
        cancelled = bus.call("job_cancel", {"job_id": job_id})
        assert cancelled.data["job"]["state"] == "cancelled"
        ended = bus.wait(job_id)
        assert (ended.code, ended.job) == ("CANCELLED", {"id": job_id, "state": "cancelled"})
        again = bus.call("job_cancel", {"job_id": job_id})
        assert again.error == {
            "code": "job_has_ended",
            "message": f"the job {job_id} has ended: it is cancelled",
            "details": {"job_id": job_id, "state": "cancelled"},
        }
    work(bus)
    assert texts(bus) == []


def test_a_running_job_is_asked_to_stop(queued: Sample, database_url: str) -> None:
    """It is marked; its next checkpoint stops it."""
    bus = queued.open(database_url, workers)

    @queued.command("long", units=MANY)
    def long(ctx):
        ctx.unit("first", lambda db: add(db, "first"))
        assert bus.call("job_cancel", {"job_id": ctx.job_id}).data["job"]["is_cancelled"]
        ctx.checkpoint()
        ctx.unit("second", lambda db: add(db, "second"))
        return {}

    bus = queued.open(database_url, workers)
    job_id = bus.submit("long").job["id"]
    work(bus)
    ended = bus.wait(job_id)
    assert (ended.code, ended.job["state"]) == ("CANCELLED", "cancelled")
    assert texts(bus) == ["first"]


def test_a_job_that_ended_meanwhile_is_not_said_to_be_cancelled(queued: Sample, postgresql_url: str) -> None:
    """Between the look at it and the change, somebody else may finish it."""
    bus = queued.open(postgresql_url, workers)
    job_id = bus.submit("put", {"text": "a"}).job["id"]
    found = bus.jobs.find(job_id)
    assert found is not None
    work(bus)
    with bus.database.writer().transaction() as kept:
        assert bus.jobs.cancel_inside(kept, found) is False


def test_what_ended_badly_may_be_tried_again(queued: Sample, database_url: str) -> None:
    """With all its attempts; what succeeded or still runs may not."""
    bus = queued.open(database_url, workers)
    ids = {text: bus.submit("put", {"text": text}).job["id"] for text in ("a", "no", "boom", "cancelled")}
    bus.call("job_cancel", {"job_id": ids["cancelled"]})
    refused = bus.call("job_retry", {"job_id": bus.submit("put", {"text": "waits"}).job["id"]})
    assert (refused.code, refused.error["details"]["state"]) == ("job_not_retryable", "queued")
    work(bus)
    for text, state in {"no": "failed", "boom": "dead", "cancelled": "cancelled"}.items():
        assert bus.wait(ids[text]).job["state"] == state
        job = bus.call("job_retry", {"job_id": ids[text]}).data["job"]
        assert (job["state"], job["attempt"], job["is_cancelled"], job["finished_at"]) == ("queued", 0, False, None)
    assert bus.call("job_retry", {"job_id": ids["a"]}).code == "job_not_retryable"
    work(bus)
    assert bus.wait(ids["cancelled"]).ok
    assert sorted(texts(bus)) == ["a", "cancelled", "waits"]


def test_a_failing_job_is_tried_again_later(sample: Sample, database_url: str) -> None:
    """Its last envelope can be read meanwhile, but it has not ended."""

    @sample.command("boom", queue=QueuePolicy(attempts=2, min_backoff_ms=3_600_000, max_backoff_ms=3_600_000))
    def boom(ctx):
        raise RuntimeError

    bus = sample.open(database_url, workers)
    job_id = bus.submit("boom").job["id"]
    work(bus)
    job = bus.call("job_get", {"job_id": job_id}).data["job"]
    assert (job["state"], job["attempt"], job["finished_at"]) == ("scheduled", 1, None)
    assert job["envelope"]["error"]["code"] == "HANDLER_ERROR"
    with pytest.raises(TimedOut, match=f"the job {job_id} is still scheduled after 0 ms; it goes on"):
        bus.wait(job_id, timeout_ms=0)


def test_waiting_for_a_job_that_does_not_exist_ends_at_once(queued: Sample) -> None:
    with pytest.raises(LookupError, match=f"there is no job {NOWHERE}"):
        queued.open().wait(NOWHERE)


def test_jobs_are_listed_newest_first_by_page_and_filter(sample: Sample, database_url: str) -> None:
    """A command's name is matched whole, whatever characters it holds."""
    for name in ("put", "put_2", "putx2", "put%", "Put"):
        sample.command(name, queue=QueuePolicy(name=f"q-{name}"))(lambda ctx: {})
    bus = sample.open(database_url, workers)
    ids = [bus.submit(name).job["id"] for name in ("put", "put_2", "putx2", "put%", "Put", "put")]

    def listed(**args: Any) -> tuple[list[str], int]:
        data = bus.call("job_list", args).data
        return [job["id"] for job in data["items"]], data["total_count"]

    assert listed() == (ids[::-1], 6)
    assert listed(limit=2) == ([ids[5], ids[4]], 6)
    assert listed(limit=2, before=ids[4]) == ([ids[3], ids[2]], 6)
    assert listed(before=ids[0]) == ([], 6)
    assert listed(command="put") == ([ids[5], ids[0]], 2)
    assert listed(command="put@1") == ([ids[5], ids[0]], 2)
    for name, id_ in zip(("put_2", "putx2", "put%", "Put"), ids[1:5], strict=True):
        assert listed(command=name) == ([id_], 1)
        assert listed(queue=f"q-{name}") == ([id_], 1)
    assert listed(command="pu") == listed(command="put@") == listed(command="put@2") == ([], 0)
    assert listed(command="put", state="queued", queue="q-put") == ([ids[5], ids[0]], 2)
    assert listed(state="running") == ([], 0)
    assert len(claim_all(bus)) == 6
    assert listed(state="running") == (ids[::-1], 6)
    for args in ({"limit": 0}, {"limit": 501}, {"state": "lost"}, {"before": "x"}, {"more": 1}):
        assert bus.call("job_list", args).code == "VALIDATION_ERROR"


def test_an_envelope_of_a_job_may_be_deep(sample: Sample) -> None:
    """As deep as a result may be."""

    @sample.command("dig", result={"value": fields.Json(required=True)}, effect=READ)
    def dig(ctx):
        value: Any = 1
        for _ in range(100):
            value = [value]
        return {"value": value}

    bus = sample.open("sqlite://", workers)
    assert bus.call("dig").ok
    job_id = bus.submit("dig").job["id"]
    work(bus)
    assert bus.wait(job_id).ok
    assert bus.call("job_get", {"job_id": job_id}).data["job"]["envelope"]["data"] == bus.call("dig").data


def test_a_wrong_provider_is_no_reason_to_lose_an_answer(queued: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """The job is stored; that nobody could be told is in the log."""

    class Broken:
        """A provider that breaks its promise not to raise."""

        def announce(self, queues: Any) -> None:
            raise ConnectionError

        def close(self) -> None:
            """Hold nothing."""

    queued.plugin.hook(_named("bus_queue", lambda: Broken()))
    queued.command("outer")(lambda ctx: ctx.submit("put", {"text": "b"}) and {})
    bus = queued.open()
    assert bus.submit("put", {"text": "a"}).ok
    assert bus.call("outer").ok
    assert count(bus) == 2
    assert "announce_failed" in capsys.readouterr().err


def test_an_unknown_broker_stops_the_start(queued: Sample) -> None:
    from bus import SetupError

    with pytest.raises(SetupError, match="no plugin knows the broker 'kafka'; leave BUS_BROKER_URL out"):
        queued.open("sqlite://", workers, broker="kafka://host")


def test_the_table_of_moves_is_whole() -> None:
    """Every state is in it; what has ended goes nowhere but back into the queue; only success is final."""
    assert set(MOVES) == set(JobState)
    assert {state for state, moves in MOVES.items() if moves <= {JobState.QUEUED}} == ENDED
    assert ENDED - {JobState.SUCCEEDED} == RETRYABLE
    assert set().union(*MOVES.values()) == set(JobState)


def _named(name: str, function: Any) -> Any:
    function.__name__ = name
    return function
