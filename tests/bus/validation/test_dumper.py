"""Results: what a handler may return, and what the answer then holds."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, missing, post_dump, validate
from marshmallow import fields as plain

from bus import fields
from bus.validation import Compiled, compile_dumper, dump_checked

NOTE_ID = "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11"
Alone = Callable[[Compiled], Compiled]


class Item(Schema):
    note_id = fields.UUID(required=True)
    title = fields.Text(required=True)
    is_pinned = fields.Boolean(required=True)


class Page(Schema):
    items = fields.List(fields.Nested(Item), required=True)
    total_count = fields.Int64(required=True)
    first = fields.Nested(Item, allow_none=True)
    score = fields.Float()
    extra = fields.Json()


ITEM: dict[str, Any] = {"note_id": uuid.UUID(NOTE_ID), "title": "Tea", "is_pinned": True}
DUMPED = {"note_id": NOTE_ID, "title": "Tea", "is_pinned": True}
PAGE: dict[str, Any] = {"total_count": 1, "first": None, "items": [ITEM], "score": 3, "extra": {"a": [None]}}


@pytest.fixture(params=["generated", "reference"])
def dumper(request: pytest.FixtureRequest) -> Callable[[Schema], Callable[[Any], dict[str, Any]]]:
    """Both forms of the same promise."""
    if request.param == "generated":
        return compile_dumper
    return lambda schema: lambda result: dump_checked(schema, result)


Dumper = Callable[[Schema], Callable[[Any], dict[str, Any]]]


def refused(dump: Callable[[Any], Any], result: Any) -> Any:
    with pytest.raises(ValidationError) as error:
        dump(result)
    return error.value.messages


def test_an_ordinary_result_is_dumped_without_marshmallow(alone: Alone) -> None:
    data = alone(compile_dumper(Page()))(PAGE)
    assert data == {"items": [DUMPED], "total_count": 1, "first": None, "score": 3.0, "extra": {"a": [None]}}
    assert list(data) == ["items", "total_count", "first", "score", "extra"]
    assert type(data["score"]) is float


def test_data_come_out_the_same_either_way(dumper: Dumper) -> None:
    assert dumper(Page())(PAGE) == dump_checked(Page(), PAGE)


@pytest.mark.parametrize("result", [None, [], "done", 3, [("items", [])]], ids=repr)
def test_a_result_is_a_dict(dumper: Dumper, result: Any) -> None:
    assert refused(dumper(Page()), result) == [f"must be a dict, not {type(result).__name__}"]


@pytest.mark.parametrize(
    ("result", "messages"),
    [
        ({**PAGE, "colour": "red"}, {"colour": ["Unknown field."]}),
        ({**PAGE, "items": [{**ITEM, "colour": "red"}]}, {"items": {0: {"colour": ["Unknown field."]}}}),
        ({**PAGE, "first": {**ITEM, "colour": "red"}}, {"first": {"colour": ["Unknown field."]}}),
        ({**PAGE, 7: 1}, {7: ["Unknown field."]}),
    ],
)
def test_unknown_keys_are_refused_everywhere(dumper: Dumper, result: Any, messages: Any) -> None:
    assert refused(dumper(Page()), result) == messages


def test_a_missing_list_called_items_is_missing(dumper: Dumper) -> None:
    """Every dict has an attribute of that name, and marshmallow looks there as well."""
    assert refused(dumper(Page()), {"total_count": 0}) == {"items": ["required"]}
    assert refused(dumper(Page()), {**PAGE, "first": {}})["first"]["title"] == ["required"]


@pytest.mark.parametrize(
    ("flaw", "field"),
    [
        ({"total_count": "1"}, "total_count"),
        ({"total_count": True}, "total_count"),
        ({"total_count": 2**63}, "total_count"),
        ({"total_count": None}, "total_count"),
        ({"score": "high"}, "score"),
        ({"score": float("nan")}, "score"),
        ({"items": 3}, "items"),
        ({"items": [None]}, "items"),
        ({"items": [{**ITEM, "title": 5}]}, "items"),
        ({"items": [{**ITEM, "title": "a\0"}]}, "items"),
        ({"items": [{**ITEM, "note_id": "x"}]}, "items"),
        ({"extra": {1, 2}}, "extra"),
        ({"extra": decimal.Decimal(1)}, "extra"),
    ],
    ids=repr,
)
def test_a_wrong_value_names_its_field(dumper: Dumper, flaw: Any, field: str) -> None:
    assert list(refused(dumper(Page()), {**PAGE, **flaw})) == [field]


def test_a_value_that_cannot_be_dumped_is_not_quoted(dumper: Dumper) -> None:
    schema = Schema.from_dict({"it": plain.Integer()})()
    assert refused(dumper(schema), {"it": "secret"}) == {"it": ["cannot be dumped: ValueError"]}


def test_numbers_of_a_database_without_booleans_are_booleans(alone: Alone) -> None:
    schema = Schema.from_dict({"it": fields.Boolean()})()
    assert alone(compile_dumper(schema))({"it": 1})["it"] is True
    assert dump_checked(schema, {"it": 0})["it"] is False


def test_an_optional_member_may_be_left_out(dumper: Dumper) -> None:
    assert dumper(Page())({"items": [], "total_count": 0}) == {"items": [], "total_count": 0}


def test_missing_is_left_out(dumper: Dumper) -> None:
    assert dumper(Page())({"items": [], "total_count": 0, "extra": missing}) == {"items": [], "total_count": 0}


def test_a_dump_default_is_dumped_and_checked(dumper: Dumper) -> None:
    schema = Schema.from_dict({"it": fields.Float(dump_default=3), "bad": fields.Text(dump_default=3)})()
    assert dumper(schema)({"bad": "a"}) == {"it": 3.0, "bad": "a"}
    assert refused(dumper(schema), {}) == {"bad": ["must be a string"]}


def test_results_use_the_handlers_names_and_data_the_wires(alone: Alone, dumper: Dumper) -> None:
    schema = Schema.from_dict({"it": fields.Text(data_key="class", attribute="class_name", required=True)})()
    assert alone(compile_dumper(schema))({"class_name": "a"}) == {"class": "a"}
    assert refused(dumper(schema), {"class": "a"}) == {"class": ["Unknown field."]}


def test_a_field_that_is_only_loaded_never_comes_out(dumper: Dumper) -> None:
    schema = Schema.from_dict({"password": fields.Text(load_only=True), "it": fields.Text()})()
    assert refused(dumper(schema), {"password": "a", "it": "b"}) == {"password": ["Unknown field."]}
    assert dumper(schema)({"it": "b"}) == {"it": "b"}


def test_a_validator_sees_what_would_be_loaded(dumper: Dumper) -> None:
    """Identifiers as objects, though they are dumped as text."""
    by_text, by_object = validate.ContainsOnly([NOTE_ID]), validate.ContainsOnly([uuid.UUID(NOTE_ID)])
    for check, is_good in ((by_text, False), (by_object, True)):
        dump = dumper(Schema.from_dict({"it": fields.List(fields.UUID(), validate=check)})())
        if is_good:
            assert dump({"it": [uuid.UUID(NOTE_ID)]}) == {"it": [NOTE_ID]}
        else:
            refused(dump, {"it": [uuid.UUID(NOTE_ID)]})


def test_tuples_become_lists(alone: Alone) -> None:
    data = alone(compile_dumper(Page()))({"items": (ITEM,), "total_count": 1})
    assert data["items"] == [DUMPED]


@pytest.mark.parametrize(
    ("field", "value", "dumped"),
    [
        (plain.DateTime(), dt.datetime(2026, 1, 31, tzinfo=dt.UTC), "2026-01-31T00:00:00+00:00"),
        (plain.Date(), dt.date(2026, 1, 31), "2026-01-31"),
        (fields.Decimal(as_string=True), decimal.Decimal("1.50"), "1.50"),
        (fields.Email(), "a@b.org", "a@b.org"),
        (fields.Integer(as_string=True), 3, "3"),
        (fields.Dict(keys=fields.UUID(), values=fields.Int64()), {uuid.UUID(NOTE_ID): 1}, {NOTE_ID: 1}),
        (fields.Dict(), {"a": [1]}, {"a": [1]}),
        (fields.UUID(validate=validate.NoneOf(["x"])), NOTE_ID, NOTE_ID),
    ],
    ids=lambda part: type(part).__name__,
)
def test_other_kinds_of_marshmallows_need_no_reference(alone: Alone, field: Any, value: Any, dumped: Any) -> None:
    schema = Schema.from_dict({"it": field})()
    assert alone(compile_dumper(schema))({"it": value}) == {"it": dumped} == dump_checked(schema, {"it": value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (fields.Decimal(), decimal.Decimal("1.5")),
        (plain.Raw(), {1, 2}),
        (plain.Float(allow_nan=True), float("inf")),
        (plain.Integer(), 2**20_000),
        (plain.String(), "\ud800"),
        (fields.Dict(), {"a": object()}),
        (fields.Dict(keys=plain.Integer()), {1: "a"}),
        (fields.Dict(keys=plain.Integer(), values=fields.Text()), {1: "a"}),
        (fields.Dict(keys=fields.Text(allow_none=True), values=fields.Text()), {None: "a"}),
    ],
    ids=lambda part: type(part).__name__,
)
def test_only_json_that_can_be_sent_and_stored_comes_out(dumper: Dumper, field: Any, value: Any) -> None:
    assert list(refused(dumper(Schema.from_dict({"it": field})()), {"it": value})) == ["it"]


def test_a_result_with_hooks_is_dumped_by_marshmallow() -> None:
    class Wrapped(Schema):
        it = fields.Text()

        @post_dump
        def shout(self, data: Any, **kwargs: Any) -> Any:
            return {"it": data["it"].upper()}

    assert compile_dumper(Wrapped())({"it": "tea"}) == {"it": "TEA"}


def test_rows_that_are_objects_are_read_by_attribute(dumper: Dumper) -> None:
    class Found:
        note_id, title, is_pinned, secret = NOTE_ID, "Tea", False, "never shown"

    data = dumper(Page())({"items": [Found()], "total_count": 1})
    assert data["items"] == [{"note_id": NOTE_ID, "title": "Tea", "is_pinned": False}]


def test_rows_may_be_mappings_of_another_type(alone: Alone) -> None:
    result = {"items": [MappingProxyType(ITEM), OrderedDict(ITEM)], "total_count": 2}
    assert alone(compile_dumper(Page()))(result)["items"] == [DUMPED, DUMPED]
    assert dump_checked(Page(), result)["items"] == [DUMPED, DUMPED]


def test_a_mapping_that_makes_up_members_makes_up_none_here(dumper: Dumper) -> None:
    assert list(refused(dumper(Page()), {"items": [defaultdict(str)], "total_count": 1})["items"][0]) == list(ITEM)


def test_a_result_that_contains_itself_is_refused(dumper: Dumper) -> None:
    circle: list[Any] = []
    circle.append(circle)
    assert refused(dumper(Schema.from_dict({"it": plain.Raw()})()), {"it": circle}) == {
        "it": ["must not be nested more than 199 deep"]
    }
