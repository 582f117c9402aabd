"""``bus contracts``: lock, check, diff, and the jobs that a deploy would strand."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE
from bus.lock import file
from bus.lock.file import Lock, Released
from tests.bus.cli.conftest import Bus

KEYS = [f"sample_{name}@1" for name in ("echo", "fail", "kinds", "noise", "print", "wait")]


@pytest.fixture
def path(bus: Bus, tmp_path: Path) -> Path:
    """The lock of a stranger's plugin, released as it is."""
    path = tmp_path / "lock.json"
    assert bus("contracts", "lock", "--plugin", "sample", "--lock", str(path)).status == OK
    return path


def edit(path: Path, key: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Let a version have been released in another shape."""
    lock = file.read(path)
    entry = copy.deepcopy(lock.contracts[key])
    change(entry.shape)
    file.write(path, replace(lock, contracts={**lock.contracts, key: entry}))


def accepted_null(shape: dict[str, Any]) -> None:
    """Released: ``text`` may be null. So the code takes less than was released."""
    shape["args"]["properties"]["text"]["type"] = ["string", "null"]


def knew_no_number(shape: dict[str, Any]) -> None:
    """Released: without ``number``. So the code takes more than was released."""
    del shape["args"]["properties"]["number"]


def test_the_lock_of_a_plugin_is_about_that_plugin(bus: Bus, path: Path) -> None:
    document = json.loads(path.read_text())
    assert document["plugins"] == ["sample"]
    assert sorted(document["contracts"]) == KEYS
    assert bus("contracts", "check", "--lock", str(path))[:2] == (OK, "")


def test_a_release_tells_what_it_adds_and_is_repeated_without_a_trace(bus: Bus, tmp_path: Path) -> None:
    path = tmp_path / "contracts" / "lock.json"
    first = bus("contracts", "lock", "--lock", str(path), "--plugin", "sample")
    assert first.out.splitlines() == [f"added  {key}" for key in KEYS]
    assert "6 entries written" in first.err
    again = bus("contracts", "lock", "--lock", str(path), "--json")
    assert again.json == {"path": str(path), "added": [], "changed": [], "removed": []}


def test_without_a_name_every_plugin_and_the_core_is_released(bus: Bus, tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    assert bus("contracts", "lock", "--lock", str(path)).status == OK
    lock = file.read(path)
    assert lock.plugins is None
    assert {one.plugin for one in lock.contracts.values()} == {"bus", "sample"}


def test_a_safe_change_passes_and_is_released_when_asked(bus: Bus, path: Path) -> None:
    edit(path, "sample_kinds@1", knew_no_number)
    checked = bus("contracts", "check", "--lock", str(path))
    assert checked.status == OK
    assert checked.out == "SAFE  sample_kinds@1  args number: number is new and may be left out\n"
    assert bus("contracts", "lock", "--lock", str(path)).out == "changed  sample_kinds@1\n"
    assert bus("contracts", "check", "--lock", str(path)).out == ""


def test_a_breaking_change_fails_with_the_smallest_sample(bus: Bus, path: Path) -> None:
    edit(path, "sample_kinds@1", accepted_null)
    checked = bus("contracts", "check", "--lock", str(path))
    assert checked.status == FAILED
    assert checked.out.splitlines() == [
        "BREAKING  sample_kinds@1  args text: null was taken and is not any more",
        "    callers: breaking; queued jobs: breaking; stored answers: safe",
        '    {"text": null}',
        "    VALIDATION_ERROR: Invalid args for sample_kinds: text: must not be null",
    ]
    assert checked.err == "bus: 1 changes: 1 breaking\n"


def test_programs_learn_the_same(bus: Bus, path: Path) -> None:
    edit(path, "sample_kinds@1", accepted_null)
    checked = bus("contracts", "check", "--lock", str(path), "--json")
    assert checked.status == FAILED
    assert checked.json["counts"] == {"safe": 0, "needs_upcaster": 0, "breaking": 1}
    (change,) = checked.json["changes"]
    assert (change["command"], change["version"], change["path"]) == ("sample_kinds", 1, "text")
    assert (change["for_callers"], change["verdict"]) == ("breaking", "breaking")
    assert change["sample"] == {"text": None}


def test_a_breaking_change_is_not_released_unless_somebody_insists(bus: Bus, path: Path) -> None:
    edit(path, "sample_kinds@1", accepted_null)
    before = path.read_bytes()
    refused = bus("contracts", "lock", "--lock", str(path))
    assert (refused.status, path.read_bytes()) == (FAILED, before)
    assert "1 breaking changes in released versions" in refused.err
    assert bus("contracts", "lock", "--lock", str(path), "--allow-breaking").status == OK
    assert bus("contracts", "check", "--lock", str(path)).out == ""


def test_a_command_that_is_gone_is_a_breaking_change(bus: Bus, path: Path) -> None:
    lock = file.read(path)
    gone = copy.deepcopy(lock.contracts["sample_print@1"])
    gone.shape["name"] = "sample_gone"
    file.write(path, Lock({**lock.contracts, "sample_gone@1": Released("sample", gone.shape, ())}, lock.plugins))
    checked = bus("contracts", "check", "--lock", str(path))
    assert checked.status == FAILED
    assert checked.out.startswith("BREAKING  sample_gone@1  command: the command is gone")


def test_two_locks_are_compared_and_one_may_come_from_standard_input(bus: Bus, path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    new.write_bytes(path.read_bytes())
    edit(new, "sample_kinds@1", accepted_null)
    edit(new, "sample_kinds@1", knew_no_number)
    told = bus("contracts", "diff", str(path), str(new))
    assert told.status == OK
    assert [line.split(":")[0] for line in told.out.splitlines() if not line.startswith(" ")] == [
        "BREAKING  sample_kinds@1  args number",
        "SAFE  sample_kinds@1  args text",
    ]
    piped = bus("contracts", "diff", "-", str(new), "--json", stdin=path.read_bytes())
    assert piped.json == bus("contracts", "diff", str(path), str(new), "--json").json
    assert [change["sample"] for change in piped.json["changes"]] == [{"number": 0}, None]


def test_live_tells_of_jobs_that_would_be_stranded(bus: Bus, queued: Any) -> None:
    job_id = queued.submit("sample_fail").job["id"]
    assert bus("contracts", "check", "--live")[:2] == (OK, "")
    with queued.database.writer().transaction() as kept:
        kept.raw.execute("UPDATE bus_job SET contract='sample_gone@1'")
    checked = bus("contracts", "check", "--live")
    assert checked.status == FAILED
    head, ids = checked.out.splitlines()
    assert head.startswith("1 waiting  sample_gone@1: UNKNOWN_COMMAND: no plugin answers")
    assert ids.strip() == job_id
    assert "1 jobs looked at; 1 that are about to run could not" in checked.err
    found = bus("contracts", "check", "--live", "--json", "--ids", "0").json
    (group,) = found["groups"]
    assert (found["examined_count"], found["pending_count"]) == (1, 1)
    assert (group["command"], group["version"], group["count"], group["ids"]) == ("sample_gone", 1, 1, [])


def test_live_needs_no_lock_and_no_tables(bus: Bus) -> None:
    """The first release of all runs it on an empty database."""
    assert bus("contracts", "check", "--live")[:2] == (OK, "")


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["check", "--lock", "/nowhere/lock.json"], FAILED, "there is no contract lock at /nowhere/lock.json"),
        (["lock", "--lock", "/proc/lock.json", "--plugin", "sample"], FAILED, "cannot be written"),
        (["lock", "--lock", "/nowhere/lock.json", "--plugin", "nobody"], WRONG_USAGE, "No plugin is named nobody"),
        (["diff", "/nowhere/old.json", "/nowhere/new.json"], WRONG_USAGE, "No such file"),
        (["check", "--ids", "-1"], WRONG_USAGE, "-1 is not in the range"),
        (["diff"], WRONG_USAGE, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(bus: Bus, arguments: list[str], status: int, why: str) -> None:
    told = bus("contracts", *arguments)
    assert (told.status, told.out) == (status, "")
    assert why in told.err


def test_a_file_that_is_no_lock_is_named(bus: Bus, path: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    told = bus("contracts", "diff", str(path), str(wrong))
    assert (told.status, told.out) == (FAILED, "")
    assert f"{wrong} is no contract lock" in told.err
