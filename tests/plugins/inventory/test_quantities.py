"""Exact decimals: what fields take and load, and what answers show, against the decimals of Python."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from bus import wire
from contracts.workshop.quantities import (
    MAX_AMOUNT,
    MAX_THOUSANDTHS,
    Exact,
    Quantity,
    number_of,
    quantity_of,
    rounded,
    scaled,
)

amounts = st.floats(-MAX_AMOUNT, MAX_AMOUNT)


def on_the_wire(text: str) -> Any:
    """A number as a request brings it."""
    return wire.decode(text.encode(), max_bytes=1000, max_depth=10)


@given(st.integers(0, MAX_THOUSANDTHS), st.text("0", max_size=4))
def test_every_quantity_comes_through_the_wire_exactly(thousandths: int, zeros: str) -> None:
    """Whatever zeros stand at its end, and back again."""
    written = f"{thousandths // 1000}.{thousandths % 1000:03d}{zeros}"
    assert Quantity().deserialize(on_the_wire(written)) == thousandths
    shown = wire.encode(quantity_of(thousandths)).decode()
    assert Decimal(shown) == Decimal(thousandths) / 1000
    assert ("." in shown) == (thousandths % 1000 != 0)


@given(amounts | st.integers(-MAX_AMOUNT, MAX_AMOUNT), st.integers(0, 4))
def test_a_number_is_scaled_if_and_only_if_it_has_so_few_digits(number: float, places: int) -> None:
    exact = Decimal(repr(number)).scaleb(places)
    assert scaled(number, places) == (int(exact) if exact == exact.to_integral_value() else None)


@given(st.integers(-(10**25), 10**25) | st.integers(-200, 200).map(lambda count: count * 50), st.integers(1, 9))
def test_halves_are_rounded_away_from_zero(count: int, places: int) -> None:
    assert rounded(count, places) == int(Decimal(count).scaleb(-places).quantize(Decimal(1), ROUND_HALF_UP))


@given(st.integers(0, 10**15), st.integers(1, 4))
def test_a_number_shown_is_the_nearest_one(count: int, places: int) -> None:
    assert Decimal(repr(number_of(count, places))) == Decimal(count).scaleb(-places)


@pytest.mark.parametrize(
    ("field", "takes", "refuses"),
    [
        (Quantity(), ["0", "-0.0", "0.1", "1e-3", "1000000000"], ["-0.001", "1000000000.001", "0.0001", "1e300"]),
        (Quantity(takes_zero=False), ["0.001"], ["0", "0.0", "-1", "0.0004"]),
        (Quantity(takes_negative=True), ["-1000000000", "0"], ["-1000000000.001", "-1e10"]),
        (Exact(places=4), ["0.0001", "12.3456"], ["0.00001", "-1"]),
        (Exact(places=2, most=100), ["100", "19.6", "0"], ["100.01", "19.601"]),
    ],
)
def test_a_field_takes_what_lies_within_its_limits(field: Exact, takes: list[str], refuses: list[str]) -> None:
    for text in takes:
        assert field.deserialize(on_the_wire(text)) == int(Decimal(text).scaleb(field.places))
    for text in refuses:
        with pytest.raises(ValidationError):
            field.deserialize(on_the_wire(text))


def test_what_is_no_number_is_refused() -> None:
    for value in (True, False, "1", None, [], {}, float("nan"), float("inf"), -float("inf"), 10**400, Decimal(1)):
        with pytest.raises(ValidationError):
            Quantity().deserialize(value)
