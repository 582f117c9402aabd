"""The line by which a generated file is told from one that somebody wrote.

It stands among the first lines, as a comment of the file's language, and names the manifest by its digest: files of
two different exports never look as if they belonged together.
"""

from __future__ import annotations

import hashlib
import re

_FOUND = re.compile(
    r"generated, do not edit \(bus types sync(?:, sha256 of manifest\.json: (?P<digest>[0-9a-f]{64}))?\)"
)
#: The line is among this many.
_LINES = 3


def header(manifest_digest: str | None = None) -> str:
    """The text of the line, without the marks of a comment.

    Args:
        manifest_digest: None: for the manifest itself.
    """
    tail = "" if manifest_digest is None else f", sha256 of manifest.json: {manifest_digest}"
    return f"generated, do not edit (bus types sync{tail})"


def is_generated(text: str) -> bool:
    """Whether a file has the line."""
    return _found(text) is not None


def named_digest(text: str) -> str | None:
    """The manifest's digest in a file's header; None: it has no header, or one without a digest."""
    found = _found(text)
    return found["digest"] if found else None


def digest(text: str) -> str:
    """SHA-256, the same however a line ends on this system."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def normalised(text: str) -> str:
    """The text with lines that end as we write them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _found(text: str) -> re.Match[str] | None:
    return _FOUND.search("\n".join(text.splitlines()[:_LINES]))
