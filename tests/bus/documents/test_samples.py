"""Examples: as small as they get, and taken by the contract."""

from __future__ import annotations

import re
from typing import Any

import pytest
from marshmallow import ValidationError, validates_schema

from bus import fields
from bus.contract import Contract, Schema
from bus.documents.samples import sample_args, sample_data
from bus.documents.smallest import smallest_text
from bus.errors import SetupError


def contract_of(params: Any = Schema, result: Any = Schema) -> type[Contract]:
    """A contract with these shapes."""
    return type("Made", (Contract,), {"name": "made", "Params": params, "Result": result})


def test_a_sample_holds_what_is_required_and_no_more():
    class Params(Schema):
        id = fields.Id(required=True)
        text = fields.Text(required=True, validate=fields.validate.Length(3))
        count = fields.Int64(required=True, validate=fields.validate.Range(5, 9))
        choice = fields.Text(required=True, validate=fields.validate.OneOf(("b", "a")))
        rows = fields.List(fields.Nested(Schema.from_dict({"flag": fields.Flag(required=True)})), required=True)
        more = fields.Text()

    assert sample_args(contract_of(Params)) == {
        "id": "0198c0de-0000-7000-8000-000000000001",
        "text": "aaa",
        "count": 5,
        "choice": "b",
        "rows": [{"flag": True}],
    }


def test_members_that_go_together_are_found():
    class Params(Schema):
        one = fields.Text()
        other = fields.Text()
        third = fields.Text()

        @validates_schema
        def check(self, data: Any, **_: Any) -> None:
            if not {"other", "third"} <= data.keys():
                raise ValidationError("both")

    assert sample_args(contract_of(Params)) == {"other": "a", "third": "a"}


def test_examples_of_a_field_are_used_one_after_the_other():
    class Turn(fields.Text):
        def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
            return super()._deserialize(value, *args, **kwargs)

        def json_schema(self) -> dict[str, Any]:
            return {"type": "string", "examples": ["first", "second"]}

    data = sample_data(contract_of(result=Schema.from_dict({"a": Turn(required=True), "b": Turn(required=True)})))
    assert data == {"a": "first", "b": "second"}


def test_where_no_sample_is_found_it_is_said_what_to_do():
    def refuse(_value: Any) -> None:
        raise ValidationError("no")

    with pytest.raises(SetupError, match="no example of the arguments of made@1 could be made; let the json_schema"):
        sample_args(contract_of(Schema.from_dict({"x": fields.Text(required=True, validate=refuse)})))


def test_the_smallest_text_of_a_pattern():
    for pattern, expected in (
        ("^[0-9]{4}-[0-9]{2}$", "0000-00"),
        ("^(?:a|b)+c?$", "a"),
        (r"^[^a0]\.x{2,}$", "A.xx"),
        ("^#[0-9A-Fa-f]{3}$", "#aaa"),
        (r"^(?:\u0041|b)$", "A"),
        ("^$", ""),
        ("(?=a)b", None),
        ("a(", None),
    ):
        found = smallest_text(pattern)
        assert found == expected, pattern
        assert found is None or re.search(pattern, found)
