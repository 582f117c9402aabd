"""A schema as one generated function: the same answers as ``Schema.load``, many times faster.

The generated function says yes to ordinary values and hands everything else to marshmallow, which decides again from
the beginning. So every refusal and every message is marshmallow's; functions a contract brings along (defaults,
validators) may then run twice, and should do nothing but answer.

Compiling costs about a millisecond a schema: do it when a command is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from marshmallow import Schema, ValidationError

from bus.validation.frame import plain_frame
from bus.validation.kinds import KINDS
from bus.validation.plan import Lines, Plan, Unusual, indented
from bus.validation.reference import dump_checked, result_fault
from bus.validation.rows import row_lines


class Compiled(Protocol):
    """A generated function and its text."""

    source: str

    def __call__(self, data: Any, /) -> dict[str, Any]:
        """Load or dump one object."""
        ...


def compile_loader(schema: Schema) -> Compiled:
    """A function that answers as ``schema.load`` does: value, refusal and messages.

    Args:
        schema: is not changed afterwards.

    Returns:
        A function that raises ValidationError where ``schema.load`` does, and where that runs out of stack.
    """
    by_fields: Callable[[Any], dict[str, Any]] | None = None

    def slow(data: Any) -> dict[str, Any]:
        nonlocal by_fields
        by_fields = by_fields or plain_frame(schema)
        try:
            return by_fields(data)
        except RecursionError:  # a schema that contains itself takes eight frames a level
            raise ValidationError("nested too deep") from None

    return _compile(schema, Plan(is_dumping=False, kinds=KINDS), "load", slow)


def compile_dumper(schema: Schema) -> Compiled:
    """A function that answers as ``dump_checked`` does: the data of an answer, or ValidationError.

    Args:
        schema: is not changed afterwards.
    """

    def slow(result: Any) -> dict[str, Any]:
        return dump_checked(schema, result)

    return _compile(schema, Plan(is_dumping=True, kinds=KINDS), "dump", slow)


def _compile(schema: Schema, plan: Plan, name: str, slow: Callable[[Any], Any]) -> Compiled:
    title = f"{name} {type(schema).__name__}"
    last = f"return {plan.constant(f'{name}_by_marshmallow', slow)}(data)"
    try:
        lines = [f"def {name}(data):", *indented([*_guarded(_top_lines(schema, plan)), last])]
        return cast("Compiled", plan.finish(name, lines, title))
    except Unusual as reason:
        plan.functions.clear()
        remark = f"# {type(schema).__name__!a} is left to marshmallow: {str(reason)!a}"
        return cast("Compiled", plan.finish(name, [f"def {name}(data):", *indented([remark, last])], title))


def _top_lines(schema: Schema, plan: Plan) -> Lines:
    if schema.many:
        raise Unusual("it stands for a list")
    lines = row_lines(schema, plan)
    if plan.is_dumping and plan.has_doubtful_values:
        fault = plan.constant("result_fault", result_fault)
        lines.append(f"if {fault}(out) is not None: raise Odd")
    return [*lines, "return out"]


def _guarded(lines: Lines) -> Lines:
    # Whatever goes wrong in the fast lines, a stranger's validator included, marshmallow meets again and answers.
    return ["try:", *indented(lines), "except Exception:", "    pass"]
