"""``bus commands`` and ``bus config`` tell what there is, to people and to programs."""

from __future__ import annotations

import pytest

from bus.cli.entry import FAILED, OK
from bus.settings import SETTINGS
from tests.bus.cli.conftest import Bus


def test_commands_are_listed(bus: Bus) -> None:
    printed = bus("commands", "--json")
    assert printed.status == OK
    items = {item["name"]: item for item in printed.json["items"]}
    assert len(items) == printed.json["total_count"]
    assert items["sample_echo"]["summary"] == "Answer what was sent."
    assert "job_get" in items
    assert printed.json["items"] == bus("call", "command_list").json["data"]["items"]


def test_commands_are_listed_for_people(bus: Bus) -> None:
    lines = bus("commands").out.splitlines()
    assert lines[0].split() == ["COMMAND", "VERSIONS", "PLUGIN", "EFFECT", "ACCESS", "MEANING"]
    assert "sample_echo" in [line.split()[0] for line in lines]


def test_no_database_is_made_for_a_list(bus: Bus, tmp_path) -> None:
    bus("commands")
    bus("config")
    bus("call", "sample_echo", "--help")
    assert not (tmp_path / "home").exists()


def test_one_command_is_described(bus: Bus) -> None:
    described = bus("commands", "sample_kinds", "--json").json
    assert [field["name"] for field in described["params"]][:3] == ["text", "whole", "number"]
    assert described == bus("call", "command_describe", "--command", "sample_kinds").json["data"]
    out = bus("commands", "sample_kinds@1").out
    assert out.startswith("sample_kinds@1  Answer arguments of every kind.\nplugin sample, read, access local\n")
    assert "\nwhole     int64" in out


def test_an_unknown_command_is_a_failure(bus: Bus) -> None:
    status, out, err = bus("commands", "nobody")
    assert (status, out) == (FAILED, "")
    assert "bus: no plugin answers the command 'nobody'" in err


def test_every_setting_is_listed(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_DATABASE_URL", "postgresql://bus:hunter2@db/bus")
    monkeypatch.setenv("BUS_LEASE_MS", "2000")
    printed = bus("config", "--json")
    rows = {row["name"]: row for row in printed.json["items"]}
    assert list(rows) == [setting.name for setting in SETTINGS]
    assert rows["database_url"]["value"] == "postgresql://bus:***@db/bus"
    assert rows["database_url"]["source"] == "BUS_DATABASE_URL"
    assert rows["lease_ms"] | {"meaning": ""} == {
        "name": "lease_ms",
        "variables": ["BUS_LEASE_MS"],
        "value": 2000,
        "source": "BUS_LEASE_MS",
        "default": "30000",
        "unit": "milliseconds",
        "allowed": "a whole number from 1000 to 3600000",
        "meaning": "",
    }
    assert rows["max_depth"]["source"] == "default"


def test_settings_are_listed_for_people(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bus:hunter2@db/bus")
    out = bus("config").out
    assert "hunter2" not in out
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert "postgresql://bus:***@db/bus" in lines["BUS_DATABASE_URL"]
    assert "  DATABASE_URL  " in lines["BUS_DATABASE_URL"]
    assert lines["BUS_LEASE_MS"].split()[1:3] == ["30000", "milliseconds"]
    assert "  sample  " in lines["BUS_PLUGINS_ALLOW"]
    assert "  none  " in lines["BUS_PLUGINS_DENY"]


@pytest.mark.parametrize("arguments", [("commands",), ("config",), ("doctor",), ("commands", "sample_kinds")])
def test_a_terminal_gets_tables_that_fit(bus: Bus, terminal, arguments) -> None:
    out = bus(*arguments).out
    assert max(len(line) for line in out.splitlines()) <= 120


def test_config_shows_no_key(bus, monkeypatch):
    """That there are some, yes."""
    monkeypatch.setenv("BUS_SIGNING_KEYS", "hunter2" * 5)

    assert "hunter2" not in bus("config").out
    (row,) = [row for row in bus("config", "--json").json["items"] if row["name"] == "signing_keys"]
    assert (row["value"], row["source"]) == ("***", "BUS_SIGNING_KEYS")
