"""The shape of arguments: how deep, how long, and at what cost that is found out."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bus.errors import PayloadTooLarge
from bus.validation import check_shape


def nested(depth: int, wrap: Callable[[Any], Any]) -> Any:
    """Containers inside one another, this many of them."""
    value: Any = wrap(1)
    for _ in range(depth - 1):
        value = wrap(value)
    return value


WRAPS: dict[str, Callable[[Any], Any]] = {
    "list": lambda inner: [inner],
    "dict": lambda inner: {"a": inner},
    "tuple": lambda inner: (inner,),
    "subclass": lambda inner: OrderedDict(a=inner),
    "mixed": lambda inner: {"a": [inner]},
}


@pytest.mark.parametrize("wrap", [WRAPS[name] for name in ("list", "dict", "tuple", "subclass")])
def test_a_structure_may_be_as_deep_as_the_limit(wrap: Callable[[Any], Any]) -> None:
    check_shape(nested(10, wrap), max_depth=10, max_items=100)
    with pytest.raises(PayloadTooLarge, match="more than 10 deep") as error:
        check_shape(nested(11, wrap), max_depth=10, max_items=100)
    assert error.value.details == {"max_depth": 10}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS.keys())
def test_ten_thousand_levels_cost_no_stack(wrap: Callable[[Any], Any]) -> None:
    with pytest.raises(PayloadTooLarge):
        check_shape({"a": nested(10_000, wrap)}, max_depth=100, max_items=100_000)


def test_a_structure_that_contains_itself_is_refused() -> None:
    circle: dict[str, Any] = {}
    circle["a"] = [circle]
    with pytest.raises(PayloadTooLarge):
        check_shape(circle)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1] * 99},
        {"a": [[1] * 49] * 1, "b": [1] * 48},
        {str(number): number for number in range(100)},
        [{"a": 1}] * 50,
    ],
    ids=["list", "lists", "object", "objects"],
)
def test_items_and_members_count_together(value: Any) -> None:
    check_shape(value, max_depth=10, max_items=100)
    with pytest.raises(PayloadTooLarge, match="more than 98 items") as error:
        check_shape(value, max_depth=10, max_items=98)
    assert error.value.details == {"max_items": 98}


def test_a_million_items_are_refused_at_once() -> None:
    value = {"files": [None] * 1_000_000}
    began = time.thread_time()
    with pytest.raises(PayloadTooLarge):
        check_shape(value)
    assert time.thread_time() - began < 0.01


def test_one_list_repeated_without_end_is_refused_at_once() -> None:
    value: Any = [1] * 10
    for _ in range(50):
        value = [value] * 10
    with pytest.raises(PayloadTooLarge):
        check_shape(value)


@pytest.mark.parametrize("value", [None, 3, "text", b"", object(), {1: 2}, {(): ()}, {"a": {1, 2}}, {"a": range(5)}])
def test_what_is_no_list_and_no_object_is_not_looked_into(value: Any) -> None:
    check_shape(value, max_depth=2, max_items=10)


def measured(value: Any) -> tuple[int, int]:
    """(depth, items) of a structure, the obvious way."""
    if not isinstance(value, dict | list | tuple):
        return 0, 0
    parts = [measured(part) for part in (value.values() if isinstance(value, dict) else value)]
    return 1 + max((depth for depth, _ in parts), default=0), len(parts) + sum(items for _, items in parts)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, derandomize=True)
@given(json_values, st.integers(1, 5), st.integers(0, 15))
def test_the_limits_hold_exactly(value: Any, max_depth: int, max_items: int) -> None:
    depth, items = measured(value)
    fits = depth <= max_depth and items <= max_items
    try:
        check_shape(value, max_depth=max_depth, max_items=max_items)
    except PayloadTooLarge:
        assert not fits
    else:
        assert fits
