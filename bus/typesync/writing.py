"""The set goes to a folder: each file whole or not at all, and nothing that somebody else wrote is touched.

The manifest goes last: after an interruption the files do not fit together, and `bus types drift-check` says so.

Not here: what the files say (bus/typesync/generated.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bus.typesync.header import is_generated

WRITTEN, UNCHANGED, REMOVED = "written", "unchanged", "removed"
#: Where generated files may be, below the folder.
_PLACES = ("*.ts", "*.json", "plugins/*.ts", "plugins/*.json", "python/*.py")


class CannotWrite(Exception):
    """A file cannot be written; the message names it and says what to do."""


class Outcome(NamedTuple):
    """What became of one file."""

    state: str
    name: str


def refuse_others(folder: Path, names: Iterable[str]) -> None:
    """Make sure that no file of somebody's own stands where one of ours is to go.

    Raises:
        CannotWrite: one does.
    """
    for name in names:
        path = folder / name
        if path.is_symlink() or path.exists():
            try:
                is_ours = is_generated(text_of(path))
            except (OSError, ValueError):
                is_ours = False
            if not is_ours:
                raise CannotWrite(
                    f"{path} was not written by `bus types sync`; move it away, or choose another folder with --out"
                )


def write(folder: Path, files: Mapping[str, str]) -> Iterator[Outcome]:
    """Bring a folder into line with the set, and tell what became of each file.

    Args:
        folder: made if it is not there.
        files: name below the folder -> text.

    Raises:
        CannotWrite: a file cannot be written or removed; those told of before are done.
    """
    for name, text in files.items():
        yield Outcome(_written(folder / name, text.encode()), name)
    for name in generated_in(folder):
        if name not in files:
            with _telling(folder / name):
                (folder / name).unlink()
            yield Outcome(REMOVED, name)


def generated_in(folder: Path) -> list[str]:
    """The names of the files in a folder that have our header, sorted."""
    paths = (path for place in _PLACES for path in folder.glob(place))
    return sorted(path.relative_to(folder).as_posix() for path in paths if _is_ours(path))


def text_of(path: Path) -> str:
    """The text of a file, line ends as they are.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no UTF-8.
    """
    return path.read_bytes().decode()


def _is_ours(path: Path) -> bool:
    try:
        return is_generated(text_of(path))
    except (OSError, ValueError):
        return False


def _written(path: Path, data: bytes) -> str:
    with _telling(path):
        if path.is_file() and path.read_bytes() == data:
            return UNCHANGED
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()
    return WRITTEN


class _telling:  # noqa: N801  # reads as a word
    """What the system says becomes a sentence about a path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise CannotWrite(f"{self._path} cannot be written: {error.strerror or error}") from None
