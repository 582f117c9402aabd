"""Repeating a call: with an idempotency key it is the same call."""

from __future__ import annotations

from bus import Bus


def test_a_repeated_key_orders_once(bus: Bus) -> None:
    """The first answer is given again, and nobody brings a second pot."""
    first = bus.call("tea_order", {"tea": "green tea", "cups": 3}, idempotency_key="table 4")
    again = bus.call("tea_order", {"tea": "green tea", "cups": 3}, idempotency_key="table 4")
    assert again.data == first.data
    assert bus.call("tea_count").data == {"cups": 3}


def test_the_same_key_with_another_order_is_a_conflict(bus: Bus) -> None:
    bus.call("tea_order", {"tea": "green tea", "cups": 3}, idempotency_key="table 4")
    assert bus.call("tea_order", {"tea": "black tea", "cups": 3}, idempotency_key="table 4").code == (
        "IDEMPOTENCY_CONFLICT"
    )


def test_a_refused_call_may_be_tried_again(bus: Bus) -> None:
    """Only what succeeded is remembered."""
    assert bus.call("tea_order", {"tea": "white tea", "cups": 1}, idempotency_key="table 4").code == "sold_out"
    assert bus.call("tea_order", {"tea": "green tea", "cups": 1}, idempotency_key="table 4").ok
