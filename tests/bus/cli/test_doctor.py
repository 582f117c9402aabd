"""``bus doctor`` finds what is wrong and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bus.cli.checks import place
from bus.cli.entry import FAILED, OK
from tests.bus.cli.conftest import Bus


def findings(bus: Bus, topic: str) -> list[tuple[str, str]]:
    """State and text of all findings about a topic."""
    return [(item["state"], item["text"]) for item in bus("doctor", "--json").json["items"] if item["topic"] == topic]


def test_a_good_set_up_is_healthy(bus: Bus) -> None:
    printed = bus("doctor", "--json")
    assert printed.status == OK
    assert printed.json["is_healthy"] is True
    assert {item["state"] for item in printed.json["items"]} <= {"ok", "warning"}
    topics = {item["topic"] for item in printed.json["items"]}
    assert topics >= {"python", "version", "folder", "clock", "settings", "disk", "plugin", "database"}


def test_the_same_for_people(bus: Bus) -> None:
    status, out, err = bus("doctor")
    assert status == OK
    assert out.splitlines()[0].split() == ["TOPIC", "STATE", "FINDING"]
    assert err.endswith("bus: no faults found\n")


def test_a_database_that_will_be_made_is_fine_and_is_not_made(bus: Bus, tmp_path: Path) -> None:
    ((state, text),) = findings(bus, "database")
    assert state == "ok"
    assert text == f"{tmp_path}/home/bus.sqlite does not exist yet; the first command makes it"
    assert not (tmp_path / "home").exists()


def test_a_database_in_use_is_looked_into(bus: Bus) -> None:
    bus("call", "sample_echo")
    assert [state for state, _ in findings(bus, "database")] == ["ok"]
    assert findings(bus, "tables") == [("ok", "bus is at bus_0001")]


def test_a_database_that_is_behind_is_a_fault(bus: Bus, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("BUS_DATABASE_URL", database_url)
    tables = findings(bus, "tables")
    assert ("fault", "bus has no tables yet, the code needs bus_0001; run `bus db upgrade`") in tables
    assert bus("doctor").status == FAILED
    bus("db", "upgrade")
    assert findings(bus, "tables") == [("ok", "bus is at bus_0001")]
    assert bus("doctor").status == OK


def test_a_database_server_that_is_away_is_a_fault_without_its_password(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUS_DATABASE_URL", "postgresql://bus:hunter2@127.0.0.1:1/bus")
    ((state, text),) = findings(bus, "database")
    assert state == "fault"
    assert "cannot be reached" in text
    assert "hunter2" not in text


def test_a_file_that_is_no_database_is_a_fault(bus: Bus, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "bus.sqlite").write_text("I am a letter." * 100)
    ((state, text),) = findings(bus, "database")
    assert state == "fault"
    assert "is no SQLite database" in text


def test_a_folder_that_cannot_be_made_is_a_fault(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    ((state, text),) = findings(bus, "database")
    assert state == "fault"
    assert "is not writable; set BUS_HOME" in text


def test_wrong_settings_are_a_fault_and_misspelt_ones_a_warning(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_DATABSE_URL", "x")
    monkeypatch.setenv("BUS_XYZZY", "x")
    monkeypatch.setenv("BUS_SESSION_TOKEN", "x")
    found = findings(bus, "settings")
    assert ("warning", "BUS_DATABSE_URL is no setting; did you mean BUS_DATABASE_URL?") in found
    assert ("warning", "BUS_XYZZY is no setting; `bus config` lists the settings") in found
    assert not any("BUS_SESSION_TOKEN" in text for _, text in found)
    monkeypatch.setenv("BUS_MAX_DEPTH", "x")
    assert findings(bus, "settings")[0][0] == "fault"


def test_a_broken_plugin_is_a_fault_with_its_reason(bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry_points = tmp_path / "sample" / "sample_plugin-1.0.dist-info" / "entry_points.txt"
    entry_points.write_text("[bus.plugins]\nsample = no_such_module:sample\n")
    ((state, text), nothing) = findings(bus, "plugin")
    assert state == "fault"
    assert text.startswith("sample is left out: ")
    assert "no_such_module" in text
    assert nothing[0] == "warning"


@pytest.mark.parametrize("name", ["plugins", "workers.py", "contracts"])
def test_a_folder_that_hides_ours_is_named(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    module = tmp_path / "here" / name
    module.parent.mkdir()
    if module.suffix:
        module.touch()
    else:
        module.mkdir()
        (module / "__init__.py").touch()
    monkeypatch.chdir(module.parent)
    assert ("warning", f"{module} hides ours in `python -m`; run it from another folder") in findings(bus, "folder")


def test_another_distribution_of_the_same_name_is_a_fault(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    information = tmp_path / "sample" / "sample_plugin-1.0.dist-info"
    (information / "top_level.txt").write_text("workers\n")
    found = findings(bus, "folder")
    assert ("fault", "the distribution sample-plugin also holds workers; uninstall one of the two") in found


def test_a_full_disk_is_a_fault(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = place.shutil.disk_usage("/")
    for free, expected in ((10 * place.MIB, "fault"), (500 * place.MIB, "warning"), (5_000 * place.MIB, "ok")):
        monkeypatch.setattr(place.shutil, "disk_usage", lambda _folder, free=free: usage._replace(free=free))
        ((state, _text),) = findings(bus, "disk")
        assert state == expected


def test_a_clock_that_was_never_set_is_a_fault(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place.time, "time", lambda: 1_000_000.0)
    assert findings(bus, "clock")[0] == ("fault", "the clock stands before 2025; set it")


def test_a_check_that_fails_is_a_finding(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_folder: object) -> None:
        raise RuntimeError("odd disk")

    monkeypatch.setattr(place.shutil, "disk_usage", fail)
    assert findings(bus, "disk") == [("fault", "cannot be looked at: RuntimeError: odd disk")]
