"""What generated code is made from while it grows: lines, the constants they name, and functions for nested rows.

The generated code only knows how to say yes. Whatever it does not recognise at once raises ``Odd``, and marshmallow
decides the whole value again: so it never words an error, and never accepts what marshmallow would refuse.

Not here: which lines a field gives (kinds/), how the lines become a function (compile.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, NamedTuple

from marshmallow import Schema, missing

#: Schemas inside schemas that are written out; deeper ones are left to marshmallow.
MAX_NESTING = 20

Lines = list[str]


class Odd(Exception):
    """Generated code met a value that it leaves to marshmallow."""


class Unusual(Exception):
    """A schema or a field has something about it that generated code cannot repeat; the text says what."""


class Code(NamedTuple):
    """Lines that check one variable and turn it into what marshmallow would have made of it."""

    lines: Lines
    #: The variable still holds the very object it held before.
    keeps: bool = True
    #: None never comes through these lines.
    refuses_none: bool = True
    #: The variable ends as an exact str, int, float or bool.
    is_plain: bool = False
    #: Dumping: the variable with what marshmallow would load from the dumped value; None: there is none.
    loaded: str | None = None
    #: Dumping: the dumped value is a list as long as the loaded one.
    is_counted: bool = False


class Kind(NamedTuple):
    """One class of fields whose behaviour generated code repeats."""

    field: type[Any]
    emit: Callable[[Any, str, Plan], Code]
    #: Dumping: its own ``_serialize`` and ``_deserialize`` may be called where ``emit`` finds the field unusual.
    is_scalar: bool = True


class Plan:
    """The code of one loader or dumper."""

    def __init__(self, *, is_dumping: bool, kinds: dict[type[Any], Kind]) -> None:
        self.is_dumping = is_dumping
        self.kinds = kinds
        #: What the lines name: the globals of the finished function.
        self.names: dict[str, Any] = {"Odd": Odd, "missing": missing}
        #: Functions for nested rows, innermost first.
        self.functions: Lines = []
        #: The schemas being written, outermost first.
        self.open_schemas: list[type[Schema]] = []
        #: Dumping: some value may come out that is not JSON, so the whole result is looked through once more.
        self.has_doubtful_values = False
        self.count = 0

    def constant(self, stem: str, value: Any) -> str:
        """A name under which the lines find this value."""
        name = next((name for name, known in self.names.items() if known is value), None)
        if name is None:
            is_free = stem not in self.names and re.fullmatch(r"[a-z]+(_[A-Za-z0-9]+)*", stem) is not None
            name = stem if is_free else self.variable(stem)
            self.names[name] = value
        return name

    def literal(self, stem: str, value: Any) -> str:
        """Source of this value: itself where it is short, else a constant's name."""
        is_short = value is None or type(value) is bool or (type(value) is int and abs(value) < 2**64)
        return repr(value) if is_short else self.constant(stem, value)

    def variable(self, stem: str) -> str:
        """A name that nothing else in this plan has."""
        self.count += 1
        return f"v{self.count}_{re.sub(r'[^A-Za-z0-9_]', '_', stem)[:40]}"

    @contextmanager
    def inside(self, schema: Schema) -> Generator[None]:
        """Write a schema inside those being written."""
        if type(schema) in self.open_schemas or len(self.open_schemas) == MAX_NESTING:
            raise Unusual("it contains itself, or schemas too deep")
        self.open_schemas.append(type(schema))
        try:
            yield
        finally:
            self.open_schemas.pop()

    def finish(self, name: str, lines: Lines, title: str) -> Callable[[Any], dict[str, Any]]:
        """Compile the functions for nested rows and these lines; the function's ``source`` is the text.

        Raises:
            Unusual: Python does not compile loops that deep.
        """
        source = "\n".join([*self.functions, *lines]) + "\n"
        try:
            code = compile(source, f"<{title}>", "exec")
        except SyntaxError as error:
            raise Unusual(f"its code does not compile: {error.msg}") from error
        exec(code, self.names)  # noqa: S102  # made from contracts alone: nothing a caller sends becomes code
        function = self.names[name]
        function.source = source
        return function


def indented(lines: Iterable[str]) -> Lines:
    """The lines one level deeper."""
    return ["    " + line for line in lines]
