"""Refusals: dotted paths, one sentence, one code, never more than a page."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from marshmallow import ValidationError, validate, validates_schema

from bus import fields
from bus.contract import Schema
from bus.errors import InvalidArguments
from bus.validation import compile_loader, refusal_of


class Message(Schema):
    role = fields.Text(required=True, validate=validate.OneOf(("user", "system")))
    text = fields.Text(required=True, code="invalid_text")


class Send(Schema):
    thread_id = fields.Id(required=True, code="invalid_thread_id")
    path = fields.Text(required=True)
    files = fields.List(fields.Text())
    messages = fields.List(fields.Nested(Message))
    counts = fields.Dict(keys=fields.Text(), values=fields.Int64(), data_key="count-by-name")
    one = fields.Nested(Message, code="invalid_one")


VALID: dict[str, Any] = {"thread_id": "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11", "path": "a"}


def refusal(value: Any, schema: Schema | None = None) -> InvalidArguments:
    schema = schema or Send()
    with pytest.raises(ValidationError) as error:
        compile_loader(schema)(value)
    return refusal_of(error.value, schema, "send")


def fields_of(value: Any) -> dict[str, list[str]]:
    details = refusal(value).details
    assert details is not None
    return details["fields"]


def test_the_sentence_names_fields_in_the_order_of_declaration() -> None:
    answer = refusal({"files": ["a", 1], "thread_id": VALID["thread_id"]})
    assert answer.message == "Invalid args for send: path: required; files.1: must be a string"
    assert answer.details == {"fields": {"path": ["required"], "files.1": ["must be a string"]}}


def test_paths_go_into_rows_and_entries() -> None:
    assert fields_of(
        {
            **VALID,
            "messages": [{"role": "king", "text": "a"}, 3, {"role": "user"}],
            "count-by-name": {"seen": "two"},
        }
    ) == {
        "messages.0.role": ["Must be one of: user, system."],
        "messages.1": ["Invalid input type."],
        "messages.2.text": ["required"],
        "count-by-name.seen": ["must be a whole number"],
    }


def test_a_key_that_is_bad_itself_is_told_from_its_value() -> None:
    assert fields_of({**VALID, "count-by-name": {1: 1}}) == {"count-by-name.1.key": ["must be a string"]}


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ({"thread_id": "x"}, "invalid_thread_id"),
        ({"path": "\0", "thread_id": "x"}, "invalid_thread_id"),
        ({"path": "\0", "one": {"role": "king", "text": ""}}, "VALIDATION_ERROR"),
        ({"one": {"role": "king", "text": ""}}, "invalid_one"),
        ({"messages": [{"role": "user", "text": "\0"}]}, "invalid_text"),
        ({"messages": [{"role": "king", "text": "\0"}]}, "VALIDATION_ERROR"),
    ],
    ids=repr,
)
def test_the_first_bad_value_names_the_code(flaw: Any, code: str) -> None:
    assert refusal({**VALID, **flaw}).answer_code == code


@pytest.mark.parametrize(
    "flaw",
    [
        {"thread_id": 1},
        {"thread_id": None},
        {"one": 1},
        {"one": {"role": "user"}},
        {"messages": [{"role": "user", "text": b""}]},
        {"messages": 1},
        {"unknown": 1},
        {"files": ["a"] * 150 + [1]},
    ],
    ids=lambda flaw: repr(flaw)[:40],
)
def test_a_wrong_shape_goes_before_every_bad_value(flaw: Any) -> None:
    """A field's own code says that its value is bad; of no value there is nothing to say."""
    assert refusal({**VALID, **flaw}).answer_code == "VALIDATION_ERROR"
    bad_value = {"thread_id": "x"} if "thread_id" not in flaw else {"one": {"role": "king", "text": ""}}
    assert refusal({**VALID, **flaw, **bad_value}).answer_code == "VALIDATION_ERROR"
    files = {"files": ["\0"] * 150} if "files" not in flaw else {}
    assert refusal({**VALID, **files, **flaw, **bad_value}).answer_code == "VALIDATION_ERROR"


def test_messages_are_plain_text() -> None:
    """What marked them inside must not reach whoever checks what is JSON."""
    assert {type(text) for texts in fields_of({"thread_id": 1, "unknown": 1}).values() for text in texts} == {str}


def test_what_concerns_the_whole_stands_without_a_path() -> None:
    answer = refusal([])
    assert answer.message == "Invalid args for send: Invalid input type."
    assert answer.details == {"fields": {"_schema": ["Invalid input type."]}}
    assert answer.answer_code == "VALIDATION_ERROR"


def test_what_concerns_the_whole_comes_after_the_fields() -> None:
    class Range(Schema):
        low = fields.Int64(code="invalid_low", validate=validate.Range(min=0))

        @validates_schema(skip_on_field_errors=False)
        def compare(self, data: Any, **kwargs: Any) -> None:
            raise ValidationError("low must be below high")

    answer = refusal({"low": -1}, Range())
    assert answer.message == ("Invalid args for send: low: Must be greater than or equal to 0.; low must be below high")
    assert answer.answer_code == "invalid_low"


def test_unknown_arguments_come_last_by_name() -> None:
    names = [f"unknown_{letter}" for letter in "dacb"]
    assert list(fields_of({"thread_id": "x", "path": "a", **dict.fromkeys(names)})) == ["thread_id", *sorted(names)]


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    answer = refusal({**VALID, "files": [1] * 1_000})
    assert answer.message.count("must be a string") == 20
    assert answer.message.endswith("; and 980 more")
    assert answer.details is not None
    assert (len(answer.details["fields"]), answer.details["more"]) == (100, 900)


def test_long_names_and_messages_are_cut() -> None:
    class Loud(Schema):
        it = fields.Text(validate=validate.OneOf(("a" * 5_000, "b")))

    assert len(refusal({**VALID, "x" * 10_000: 1}).message) < 300
    assert len(refusal({"it": "c"}, Loud()).message) < 600


@pytest.mark.parametrize(
    "name", ["\ud800", "a\0b", 7, 10**5_000, None, ("a",), b"a"], ids=lambda name: type(name).__name__
)
def test_any_name_gives_an_answer_that_can_be_written(name: Any) -> None:
    answer = refusal({**VALID, name: 1})
    assert orjson.dumps([answer.message, answer.details])
    assert "\0" not in answer.message


def test_several_messages_of_one_field_stand_together() -> None:
    class Strict(Schema):
        it = fields.Text(validate=[validate.Length(min=3), validate.OneOf(("abc",))])

    answer = refusal({"it": "a"}, Strict())
    assert answer.message == "Invalid args for send: it: Shorter than minimum length 3., Must be one of: abc."
