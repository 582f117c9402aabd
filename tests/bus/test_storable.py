"""What JSON can be stored and sent everywhere."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bus.storable import json_fault


def test_json_may_be_a_hundred_deep_and_no_more() -> None:
    value: Any = 1
    for _ in range(100):
        value = [value]
    assert json_fault(value) is None
    assert json_fault([value]) == "must not be nested more than 100 deep"
    for _ in range(10_000):
        value = {"a": value}
    assert json_fault(value) == "must not be nested more than 100 deep"


@settings(max_examples=100, derandomize=True)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_what_json_takes_survives_the_wire(value: Any) -> None:
    if json_fault(value) is None:
        assert json.loads(json.dumps(value, allow_nan=False).encode()) == value
