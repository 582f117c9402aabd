"""The JSON Schema of arguments and answers: as wide as the contract, and no wider than can be said.

Not here: the contracts of the plugins (tests/documents).
"""

from __future__ import annotations

import re
from typing import Any

import jsonschema
from hypothesis import given, settings
from marshmallow import EXCLUDE, INCLUDE, ValidationError, pre_load

from bus import fields
from bus.contract import Contract, Schema
from bus.documents.json_schema import args_schema, data_schema
from bus.documents.patterns import ecma_pattern
from bus.jobs.states import JobState
from bus.storable import json_fault
from bus.validation import compile_dumper
from bus.validation.reference import result_fault
from tests.properties.schemas import cases

INT64 = {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1}


def contract_of(params: Any = Schema, result: Any = Schema, **members: Any) -> type[Contract]:
    """A contract with these shapes."""
    return type("Made", (Contract,), {"name": "made", "Params": params, "Result": result, **members})


def of_field(field: Any) -> dict[str, Any]:
    """What the document of arguments says about one field."""
    return args_schema(contract_of(Schema.from_dict({"x": field})))["properties"]["x"]


def judge(schema: dict[str, Any]) -> Any:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def test_the_schema_says_what_the_fields_ask_for():
    for field, expected in (
        (fields.Text(), {"type": "string"}),
        (fields.Key(), {"type": "string", "minLength": 1}),
        (fields.Text(validate=fields.validate.Length(2, 5)), {"type": "string", "minLength": 2, "maxLength": 5}),
        (fields.Text(validate=fields.validate.OneOf(("a", "b"))), {"type": "string", "enum": ["a", "b"]}),
        (fields.Text(validate=fields.validate.OneOf((*JobState,))), {"type": "string", "enum": [*map(str, JobState)]}),
        (fields.Text(validate=fields.validate.Equal("a")), {"type": "string", "const": "a"}),
        (fields.Text(validate=fields.validate.Regexp(r"[a-z]+\Z")), {"type": "string", "pattern": "^(?:[a-z]+)$"}),
        (fields.Int64(), INT64),
        (fields.Int64(validate=fields.validate.Range(1, 9)), INT64 | {"minimum": 1, "maximum": 9}),
        (
            fields.Number(validate=fields.validate.Range(0, min_inclusive=False)),
            {"type": "number", "exclusiveMinimum": 0},
        ),
        (fields.Flag(), {"type": "boolean"}),
        (fields.Object(), {"type": "object"}),
        (fields.Json(), {"type": ["array", "boolean", "number", "object", "string"]}),
        (fields.Json(allow_none=True), {}),
        (
            fields.List(fields.Flag(), validate=fields.validate.Length(max=3)),
            {"type": "array", "items": {"type": "boolean"}, "maxItems": 3},
        ),
        (fields.Dict(values=fields.Flag()), {"type": "object", "additionalProperties": {"type": "boolean"}}),
        (fields.Integer(strict=True), {"type": "integer"}),
        (fields.Integer(), {"type": ["number", "string"], "x-normalised": {"type": "integer"}}),
    ):
        assert of_field(field) == expected, field


def test_an_id_is_a_uuid_in_its_one_spelling():
    schema = of_field(fields.Id())
    assert schema["format"] == "uuid"
    assert re.search(schema["pattern"], "0198c0de-0000-7000-8000-000000000001")
    assert not re.search(schema["pattern"], "0198C0DE-0000-7000-8000-000000000001")


def test_null_stands_beside_the_type_and_among_the_choices():
    field = fields.Text(allow_none=True, validate=fields.validate.OneOf(("a", "b")))
    assert of_field(field) == {"type": ["string", "null"], "enum": ["a", "b", None]}


def test_a_default_a_description_and_the_code_of_a_bad_value_are_told():
    field = fields.Int64(load_default=5, code="bad_size", metadata={"description": "How many."})
    assert of_field(field) == INT64 | {"default": 5, "x-code": "bad_size", "description": "How many."}


def test_unknown_arguments_are_refused_unless_the_contract_ignores_them():
    assert args_schema(contract_of())["additionalProperties"] is False
    assert "additionalProperties" not in args_schema(contract_of(unknown=EXCLUDE))


def test_two_classes_of_one_name_stay_apart():
    def inner(field: Any) -> Any:
        return fields.Nested(type("Row", (Schema,), {"x": field}), required=True)

    schema = args_schema(contract_of(Schema.from_dict({"a": inner(fields.Flag()), "b": inner(fields.Text())})))
    assert sorted(schema["$defs"]) == ["Row", "Row2"]
    assert judge(schema).is_valid({"a": {"x": True}, "b": {"x": "tea"}})
    assert not judge(schema).is_valid({"a": {"x": "tea"}, "b": {"x": "tea"}})


def test_an_object_may_hold_itself():
    class Node(Schema):
        below = fields.List(fields.Nested(lambda: Node()))

    schema = args_schema(contract_of(Schema.from_dict({"root": fields.Nested(Node)})))
    assert schema["$defs"]["Node"]["properties"]["below"]["items"] == {"$ref": "#/$defs/Node"}
    assert judge(schema).is_valid({"root": {"below": [{}, {"below": []}]}})


class Shouted(fields.Text):
    """Reads its own way and tells nothing."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return str(value).upper()


class Told(Shouted):
    """Tells what the class above reads."""

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["integer", "string"], "x-normalised": {"type": "string"}}


class Deaf(Told):
    """Reads another way again."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return value


def test_a_field_that_reads_its_own_way_tells_so_itself_or_may_take_anything():
    choice = fields.validate.OneOf(("A", "B"))
    assert of_field(Shouted(validate=choice)) == {}
    assert of_field(Deaf()) == {}
    assert of_field(Told(validate=choice)) == {
        "type": ["integer", "string"],
        "x-normalised": {"type": "string", "enum": ["A", "B"]},
    }


class Loose(Schema):
    """Takes a word in place of an object."""

    x = fields.Flag(required=True)

    @pre_load
    def read(self, data: Any, **_: Any) -> Any:
        return {"x": True} if data == {"yes": 1} else data


class ToldLoose(Loose):
    @classmethod
    def json_schema(cls, usual: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [usual, {"const": {"yes": 1}}]}


class DeafLoose(ToldLoose):
    """Reshapes once more."""

    @pre_load
    def read_again(self, data: Any, **_: Any) -> Any:
        return {"x": False} if data == {"no": 1} else data


def test_an_object_that_is_reshaped_before_it_is_read_tells_so_itself_or_may_be_anything():
    assert args_schema(contract_of(Loose)).keys() == {"$schema"}
    assert args_schema(contract_of(DeafLoose)).keys() == {"$schema"}
    told = judge(args_schema(contract_of(ToldLoose)))
    assert [told.is_valid(args) for args in ({"x": True}, {"yes": 1}, {"no": 1})] == [True, True, False]


def test_data_is_what_is_given_and_not_all_that_would_be_taken():
    class Result(Schema):
        flag = fields.Boolean(required=True)
        count = fields.Integer(required=True)
        day = fields.Date(required=True)
        uuid = fields.UUID(dump_default="0198c0de-0000-7000-8000-000000000001")
        note = fields.Text()

    schema = data_schema(contract_of(result=Result))
    assert schema["properties"] == {
        "flag": {"type": "boolean"},
        "count": {"type": "integer"},
        "day": {"type": "string", "format": "date"},
        "uuid": {"type": "string", "format": "uuid"},
        "note": {"type": "string"},
    }
    assert schema["required"] == ["flag", "count", "day", "uuid"]
    assert schema["additionalProperties"] is False


def test_a_pattern_is_taken_over_only_where_both_languages_read_it_alike():
    for pattern, expected in (
        (r"[a-z_]{1,9}\Z", "^(?:[a-z_]{1,9})$"),
        (r"^(?:a|b)c$", "^(?:(?:a|b)c)\\n?$"),
        (r"a|b", "^(?:a|b)"),
        (r"a|b\Z", None),
        (r"\d+\Z", None),
        (r"(?i)a", None),
        (r"(?=a)b", None),
        (r"a.c", None),
        (r"a*+b", None),
        (r"\w", None),
    ):
        assert ecma_pattern(re.compile(pattern)) == expected, pattern
    assert ecma_pattern(re.compile("a", re.IGNORECASE)) is None


def _is_json(value: Any) -> bool:
    return json_fault(value) is None


class TestEveryField:
    """Schemas made by chance, of all kinds of fields, marshmallow's own and strangers' among them."""

    @settings(max_examples=60)
    @given(case=cases(is_dumping=False))
    def test_what_a_contract_takes_its_schema_takes(self, case):
        schema, values = case
        unknown = EXCLUDE if schema.unknown == INCLUDE else schema.unknown
        document = args_schema(contract_of(type(schema), unknown=unknown))
        for value in filter(_is_json, values):
            try:
                type(schema)(unknown=unknown).load(value)
            except (ValidationError, TypeError, ValueError, AttributeError):
                continue  # refused, or a validator that cannot deal with it: no answer that is ok
            assert list(judge(document).iter_errors(value)) == [], (value, document)

    @settings(max_examples=60)
    @given(case=cases(is_dumping=True))
    def test_what_is_dumped_fits_the_schema_of_the_data(self, case):
        schema, values = case
        document = data_schema(contract_of(result=type(schema)))
        dump = compile_dumper(type(schema)())
        for value in values:
            try:
                data = dump(value)
            except (ValidationError, TypeError, ValueError, AttributeError):
                continue
            assert result_fault(data) is None
            assert list(judge(document).iter_errors(data)) == [], (data, document)


def test_an_answer_holds_true_or_false_however_the_result_spells_it():
    contract = contract_of(result=Schema.from_dict({"x": fields.Boolean()}))
    assert data_schema(contract)["properties"]["x"] == {"type": "boolean"}
    dump = compile_dumper(contract.Result())
    assert [dump({"x": x})["x"] for x in (True, 1, "yes", 0, "off")] == [True, True, True, False, False]
