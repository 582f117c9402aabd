"""Saying no: a refusal reaches the caller with its code, a failure keeps its secrets."""

from __future__ import annotations

from bus import Bus


def test_a_refusal_has_a_code_for_programs_and_words_for_people(bus: Bus) -> None:
    envelope = bus.call("tea_order", {"tea": "white tea", "cups": 2})
    assert envelope.error == {
        "code": "sold_out",
        "message": "there is no white tea left",
        "details": {"tea": "white tea"},
    }


def test_a_refused_command_leaves_nothing_behind(bus: Bus) -> None:
    """The handler had already written the order; the refusal took it back."""
    assert bus.call("tea_order", {"tea": "white tea", "cups": 2}).code == "sold_out"
    assert bus.call("tea_count").data == {"cups": 0}


def test_a_failure_tells_the_caller_where_to_look_and_no_more(bus: Bus) -> None:
    """What happened stands in the log, under the correlation id."""
    envelope = bus.call("tea_ceremony", {"guest": "clumsy"}, correlation_id="c1")
    assert envelope.code == "HANDLER_ERROR"
    assert "c1" in envelope.error["message"]
    assert "cup" not in envelope.error["message"]
