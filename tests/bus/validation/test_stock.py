"""Fields that strangers changed are recognised, wherever the change stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, validate
from marshmallow import fields as plain

from bus import fields
from bus.validation import compile_dumper, compile_loader, dump_checked


class Upper(fields.Text):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).upper()


class Loud(plain.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs) + "!"


class LoudText(fields.Text, Loud):
    """Reaches Loud through ``super`` and defines nothing."""


class Rounded(plain.Integer):
    def _format_num(self, value: Any) -> Any:
        return round(float(value), -1)


class Halves(plain.Float):
    num_type = staticmethod(lambda value: float(value) / 2)  # pyright: ignore[reportAssignmentType]


class Patient(fields.Int64):
    def _validate(self, value: Any) -> None:
        """Accepts everything."""


class Guessing(fields.Int64):
    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return 7 if value is fields.missing else super().deserialize(value, attr, data, **kwargs)


class Lenient(fields.Int64):
    def _validate_missing(self, value: Any) -> None:
        """Accepts null."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return value or 0


class Doubling(plain.List[Any]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs) * 2


class Sibling(fields.Int64):
    """Looks at the arguments around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return value + data["other"] + len(str(attr))


class Whole(validate.Range):
    def __call__(self, value: Any) -> Any:
        if value != int(value):
            raise ValidationError("must be whole")
        return value


def patched() -> fields.Text:
    field = fields.Text()
    field._deserialize = lambda value, attr, data, **kwargs: f"<{value}>"
    return field


@pytest.mark.parametrize("value", ["tea", 12, 1.5, None, [1], True], ids=repr)
@pytest.mark.parametrize(
    "field",
    [
        Upper,
        LoudText,
        Rounded,
        Halves,
        lambda: Patient(validate=validate.Range(max=3)),
        Guessing,
        Lenient,
        lambda: Doubling(fields.Int64()),
        Sibling,
        lambda: fields.Number(validate=Whole(max=3)),
        lambda: fields.List(Upper()),
        lambda: fields.Text(pre_load=str),
        lambda: fields.Text(post_load=len),
        lambda: plain.Boolean(truthy={"tea"}, falsy={12}),
        lambda: plain.Constant("tea"),
        lambda: plain.Pluck(Schema.from_dict({"name": fields.Text()}), "name"),
        patched,
    ],
)
def test_a_changed_field_does_what_its_author_wrote(field: Callable[[], Any], value: Any) -> None:
    schema = Schema.from_dict({"it": field(), "other": fields.Int64(load_default=1)})()
    for data in ({"it": value, "other": 2}, {"other": 2}):
        assert answer(compile_loader(schema), data) == answer(schema.load, data)
        assert answer(compile_dumper(schema), data) == answer(lambda result: dump_checked(schema, result), data)


def answer(function: Callable[[Any], Any], value: Any) -> Any:
    try:
        return function(value)
    except Exception as error:  # noqa: BLE001  # whatever a field raises, both have to raise
        return type(error), getattr(error, "messages", str(error))


@pytest.mark.parametrize("method", ["load", "_do_load", "_deserialize", "_invoke_field_validators"])
def test_a_schema_that_replaces_a_method_is_left_to_marshmallow(method: str) -> None:
    base = Schema.from_dict({"it": fields.Text()})
    schema: Any = type("Changed", (base,), {method: lambda self, *args, **kwargs: {"it": "changed"}})()
    assert "is left to marshmallow" in compile_loader(schema).source


def test_a_subclass_that_changes_nothing_is_no_stranger() -> None:
    class Title(fields.Text):
        """A text with a label."""

        label = "Title"
        default_error_messages = {"invalid": "must be a title"}  # noqa: RUF012  # as marshmallow collects it

    schema = Schema.from_dict({"it": Title(required=True)})()
    assert "Title" not in compile_loader(schema).source
    with pytest.raises(ValidationError, match="must be a title"):
        compile_loader(schema)({"it": 1})


def test_a_copied_field_is_no_stranger() -> None:
    """Copying leaves a name in the class that is not its author's."""
    Schema.from_dict({"it": fields.UUID()})()
    assert "load_UUID" not in compile_loader(Schema.from_dict({"it": fields.UUID()})()).source
