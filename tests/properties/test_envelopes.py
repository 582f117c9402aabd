"""What holds for every envelope: it can be written down, and reading it gives the same one back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bus import ABSENT, LOCAL, READ, Bus, Contract, Envelope, Plugin, Refusal, Request, Schema, fields, wire
from bus.settings import Settings
from workers import workers

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)
objects = st.dictionaries(texts, json_values, max_size=4)
errors = st.fixed_dictionaries({"code": texts, "message": texts, "details": st.none() | objects})


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    """Any envelope that the bus could answer."""
    error = draw(st.none() | errors)
    return Envelope(
        ok=error is None,
        command=draw(st.none() | texts),
        version=draw(st.none() | st.integers(1, 2**31 - 1)),
        data=None if error else draw(st.none() | objects),
        error=error,
        correlation_id=draw(texts),
        warnings=draw(st.lists(texts, max_size=3)),
        job=draw(st.none() | st.fixed_dictionaries({"id": texts, "state": texts})),
        id=draw(st.just(ABSENT) | json_values),
    )


@given(envelopes())
def test_every_envelope_survives_the_wire(envelope: Envelope) -> None:
    """Through the transports' JSON, and through anybody else's."""
    members = envelope.to_dict()
    line = wire.encode(members)
    assert b"\n" not in line
    assert Envelope.from_dict(wire.decode(line, max_bytes=10**7, max_depth=100)) == envelope
    assert Envelope.from_dict(json.loads(line)) == envelope


@given(envelopes())
def test_every_envelope_survives_the_job_table(envelope: Envelope) -> None:
    assert Envelope.from_dict(wire.decode_stored(wire.encode(envelope.to_dict()).decode())) == envelope


class Why(Refusal):
    """No, with a value."""

    code = "why"
    message = "because of {value}"


class Echo(Contract):
    """Answer, refuse or fail with a value."""

    name = "echo"
    access, effect = LOCAL, READ
    errors = (Why,)

    class Params(Schema):
        value = fields.Json(required=True, allow_none=True)
        how = fields.Text(load_default="answer")

    class Result(Schema):
        value = fields.Json(required=True, allow_none=True)


echoing = Plugin("echoing", contracts=[Echo])


@echoing.handles(Echo)
def echo(ctx: Any, value: Any, how: str) -> dict[str, Any]:
    if how == "refuse":
        raise Why(value=value)
    if how == "fail":
        raise ValueError(value)
    return {"value": value}


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """A bus whose one command echoes, with a queue."""
    home = tmp_path_factory.mktemp("home")
    with Bus.open("sqlite://", plugins=[echoing, workers], settings=Settings(home=home)) as opened:
        yield opened


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=9)
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(st.characters(), max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=10,
)
MEMBERS = ("version", "session_token", "correlation_id", "idempotency_key", "mode", "delay_ms", "run_at", "priority")


commands = st.sampled_from(["echo", "echo@1", "echo@2", "nothing"]) | anything
arguments = (
    st.fixed_dictionaries({}, optional={"value": anything, "how": st.sampled_from(["refuse", "fail"])}) | anything
)


@settings(max_examples=400)
@given(command=commands, args=arguments, members=st.dictionaries(st.sampled_from(MEMBERS), anything, max_size=2))
@example(command="echo", args={"value": 1}, members={"mode": "queue"})
@example(command="echo", args={"value": 1, "how": "refuse"}, members={"idempotency_key": "k"})
def test_every_call_is_answered_by_an_envelope_that_can_be_written(
    bus: Bus, command: Any, args: Any, members: dict[str, Any]
) -> None:
    """Whatever a caller in Python puts into a request: no exception, no member missing, plain JSON."""
    envelope = bus.call(command, args, **members)
    written = json.loads(wire.encode(envelope.to_dict()))
    assert list(written) == list(Envelope.KEYS)
    assert written["ok"] is (written["error"] is None)
    assert envelope.ok or envelope.data is None


@given(json_values, json_values)
def test_what_goes_in_comes_out(bus: Bus, value: Any, request_id: Any) -> None:
    """JSON passes arguments, handler, result and envelope unchanged."""
    envelope = bus.answer(Request("echo", {"value": value}, id=request_id))
    if envelope.ok:  # U+0000 is refused
        assert json.dumps(envelope.data["value"]) == json.dumps(value)
    else:
        assert "\\u0000" in json.dumps(value)
    assert envelope.id == request_id
