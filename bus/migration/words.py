"""What Alembic found, in words.

Source: Alembic, ``compare_metadata``: a list of directives, those about one column in a list of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

ONLY_IN_CODE = "is in the code but not in the database"
ONLY_IN_DATABASE = "is in the database but not in the code"


def flat(found: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Each directive by itself."""
    for directive in found:
        if isinstance(directive, list):
            yield from cast("list[tuple[Any, ...]]", directive)
        else:
            yield directive


def sentence(directive: tuple[Any, ...]) -> str:
    """The difference a directive stands for."""
    kind, *rest = directive
    side, _, what = kind.partition("_")
    if side == "modify":
        return _changed(what, rest)
    subject = _SUBJECTS.get(what)
    named = subject(rest) if subject else f"{what} {rest}"
    return f"{named} {ONLY_IN_CODE if side == 'add' else ONLY_IN_DATABASE}"


def _changed(what: str, rest: list[Any]) -> str:
    _schema, table, column, _existing, database, code = rest
    show = _VALUES.get(what, repr)
    return f"column {table}.{column} has {what} {show(database)} in the database but {show(code)} in the code"


def _default(value: Any) -> str:
    expression = getattr(value, "arg", value)
    return "none" if expression in (None, False) else str(getattr(expression, "text", expression))


def _constraint(rest: list[Any]) -> str:
    (constraint,) = rest
    columns = ", ".join(column.name for column in constraint.columns)
    return f"constraint {constraint.name or 'without a name'} on {constraint.table.name} ({columns})"


def _foreign_key(rest: list[Any]) -> str:
    (key,) = rest
    targets = ", ".join(element.target_fullname for element in key.elements)
    return f"foreign key {key.parent.name} ({', '.join(key.column_keys)}) to {targets}"


#: The subject of a sentence about something added or removed.
_SUBJECTS: dict[str, Callable[[list[Any]], str]] = {
    "table": lambda rest: f"table {rest[0].name}",
    "column": lambda rest: f"column {rest[1]}.{rest[2].name}",
    "index": lambda rest: f"index {rest[0].name} on {rest[0].table.name}",
    "constraint": _constraint,
    "fk": _foreign_key,
}
#: How the two values of a changed property are written.
_VALUES: dict[str, Callable[[Any], str]] = {"nullable": str, "type": repr, "default": _default}
