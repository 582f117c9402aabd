"""docs/reference/hooks.md."""

import inspect

import bus.hooks
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import sentence


def specifications() -> dict[str, object]:
    """The hook specifications by name, in the order of their module."""
    marked = vars(bus.hooks).items()
    return {name: value for name, value in marked if hasattr(value, f"{bus.hooks.PROJECT}_spec")}


def page(_: Catalogue) -> str:
    """One entry for each hook."""
    parts = ["# Hooks\n\n", sentence(bus.hooks), "\n\n"]
    for name, function in specifications().items():
        signature = inspect.signature(function)  # type: ignore[arg-type]  # a specification is a function
        parts += [f"## {name}\n\n", f"```text\n{name}{signature}\n```\n\n".replace("'", ""), sentence(function), "\n\n"]
    return "".join(parts).rstrip("\n") + "\n"
