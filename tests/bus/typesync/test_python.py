"""The stubs let a type checker say what is wrong with a call, and do nothing when the program runs."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bus.application import Bus
from bus.typesync.generated import STUBS, Generated, generate
from tests.bus.typesync.notes import SOURCE, plugin_of, registry_of

pytestmark = pytest.mark.any_database
PROGRAM = Path(__file__).parent / "typed_program.py"


def test_a_type_checker_finds_each_fault_and_no_other(tmp_path: Path, sample: Generated) -> None:
    """As strict as it gets."""
    (tmp_path / "bus_commands.py").write_text(sample.files[STUBS])
    program = Path(shutil.copy(PROGRAM, tmp_path))
    strict = {"typeCheckingMode": "strict", "reportUnusedExpression": False, "reportMissingTypeStubs": False}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(strict))
    checker = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(tmp_path)]
    ended = subprocess.run(checker, capture_output=True, text=True, check=False, cwd=tmp_path)
    found = {
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1, one["severity"])
        for one in json.loads(ended.stdout)["generalDiagnostics"]
    }
    marked = [number for number, line in enumerate(program.read_text().splitlines(), 1) if line.endswith("# fault")]
    assert found == {(program.name, number, "error") for number in marked}, ended.stdout


def test_a_typed_bus_is_the_bus(tmp_path: Path, sample: Generated) -> None:
    (tmp_path / "stubs.py").write_text(sample.files[STUBS])
    names = runpy.run_path(str(tmp_path / "stubs.py"))
    with Bus.open("sqlite://", plugins=[plugin_of(SOURCE)]) as bus:
        assert names["typed"](bus) is bus
        assert names["typed"](bus).call("note_create", {"content": "tea"}).data["note"]["content"] == "tea"


def test_names_that_python_has_no_room_for_are_kept(tmp_path: Path) -> None:
    source = SOURCE.replace("        one = fields.Json(allow_none=True)", '        locals()["class"] = fields.Json()')
    text = generate(registry_of(source)).files[STUBS]
    assert 'TypedDict("NoteEchoV1Args", {"class": "NotRequired[JsonValue]", "two": "NotRequired[JsonValue]"})' in text
    (tmp_path / "stubs.py").write_text(text)
    found = runpy.run_path(str(tmp_path / "stubs.py"))["NoteEchoV1Args"]
    assert {*found.__annotations__} == {"class", "two"}
