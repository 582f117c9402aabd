"""The heart: one request in, one envelope out, whatever happens."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bus import ABSENT, AUTHENTICATED, EXCLUDE, READ, Envelope, Request, fields
from bus.errors import BusError, Forbidden, InvalidArguments, SetupError
from bus.principal import Principal
from bus.settings import Settings
from tests.bus.sample import TEXT, N, Never, No, Sample, add, texts

KEYS = ["ok", "command", "version", "data", "error", "warnings", "correlation_id", "job"]


def code_of(envelope: Envelope) -> str:
    """The code of a refused call, whose envelope is checked on the way: complete, plain JSON, one truth."""
    members = envelope.to_dict()
    assert [key for key in members if key != "id"] == KEYS
    assert json.loads(json.dumps(members, allow_nan=False)) == members
    assert members["ok"] is False
    assert members["data"] is None
    assert members["job"] is None
    assert set(members["error"]) == {"code", "message", "details"}
    assert members["error"]["message"]
    return members["error"]["code"]


def test_an_answer_has_every_key(sample: Sample) -> None:
    @sample.command("double", params=N, result=N, effect=READ)
    def double(ctx, n):
        return {"n": 2 * n}

    envelope = sample.open().call("double", {"n": 21}, correlation_id="c1")
    assert envelope.to_dict() == {
        "ok": True,
        "command": "double",
        "version": 1,
        "data": {"n": 42},
        "error": None,
        "warnings": [],
        "correlation_id": "c1",
        "job": None,
    }


def test_the_id_is_echoed_when_there_was_one(sample: Sample) -> None:
    """Also null, and also when the command is refused."""
    bus = sample.open()
    for id_ in ("a", None, 0, [1], {"x": None}):
        answer = bus.answer(Request("command_list", id=id_)).to_dict()
        assert next(iter(answer.items())) == ("id", id_)
        assert bus.answer(Request("nothing", id=id_)).to_dict()["id"] == id_
    assert "id" not in bus.answer(Request("command_list", id=ABSENT)).to_dict()


def test_every_call_has_a_correlation_id_of_its_own(sample: Sample) -> None:
    bus = sample.open()
    names = {bus.call("command_list").correlation_id for _ in range(100)}
    names |= {bus.call("nothing").correlation_id for _ in range(100)}
    assert len(names) == 200


def test_the_checks_come_in_their_order(sample: Sample) -> None:
    """Command, version, session, arguments, handler: the first fault answers, whatever else is wrong."""
    ran = []

    @sample.command("locked", params=N, access=AUTHENTICATED)
    def locked(ctx, n):
        ran.append(n)

    @sample.command("open", params=N)
    def open_(ctx, n):
        ran.append(n)

    bus = sample.open()
    wrong = {"n": "x", "more": 1}
    assert code_of(bus.call("nothing@7", wrong, session_token="t")) == "UNKNOWN_COMMAND"
    assert code_of(bus.call("locked@7", wrong)) == "UNKNOWN_VERSION"
    assert code_of(bus.call("locked@1", wrong)) == "UNAUTHENTICATED"
    assert code_of(bus.call("open", wrong)) == "VALIDATION_ERROR"
    assert ran == []


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("command", None, "required"),
        ("command", "", "must have 1 to 200 characters"),
        ("command", 5, "must be a string"),
        ("command", ["note_get"], "must be a string"),
        ("command", "x" * 201, "must have 1 to 200 characters"),
        ("command", "a\0b", "must not hold control characters or lone surrogates"),
        ("command", "\ud800", "must not hold control characters or lone surrogates"),
        ("args", [], "must be an object"),
        ("args", "{}", "must be an object"),
        ("args", 0, "must be an object"),
        ("version", "1", "must be a whole number"),
        ("version", 1.0, "must be a whole number"),
        ("version", True, "must be a whole number"),
        ("version", 0, "must lie between"),
        ("version", 2**31, "must lie between"),
        ("idempotency_key", 7, "must be a string"),
        ("idempotency_key", "", "must have 1 to 200 characters"),
        ("mode", "later", 'must be "sync" or "queue"'),
        ("mode", 1, 'must be "sync" or "queue"'),
        ("mode", [], 'must be "sync" or "queue"'),
        ("delay_ms", "5", "must be a whole number"),
        ("delay_ms", -1, "must lie between"),
        ("delay_ms", 2**53, "must lie between"),
        ("run_at", 1.5, "must be a whole number"),
        ("priority", "high", "must be a whole number"),
        ("priority", 2**31, "must lie between"),
    ],
)
def test_a_wrong_member_of_the_request_is_named(sample: Sample, member: str, value: Any, sentence: str) -> None:
    given: dict[str, Any] = {"command": "command_list", member: value}
    envelope = sample.open().call(given.pop("command"), **given)
    assert code_of(envelope) == "VALIDATION_ERROR"
    assert sentence in envelope.error["details"]["fields"][member][0]
    assert envelope.error["message"].startswith(f"Invalid request: {member}: ")


def test_session_token_and_correlation_id_may_stand_in_the_arguments(sample: Sample) -> None:
    """They are lifted out; a member beside the arguments wins, null counts as left out."""
    seen = []

    @sample.plugin.hook
    def bus_authenticate(token):
        seen.append(token)

    @sample.command("hello", params={"name": fields.Text(load_default="you")})
    def hello(ctx, name):
        return {}

    bus = sample.open()
    assert bus.call("hello", {"correlation_id": "inner"}).correlation_id == "inner"
    assert bus.call("hello", {"correlation_id": "inner"}, correlation_id="outer").correlation_id == "outer"
    assert bus.call("hello", {"correlation_id": None, "session_token": None}).ok
    assert code_of(bus.call("hello", {"session_token": "inner"})) == "UNAUTHENTICATED"
    assert code_of(bus.call("hello", {"session_token": "inner"}, session_token="outer")) == "UNAUTHENTICATED"
    assert seen == ["inner", "outer"]


def test_the_callers_arguments_are_not_changed_by_lifting(sample: Sample) -> None:
    args = {"correlation_id": "c"}
    sample.open().call("command_list", args)
    assert args == {"correlation_id": "c"}


def test_an_argument_of_that_name_would_never_arrive(sample: Sample) -> None:
    """It is always the call's own; a contract that asks for it is refused at the start."""

    @sample.command("trace", params={"correlation_id": fields.Text(required=True)})
    def trace(ctx, correlation_id):
        return {}

    with pytest.raises(SetupError, match="correlation_id would never arrive"):
        sample.open()


@pytest.mark.parametrize("is_inside", [False, True])
@pytest.mark.parametrize("value", [5, "", " ", "a b", "a\nb", "a\0", "x" * 129, "é", [], {}, True, 0])
def test_a_correlation_id_that_cannot_be_one_is_replaced(sample: Sample, value: Any, is_inside: bool) -> None:
    """It never fails the call, and no two calls share the one that was made."""
    bus, given = sample.open(), {"correlation_id": value}

    def ask() -> Any:
        return bus.call("command_list", given) if is_inside else bus.call("command_list", **given)

    first, second = ask(), ask()
    assert first.ok
    assert second.ok
    assert all(re.fullmatch("ipc-[0-9a-f]{32}", one.correlation_id) for one in (first, second))
    assert first.correlation_id != second.correlation_id


def test_the_first_correlation_id_decides_also_when_it_is_none(sample: Sample) -> None:
    envelope = sample.open().call("command_list", {"correlation_id": "inner"}, correlation_id=["outer"])
    assert envelope.correlation_id.startswith("ipc-")


def test_every_character_of_a_correlation_id_is_kept(sample: Sample) -> None:
    name = f"Az09._:/+=@-{'x' * 116}"
    assert sample.open().call("command_list", correlation_id=name).correlation_id == name


@pytest.mark.parametrize("is_inside", [False, True])
@pytest.mark.parametrize("value", [5, "", "x" * 4_097, "a\0", "\ud800", [], {}, True])
def test_a_token_that_cannot_be_one_opens_nothing(sample: Sample, value: Any, is_inside: bool) -> None:
    """It says the same as one that nobody has, and is not replaced by the next."""

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal("ann") if token == "good" else None

    @sample.command("guarded", access=AUTHENTICATED)
    def guarded(ctx):
        return {}

    bus = sample.open()

    def ask(command: str) -> Any:
        given = {"session_token": value}
        return bus.call(command, given) if is_inside else bus.call(command, {"session_token": "good"}, **given)

    nobodys = bus.call("guarded", session_token="bad")
    assert (code_of(ask("guarded")), ask("guarded").error) == ("UNAUTHENTICATED", nobodys.error)
    assert code_of(ask("command_list")) == "UNAUTHENTICATED"


def test_bad_arguments_are_named_by_path_and_in_order(sample: Sample) -> None:
    @sample.command(
        "send",
        params={
            "to": fields.List(fields.Text(), required=True),
            "n": fields.Int64(),
            "at": fields.EpochMillis(code="bad_moment", validate=fields.validate.Range(min=0)),
        },
    )
    def send(ctx, to, n=0, at=0):
        return {}

    bus = sample.open()
    envelope = bus.call("send", {"to": ["a", 1], "n": "x", "more": True})
    assert code_of(envelope) == "VALIDATION_ERROR"
    assert list(envelope.error["details"]["fields"]) == ["to.1", "n", "more"]
    assert envelope.error["message"].startswith("Invalid args for send: to.1: must be a string; n: must be a whole num")
    assert code_of(bus.call("send", {"to": [], "at": -1})) == "bad_moment"
    assert code_of(bus.call("send", {"to": [], "at": "noon"})) == "VALIDATION_ERROR"
    assert code_of(bus.call("send", {"to": [], "n": "x", "at": -1})) == "VALIDATION_ERROR"


def test_unknown_arguments_are_refused_unless_the_contract_says_otherwise(sample: Sample) -> None:
    @sample.command("strict")
    def strict(ctx):
        return {}

    @sample.command("lenient", unknown=EXCLUDE)
    def lenient(ctx):
        return {}

    bus = sample.open()
    assert code_of(bus.call("strict", {"x": 1})) == "VALIDATION_ERROR"
    assert bus.call("lenient", {"x": 1}).ok


def test_arguments_too_deep_or_too_many_are_too_large(sample: Sample) -> None:
    """Also those that contain themselves."""

    @sample.command("keep", params={"value": fields.Json(required=True)})
    def keep(ctx, value):
        return {}

    bus = sample.open(settings=Settings(max_items=100_000))
    deep: Any = []
    for _ in range(10_000):
        deep = [deep]
    endless: list[Any] = []
    endless.append(endless)
    for value in (deep, endless, [0] * 1_000_000, {str(n): n for n in range(200_000)}):
        assert code_of(bus.call("keep", {"value": value})) == "PAYLOAD_TOO_LARGE"
        assert code_of(bus.call("keep", {"value": value}, mode="queue")) in ("PAYLOAD_TOO_LARGE", "QUEUE_UNAVAILABLE")


def test_arguments_that_are_no_json_are_refused(sample: Sample) -> None:
    """Python callers can send anything; it is refused like any bad value, with a key and without."""

    @sample.command("keep", params={"value": fields.Json(required=True)})
    def keep(ctx, value):
        return {}

    bus = sample.open()
    for value in (object(), b"x", {1: 2}, {1, 2}, float("nan"), "\ud800", "a\0", (1, 2)):
        assert code_of(bus.call("keep", {"value": value})) == "VALIDATION_ERROR"
        assert code_of(bus.call("keep", {"value": value}, idempotency_key="k")) == "VALIDATION_ERROR"


def test_old_versions_answer_in_their_own_shape_and_warn(sample: Sample) -> None:
    """Upwards with the arguments, downwards with the answer; the warning stands on refusals, too."""

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
    bus = sample.open()
    old = bus.call("pour@1", {"cups": 2})
    assert (old.version, old.data, old.warnings) == (1, {"cups": 2}, ["pour@1 is deprecated: use pour@2"])
    new = bus.call("pour", {"ml": 500})
    assert (new.version, new.data, new.warnings) == (2, {"ml": 500}, [])
    refused = bus.call("pour", {"ml": 500}, version=1)
    assert (refused.version, refused.warnings) == (1, ["pour@1 is deprecated: use pour@2"])
    assert list(refused.error["details"]["fields"]) == ["cups", "ml"]
    old.warnings.append("mine")
    assert bus.call("pour@1", {"cups": 2}).warnings == ["pour@1 is deprecated: use pour@2"]


@pytest.mark.parametrize("options", [{}, {"idempotency_key": "k"}, {"mode": "queue"}])
def test_a_failing_cast_is_the_handlers_failure(sample: Sample, options: dict[str, Any]) -> None:
    """Not the caller's, whichever way the call goes."""
    from workers import workers

    @sample.command("pour", version=2)
    def pour(ctx):
        return {}

    def broken(_members):
        raise KeyError("cups")

    sample.version("pour", upcast=broken)
    assert code_of(sample.open("sqlite://", workers).call("pour@1", **options)) == "HANDLER_ERROR"


def test_a_failing_downcast_leaves_nothing(sample: Sample, database_url: str) -> None:
    @sample.command("put", version=2, params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    sample.version("put", params=TEXT, downcast=lambda data: {"surprise": 1})
    bus = sample.open(database_url)
    assert code_of(bus.call("put@1", {"text": "a"})) == "HANDLER_ERROR"
    assert texts(bus) == []


@pytest.mark.parametrize(
    "result",
    [
        None,
        [],
        "n",
        {},
        {"n": "1"},
        {"n": 1.0},
        {"n": True},
        {"n": None},
        {"n": 2**63},
        {"n": 1, "more": 2},
        {"N": 1},
    ],
)
def test_a_result_that_breaks_the_contract_is_a_failure_and_leaves_nothing(
    sample: Sample, result: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The caller learns no more than that; the log has the cause under the correlation id."""

    @sample.command("put", result=N)
    def put(ctx):
        add(ctx.db, "x")
        return result

    bus = sample.open()
    envelope = bus.call("put", correlation_id="c1")
    assert code_of(envelope) == "HANDLER_ERROR"
    assert envelope.error["message"] == "put failed; the log has the cause under the correlation id c1"
    assert texts(bus) == []
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["correlation_id"], record["command"]) == ("handler_failed", "c1", "put@1")
    assert "ValidationError" in record["exception"]


class Quits(SystemExit):
    """sys.exit inside a handler."""


def endless(n: int = 0) -> int:
    return endless(n + 1) + 1


def raising(error: BaseException) -> Any:
    def raise_it() -> None:
        raise error

    return raise_it


@pytest.mark.parametrize(
    "deed",
    [
        raising(ValueError("secret detail")),
        raising(SystemExit(3)),
        raising(MemoryError()),
        raising(GeneratorExit()),
        raising(StopIteration()),
        raising(KeyError("x")),
        raising(BusError("raw")),
        raising(Never()),
        raising(TimeoutError("somebody else's")),
        endless,
    ],
)
def test_whatever_a_handler_raises_is_one_envelope(sample: Sample, database_url: str, deed: Any) -> None:
    """HANDLER_ERROR with a fixed message; nothing was written, and the next call works."""

    @sample.command("put", params=TEXT, errors=(No,))
    def put(ctx, text):
        add(ctx.db, text)
        if text == "bad":
            deed()
        return {}

    bus = sample.open(database_url)
    envelope = bus.call("put", {"text": "bad"}, correlation_id="c1")
    assert code_of(envelope) == "HANDLER_ERROR"
    assert envelope.error == {
        "code": "HANDLER_ERROR",
        "message": "put failed; the log has the cause under the correlation id c1",
        "details": None,
    }
    assert bus.call("put", {"text": "good"}).ok
    assert texts(bus) == ["good"]


def test_a_keyboard_interrupt_passes_and_leaves_nothing(sample: Sample, database_url: str) -> None:
    """Whoever sits at the terminal wants the program to end."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        if text == "bad":
            raise KeyboardInterrupt
        return {}

    bus = sample.open(database_url)
    with pytest.raises(KeyboardInterrupt):
        bus.call("put", {"text": "bad"})
    assert bus.call("put", {"text": "good"}).ok
    assert texts(bus) == ["good"]


def test_a_listed_refusal_reaches_the_caller_as_it_is(sample: Sample, database_url: str) -> None:
    """Code, sentence and details; its writes are gone and nothing is logged."""

    @sample.command("put", params=TEXT, errors=(No,))
    def put(ctx, text):
        add(ctx.db, text)
        raise No(why=text)

    bus = sample.open(database_url)
    envelope = bus.call("put", {"text": "{it}"})
    assert envelope.error == {"code": "no", "message": "no, because {it}", "details": {"why": "{it}"}}
    assert texts(bus) == []


def test_an_unlisted_refusal_is_a_failure(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """The log says which refusal the contract forgot."""

    @sample.command("put")
    def put(ctx):
        raise No(why="reasons")

    assert code_of(sample.open().call("put")) == "HANDLER_ERROR"
    assert "refused with no, which its contract does not list" in json.loads(capsys.readouterr().err)["why"]


@pytest.mark.parametrize("value", [object(), b"x", {1, 2}, 2**14_000, float("inf"), "\ud800", {"a": [object()]}])
def test_a_refusal_whose_values_are_no_json_is_a_failure(sample: Sample, value: Any) -> None:
    """Every envelope can be written down, whoever made it."""

    @sample.command("put", errors=(No,))
    def put(ctx):
        raise No(why=value)

    assert code_of(sample.open().call("put")) == "HANDLER_ERROR"


def test_a_handler_cannot_speak_for_the_bus(sample: Sample) -> None:
    """UNAUTHENTICATED, RATE_LIMITED and their like are the bus's own words."""
    from bus import errors

    raised: list[BusError] = [
        errors.Unauthenticated("u"),
        errors.UnknownCommand("c"),
        errors.RateLimited("r"),
        errors.PayloadTooLarge("p"),
    ]

    @sample.command("put", params=N)
    def put(ctx, n):
        raise raised[n]

    bus = sample.open()
    for n in range(len(raised)):
        assert code_of(bus.call("put", {"n": n})) == "HANDLER_ERROR"


def test_a_handler_may_find_what_the_bus_cannot_see(sample: Sample) -> None:
    """That a record is somebody else's; that an argument does not fit what is stored."""

    @sample.command("put", params=N)
    def put(ctx, n):
        if n:
            raise InvalidArguments("the end comes before the start", {"n": ["must be after the start"]})
        raise Forbidden("this one is not yours", {"forbidden_fields": ["n"]})

    bus = sample.open()
    refused, invalid = bus.call("put", {"n": 0}), bus.call("put", {"n": 1})
    assert (code_of(refused), refused.error["details"]) == ("FORBIDDEN", {"forbidden_fields": ["n"]})
    assert (code_of(invalid), invalid.error["details"]["fields"]) == (
        "VALIDATION_ERROR",
        {"n": ["must be after the start"]},
    )


def test_what_is_wrong_with_a_nested_call_is_not_its_callers_fault(sample: Sample) -> None:
    """Who sent sound arguments is not told of names they never used."""

    @sample.command("inner", params=N)
    def inner(ctx, n):
        raise InvalidArguments("no", {"n": ["no"]})

    @sample.command("outer", params=N)
    def outer(ctx, n):
        return ctx.call("inner", {"n": 1} if n else {"n": "x"})

    bus = sample.open()
    assert [code_of(bus.call("outer", {"n": n})) for n in (0, 1)] == ["HANDLER_ERROR", "HANDLER_ERROR"]


def test_secrets_are_neither_answered_nor_logged(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """Not from the arguments, not from the token, not by an exception that quotes them."""
    secret = "correct horse battery staple"

    @sample.plugin.hook
    def bus_authenticate(token):
        return None

    @sample.command("log_in", params={"password": fields.Text(required=True)}, secret=True)
    def log_in(ctx, password):
        if password == secret:
            raise ValueError(f"wrong password {password}")
        return {"password": password}

    @sample.command("guarded", access=AUTHENTICATED)
    def guarded(ctx):
        return {}

    bus = sample.open()
    answers = [
        bus.call("log_in", {"password": secret}),
        bus.call("log_in", {"password": f"{secret}!"}),
        bus.call("log_in", {"password": [secret]}),
        bus.call("guarded", session_token=secret),
        bus.call("guarded", {"session_token": secret}),
        bus.call("guarded", session_token=f"{secret}\0"),
    ]
    written = capsys.readouterr()
    assert [code_of(answer) for answer in answers] == [
        "HANDLER_ERROR",
        "HANDLER_ERROR",
        "VALIDATION_ERROR",
        "UNAUTHENTICATED",
        "UNAUTHENTICATED",
        "UNAUTHENTICATED",
    ]
    assert secret not in json.dumps([answer.to_dict() for answer in answers])
    assert secret not in written.err + written.out
    assert "log_in" in written.err
    assert "ValueError" in written.err


def test_a_deadlock_by_calling_the_bus_inside_a_unit_is_refused(sample: Sample, database_url: str) -> None:
    """A handler that holds the bus itself, instead of ctx.call, gets an answer and breaks nothing."""
    held = []

    @sample.command("inner", params=TEXT)
    def inner(ctx, text):
        add(ctx.db, text)
        return {}

    @sample.command("outer", result=TEXT)
    def outer(ctx):
        add(ctx.db, "outer")
        held.append(bus.call("inner", {"text": "inner"}))
        add(ctx.db, "outer again")
        return {"text": held[0].code}

    bus = sample.open(database_url)
    assert bus.call("outer").data == {"text": "HANDLER_ERROR"}
    assert texts(bus) == ["outer", "outer again"]


def test_a_closed_bus_says_so(sample: Sample, database_url: str) -> None:
    """Whether or not this thread called it before."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    bus = sample.open(database_url)
    assert bus.call("put", {"text": "a"}).ok
    bus.close()
    assert code_of(bus.call("put", {"text": "b"})) == "HANDLER_ERROR"
