"""What a note is called in the tree: by its first line."""

from __future__ import annotations

import re

from contracts.lazynote.white_space import BLANK, WHITE_SPACE

#: The name of a note without any text.
UNTITLED = "Untitled"
#: So much of a content is read first: a list of notes must not cost all their contents.
HEAD = 1_000
_LINE = re.compile(r"[^\r\n]*")
_MARK = re.compile(f"#+{BLANK}*")


def title(content: str) -> str:
    """The first line that is not blank, trimmed, without the mark of a heading unless there is nothing else."""
    found = _LINE.match(content.lstrip(WHITE_SPACE))
    line = found.group().rstrip(WHITE_SPACE) if found else ""
    mark = _MARK.match(line)
    return line[mark.end() :] or line if mark else line or UNTITLED


def title_of_head(head: str) -> str | None:
    """The title, by the first ``HEAD`` characters of a content; None when they do not tell."""
    text = head.lstrip(WHITE_SPACE)
    is_enough = len(head) < HEAD or "\n" in text or "\r" in text
    return title(text) if is_enough else None
