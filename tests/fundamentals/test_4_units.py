"""Calling commands inside commands: one unit of work, all of it or nothing."""

from __future__ import annotations

from bus import Bus


def test_a_command_may_call_others(bus: Bus) -> None:
    assert bus.call("tea_party", {"teas": ["green tea", "black tea"]}).data == {"numbers": [1, 2]}
    assert bus.call("tea_count").data == {"cups": 2}


def test_one_refusal_calls_off_the_whole_party(bus: Bus) -> None:
    """It passes through, because the outer contract lists it; the green tea is gone with it."""
    envelope = bus.call("tea_party", {"teas": ["green tea", "white tea", "black tea"]})
    assert (envelope.command, envelope.code) == ("tea_party", "sold_out")
    assert bus.call("tea_count").data == {"cups": 0}


def test_a_refusal_that_is_caught_undoes_the_inner_command_alone(bus: Bus) -> None:
    envelope = bus.call("tea_party", {"teas": ["green tea", "white tea"], "instead": "water"})
    assert envelope.ok
    assert bus.call("tea_count").data == {"cups": 2}
