"""Files are written whole, left alone when they are right, and never taken from anybody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bus.typesync.generated import Generated
from bus.typesync.writing import CannotWrite, Outcome, refuse_others, write
from tests.bus.typesync.notes import changed

Sync = Callable[..., list[Outcome]]


def test_what_is_right_is_not_touched(folder: Path, sync: Sync) -> None:
    file = folder / "plugins" / "sample.ts"
    os.utime(file, ns=(1, 1))
    assert {outcome.state for outcome in sync()} == {"unchanged"}
    assert file.stat().st_mtime_ns == 1


def test_what_differs_is_replaced_at_once(folder: Path, sync: Sync) -> None:
    """By a rename: whoever reads meanwhile has the old file, whole."""
    file = folder / "plugins" / "sample.ts"
    with file.open() as reader:
        outcomes = sync(changed(("max=100", "max=200"), ('"green"', '"blue"')))
        assert '"green"' in reader.read()
    assert Outcome("written", "plugins/sample.ts") in outcomes
    assert '"blue"' in file.read_text()
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


def test_files_nobody_produces_any_more_go_and_others_stay(folder: Path, sync: Sync) -> None:
    own = folder / "plugins" / "mine.ts"
    own.write_text("export type Mine = string;\n")
    stale = folder / "plugins" / "gone.ts"
    stale.write_text((folder / "plugins" / "bus.ts").read_text())
    assert Outcome("removed", "plugins/gone.ts") in sync()
    assert own.exists()
    assert not stale.exists()


def test_a_file_of_somebody_is_in_the_way(folder: Path, sample: Generated) -> None:
    refuse_others(folder, sample.files)
    for name, data in (("client.ts", b"export {};\n"), ("manifest.json", b"{}"), ("wire.ts", b"\xff")):
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(data)
        with pytest.raises(CannotWrite, match=rf"{name} was not written by"):
            refuse_others(folder, sample.files)
        (folder / name).write_bytes(kept)
    (folder / "codes.ts").unlink()
    (folder / "codes.ts").mkdir()
    with pytest.raises(CannotWrite, match=r"codes\.ts was not written by"):
        refuse_others(folder, sample.files)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, sample: Generated) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"file/calls\.ts cannot be written: File exists"):
        _ = [*write(tmp_path / "file", sample.files)]
