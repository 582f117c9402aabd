"""What a file of TypeScript declares and refers to, read without a compiler.

It understands what `bus types sync` writes, and enough of anything else to say that it was not written by it.

Not here: writing it (bus/typesync/typescript.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_IMPORT = re.compile(r'^import (?:type )?\{([^}]*)\} from "([^"]+)";', re.MULTILINE)
_DECLARED = re.compile(r"^export (?:type|interface|class|const|function|async function) ([\w$]+)", re.MULTILINE)
#: Comments and texts: what they hold refers to nothing.
_SILENT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`', re.DOTALL)
#: A name; names of members, which a colon follows, are none.
_NAME = re.compile(r"(?<![\w$.])[A-Za-z_$][\w$]*(?![\w$]|\??:)")
#: Words of the language in what is generated.
_WORDS = "Record N boolean const export false from import in interface never null number readonly string true type"
_KNOWN = frozenset(_WORDS.split())


class Name(NamedTuple):
    """A name in a file."""

    text: str
    #: From 1 on.
    line: int


def declared(text: str) -> Iterator[Name]:
    """What a file exports by a declaration."""
    for found in _DECLARED.finditer(text):
        yield Name(found[1], _line(text, found.start()))


def imported(text: str) -> Iterator[tuple[Name, str]]:
    """Each name that a file takes from another one, and the path of that."""
    for found in _IMPORT.finditer(text):
        for name in found[1].split(","):
            if name.strip():
                yield Name(name.strip(), _line(text, found.start())), found[2]


def referred(text: str) -> Iterator[Name]:
    """The names that a file of types uses, but for words of the language."""
    spoken = spoken_part(text)
    for found in _NAME.finditer(spoken):
        if found[0] not in _KNOWN:
            yield Name(found[0], _line(spoken, found.start()))


def spoken_part(text: str) -> str:
    """The text without comments and texts, its lines where they were."""
    return _SILENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
