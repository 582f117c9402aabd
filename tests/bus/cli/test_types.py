"""``bus types`` writes the types of the installed plugins, and says by its exit status what is wrong."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bus.cli.entry import FAILED, OK
from tests.bus.cli.conftest import Bus
from tests.bus.typesync.notes import SOURCE

Install = Callable[..., None]


@pytest.fixture
def install(bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put the sample domain in the place of the plugin, with words of it replaced; work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two sources of one second would count as one

    def write(*pairs: tuple[str, str]) -> None:
        source = SOURCE
        for old, new in pairs:
            assert old in source
            source = source.replace(old, new)
        (tmp_path / "sample" / "sample_plugin.py").write_text(source)
        sys.modules.pop("sample_plugin", None)

    write()
    yield write
    sys.modules.pop("sample_plugin", None)


def contents(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.*") if path.is_file()}


def test_sync_tells_what_became_of_each_file(bus: Bus, install: Install) -> None:
    printed = bus("types", "sync")
    lines = printed.out.splitlines()
    assert (printed.status, printed.err) == (OK, "")
    assert "written plugins/sample.ts" in lines
    assert lines[-1] == "written manifest.json"
    assert {path.name for path in Path("contracts/types/plugins").iterdir()} == {
        f"{plugin}{end}" for plugin in ("bus", "sample") for end in (".ts", ".schema.json")
    }
    assert bus("types", "sync").out.splitlines() == [line.replace("written", "unchanged") for line in lines]
    install((" NoteEcho,", ""), ("@sample.handles(NoteEcho)\n", ""))
    (stale := Path("contracts/types/plugins/gone.ts")).write_text(Path("contracts/types/client.ts").read_text())
    again = bus("types", "sync", "--allow-breaking").out.splitlines()
    assert "written plugins/sample.ts" in again
    assert "removed plugins/gone.ts" in again
    assert not stale.exists()


def test_sync_prints_typescript_and_writes_nothing(bus: Bus, install: Install, tmp_path: Path) -> None:
    before = contents(tmp_path)
    printed = bus("types", "sync", "--stdout")
    assert (printed.status, printed.err) == (OK, "")
    assert printed.out.startswith("// generated, do not edit (bus types sync, sha256 of manifest.json: ")
    assert "export type NoteCreateV2Args" in printed.out
    assert contents(tmp_path) == before


def test_sync_names_the_contract_that_has_no_types(bus: Bus, install: Install) -> None:
    install(('"note_echo"', '"日本"'))
    status, out, err = bus("types", "sync", "--out", "t")
    assert (status, out) == (2, "")
    assert err == "bus: 日本: no type can be named after it; give it a name with a letter from A to Z\n"
    install(("class Note(Schema)", "class Note(Nobody)"))
    status, out, err = bus("types", "sync", "--out", "t")
    assert (status, out) == (2, "")
    assert "bus: the plugin sample is left out" in err
    assert not Path("t").exists()


def test_sync_says_what_it_cannot_write(bus: Bus, install: Install) -> None:
    Path("t").mkdir()
    Path("t/client.ts").write_text("export {};\n")
    status, out, err = bus("types", "sync", "--out", "t")
    assert (status, out) == (3, "")
    assert (
        err
        == "bus: t/client.ts was not written by `bus types sync`; move it away, or choose another folder with --out\n"
    )
    assert contents(Path("t")).keys() == {"t/client.ts"}


def test_sync_says_which_file_cannot_be_written(bus: Bus, install: Install) -> None:
    status, out, err = bus("types", "sync", "--out", "/proc/types")
    assert (status, out) == (3, "")
    assert err == "bus: /proc/types/calls.ts cannot be written: No such file or directory\n"


def test_sync_keeps_what_was_released(bus: Bus, install: Install) -> None:
    """Unless somebody says that it may break."""
    bus("types", "sync", "--out", "t")
    before = contents(Path("t"))
    install(("max=100", "max=50"))
    status, out, err = bus("types", "sync", "--out", "t")
    assert (status, out) == (4, "")
    assert [line.partition(" ")[2].partition(":")[0] for line in err.splitlines()] == [
        "note_create@1",
        "note_create@2",
        "nothing is written; publish a new version of each, or say --allow-breaking",
    ]
    assert contents(Path("t")) == before
    assert bus("types", "sync", "--out", "t", "--allow-breaking").status == OK
    assert bus("types", "sync", "--out", "t").status == OK
    install(("max=100", "max=60"), ("hint = fields.Text()", "hint = fields.Text()\n        more = fields.Text()"))
    assert bus("types", "sync", "--out", "t").status == OK  # more than before breaks nobody
    (Path("t") / "manifest.json").write_text("// generated, do not edit (bus types sync)")
    status, _, err = bus("types", "sync", "--out", "t")
    assert status == 4
    assert err.startswith("bus: manifest.json is no JSON")
    assert err.endswith("restore it as it was committed, or say --allow-breaking\n")
    assert bus("types", "sync", "--out", "t", "--allow-breaking").status == OK


def test_validate_tells_defects_by_line(bus: Bus, install: Install) -> None:
    assert bus("types", "validate", "--out", "t").status == 2
    bus("types", "sync", "--out", "t")
    assert bus("types", "validate", "--out", "t") == (OK, "", "")
    file = Path("t/plugins/sample.ts")
    file.write_text(file.read_text().replace("waited_ms: number", "waited_ms: any"))
    line = file.read_text().partition("any")[0].count("\n") + 1
    printed = bus("types", "validate", "--out", "t")
    assert printed.status == FAILED
    assert f"t/plugins/sample.ts:{line}: the type any checks nothing" in printed.out.splitlines()


def test_drift_is_told_to_people_and_programs(bus: Bus, install: Install) -> None:
    status, out, err = bus("types", "drift-check", "--out", "t")
    assert (status, out) == (2, "")
    assert err.startswith("bus: t/manifest.json is missing or cannot be read")
    bus("types", "sync", "--out", "t")
    assert bus("types", "drift-check", "--out", "t") == (OK, "in sync\n", "")
    assert bus("types", "drift-check", "--out", "t", "--json").json == {"in_sync": True, "changes": []}
    before = contents(Path("t"))
    install(("wait_ms = fields.Int64(required=True)", "wait_ms = fields.Text(required=True)"))
    printed = bus("types", "drift-check", "--out", "t", "--json")
    assert printed.status == FAILED
    assert printed.json == {
        "in_sync": False,
        "changes": [
            {"kind": "args.changed", "command": "note_wait", "version": 1, "path": "wait_ms", "breaking": True}
        ],
    }
    head, row = bus("types", "drift-check", "--out", "t").out.splitlines()
    assert head.split() == ["CHANGE", "COMMAND", "WHERE", "MEANING"]
    assert row.split()[:4] == ["args.changed", "note_wait@1", "wait_ms", "breaking"]
    assert contents(Path("t")) == before


def test_another_process_writes_the_same_bytes(bus: Bus, install: Install) -> None:
    """Whatever the order of its sets."""
    command = [sys.executable, "-m", "bus", "types", "sync", "--out", "t"]
    environment = {**os.environ, "PYTHONPATH": str(Path("sample").resolve()), "PYTHONHASHSEED": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=True)
    assert {line.split()[0] for line in bus("types", "sync", "--out", "t").out.splitlines()} == {"unchanged"}
