"""The one shape of every answer."""

from __future__ import annotations

import pytest

from bus import ABSENT, Envelope, Request
from bus.errors import InvalidArguments, UnknownCommand


def test_the_members_stand_in_their_order_and_the_id_first() -> None:
    envelope = Envelope(True, "tea", 1, {"n": 1}, None, "c1", id=None)
    assert list(envelope.to_dict()) == ["id", *Envelope.KEYS]
    assert list(Envelope(True, "tea", 1, {}, None, "c1").to_dict()) == list(Envelope.KEYS)


def test_a_failure_carries_code_message_and_details() -> None:
    envelope = Envelope.failure("tea", 2, InvalidArguments("bad", {"n": ["worse"]}, "own_code"), "c1", 7)
    assert envelope.error == {"code": "own_code", "message": "bad", "details": {"fields": {"n": ["worse"]}}}
    assert (envelope.ok, envelope.code, envelope.id, envelope.version) == (False, "own_code", 7, 2)
    assert Envelope.failure(None, None, UnknownCommand("what?"), "c").error["details"] is None


def test_an_envelope_that_is_ok_has_no_code() -> None:
    assert Envelope(True, "tea", 1, {}, None, "c").code is None


def test_envelopes_are_compared_by_value() -> None:
    one, same = (Envelope(True, "tea", 1, {"n": 1}, None, "c") for _ in range(2))
    assert one == same
    same.warnings.append("old")
    assert one != same
    assert one != one.to_dict()
    with pytest.raises(TypeError):
        hash(one)


def test_an_id_of_null_is_not_an_absent_one() -> None:
    with_null, without = Envelope(True, "t", 1, {}, None, "c", id=None), Envelope(True, "t", 1, {}, None, "c")
    assert with_null != without
    assert Envelope.from_dict(with_null.to_dict()).id is None
    assert Envelope.from_dict(without.to_dict()).id is ABSENT


def test_a_request_does_not_show_its_token() -> None:
    """Requests end up in log lines and assertion messages."""
    assert "hunter2" not in repr(Request("tea", session_token="hunter2"))
