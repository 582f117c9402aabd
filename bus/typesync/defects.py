"""What is wrong with the files of a folder, looked at on their own: no contract is compared with them.

    header     there, and naming the manifest that lies beside it; the text below it unchanged
    commands   each one of the registry has its types
    types      none declared twice, none of `any`, none that refers to nothing
    schemas    valid against the dialect, references that lead somewhere, examples that fit

Not here: whether the files are up to date (bus/typesync/drift.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bus.typesync.exporting import SIDES
from bus.typesync.generated import below_header
from bus.typesync.header import digest, is_generated, named_digest, normalised
from bus.typesync.manifest import NAME, Unreadable, digests_in, types_in
from bus.typesync.schema_text import schema_defects
from bus.typesync.typescript_text import declared, imported, referred, spoken_part
from bus.typesync.writing import text_of

_ANY = re.compile(r"\bany\b")
#: The files of types; the others are code, of which the digest tells enough.
_OF_TYPES = re.compile(r"plugins/.*\.ts|codes\.ts|commands\.ts")


class Defect(NamedTuple):
    """Something wrong in one place."""

    file: str
    #: From 1 on.
    line: int
    message: str


def defects(folder: Path, commands: Mapping[str, str]) -> list[Defect]:
    """Every defect of the files in a folder, by file and line.

    Args:
        folder: where they are.
        commands: ``name@version`` of every command there has to be -> plugin.

    Raises:
        Unreadable: a file is missing or cannot be read.
    """
    manifest = _text(folder, NAME)
    files = {name: _text(folder, name) for name in digests_in(manifest)}
    found: list[Defect] = [*_of_headers(files, manifest), *_of_commands(files, manifest, commands)]
    scripts = {name: text for name, text in files.items() if name.endswith(".ts")}
    for look in _LOOKS:
        found += look(scripts)
    for name, text in files.items():
        if name.endswith(".json"):
            found += [Defect(name, line, message) for line, message in schema_defects(text)]
    return sorted(set(found))


def _of_headers(files: Mapping[str, str], manifest: str) -> Iterator[Defect]:
    expected, digests = digest(manifest), digests_in(manifest)
    for name, text in files.items():
        if not is_generated(text):
            yield Defect(name, 1, "the header is missing")
        elif named_digest(text) != expected:
            yield Defect(name, 1, f"the header does not name the SHA-256 of {NAME}, which is {expected}")
        elif digest(below_header(name, text)) != digests[name]:
            yield Defect(name, 2, f"the text is not the one whose digest stands in {NAME}")


def _of_commands(files: Mapping[str, str], manifest: str, commands: Mapping[str, str]) -> Iterator[Defect]:
    types = types_in(manifest)
    names = {file: {found.text for found in declared(text)} for file, text in files.items()}
    for key, plugin in commands.items():
        name = f"plugins/{plugin}.ts"
        if key not in types:
            yield Defect(NAME, 1, f"the command {key} is missing")
            continue
        for end in (*SIDES, "ErrorCode"):
            if f"{types[key]}{end}" not in names.get(name, ()):
                yield Defect(name, 1, f"the type {types[key]}{end} of the command {key} is missing")


def _declared_twice(scripts: Mapping[str, str]) -> Iterator[Defect]:
    first: dict[str, str] = {}
    for file, text in scripts.items():
        for name in declared(text):
            if name.text in first:
                yield Defect(file, name.line, f"{name.text} is declared a second time, first in {first[name.text]}")
            first.setdefault(name.text, file)


def _of_any(scripts: Mapping[str, str]) -> Iterator[Defect]:
    for file, text in scripts.items():
        for number, line in enumerate(spoken_part(text).split("\n"), 1):
            if _ANY.search(line):
                yield Defect(file, number, "the type any checks nothing")


def _unresolved(scripts: Mapping[str, str]) -> Iterator[Defect]:
    names = {file: {name.text for name in declared(text)} for file, text in scripts.items()}
    for file, text in scripts.items():
        known = set(names[file])
        for name, path in imported(text):
            if name.text not in names.get(_target(file, path), ()):
                yield Defect(file, name.line, f"{path} has no {name.text}")
            known.add(name.text)
        for name in referred(text) if _OF_TYPES.fullmatch(file) else ():
            if name.text not in known:
                yield Defect(file, name.line, f"{name.text} is declared nowhere")


#: What is looked for in all files of TypeScript together.
_LOOKS: tuple[Callable[[Mapping[str, str]], Iterator[Defect]], ...] = (_declared_twice, _of_any, _unresolved)


def _target(file: str, path: str) -> str:
    """The file that an import leads to."""
    parts: list[str] = list(PurePosixPath(file).parent.parts)
    for part in PurePosixPath(path).with_suffix(".ts").parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def _text(folder: Path, name: str) -> str:
    try:
        return normalised(text_of(folder / name))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{folder / name} is missing or cannot be read ({error}); run `bus types sync`") from None
