"""Validators as code: the common ones as comparisons, every other one as a call.

Only what a validator accepts at a glance is accepted here; a call's ValidationError ends in marshmallow deciding.
"""

from __future__ import annotations

from typing import Any

from marshmallow import validate

from bus.fields import MAX_INT64, MIN_INT64
from bus.storable import is_clean
from bus.validation.plan import Code, Lines, Plan, Unusual
from bus.validation.stock import is_stock


def check_lines(field: Any, var: str, code: Code, plan: Plan) -> Lines:
    """One line for each validator of the field."""
    return [line for validator in field.validators for line in _lines(validator, var, code, plan)]


def _lines(validator: Any, var: str, code: Code, plan: Plan) -> Lines:
    if is_exact(validator, validate.And):
        return [line for part in validator.validators for line in _lines(part, var, code, plan)]
    is_length = is_exact(validator, validate.Length) and _has_whole_bounds(validator)
    subject = code.loaded if plan.is_dumping else var
    if is_length and subject is None and code.is_counted:
        subject = var
    if subject is None:
        raise Unusual("a validator looks at what marshmallow would load")
    condition = _length(validator, subject) if is_length else _condition(validator, subject, code, plan)
    if condition is None:
        return [f"{plan.constant('check', validator)}({subject})"]
    return [f"if {condition}: raise Odd"] if condition else []


def _condition(validator: Any, var: str, code: Code, plan: Plan) -> str | None:
    """What is true of a value to refuse, empty for nothing; None: only a call can tell."""
    if is_exact(validator, validate.Regexp):
        return f"{plan.constant('match', validator.regex.match)}({var}) is None"
    if not code.is_plain:
        return None
    if is_exact(validator, validate.Range):
        return _range(validator, var, plan)
    if is_exact(validator, validate.OneOf):
        choices = _fixed_choices(validator)
        return f"{var} not in {plan.constant('choices', validator.choices if choices is None else choices)}"
    return None


def _has_whole_bounds(validator: validate.Length) -> bool:
    return all(bound is None or type(bound) is int for bound in (validator.min, validator.max, validator.equal))


def _length(validator: validate.Length, var: str) -> str:
    if validator.equal is not None:
        return f"len({var}) != {validator.equal}"
    low = f"{validator.min} <= " if validator.min is not None else ""
    high = f" <= {validator.max}" if validator.max is not None else ""
    return f"not {low}len({var}){high}" if low or high else ""


def _range(validator: validate.Range, var: str, plan: Plan) -> str:
    low = high = ""
    if validator.min is not None:
        low = f"{plan.literal('bound', validator.min)} {'<=' if validator.min_inclusive else '<'} "
    if validator.max is not None:
        high = f" {'<=' if validator.max_inclusive else '<'} {plan.literal('bound', validator.max)}"
    return f"not {low}{var}{high}" if low or high else ""


def is_exact(validator: Any, known: type[Any]) -> bool:
    """Whether a validator does just what this class of marshmallow's does."""
    return isinstance(validator, known) and is_stock(validator, known)


def _fixed_choices(validator: Any) -> frozenset[Any] | None:
    """The choices as a set when nobody can change them any more and equality means the same in a set."""
    choices: Any = validator.choices
    is_fixed = type(choices) in {tuple, frozenset} and all(type(choice) in {str, int} for choice in choices)
    return frozenset(choices) if is_fixed else None


def allows_clean_text_only(field: Any) -> bool:
    """Whether one of fixed choices is asked for and none of them holds U+0000 or lone surrogates."""
    sets = [_fixed_choices(v) for v in field.validators if is_exact(v, validate.OneOf)]
    return any(choices and all(type(c) is str and is_clean(c) for c in choices) for choices in sets)


def allows_int64_only(field: Any) -> bool:
    """Whether a range inside signed 64 bits is asked for."""
    ranges: list[Any] = [v for v in field.validators if is_exact(v, validate.Range)]
    return any(type(r.min) is type(r.max) is int and r.min >= MIN_INT64 and r.max <= MAX_INT64 for r in ranges)
