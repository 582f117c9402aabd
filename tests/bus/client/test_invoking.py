"""``safe_invoke``, line by line as it is specified: at a bus elsewhere for both clients, and at a bus in process."""

from __future__ import annotations

import asyncio
import copy
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bus import PUBLIC, Bus, Contract, Plugin, Schema, fields, logs
from bus.client import CommandError, Measurement, correlated, safe_invoke, safe_invoke_async
from bus.testing import wait_until
from tests.bus.client.any_client import AnyClient
from tests.bus.client.scripted import Answer, Scripted

WAYS = ("http", "http async", "in process", "in process async")


@pytest.fixture(params=WAYS)
def invoke(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """``safe_invoke`` without its first argument, each way."""
    if request.param.startswith("http"):
        connect, server = request.getfixturevalue("connect"), request.getfixturevalue("server")
        return connect("async" if request.param.endswith("async") else "sync", server.url).safe_invoke
    bus: Bus = request.getfixturevalue("bus")
    if request.param.endswith("async"):
        return lambda *args, **options: asyncio.run(safe_invoke_async(bus, *args, **options))
    return lambda *args, **options: safe_invoke(bus, *args, **options)


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with Scripted() as scripted:
        yield scripted


@pytest.fixture
def scripted_invoke(connect: Callable[..., AnyClient], kind: str, scripted: Scripted) -> Callable[..., Any]:
    """``safe_invoke`` at a server that answers as the test writes."""
    return connect(kind, scripted.url).safe_invoke


def refused(invoke: Callable[..., Any], *args: Any, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as told:
        invoke(*args, **options)
    return told.value


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What calls left in the log."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == "command_called"]


def test_1_the_correlation_id_is_the_options_the_arguments_the_surroundings_or_new(
    invoke: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(shape="json")
    with correlated("around"):
        for options, args, wanted in (
            ({"correlation_id": "own"}, {"correlation_id": "among"}, "own"),
            ({}, {"correlation_id": "among"}, "among"),
            ({"correlation_id": None}, {"correlation_id": None}, "around"),
            ({}, None, "around"),
        ):
            assert refused(invoke, "nobody", args, **options).correlation_id == wanted
    first, second = (refused(invoke, "nobody").correlation_id for _ in range(2))
    assert first != second
    assert first.startswith("ipc-")
    assert len(first) == len("ipc-") + 32
    assert [record["correlation_id"] for record in records(capsys)][-2:] == [first, second]


def test_1_the_correlation_id_is_always_sent(scripted_invoke: Callable[..., Any], scripted: Scripted) -> None:
    scripted.answers += [Answer(200, {}, scripted.success())] * 2
    scripted_invoke("house_echo", correlation_id="own")
    scripted_invoke("house_echo")
    sent = [body["correlation_id"] for _, body in scripted.asked]
    assert sent[0] == "own"
    assert sent[1].startswith("ipc-")


def test_2_arguments_are_copied_and_null_is_kept(invoke: Callable[..., Any]) -> None:
    args: dict[str, Any] = {"value": {"list": [1, {"null": None}]}, "correlation_id": "among"}
    before = copy.deepcopy(args)
    assert invoke("house_echo", args) == {"value": {"list": [1, {"null": None}]}}
    assert args == before
    assert invoke("house_echo", {"value": None}) == {"value": None}


def test_2_a_handler_of_this_process_cannot_change_the_arguments_of_its_caller(
    open_bus: Callable[..., Bus],
) -> None:
    class Spoil(Contract):
        name, access = "spoil", PUBLIC

        class Params(Schema):
            value = fields.Json(required=True)

    spoiling = Plugin("spoiling", contracts=[Spoil])

    @spoiling.handles(Spoil)
    def spoil(ctx: object, value: list[int]) -> dict[str, Any]:
        value.append(9)
        return {}

    args = {"value": [1]}
    safe_invoke(open_bus("sqlite://", plugins=[spoiling]), "spoil", args)
    assert args == {"value": [1]}


def test_3_data_is_returned_through_the_validator(invoke: Callable[..., Any]) -> None:
    assert invoke("house_echo", {"value": 7}) == {"value": 7}
    assert invoke("house_echo", {"value": 7}, validator=lambda data: data["value"] + 1) == 8
    with pytest.raises(KeyError, match="nobody"):
        invoke("house_echo", {"value": 7}, validator=lambda data: data["nobody"])


def test_3_a_refusal_is_an_error_that_carries_everything(invoke: Callable[..., Any]) -> None:
    error = refused(invoke, "house_refuse", {"kind": "missing"}, correlation_id="mine", version=1)
    assert (error.code, error.command, error.correlation_id) == ("note_not_found", "house_refuse", "mine")
    assert error.message == str(error) == error.original_message == "no note has the id 7"
    assert error.details == {"note_id": 7}
    hidden = refused(invoke, "house_mine", {"nom": 1}, session_token="ann's")
    assert hidden.code == "VALIDATION_ERROR"
    assert hidden.details is not None
    assert list(hidden.details["fields"]) == ["nom"]
    assert refused(invoke, "house_mine", session_token="nobody's").code == "UNAUTHENTICATED"
    assert refused(invoke, "house_echo", version=7).code == "UNKNOWN_VERSION"


def test_4_a_reply_that_is_no_envelope_is_returned_as_it_came(
    scripted_invoke: Callable[..., Any], scripted: Scripted
) -> None:
    for direct in ({"id": 7}, [1, 2], "text", None, 0, {}):
        scripted.answers += [Answer(200, {}, json.dumps(direct).encode())]
        assert scripted_invoke("house_echo", validator=lambda _: "not asked") == direct


def test_4_the_job_of_a_queued_command_is_returned(scripted_invoke: Callable[..., Any], scripted: Scripted) -> None:
    job = {"id": "j", "state": "queued"}
    for reply, wanted in (
        (scripted.success(None, job), job),
        (scripted.success({"count": 1}, job), {"count": 1}),
        (scripted.success(None), None),
    ):
        scripted.answers += [Answer(200, {}, reply)]
        assert scripted_invoke("house_add") == wanted


def test_5_no_answer_in_time_is_an_error_and_the_late_one_is_dropped(
    scripted_invoke: Callable[..., Any], scripted: Scripted
) -> None:
    late = threading.Event()
    scripted.answers += [
        Answer(200, {}, scripted.success({"value": "late"}), until=late),
        Answer(200, {}, scripted.success({"value": "next"})),
    ]
    error = refused(scripted_invoke, "house_echo", timeout_ms=100, correlation_id="mine")
    assert (error.code, error.correlation_id, error.command) == ("TIMEOUT", "mine", "house_echo")
    assert "gave no answer in time" in error.original_message
    assert scripted_invoke("house_echo") == {"value": "next"}
    late.set()


def test_5_a_command_of_this_process_is_not_waited_for_longer(bus: Bus, tmp_path: Any) -> None:
    files = {"begun": str(tmp_path / "begun"), "end": str(tmp_path / "end")}
    for ask in (safe_invoke, lambda *args, **options: asyncio.run(safe_invoke_async(*args, **options))):
        with pytest.raises(CommandError) as told:
            ask(bus, "house_slow", files, timeout_ms=100)
        assert told.value.code == "TIMEOUT"
    (tmp_path / "end").touch()
    wait_until(lambda: not [one for one in threading.enumerate() if one.name == "bus-invoke"])


def test_6_people_read_a_fixed_text_or_a_short_sentence_of_the_bus(
    scripted_invoke: Callable[..., Any], scripted: Scripted
) -> None:
    fixed = (
        "FORBIDDEN",
        "UNAUTHENTICATED",
        "NOT_FOUND",
        "RATE_LIMITED",
        "VALIDATION_ERROR",
        "HANDLER_ERROR",
        "TIMEOUT",
    )
    told: set[str] = set()
    for code in fixed:
        scripted.answers += [Answer(400, {}, scripted.refusal(code))]
        error = refused(scripted_invoke, "house_echo")
        assert error.original_message == "they said", code
        assert error.message != "they said", code
        told.add(error.message)
    assert len(told) == len(fixed)
    for said, shown in (("s" * 200, "s" * 200), ("s" * 201, "The request could not be carried out.")):
        scripted.answers += [Answer(400, {}, scripted.refusal("TASK_GONE", message=said))]
        error = refused(scripted_invoke, "house_echo")
        assert (error.message, error.original_message) == (shown, said)


def test_6_texts_can_be_in_another_language(scripted_invoke: Callable[..., Any], scripted: Scripted) -> None:
    german = {"FORBIDDEN": "Das dürfen Sie nicht.", "TASK_GONE": "Die Aufgabe ist weg.", "*": "Das ging nicht."}
    for code, message, shown in (
        ("FORBIDDEN", "no", "Das dürfen Sie nicht."),
        ("TASK_GONE", "gone", "Die Aufgabe ist weg."),
        ("OTHER", "x" * 300, "Das ging nicht."),
        ("OTHER", "short", "short"),
        ("NOT_FOUND", "no", "This could not be found."),
    ):
        scripted.answers += [Answer(400, {}, scripted.refusal(code, message=message))]
        assert refused(scripted_invoke, "house_echo", texts=german).message == shown


def test_7_each_call_leaves_one_line_and_one_measurement(
    invoke: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(shape="json")
    measured: list[Measurement] = []
    secret = {"value": {"list": [{"Api_Token": "s3cret", "n": 1}]}, "password": "s3cret"}
    invoke("house_echo", {"value": 1}, measure=measured.append, correlation_id="one")
    refused(invoke, "house_echo", secret, measure=measured.append)
    with pytest.raises(ZeroDivisionError):
        invoke("house_echo", measure=measured.append, validator=lambda _: 1 / 0)
    well, wrong, broken = records(capsys)
    assert (well["command"], well["correlation_id"]) == ("house_echo", "one")
    assert (well["outcome"], well["error_code"], well["level"]) == ("ok", None, "info")
    assert json.loads(well["args"]) == {"value": 1}
    assert (wrong["outcome"], wrong["error_code"], wrong["level"]) == ("refused", "VALIDATION_ERROR", "warning")
    redacted = {"value": {"list": [{"Api_Token": "[REDACTED]", "n": 1}]}, "password": "[REDACTED]"}
    assert json.loads(wrong["args"]) == redacted
    assert (broken["outcome"], broken["error_code"]) == ("failed", None)
    assert [(one.command, one.is_success) for one in measured] == [
        ("house_echo", True),
        ("house_echo", False),
        ("house_echo", False),
    ]
    assert all(0 < record["duration_ms"] < 60_000 for record in (well, wrong, broken))
    assert all(one.duration_ms > 0 for one in measured)


def test_8_a_command_that_writes_is_not_repeated_without_a_key(
    scripted_invoke: Callable[..., Any], scripted: Scripted
) -> None:
    busy = Answer(503, {"Retry-After": "0"}, scripted.refusal("DATABASE_BUSY"))
    scripted.answers += [busy, scripted.describing("write")]
    assert refused(scripted_invoke, "house_add", {"text": "tea"}).code == "DATABASE_BUSY"
    assert [body["command"] for _, body in scripted.asked] == ["house_add", "command_describe"]
    scripted.answers += [busy, Answer(200, {}, scripted.success({"count": 1}))]
    assert scripted_invoke("house_add", {"text": "tea"}, idempotency_key="k") == {"count": 1}
    assert [body.get("idempotency_key") for _, body in scripted.asked[2:]] == ["k", "k"]


def test_a_bus_that_cannot_be_reached_is_an_error_as_well(connect: Callable[..., AnyClient], kind: str) -> None:
    error = refused(connect(kind, "http://127.0.0.1:1", timeout_ms=5_000).safe_invoke, "house_echo")
    assert error.code == "UNREACHABLE"
    assert "cannot be reached" in error.original_message
