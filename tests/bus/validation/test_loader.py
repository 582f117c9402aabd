"""Generated loaders: what they decide alone, what they leave to marshmallow, what they never share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from marshmallow import (
    EXCLUDE,
    INCLUDE,
    RAISE,
    Schema,
    ValidationError,
    post_load,
    pre_load,
    validate,
    validates_schema,
)
from marshmallow import fields as plain

from bus import fields
from bus.validation import Compiled, compile_loader

NOTE_ID = "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11"
Alone = Callable[[Compiled], Compiled]


class Label(Schema):
    text = fields.Key(required=True)
    colour = fields.Text(load_default="grey")


class Note(Schema):
    note_id = fields.UUID(required=True)
    title = fields.Text(required=True, validate=validate.Length(min=1, max=200))
    priority = fields.Int64(load_default=3, validate=validate.Range(min=1, max=5))
    status = fields.Text(required=True, validate=validate.OneOf(("open", "done")))
    weight = fields.Number()
    tags = fields.List(fields.Text(), load_default=None)
    label = fields.Nested(Label)
    history = fields.List(fields.Nested(Label), load_default=list)
    counts = fields.Dict(keys=fields.Text(), values=fields.Int64())
    extra = fields.Json(allow_none=True)


FULL: dict[str, Any] = {
    "note_id": NOTE_ID,
    "title": "Tea",
    "priority": 5,
    "status": "done",
    "weight": 0.5,
    "tags": ["home"],
    "label": {"text": "a"},
    "history": [{"text": "b", "colour": "red"}],
    "counts": {"seen": 2},
    "extra": {"any": [1, None]},
}


def outcome(load: Callable[[Any], Any], value: Any) -> Any:
    try:
        return load(value)
    except ValidationError as error:
        return error.messages


def test_ordinary_arguments_are_decided_without_marshmallow(alone: Alone) -> None:
    assert alone(compile_loader(Note()))(FULL) == Note().load(FULL)


@pytest.mark.parametrize(
    "edge", [{"title": "x"}, {"title": "x" * 200}, {"priority": 1}, {"priority": 5}, {"title": "é"}]
)
def test_values_at_the_edges_are_decided_without_marshmallow(alone: Alone, edge: dict[str, Any]) -> None:
    assert alone(compile_loader(Note()))({**FULL, **edge}) == Note().load({**FULL, **edge})


def test_absent_arguments_get_their_defaults_without_marshmallow(alone: Alone) -> None:
    least = {"note_id": NOTE_ID, "title": "Tea", "status": "open"}
    assert alone(compile_loader(Note()))(least) == Note().load(least)


def test_members_come_out_in_the_order_of_declaration() -> None:
    backwards = dict(reversed(FULL.items()))
    assert list(compile_loader(Note())(backwards)) == list(FULL)


@pytest.mark.parametrize(
    "flaw",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": None},
        {"title": "a\0b"},
        {"title": "\ud800"},
        {"title": b"Tea"},
        {"priority": 0},
        {"priority": 6},
        {"priority": True},
        {"priority": "5"},
        {"priority": 5.0},
        {"status": "shut"},
        {"weight": float("nan")},
        {"weight": 10**400},
        {"tags": ["home", 1]},
        {"tags": "home"},
        {"label": {}},
        {"label": {"text": "", "size": 1}},
        {"history": [{"text": "b"}, {"text": None}, 3]},
        {"counts": {"seen": 2**63}},
        {"counts": {1: 1}},
        {"extra": {"any": {1, 2}}},
        {"note_id": "no"},
        {"unknown": 1},
        {7: 1},
    ],
    ids=repr,
)
def test_a_refusal_has_marshmallows_messages(flaw: dict[Any, Any]) -> None:
    value = {**FULL, **flaw}
    with pytest.raises(ValidationError) as refused:
        compile_loader(Note())(value)
    assert refused.value.messages == outcome(Note().load, value)


@pytest.mark.parametrize("value", [None, [], "note", 3, [FULL]], ids=repr)
def test_what_is_no_object_is_refused_in_marshmallows_words(value: Any) -> None:
    assert outcome(compile_loader(Note()), value) == {"_schema": ["Invalid input type."]}


def test_lists_and_objects_of_the_caller_are_copied_where_marshmallow_copies_them() -> None:
    loaded = compile_loader(Note())(FULL)
    for name in ("tags", "label", "history", "counts"):
        assert loaded[name] is not FULL[name]
    assert loaded["extra"] is FULL["extra"]


def test_a_default_made_by_a_function_is_new_each_time() -> None:
    load = compile_loader(Note())
    least = {"note_id": NOTE_ID, "title": "Tea", "status": "open"}
    assert load(least)["history"] is not load(least)["history"]


@pytest.mark.parametrize(
    "text",
    [
        NOTE_ID,
        NOTE_ID.upper(),
        NOTE_ID.replace("-", ""),
        f"{{{NOTE_ID}}}",
        f"urn:uuid:{NOTE_ID}",
        "----" + "0" * 32,
        "0x" + "1" * 30,
        "1_1" + "1" * 29,
        "g" * 32,
        "",
        "é" * 32,
        "٣" * 32,
        uuid.UUID(NOTE_ID),
        uuid.UUID(NOTE_ID).bytes,
        3,
    ],
    ids=repr,
)
@pytest.mark.parametrize("field", [plain.UUID, fields.UUID, fields.Id])
def test_every_spelling_of_a_uuid_is_read_as_marshmallow_reads_it(field: Callable[..., Any], text: Any) -> None:
    schema = Schema.from_dict({"it": field(required=True)})()
    assert outcome(compile_loader(schema), {"it": text}) == outcome(schema.load, {"it": text})


def test_a_uuid_made_through_its_slots_is_like_any_other(alone: Alone) -> None:
    schema = Schema.from_dict({"it": fields.UUID(required=True)})()
    made, usual = alone(compile_loader(schema))({"it": NOTE_ID})["it"], uuid.UUID(NOTE_ID)
    assert (type(made), made, str(made), hash(made)) == (uuid.UUID, usual, str(usual), hash(usual))
    assert (made.is_safe, made.__getstate__()) == (usual.is_safe, usual.__getstate__())


def test_unknown_arguments_are_ignored_where_the_contract_says_so(alone: Alone) -> None:
    schema = Note(unknown=EXCLUDE)
    assert alone(compile_loader(schema))({**FULL, "unknown": 1}) == schema.load(FULL)


def test_unknown_arguments_are_kept_where_the_contract_says_so() -> None:
    assert compile_loader(Note(unknown=INCLUDE))({**FULL, "unknown": 1})["unknown"] == 1


@pytest.mark.parametrize(("inner", "outer"), [(EXCLUDE, RAISE), (RAISE, EXCLUDE), (EXCLUDE, None), (RAISE, None)])
def test_a_nested_field_may_decide_about_unknown_keys_itself(inner: Any, outer: Any) -> None:
    schema = Schema.from_dict({"it": fields.Nested(Label(unknown=inner), unknown=outer)})()
    value = {"it": {"text": "a", "unknown": 1}}
    assert outcome(compile_loader(schema), value) == outcome(schema.load, value)


def test_names_on_the_wire_and_names_of_the_handler_may_differ(alone: Alone) -> None:
    schema = Schema.from_dict({"it": fields.Text(data_key="class", attribute="class_name", required=True)})()
    assert alone(compile_loader(schema))({"class": "a"}) == {"class_name": "a"}


@pytest.mark.parametrize("name", ['a"', "a'b", "a\nimport os", "\\", "{data}", "data", "out", "n", "Odd", "class"])
def test_no_name_of_a_field_becomes_code(name: str) -> None:
    schema = Schema.from_dict({name: fields.Text(required=True), "b": fields.Text()})()
    assert compile_loader(schema)({name: "x", "b": "y"}) == schema.load({name: "x", "b": "y"})


def test_the_generated_text_can_be_read() -> None:
    assert "data['title']" in compile_loader(Note()).source


def test_a_schema_that_contains_itself_is_loaded_to_any_depth() -> None:
    class Tree(Schema):
        name = fields.Text(required=True)
        children = fields.List(fields.Nested(lambda: Tree))

    value = {"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]}
    load = compile_loader(Tree())
    assert load(value) == value
    assert outcome(load, {"name": "a", "children": [{}]}) == {"children": {0: {"name": ["required"]}}}


def test_a_value_that_runs_marshmallow_out_of_stack_is_refused() -> None:
    class Tree(Schema):
        child = fields.Nested(lambda: Tree)

    value: dict[str, Any] = {}
    for _ in range(10_000):
        value = {"child": value}
    assert outcome(compile_loader(Tree()), value) == ["nested too deep"]


def test_lists_deeper_than_python_compiles_are_left_to_marshmallow() -> None:
    field: Any = fields.Int64()
    value: Any = 1
    for _ in range(30):
        field, value = fields.List(field), [value]
    load = compile_loader(Schema.from_dict({"it": field})())
    assert load({"it": value}) == {"it": value}
    assert "does not compile" in load.source


class Hooked(Label):
    @pre_load
    def rename(self, data: Any, **kwargs: Any) -> Any:
        return {"text": data["name"]}


class Completed(Label):
    @post_load
    def complete(self, data: Any, **kwargs: Any) -> Any:
        return {**data, "complete": True}


class Consistent(Label):
    @validates_schema
    def compare(self, data: Any, **kwargs: Any) -> None:
        if data["text"] == data["colour"]:
            raise ValidationError("text and colour are the same")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (Hooked(), {"name": "a"}),
        (Completed(), {"text": "a"}),
        (Consistent(), {"text": "a", "colour": "a"}),
        (Label(partial=True), {}),
        (Label(many=True), [{"text": "a"}, {"text": ""}]),
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_schema_that_does_more_than_its_fields_is_left_to_marshmallow(schema: Schema, value: Any) -> None:
    around = Schema.from_dict({"inner": plain.Nested(schema)})()
    assert outcome(compile_loader(schema), value) == outcome(schema.load, value)
    assert outcome(compile_loader(around), {"inner": value}) == outcome(around.load, {"inner": value})
    assert "is left to marshmallow" in compile_loader(schema).source


def test_a_validator_of_a_stranger_is_called(alone: Alone) -> None:
    def is_even(value: int) -> None:
        if value % 2:
            raise ValidationError("must be even")

    schema = Schema.from_dict({"it": fields.Int64(validate=[validate.Range(min=0), is_even])})()
    assert alone(compile_loader(schema))({"it": 2}) == {"it": 2}
    assert outcome(compile_loader(schema), {"it": -1}) == outcome(schema.load, {"it": -1})


def test_choices_added_to_a_list_later_count() -> None:
    choices = ["open"]
    load = compile_loader(Schema.from_dict({"it": fields.Text(validate=validate.OneOf(choices))})())
    choices.append("done")
    assert load({"it": "done"}) == {"it": "done"}
