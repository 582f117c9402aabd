"""Whole numbers and numbers."""

from __future__ import annotations

import math
from typing import Any

from bus.fields import MAX_INT64, MIN_INT64
from bus.validation.checks import allows_int64_only
from bus.validation.plan import Code, Lines, Plan, Unusual


def integer(field: Any, var: str, plan: Plan) -> Code:
    """marshmallow's Integer; digits in a string are its own to read."""
    if plan.is_dumping:
        _refuse_strings(field)
        return int64(field, var, plan)
    return Code([f"if type({var}) is not int: raise Odd"], is_plain=True)


def int64(field: Any, var: str, _plan: Plan) -> Code:
    """A whole number within signed 64 bits."""
    beyond = "" if allows_int64_only(field) else f" or not {MIN_INT64} <= {var} <= {MAX_INT64}"
    return Code([f"if type({var}) is not int{beyond}: raise Odd"], is_plain=True, loaded=var)


def float_number(field: Any, var: str, plan: Plan) -> Code:
    """marshmallow's Float: a whole number becomes a float."""
    if plan.is_dumping:
        _refuse_strings(field)
    lines = [
        f"if type({var}) is not float:",
        f"    if type({var}) is not int: raise Odd",
        f"    {var} = float({var})",
    ]
    if plan.is_dumping or not field.allow_nan:
        lines.append(f"if {_is_not_finite(var, plan)}: raise Odd")
    return Code(lines, keeps=False, is_plain=True, loaded=var)


def number(_field: Any, var: str, plan: Plan) -> Code:
    """A finite number that stays as it is; whole ones beyond 64 bits are marshmallow's to judge."""
    lines: Lines = [
        f"if type({var}) is float:",
        f"    if {_is_not_finite(var, plan)}: raise Odd",
        f"elif type({var}) is not int or not {MIN_INT64} <= {var} <= {MAX_INT64}: raise Odd",
    ]
    return Code(lines, is_plain=True, loaded=var)


def _is_not_finite(var: str, plan: Plan) -> str:
    low, high = plan.constant("minus_infinity", -math.inf), plan.constant("infinity", math.inf)
    return f"not {low} < {var} < {high}"


def _refuse_strings(field: Any) -> None:
    if field.as_string:
        raise Unusual("it dumps numbers as strings")
