"""Lists, mappings and nested rows: code around the code of what they hold."""

from __future__ import annotations

from typing import Any

from bus.validation.plan import Code, Lines, Plan, Unusual, indented
from bus.validation.rows import row_function
from bus.validation.values import value_code


def list_of(field: Any, var: str, plan: Plan) -> Code:
    """A new list of the items."""
    item = plan.variable("item")
    inner = value_code(field.inner, item, plan)
    lines = [_refuse_other_than_list(var, plan)]
    loop = f"for {item} in {var}:"
    if inner.keeps:
        lines += [loop, *indented(inner.lines)] if inner.lines else []
        lines.append(f"{var} = [*{var}]")
    else:
        items = plan.variable("items")
        lines += [f"{items} = []", loop, *indented([*inner.lines, f"{items}.append({item})"]), f"{var} = {items}"]
    return Code(lines, keeps=False, loaded=var if inner.loaded == item else None, is_counted=True)


def dict_of(field: Any, var: str, plan: Plan) -> Code:
    """A new mapping of the entries."""
    lines = [f"if type({var}) is not dict: raise Odd"]
    if field.key_field is None and field.value_field is None:
        plan.has_doubtful_values = True
        return Code([*lines, f"{var} = {{**{var}}}"], keeps=False, loaded=var)
    key, value, entries = (plan.variable(stem) for stem in ("key", "value", "entries"))
    key_code, value_code_ = _part_code(field.key_field, key, plan), _part_code(field.value_field, value, plan)
    body = [*key_code.lines, *value_code_.lines, f"{entries}[{key}] = {value}"]
    if plan.is_dumping:  # members of JSON have strings as names
        body.insert(len(key_code.lines), f"if type({key}) is not str: raise Odd")
    lines += [f"{entries} = {{}}", f"for {key}, {value} in {var}.items():", *indented(body), f"{var} = {entries}"]
    is_same = key_code.loaded == key and value_code_.loaded == value
    return Code(lines, keeps=False, loaded=var if is_same else None)


def _part_code(field: Any, var: str, plan: Plan) -> Code:
    if field is not None:
        return value_code(field, var, plan)
    plan.has_doubtful_values = True
    return Code([], loaded=var)


def nested(field: Any, var: str, plan: Plan) -> Code:
    """One row, or a list of rows, by a function of their own."""
    schema = _schema_of(field)
    row = row_function(schema, plan, field.unknown)
    if not schema.many:
        return Code([f"{var} = {row}({var})"], keeps=False)
    lines: Lines = [_refuse_other_than_list(var, plan), f"{var} = [{row}(each) for each in {var}]"]
    return Code(lines, keeps=False, is_counted=True)


def _schema_of(field: Any) -> Any:
    try:
        return field.schema
    except Exception as error:  # marshmallow will raise it again when the field is used
        raise Unusual("its schema cannot be made yet") from error


def _refuse_other_than_list(var: str, plan: Plan) -> str:
    other = f"type({var}) is not list"
    return f"if {other} and type({var}) is not tuple: raise Odd" if plan.is_dumping else f"if {other}: raise Odd"
