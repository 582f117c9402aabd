from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bus.templates import MAX_BYTES, filled


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("all", {}, "all"),
        ("task:{id}", {"id": 7}, "task:7"),
        ("{a}/{b}", {"a": "x", "b": True}, "x/true"),
        ("{a}", {}, ""),
        ("{a}", {"a": None}, ""),
        ("{a}", {"a": {"z": 1, "b": [2]}}, '{"b":[2],"z":1}'),
        ("{a}", {"a": dt.date(2027, 1, 31)}, "2027-01-31"),
        ("{{{a}}}", {"a": "x"}, "{x}"),
    ],
)
def test_arguments_take_their_places(template: str, values: dict[str, Any], text: str) -> None:
    assert filled(template, values) == text


def test_a_long_text_ends_in_its_digest() -> None:
    """An index takes no more; two long texts stay two."""
    first, second = (filled("{a}", {"a": "ü" * MAX_BYTES + end}) for end in "xy")
    assert first != second
    assert len(first.encode()) < MAX_BYTES


def test_no_database_meets_a_character_it_cannot_store() -> None:
    assert "\0" not in filled("{a}", {"a": "a\0b"})
