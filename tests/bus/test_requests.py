"""A JSON object becomes a request, or every fault of it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.envelope import ABSENT, Request
from bus.errors import InvalidArguments, PayloadTooLarge
from bus.requests import fault_of, read_request, refused_envelope

FULL = {
    "command": "note_create@2",
    "version": 2,
    "args": {"content": "tea"},
    "session_token": "t",
    "correlation_id": "ipc-1",
    "idempotency_key": "k",
    "mode": "queue",
    "delay_ms": 5,
    "priority": -1,
    "id": [1, {"a": None}],
}

WRONG = {
    "command": [5, True, [], {}, "", "x" * 201, "a\nb", "a\0", "\ud800"],
    "version": [0, -1, True, 1.0, "1", [], 2**31],
    "args": [[], "x", 1, True],
    "idempotency_key": [1, "", "x" * 201, "\t"],
    "mode": ["async", "", 1, [], True],
    "delay_ms": [-1, 1.5, "5", True, 2**53],
    "run_at": [-1, 1.5, "5", True, 2**53],
    "priority": [1.5, "5", True, 2**31],
    "idempotenzy_key": ["k", 1],
    "": [1],
}


def test_all_members_are_taken() -> None:
    request = read_request(FULL)
    assert request == Request(**FULL)
    assert request.is_local
    assert not read_request(FULL, is_local=False).is_local
    assert read_request({"command": "x", "run_at": 7}).run_at == 7


def test_null_counts_as_left_out() -> None:
    request = read_request({"command": "x", **dict.fromkeys(FULL.keys() - {"command", "id"}), "run_at": None})
    assert request == Request("x")
    assert request.id is ABSENT
    assert request.args == {}


@pytest.mark.parametrize("identity", [None, 0, False, "", [], {}, 2**70])
def test_any_id_is_kept_null_too(identity) -> None:
    assert read_request({"command": "x", "id": identity}).id == identity


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, wrong in WRONG.items() for value in wrong])
def test_a_wrong_member_is_named(name, value) -> None:
    with pytest.raises(InvalidArguments) as caught:
        read_request({"command": "x", name: value})
    fault = fault_of(name, value)
    assert caught.value.details == {"fields": {name: [fault]}}
    assert f"{name}: {fault}" in caught.value.message
    assert caught.value.answer_code == "VALIDATION_ERROR"


def test_all_wrong_members_are_named_at_once() -> None:
    with pytest.raises(InvalidArguments) as caught:
        read_request({"version": True, "mode": 1, "args": []})
    assert caught.value.message == (
        'Invalid request: version: must be a whole number; mode: must be "sync" or "queue"; args: must be an object; '
        "command: required"
    )
    assert caught.value.details
    assert caught.value.details["fields"]["command"] == ["required"]


def test_two_times_to_start_are_refused() -> None:
    with pytest.raises(InvalidArguments, match="run_at: must be left out"):
        read_request({"command": "x", "delay_ms": 1, "run_at": 2})


@pytest.mark.parametrize("members", [None, [], "x", 1, True, [FULL]])
def test_what_is_no_object_is_refused(members) -> None:
    with pytest.raises(InvalidArguments, match="must be a JSON object"):
        read_request(members)
    assert refused_envelope(members, PayloadTooLarge("too large")).to_dict()["id"] is None


def test_many_unknown_members_make_a_short_answer() -> None:
    with pytest.raises(InvalidArguments) as caught:
        read_request({str(number) * 300: 1 for number in range(10_000)})
    assert len(caught.value.message) < 20_000


def test_a_refusal_echoes_what_can_be_read() -> None:
    error = InvalidArguments("no", {})
    envelope = refused_envelope({**FULL, "mode": 1}, error)
    assert (envelope.command, envelope.version, envelope.correlation_id) == ("note_create", 2, "ipc-1")
    assert envelope.id == FULL["id"]
    envelope = refused_envelope({"command": 5, "version": "x", "correlation_id": "a\nb"}, error)
    assert (envelope.command, envelope.version, envelope.id) == (None, None, ABSENT)
    assert fault_of("correlation_id", envelope.correlation_id) is None
    assert refused_envelope(ABSENT, error).id is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*WRONG, *FULL]), json_values))
def test_anything_becomes_a_request_or_a_refusal_with_an_envelope(members) -> None:
    try:
        answer = read_request(members)
    except InvalidArguments as error:
        answer = refused_envelope(members, error)
    assert isinstance(answer, Request) or answer.code == "VALIDATION_ERROR"
