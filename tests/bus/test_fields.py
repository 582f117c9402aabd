"""The fields of contracts: what each takes, and what it refuses with which words."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from marshmallow import ValidationError

from bus import fields

NOTE_ID = "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (fields.Text(), ""),
        (fields.Text(), "日本"),
        (fields.Key(), "a"),
        (fields.Id(), NOTE_ID),
        (fields.Int64(), -(2**63)),
        (fields.Int64(), 2**63 - 1),
        (fields.EpochMillis(), 1_767_225_600_000),
        (fields.Number(), 3),
        (fields.Number(), 0.5),
        (fields.Number(), 10**300),
        (fields.Json(), {"a": [None, 1.5, "b"]}),
        (fields.Object(), {}),
        (fields.Email(), "a@b.org"),
    ],
    ids=repr,
)
def test_a_good_value_stays_as_it_is(field: Any, value: Any) -> None:
    loaded = field.deserialize(value)
    assert (type(loaded), loaded) == (type(value), value)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (fields.String(), "a\0", "must not hold U+0000 or lone surrogates"),
        (fields.String(), "\ud800", "must not hold U+0000 or lone surrogates"),
        (fields.Email(), "a@\ud800\ud801.org", "must not hold U+0000 or lone surrogates"),
        (fields.Text(), b"a", "must be a string"),
        (fields.Text(), 5, "must be a string"),
        (fields.Key(), "", "must not be empty"),
        (fields.Id(), NOTE_ID.upper(), "must be a UUID in lower case with hyphens"),
        (fields.Id(), NOTE_ID + "\n", "must be a UUID in lower case with hyphens"),
        (fields.Id(), uuid.UUID(NOTE_ID), "must be a UUID in lower case with hyphens"),
        (fields.Int64(), True, "must be a whole number"),
        (fields.Int64(), 1.0, "must be a whole number"),
        (fields.Int64(), "1", "must be a whole number"),
        (fields.Int64(), 2**63, "must fit in signed 64 bits"),
        (fields.Number(), False, "must be a number"),
        (fields.Number(), float("inf"), "must be finite"),
        (fields.Number(), 10**400, "must be finite"),
        (fields.Object(), [], "must be an object"),
        (fields.Json(), {"a": {1, 2}}, "must be JSON"),
        (fields.Json(), {"a": float("nan")}, "must not hold NaN or Infinity"),
        (fields.Json(), [2**13_000], "must not hold whole numbers of thousands of digits"),
        (fields.Json(), {1: 1}, "must have strings as member names"),
        (fields.Json(), {"\0": 1}, "must not hold U+0000 or lone surrogates"),
        (fields.Text(required=True), fields.missing, "required"),
        (fields.Text(), None, "must not be null"),
    ],
    ids=ascii,
)
def test_a_bad_value_is_refused_in_plain_words(field: Any, value: Any, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        field.deserialize(value)
    assert error.value.messages == [message]


def test_a_result_with_a_number_where_text_belongs_is_not_turned_into_text() -> None:
    assert fields.Text().serialize("it", {"it": 5}) == 5
    assert fields.String().serialize("it", {"it": 5}) == "5"


@pytest.mark.parametrize(("stored", "sent"), [(1, True), (0, False), (True, True), (None, None), ("yes", True), (2, 2)])
def test_a_boolean_from_a_database_without_booleans_is_one(stored: Any, sent: Any) -> None:
    assert fields.Boolean().serialize("it", {"it": stored}) is sent
