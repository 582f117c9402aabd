"""How commands, plugins and nested objects are called where names are identifiers.

Names hold for the whole set of files, so that it can stand in one file as well.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z0-9]+")


class NotExportable(Exception):
    """A contract has no types in another language; the message names it and says what to do."""


def camel(spelling: str) -> str:
    """``db.effort.start`` -> ``DbEffortStart``; empty when there is no letter or digit of ASCII."""
    name = "".join(word[0].upper() + word[1:] for word in _WORD.findall(spelling))
    return f"_{name}" if name[:1].isdigit() else name


def command_type(name: str) -> str:
    """What the names of a command's types begin with.

    Raises:
        NotExportable: nothing can be named after it.
    """
    found = camel(name)
    if not found:
        raise NotExportable(f"{name}: no type can be named after it; give it a name with a letter from A to Z")
    return found
