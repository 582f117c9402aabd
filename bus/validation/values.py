"""The code of one value: its kind, its validators, and what becomes of null.

A field falls into one of four: a kind written out (kinds/), another of marshmallow's own whose methods are called, a
stranger's whose ``_deserialize`` is called, or one that is handed the value whole. When dumping, the last two make the
whole schema unusual.
"""

from __future__ import annotations

from typing import Any

from bus.validation.checks import check_lines
from bus.validation.plan import Code, Lines, Plan, Unusual, indented
from bus.validation.stock import has_stock_frame, is_stock

#: How the value of an item is handed to a field: it has no name and no data around it.
ITEM = "None, None"


def value_code(field: Any, var: str, plan: Plan, around: str = ITEM) -> Code:
    """Lines that turn the variable's value into the field's value, or raise Odd.

    Args:
        field: bound to its schema.
        var: holds a value that was given, perhaps None.
        plan: what the lines belong to.
        around: source of the two arguments ``attr`` and ``data`` of the field's methods.
    """
    if not has_stock_frame(field):
        return _whole(field, var, plan, around)
    code = _checked(field, var, plan, around)
    lines = code.lines
    if field.allow_none:
        lines = [f"if {var} is not None:", *indented(lines)] if lines else []
    elif not code.refuses_none:
        lines = [f"if {var} is None: raise Odd", *lines]
    return code._replace(lines=lines)


def _checked(field: Any, var: str, plan: Plan, around: str) -> Code:
    """The kind's code, or the field's methods where there is none, with the validators."""
    kind = next((plan.kinds[cls] for cls in type(field).__mro__ if cls in plan.kinds), None)
    if kind is None or not is_stock(field, kind.field):
        return _with_checks(field, var, _called(field, var, plan, around), plan)
    try:
        return _with_checks(field, var, kind.emit(field, var, plan), plan)
    except Unusual:
        if plan.is_dumping and not kind.is_scalar:
            raise
        by_methods = dumped_by_methods(field, var, plan) if plan.is_dumping else _called(field, var, plan, around)
        return _with_checks(field, var, by_methods, plan)


def _with_checks(field: Any, var: str, code: Code, plan: Plan) -> Code:
    return code._replace(lines=[*code.lines, *check_lines(field, var, code, plan)])


def _called(field: Any, var: str, plan: Plan, around: str) -> Code:
    """Loading: the field's own ``_deserialize``, with the checks around it written out."""
    if plan.is_dumping:
        raise Unusual(f"the field {field.name} is of a class of its own")
    method = plan.constant(f"load_{type(field).__name__}", field._deserialize)  # noqa: SLF001  # what ``deserialize`` calls
    lines = [
        f"if {var} is missing: raise Odd",
        f"{var} = {method}({var}, {around})",
        f"if {var} is missing: raise Odd",
    ]
    return Code(lines, keeps=False, refuses_none=False)


def _whole(field: Any, var: str, plan: Plan, around: str) -> Code:
    """Loading: everything left to the field."""
    if plan.is_dumping:
        raise Unusual(f"the field {field.name} replaces what runs around every field")
    method = plan.constant(f"whole_{type(field).__name__}", field.deserialize)
    return Code([f"{var} = {method}({var}, {around})"], keeps=False)


def dumping_method(field: Any) -> Any:
    """What ``serialize`` calls with a value that is there."""
    return field._serialize  # noqa: SLF001


def dumped_by_methods(field: Any, var: str, plan: Plan) -> Code:
    """Dumping: the field's own methods, for kinds of marshmallow's that look at nothing but the value."""
    plan.has_doubtful_values = True
    dump = plan.constant(f"dump_{type(field).__name__}", dumping_method(field))
    load = plan.constant(f"load_{type(field).__name__}", field._deserialize)  # noqa: SLF001  # what ``deserialize`` calls
    loaded = plan.variable("loaded")
    lines: Lines = [
        f"if {var} is missing or {var} is None: raise Odd",
        f"{var} = {dump}({var}, None, None)",
        f"{loaded} = {load}({var}, None, None)",
    ]
    return Code(lines, keeps=False, loaded=loaded)
