"""Pieces of Markdown."""

import inspect
import re
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, ending in an empty line; columns that hold nothing are left out, and so is a table without rows."""
    columns = [column for column in zip(heads, *rows, strict=True) if any(column[1:])]
    if not columns:
        return ""
    head, *lines = (
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in zip(*columns, strict=True)
    )
    return "\n".join([head, "|" + "---|" * len(columns), *lines]) + "\n\n"


def sentence(documented: object) -> str:
    """The docstring up to its first section or list, as one line."""
    text = inspect.getdoc(documented) or ""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    told = [
        " ".join(p.split())
        for p in paragraphs
        if not re.match(r"(Args|Returns|Raises|Source|Yields|Not here):|[-*] ", p)
    ]
    return literal(" ".join(told))


def literal(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one."""
    return text.replace("``", "`")


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def link(heading: str, page: str = "") -> str:
    """A link to a heading that is set as code."""
    return f"[`{heading}`]({page}#{slug(heading)})"
