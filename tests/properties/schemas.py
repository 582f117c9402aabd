"""Chance-made schemas, and values that fit them, nearly fit them, or do not fit at all."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, missing, validate
from marshmallow import fields as plain

from bus import fields

UUID_TEXTS = ("6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11", "00000000-0000-0000-0000-000000000000")
#: Texts in which something is nearly right: spellings of numbers, booleans, UUIDs and times, and unclean ones.
TEXTS = (
    *("", "a", "open", "done", "tea", "naïve", "日本", "x" * 7, "5", " 5", "1_0", "1.5", "nan", "inf", "yes", "False"),
    *UUID_TEXTS,
    *("6F1C1B8E-6F0B-4F7E-9B57-3D2F0A4C9D11", "{6f1c1b8e6f0b4f7e9b573d2f0a4c9d11}", "6f1c1b8e6f0b4f7e9b573d2f0a4c9d11"),
    *("urn:uuid:6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11", "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d1g", "-" * 4 + "0" * 32),
    *("0x1c1b8e6f0b4f7e9b573d2f0a4c9d11ab", "1_1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11", "é" * 32, " " * 32),
    *("2026-01-31", "2026-01-31T10:00:00", "2026-01-31T10:00:00+00:00", "10:00:00", "a@b.org", "a@\ud800\ud801.org"),
    *("\0", "a\0b", "\ud800", "é\udfff"),
)
NUMBERS = (0, 1, -1, 3, 5, 7, 2**31, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**400, 0.0, 0.5, 1.0, 5.5, 1e308)


class Colour(enum.Enum):
    RED = "red"
    BLUE = 2


class Shouted(str):
    """A text that looks different from what it is."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 5


class Loud(plain.String):
    """A stranger's field."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return f"{super()._deserialize(value, attr, data, **kwargs)}! {attr} {data is None}"


class LoudText(fields.Text, Loud):
    """A field of ours that reaches a stranger's through ``super``."""


class Labelled(fields.Text):
    """A field of ours with nothing changed that matters."""

    label = "a label"


class Absent(plain.Integer):
    """A stranger's field that decides itself what an absent value means."""

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return 42 if value is missing else super().deserialize(value, attr, data, **kwargs)


def is_odd(value: Any) -> None:
    if value % 2 == 0:
        raise ValidationError("must be odd")


TEXT_CHECKS: tuple[Any, ...] = (
    validate.Length(min=1, max=5),
    validate.Length(max=30),
    validate.OneOf(("open", "done", "a", 3, 5)),
    validate.OneOf(["open", "a\0b", 1.0, None]),
    validate.OneOf(frozenset(("open", "done"))),
    validate.OneOf(("open", "a\0b", "\ud800")),
    validate.Regexp(r"[a-z]+\Z"),
    validate.Equal("open"),
    validate.NoneOf(("done", 3)),
)
NUMBER_CHECKS: tuple[Any, ...] = (
    validate.Range(min=1, max=5),
    validate.Range(min=0, min_inclusive=False),
    validate.Range(max=5.5, max_inclusive=False),
    validate.Range(min=-(2**70), max=2**70),
    validate.OneOf((1, 3, 5, "open")),
    validate.OneOf({1, 3}),
    validate.And(validate.Range(min=1), is_odd),
    is_odd,
)
CONTAINER_CHECKS: tuple[Any, ...] = (validate.Length(max=2), validate.Length(min=1), validate.Length(equal=1))
OTHER_CHECKS: tuple[Any, ...] = (validate.NoneOf(("done", 3)), validate.ContainsOnly(("open", "a", 1)))
CHECKS = (*TEXT_CHECKS, *NUMBER_CHECKS, *CONTAINER_CHECKS, *OTHER_CHECKS)

SCALARS: tuple[type[Any], ...] = (
    *(plain.String, plain.Integer, plain.Float, plain.Boolean, plain.UUID, plain.Raw, plain.Email, plain.Decimal),
    *(plain.DateTime, plain.Date, plain.Time, plain.NaiveDateTime, plain.AwareDateTime, plain.TimeDelta),
    *(fields.String, fields.Text, fields.Key, fields.Id, fields.Int64, fields.EpochMillis, fields.Number, fields.Json),
    *(fields.Object, fields.Integer, fields.Float, fields.Boolean, fields.UUID, fields.Email, fields.Decimal, Labelled),
)
STRANGERS: tuple[type[Any], ...] = (Loud, LoudText, Absent)
#: Keyword arguments of single classes.
EXTRAS: dict[type[Any], tuple[dict[str, Any], ...]] = {
    plain.Integer: ({"strict": True}, {"as_string": True}),
    plain.Float: ({"allow_nan": True}, {"as_string": True}),
    plain.Boolean: ({"truthy": {"t", 3}}, {"truthy": set[Any]()}, {"falsy": {"n", 0, "open"}}),
    plain.Decimal: ({"places": 2, "as_string": True},),
    plain.DateTime: ({"format": "timestamp"},),
}


def checks_for(kind: type[Any]) -> tuple[Any, ...]:
    """Validators that make sense for a class of fields."""
    for kinds, checks in (
        ((plain.String, fields.Id), TEXT_CHECKS),
        ((plain.Integer, plain.Float, fields.Int64, fields.Number), NUMBER_CHECKS),
        ((plain.List, plain.Dict, plain.Nested), CONTAINER_CHECKS),
    ):
        if issubclass(kind, kinds):
            return checks
    return OTHER_CHECKS


@st.composite
def options(draw: st.DrawFn, kind: type[Any], *, is_member: bool, is_plain: bool) -> dict[str, Any]:
    """Keyword arguments any field takes; the plain ones leave hardly anything to marshmallow."""
    chosen: dict[str, Any] = {}
    if draw(st.integers(0, 3)) == 0:
        chosen["allow_none"] = draw(st.booleans())
    if draw(st.integers(0, 2)) == 0:
        checks = checks_for(kind) if is_plain else CHECKS
        chosen["validate"] = draw(st.lists(st.sampled_from(checks), min_size=1, max_size=2))
    if is_member:
        presence = draw(st.integers(0, 5))
        if presence <= 2:
            chosen["required"] = True
        elif presence == 3:
            chosen["load_default"] = draw(st.sampled_from((None, "x", 5, [], list, dict, lambda: 3.5, lambda: missing)))
        if draw(st.integers(0, 9)) == 0:
            chosen["dump_default"] = draw(st.sampled_from((None, "open", 5, list)))
    if not is_plain:
        if draw(st.integers(0, 3)) == 0:
            chosen[draw(st.sampled_from(("pre_load", "post_load")))] = lambda value: value
        if is_member and draw(st.integers(0, 7)) == 0:
            chosen[draw(st.sampled_from(("load_only", "dump_only")))] = True
    return chosen


@st.composite
def scalars(draw: st.DrawFn, *, is_member: bool, is_plain: bool) -> Any:
    kind = draw(st.sampled_from(SCALARS if is_plain else (*SCALARS, *STRANGERS * 5)))
    extras = next((choices for known, choices in EXTRAS.items() if issubclass(kind, known)), ())
    chosen = draw(st.sampled_from(({}, {}, *extras))) if extras else {}
    return kind(**chosen, **draw(options(kind, is_member=is_member, is_plain=is_plain)))


@st.composite
def containers(draw: st.DrawFn, depth: int, *, is_member: bool, is_plain: bool) -> Any:
    kind: Any = draw(st.sampled_from((plain.Dict, plain.List, fields.List, plain.Nested, fields.Nested)))
    chosen = draw(options(kind, is_member=is_member, is_plain=is_plain))
    if kind is plain.Dict:
        names = [name for name in ("keys", "values") if draw(st.booleans())]
        return kind(**{name: draw(scalars(is_member=False, is_plain=is_plain)) for name in names}, **chosen)
    if issubclass(kind, plain.List):
        return kind(draw(some_fields(depth - 1, is_member=False, is_plain=is_plain)), **chosen)
    if draw(st.booleans()):
        chosen["unknown"] = draw(st.sampled_from((RAISE, EXCLUDE, INCLUDE)))
    chosen["many"] = draw(st.booleans())
    return kind(draw(schemas(depth - 1, is_plain=is_plain)), **chosen)


def some_fields(depth: int, *, is_member: bool, is_plain: bool) -> st.SearchStrategy[Any]:
    one = scalars(is_member=is_member, is_plain=is_plain)
    return one if depth <= 0 else one | containers(depth, is_member=is_member, is_plain=is_plain)


@st.composite
def schemas(draw: st.DrawFn, depth: int = 2, *, is_plain: bool) -> Schema:
    """A schema of up to five members, with rows up to ``depth`` schemas deep."""
    names = draw(
        st.lists(st.sampled_from(("a", "b", "items", "keys", "class", "données")), min_size=1, max_size=4, unique=True)
    )
    members = {name: draw(some_fields(depth, is_member=True, is_plain=is_plain)) for name in names}
    for number, field in enumerate(members.values()):
        renaming = draw(st.integers(0, 11))
        if renaming <= 1:
            field.data_key = f"key-{number}"
        if renaming in {1, 2}:
            field.attribute = f"attribute_{number}"
    return Schema.from_dict(members, name="Made")(unknown=draw(st.sampled_from((RAISE, RAISE, EXCLUDE, INCLUDE))))


#: One of everything a field may meet.
ODDITIES: tuple[Any, ...] = (
    *(None, True, False, missing, float("nan"), float("inf"), decimal.Decimal("1.005"), Level.HIGH, Colour.RED),
    *(b"tea", b"\xff", Shouted("open"), uuid.UUID(UUID_TEXTS[0]), uuid.UUID(UUID_TEXTS[0]).bytes),
    *(dt.datetime(2026, 1, 31, 10, tzinfo=dt.UTC), dt.date(2026, 1, 31), dt.time(10), dt.timedelta(seconds=5)),
    *([], ["a"], ["open", 1], ("a",), {"a"}, {}, {"a": 1}, {1: "a"}, {"a": [None, 1.5, "b"]}, {"a": {"b": "\0"}}),
)
EVERYTHING = (*TEXTS, *NUMBERS, *ODDITIES)

garbage = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from((float("nan"), float("inf"), decimal.Decimal("1.005"), Level.HIGH, Colour.RED, missing)),
    st.sampled_from(TEXTS),
    st.sampled_from(
        (b"tea", b"\xff", Shouted("open"), uuid.UUID(UUID_TEXTS[0]), dt.datetime(2026, 1, 31, tzinfo=dt.UTC))
    ),
    st.builds(list, st.lists(st.sampled_from((*TEXTS[:8], *NUMBERS[:5], None)), max_size=3)),
    st.builds(tuple, st.lists(st.sampled_from(TEXTS[:8]), max_size=3)),
    st.dictionaries(st.sampled_from((*TEXTS[:8], 1)), st.sampled_from((*TEXTS[:8], *NUMBERS, None)), max_size=3),
)


@dataclass(frozen=True)
class Making:
    """How values are made."""

    #: What a handler returns, not what a caller sends.
    is_dumping: bool
    #: Now and then a value is anything, a member is missing or there is one too many.
    is_flawed: bool


def values(field: Any, making: Making) -> st.SearchStrategy[Any]:
    """What the field takes, mostly."""
    fit = _fitting(field, making)
    if field.allow_none:
        fit |= st.none()
    return st.integers(0, 6).flatmap(lambda chance: fit if chance else garbage) if making.is_flawed else fit


def _fitting(field: Any, making: Making) -> st.SearchStrategy[Any]:
    if isinstance(field, plain.Nested):
        one = rows(field.schema, making)
        return st.lists(one, max_size=3) if field.schema.many else one
    if isinstance(field, plain.List):
        inner: Any = field
        return st.lists(values(inner.inner, making), max_size=3)
    if isinstance(field, plain.Dict):
        parts: Any = field
        keys = values(parts.key_field, making) if parts.key_field else st.sampled_from(TEXTS[:8])
        inside = values(parts.value_field, making) if parts.value_field else garbage
        return st.lists(st.tuples(keys.filter(_is_hashable), inside), max_size=3).map(dict)
    return _fitting_scalar(field, is_dumping=making.is_dumping)


def _fitting_scalar(field: Any, *, is_dumping: bool) -> st.SearchStrategy[Any]:
    for kinds, fit in (
        (
            (plain.UUID,),
            st.sampled_from((*UUID_TEXTS, *([uuid.UUID(text) for text in UUID_TEXTS] if is_dumping else []))),
        ),
        ((fields.Id,), st.sampled_from(UUID_TEXTS)),
        ((plain.Email,), st.sampled_from(("a@b.org", "ä@b.org"))),
        ((plain.String,), st.sampled_from(("open", "open", "a", "done", "naïve", "tea"))),
        ((plain.Integer, fields.Int64), st.sampled_from((1, 3, 5, 1, 0, 2**62))),
        ((plain.Float, fields.Number), st.sampled_from((1, 3, 5, 0.5, 1.5, -0.0))),
        ((plain.Boolean,), st.sampled_from((True, False, True, False, 1, 0))),
        ((fields.Object,), st.sampled_from(({}, {"a": [1, "b", None]}, {"a": {"b": {"c": 1.5}}}))),
        ((plain.Decimal,), st.sampled_from((decimal.Decimal("1.5"), 3) if is_dumping else ("1.5", 3, 0.1))),
        ((plain.Date,), st.just(dt.date(2026, 1, 31) if is_dumping else "2026-01-31")),
        ((plain.Time,), st.just(dt.time(10, 0) if is_dumping else "10:00:00")),
        (
            (plain.DateTime,),
            st.just(dt.datetime(2026, 1, 31, tzinfo=dt.UTC) if is_dumping else "2026-01-31T10:00:00+00:00"),
        ),
        ((plain.TimeDelta,), st.just(dt.timedelta(seconds=5) if is_dumping else 5)),
    ):
        if isinstance(field, kinds):
            return fit
    return st.sampled_from(("open", 3, None, [1, "b"], {"a": []}, 1.5))


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


@st.composite
def rows(draw: st.DrawFn, schema: Schema, making: Making) -> dict[Any, Any]:
    """An object of the schema, mostly: its members in any order, some left out, now and then one too many."""
    row: dict[Any, Any] = {}
    members = list((schema.dump_fields if making.is_dumping else schema.load_fields).items())
    for name, field in draw(st.permutations(members)):
        key = (field.attribute or name) if making.is_dumping else (name if field.data_key is None else field.data_key)
        if draw(st.integers(0, 9 if field.required else 2)) or (field.required and not making.is_flawed):
            row[key] = draw(values(field, making))
    if making.is_flawed and draw(st.integers(0, 9)) == 0:
        row[draw(st.sampled_from(("unknown", "values", 7)))] = 1
    return OrderedDict(row) if making.is_flawed and draw(st.integers(0, 9)) == 0 else row


@st.composite
def cases(draw: st.DrawFn, *, is_dumping: bool) -> tuple[Schema, list[Any]]:
    """A schema and values to load or dump with it."""
    schema = draw(schemas(is_plain=draw(st.integers(0, 3)) > 0))
    fitting = draw(st.lists(rows(schema, Making(is_dumping, is_flawed=False)), min_size=1, max_size=3))
    flawed = draw(st.lists(rows(schema, Making(is_dumping, is_flawed=True)), min_size=1, max_size=3))
    return schema, [*fitting, *flawed, draw(garbage)]
