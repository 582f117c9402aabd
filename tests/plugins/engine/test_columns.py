"""Moments, JSON and digests: what goes into a column comes out as results need it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bus.columns import JsonText
from plugins.engine.columns import Digest, iso_text

DIALECT = sqlite.dialect()
MAX_MS = 253_402_300_799_999  # the last millisecond of the year 9999

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("epoch_ms", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_771_579_800_123, "2026-02-20T09:30:00.123Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (MAX_MS, "9999-12-31T23:59:59.999Z"),
    ],
)
def test_moments_are_iso_text_with_milliseconds(epoch_ms: int, text: str) -> None:
    assert iso_text(epoch_ms) == text


@given(st.integers(0, MAX_MS))
def test_no_millisecond_is_lost_in_a_moment(epoch_ms: int) -> None:
    read = datetime.fromisoformat(iso_text(epoch_ms))
    assert read == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=epoch_ms)


@given(json_values)
def test_json_comes_back_as_it_went_in(value: Any) -> None:
    column = JsonText()
    read = column.process_result_value(column.process_bind_param(value, DIALECT), DIALECT)
    assert read == value
    assert repr(read) == repr(value)  # 1 and 1.0 and True differ, and members keep their order


def test_unset_json_is_sql_null() -> None:
    assert JsonText().process_bind_param(None, DIALECT) is None


@given(st.text(), st.text())
def test_digests_are_equal_exactly_when_texts_are(one: str, other: str) -> None:
    digest = Digest()
    assert (digest.process_bind_param(one, DIALECT) == digest.process_bind_param(other, DIALECT)) == (one == other)
