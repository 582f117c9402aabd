"""The lock file: the released shape of each version, in text that is made to be reviewed.

    {"format": 1, "plugins": null, "contracts": {"note_create@1": {"plugin", "digest", "samples", "shape"}, …}}

Equal contracts give equal bytes. Each entry has a digest of its own, so branches that add different commands do not
meet in one line, and an entry that was edited by hand or merged wrongly is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bus.errors import SetupError

FORMAT = 1
#: Longest line with more than one value in it.
_WIDTH = 120


@dataclass(frozen=True)
class Released:
    """One version as it was released."""

    plugin: str
    shape: dict[str, Any]
    #: Arguments that it accepted.
    samples: tuple[dict[str, Any], ...]

    @property
    def key(self) -> str:
        """``name@version``."""
        return f"{self.shape['name']}@{self.shape['version']}"

    @property
    def digest(self) -> str:
        """SHA-256 of all that the entry says."""
        said = json.dumps([self.plugin, self.samples, self.shape], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Lock:
    """What was released, by ``name@version``."""

    contracts: Mapping[str, Released]
    #: Names of the plugins it is about; None: whichever are installed.
    plugins: tuple[str, ...] | None = None

    @property
    def shapes(self) -> dict[str, dict[str, Any]]:
        """The shapes alone."""
        return {key: released.shape for key, released in self.contracts.items()}

    def covers(self, plugin: str) -> bool:
        """Whether the contracts of a plugin belong into it."""
        return self.plugins is None or plugin in self.plugins

    def text(self) -> str:
        """The file's text."""
        entries = {
            key: {"plugin": one.plugin, "digest": one.digest, "samples": list(one.samples), "shape": one.shape}
            for key, one in sorted(self.contracts.items(), key=_place)
        }
        plugins = None if self.plugins is None else sorted(self.plugins)
        return _written({"format": FORMAT, "plugins": plugins, "contracts": entries}) + "\n"


def read(path: Path) -> Lock:
    """The lock of a file.

    Raises:
        SetupError: it is not there, or is no lock that this version understands.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SetupError(f"there is no contract lock at {path}; `bus contracts lock` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"the contract lock {path} cannot be read: {error}") from error
    try:
        return parsed(text)
    except SetupError as error:
        raise SetupError(f"{path} {error}") from error


def parsed(text: str) -> Lock:
    """The lock of a text.

    Raises:
        SetupError: the sentence lacks its subject, the file.
    """
    try:
        document: Any = json.loads(text)
        if document["format"] != FORMAT:
            raise SetupError(f"has format {document['format']} and this bus knows {FORMAT}; install a matching release")
        plugins = document["plugins"]
        entries = {key: _entry(key, entry) for key, entry in document["contracts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SetupError(f"is no contract lock: {type(error).__name__}: {error}") from error
    return Lock(entries, None if plugins is None else tuple(plugins))


def write(path: Path, lock: Lock) -> bool:
    """Put the lock into its file, whole or not at all; False: it says so already.

    Raises:
        SetupError: that is not possible.
    """
    text = lock.text()
    try:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text)
        Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(file.name).replace(path)
    except OSError as error:
        raise SetupError(f"the contract lock {path} cannot be written: {error}") from error
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _entry(key: str, entry: Any) -> Released:
    released = Released(entry["plugin"], entry["shape"], tuple(entry["samples"]))
    if released.key != key or released.digest != entry["digest"]:
        raise SetupError(
            f"says something else about {key} than its digest: it was edited by hand or merged wrongly; take the "
            "released file back and run `bus contracts lock`"
        )
    return released


def _place(item: tuple[str, Released]) -> tuple[str, int]:
    return item[1].shape["name"], item[1].shape["version"]


def _written(value: Any, indent: int = 0, lead: int = 0) -> str:
    """JSON in which whatever fits into a line stands in one, unless it holds the parts of the file.

    Args:
        value: plain JSON.
        indent: spaces before the members of this value's parent.
        lead: characters that stand before it in its line.
    """
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (lead + len(line) < _WIDTH and indent > 2):  # noqa: PLR2004
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [_written(one, indent + 2, indent + 3) for one in cast("list[Any]", value)]
        opening, closing = "[]"
    else:
        names = {json.dumps(name, ensure_ascii=False): one for name, one in cast("dict[str, Any]", value).items()}
        parts = [f"{name}: {_written(one, indent + 2, indent + len(name) + 5)}" for name, one in names.items()]
        opening, closing = "{}"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{' ' * indent}{closing}"
