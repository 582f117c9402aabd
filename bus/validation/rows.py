"""The code of one row: an object of a schema, its members in the schema's order, nothing unknown in it.

Loading reads the wire's keys and writes the handler's names; dumping reads names and writes keys. A row is built in
one display while every member is sure to be there, and member by member from the first that may be absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from marshmallow import EXCLUDE, Schema, missing

from bus.validation.members import Member, loaded_members
from bus.validation.plan import Code, Lines, Odd, Plan, indented
from bus.validation.stock import has_stock_frame, refuse_unusual
from bus.validation.values import value_code


class _Row:
    """Lines of one row while they grow."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines: Lines = ["if type(data) is not dict: raise Odd"]
        #: Source of ``"key": variable`` for members not yet in ``out``.
        self.sure: Lines = []
        self.is_begun = False
        #: Members that are always there; the others count themselves when they are.
        self.required = 0
        self.has_optional = False

    def put(self, key: str, var: str) -> None:
        """The member is there."""
        if self.is_begun:
            self.lines.append(f"out[{key!r}] = {var}")
        else:
            self.sure.append(f"{key!r}: {var}")

    def begin(self) -> None:
        """From here on members are added one by one."""
        if not self.is_begun:
            self.lines.append(f"out = {{{', '.join(self.sure)}}}")
            self.is_begun = True

    def finished(self, *, refuses_unknown: bool) -> Lines:
        """All lines, with ``out`` made and nothing returned yet."""
        self.begin()
        start = [f"n = {self.required}"] if self.has_optional else []
        end = [f"if len(data) != {'n' if self.has_optional else self.required}: raise Odd"] if refuses_unknown else []
        return [self.lines[0], *start, *self.lines[1:], *end]


def row_lines(schema: Schema, plan: Plan, unknown: str | None = None) -> Lines:
    """Lines that read ``data`` and make ``out``, or raise Odd.

    Args:
        schema: of the row.
        plan: what the lines belong to.
        unknown: overrides the schema's own option; only EXCLUDE lets unknown keys through, and only when loading.

    Raises:
        Unusual: the schema does more than its fields say.
    """
    refuse_unusual(schema, is_dumping=plan.is_dumping)
    row = _Row(plan)
    with plan.inside(schema):
        for member in loaded_members(schema):
            _add(row, member)
    return row.finished(refuses_unknown=plan.is_dumping or (unknown or schema.unknown) != EXCLUDE)


def row_function(schema: Schema, plan: Plan, unknown: str | None = None) -> str:
    """Name of a function that takes one row and gives it back loaded or dumped, or raises Odd."""
    lines = row_lines(schema, plan, unknown)
    if plan.is_dumping:  # rows of a database may come as mappings of its driver
        lines[0] = f"if type(data) is not dict: data = {plan.constant('dict_of', _dict_of)}(data)"
    name = plan.variable("row")
    plan.functions += [f"def {name}(data):", *indented([*lines, "return out"]), ""]
    return name


def _dict_of(value: Any) -> dict[Any, Any]:
    if not isinstance(value, Mapping):
        raise Odd
    return dict(cast("Mapping[Any, Any]", value))


def _add(row: _Row, member: Member) -> None:
    field = member.field
    if not has_stock_frame(field) and not row.plan.is_dumping:
        _add_left_to_its_field(row, member)
        return
    source, target = (member.attribute, member.key) if row.plan.is_dumping else (member.key, member.attribute)
    default = field.dump_default if row.plan.is_dumping else field.load_default
    var = row.plan.variable(member.name)
    read = f"{var} = data[{source!r}]"
    code = value_code(field, var, row.plan, f"{member.key!r}, data")
    if default is not missing:
        _defaulted(row, code, source, read, _default_lines(default, var, row.plan))
    elif field.required:
        row.required += 1
        row.lines += [read, *code.lines]
    else:
        row.has_optional = True
        row.begin()
        row.lines += [f"if {source!r} in data:", *indented(["n += 1", read, *code.lines, f"out[{target!r}] = {var}"])]
        return
    row.put(target, var)


def _defaulted(row: _Row, code: Code, source: str, read: str, absent: Lines) -> None:
    row.has_optional = True
    if row.plan.is_dumping:  # a default is dumped and validated like a given value
        row.lines += [f"if {source!r} in data:", *indented(["n += 1", read]), "else:", *indented(absent), *code.lines]
    else:
        row.lines += [f"if {source!r} in data:", *indented(["n += 1", read, *code.lines]), "else:", *indented(absent)]


def _default_lines(default: Any, var: str, plan: Plan) -> Lines:
    if callable(default):
        return [f"{var} = {plan.constant('default', default)}()", f"if {var} is missing: raise Odd"]
    return [f"{var} = {plan.literal('default', default)}"]


def _add_left_to_its_field(row: _Row, member: Member) -> None:
    """Loading: the field itself decides what an absent value means."""
    var = row.plan.variable(member.name)
    method = row.plan.constant(f"whole_{type(member.field).__name__}", member.field.deserialize)
    row.has_optional = True
    row.begin()
    row.lines += [
        f"if {member.key!r} in data: n += 1",
        f"{var} = {method}(data.get({member.key!r}, missing), {member.key!r}, data)",
        f"if {var} is not missing: out[{member.attribute!r}] = {var}",
    ]
