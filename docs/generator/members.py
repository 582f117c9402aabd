"""What the source says about the members of a class: docstrings, and ``#:`` comments above fields and constants."""

import inspect
import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from docs.generator.markdown import literal, sentence

#: One or more lines of ``#:``, then the name they stand above, set in a class or by ``__init__``.
COMMENTED = re.compile(r"((?:^[ ]*#: .*\n)+)[ ]*(?:self\.)?(\w+)(?:: | = |, )", re.MULTILINE)
#: What Python passes by itself.
SELF = ("self", "cls")
SECTION = re.compile(r"^(Args|Returns|Raises):\n((?:    .*\n?|\n)+)", re.MULTILINE)


def comments(documented: type | ModuleType) -> dict[str, str]:
    """The ``#:`` comments of a class or module by the name they stand above."""
    found = COMMENTED.findall(inspect.getsource(documented))
    return {
        name: literal(" ".join(line.strip().removeprefix("#: ") for line in text.splitlines())) for text, name in found
    }


def public(cls: type, hidden: Iterable[str] = ()) -> dict[str, object]:
    """The methods and properties of a class without underscore, in their order, but for those that are hidden."""
    members = vars(cls).items()
    shown = {name: value for name, value in members if callable(value) or isinstance(value, property | classmethod)}
    return {name: value for name, value in shown.items() if not name.startswith("_") and name not in hidden}


def entry(name: str, member: object, marks: str = "###") -> str:
    """Heading, signature and docstring of a method, a class or a property."""
    function = getattr(member, "__func__", member)
    text = f"{marks} `{name}`\n\n"
    if not isinstance(member, property):
        text += f"```text\n{_wrapped(name, _signature(function))}\n```\n\n"
    return text + told(member)


def told(documented: object) -> str:
    """A docstring: its sentences, then what it says about arguments, answer and errors as a list."""
    parts = [sentence(documented), "\n\n"]
    for title, body in SECTION.findall((inspect.getdoc(documented) or "") + "\n"):
        items = re.split(r"\n(?! )", inspect.cleandoc(body))
        lines = [" ".join(item.split()) for item in items if item.strip()]
        if title == "Returns":
            parts.append(f"- Returns: {literal(' '.join(lines))}\n")
            continue
        for line in lines:
            name, _, meaning = line.partition(": ")
            parts.append(f"- {'Raises ' if title == 'Raises' else ''}`{name}`: {literal(meaning)}\n")
    return "".join(parts).rstrip("\n") + "\n\n"


class _Bare(str):
    """An annotation that is shown without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(function: Any) -> str:
    """Arguments and answer as the source spells them, without the object itself."""
    found = inspect.signature(function)
    arguments = [a.replace(annotation=_bare(a.annotation)) for a in found.parameters.values() if a.name not in SELF]
    return str(found.replace(parameters=arguments, return_annotation=_bare(found.return_annotation)))


def _bare(annotation: Any) -> Any:
    is_empty = annotation is inspect.Signature.empty
    return annotation if is_empty else _Bare(inspect.formatannotation(annotation).strip("'").replace("~", ""))


def _wrapped(name: str, signature: str) -> str:
    """A signature on one line, or with a line for each argument."""
    if len(name) + len(signature) <= 100:  # noqa: PLR2004  # what a page shows without scrolling
        return name + signature
    arguments, _, answer = signature.rpartition(")")
    depth, lines, line = 0, [], ""
    for sign in arguments[1:]:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            lines.append(f"    {line.strip()},")
            line = ""
        else:
            line += sign
    return "\n".join([f"{name}(", *lines, f"    {line.strip()},", f"){answer}"])
