"""The types of every command of this distribution: whole, strict, and the same as a well-known generator's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bus import loader
from bus.builtins import builtins
from bus.client.texts import LONGEST_SHOWN, TEXTS
from bus.registry import Registry
from bus.typesync.defects import defects
from bus.typesync.generated import ASSETS, Generated, generate, in_one_file
from bus.typesync.writing import write
from tests.bus.typesync.node import PLACE, PROGRAMS, compiled, run

PAGE = PLACE.parents[1] / "docs" / "how-to" / "typescript.md"


@pytest.fixture(scope="module")
def everything() -> Generated:
    return generate(Registry([builtins(), *loader.discover(strict=True).plugins]))


def test_the_compiler_takes_all_of_it(tmp_path: Path, everything: Generated) -> None:
    """As strict as it gets, as many files and as one, with the programs that the documentation shows."""
    _ = [*write(tmp_path / "types", everything.files)]
    (tmp_path / "one_file").mkdir()
    (tmp_path / "one_file" / "backend.ts").write_text(in_one_file(everything))
    programs = re.findall(r'```typescript title="([a-z]+\.ts)"\n(.*?)```', PAGE.read_text(), re.DOTALL)
    assert len(programs) == 4
    for name, text in programs:
        (tmp_path / name).write_text(text)
    assert compiled(tmp_path, types=["node"]) == ""


def test_each_type_is_the_one_another_generator_makes(tmp_path: Path, everything: Generated) -> None:
    """json-schema-to-typescript, on the same JSON Schemas; what it calls unknown is any JSON value here."""
    _ = [*write(tmp_path, everything.files)]
    wire = tmp_path / "wire.ts"
    text = re.sub(r"(type JsonValue =)[^;]+;", r"\1 unknown;", wire.read_text())
    wire.write_text(re.sub(r"(type JsonObject =)[^;]+;", r"\1 { [name: string]: unknown };", text))
    ended = run(str(PROGRAMS / "peer.mjs"), str(PLACE / "package.json"), str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) == 2 * len(everything.commands)
    assert compiled(tmp_path, files=["claims.ts", "index.ts"]) == ""


def test_nothing_is_wrong_with_it(tmp_path: Path, everything: Generated) -> None:
    _ = [*write(tmp_path, everything.files)]
    assert defects(tmp_path, {command.key: command.plugin for command in everything.commands}) == []


def test_every_command_has_an_example(everything: Generated) -> None:
    assert [command.key for command in everything.commands if command.sample is None] == []


def test_people_are_told_the_same_in_both_languages() -> None:
    errors = (ASSETS / "errors.ts").read_text()
    pairs = re.findall(r'^  "?([A-Z_*]+)"?: "([^"]+)",$', errors, re.MULTILINE)
    assert dict(pairs) == dict(TEXTS)
    assert f"LONGEST_SHOWN = {LONGEST_SHOWN};" in errors
