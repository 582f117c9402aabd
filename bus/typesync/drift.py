"""Whether the files of a folder are what the contracts would give now, and what has changed if not.

A change of a contract is told by its kind (bus/lock/rules.py). Beside those there are changes of files:

    file.edited     somebody wrote in it
    file.stale      nothing produces it any more
    file.missing    it is produced, and not there
    file.outdated   this release of the bus writes it differently

Not here: what a change of a contract means (bus/lock).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bus.lock.changes import compare
from bus.lock.verdicts import BREAKING, Change
from bus.typesync.generated import Generated, below_header
from bus.typesync.header import digest, named_digest, normalised
from bus.typesync.manifest import NAME, Unreadable, digests_in, shapes_in
from bus.typesync.writing import generated_in, text_of


class Drift(NamedTuple):
    """One difference between the files and the contracts."""

    kind: str
    #: None: a file has changed, and no contract.
    command: str | None
    version: int | None
    #: Of the member, with dots; or of the file.
    path: str
    breaking: bool
    sentence: str


def breaks(folder: Path, generated: Generated) -> list[Drift]:
    """What the contracts no longer keep of what was released; nothing where nothing was.

    Raises:
        Unreadable: it cannot be told what was.
    """
    if not (folder / NAME).exists():
        return []
    return [found for found in _contract_changes(folder, generated) if found.breaking]


def drift(folder: Path, generated: Generated) -> list[Drift]:
    """Every difference; none: the folder is in sync.

    Raises:
        Unreadable: a file is missing or cannot be read.
    """
    present = {name: normalised(_text(folder, name)) for name in (NAME, *digests_in(_text(folder, NAME)))}
    if all(present.get(name) == text for name, text in generated.files.items()) and not _stale(folder, generated):
        return []
    of_contracts = _contract_changes(folder, generated)
    of_files = [*_edited(present), *_stale(folder, generated)]
    if not of_contracts and not of_files:
        of_files = list(_outdated(present, generated))
    return of_contracts + of_files


def _contract_changes(folder: Path, generated: Generated) -> list[Drift]:
    before = shapes_in(_text(folder, NAME))
    return [_of_contract(change) for change in compare(before, generated.shapes)]


def _of_contract(change: Change) -> Drift:
    is_breaking = change.for_callers is BREAKING
    return Drift(change.kind, change.command, change.version, change.path, is_breaking, change.sentence)


def _edited(present: dict[str, str]) -> Iterator[Drift]:
    """Files that are not what the manifest says of them; the manifest itself, when all others name another one."""
    manifest = digest(present[NAME])
    others = {name: text for name, text in present.items() if name != NAME}
    if others and all(named_digest(text) != manifest for text in others.values()):
        yield _of_file("file.edited", NAME, "the other files name another manifest")
        return
    digests = digests_in(present[NAME])
    for name, text in others.items():
        if named_digest(text) != manifest:
            yield _of_file("file.edited", name, "its header is gone, or names another manifest")
        elif digest(below_header(name, text)) != digests[name]:
            yield _of_file("file.edited", name, "somebody wrote in it; `bus types sync` writes it anew")


def _stale(folder: Path, generated: Generated) -> list[Drift]:
    names = (name for name in generated_in(folder) if name not in generated.files)
    return [_of_file("file.stale", name, "nothing produces it any more") for name in names]


def _outdated(present: dict[str, str], generated: Generated) -> Iterator[Drift]:
    for name, text in generated.files.items():
        if name not in present:
            yield _of_file("file.missing", name, "it is produced, and not there")
        elif below_header(name, present[name]) != below_header(name, text):
            yield _of_file("file.outdated", name, "this release of the bus writes it differently")


def _of_file(kind: str, name: str, sentence: str) -> Drift:
    return Drift(kind, None, None, name, False, sentence)


def _text(folder: Path, name: str) -> str:
    try:
        return text_of(folder / name)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{folder / name} is missing or cannot be read ({error}); run `bus types sync`") from None
