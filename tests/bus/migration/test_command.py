"""``bus db`` as an operator types it: data on standard output, the rest on standard error, an exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE, run
from bus.database import Database
from bus.migration import ledger
from bus.migration.ledger import Entry
from tests.bus.migration import conftest


class Printed(NamedTuple):
    """What a command line did."""

    status: int
    out: str
    err: str


@pytest.fixture
def bus(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Printed]:
    """Type a command line after ``bus``, for a fresh database."""
    monkeypatch.setenv("BUS_DATABASE_URL", database_url)
    monkeypatch.setenv("BUS_HOME", str(tmp_path))

    def type_in(*arguments: str) -> Printed:
        status = run(list(arguments))
        printed = capsys.readouterr()
        return Printed(status, printed.out, printed.err)

    return type_in


def test_from_an_empty_database_to_an_equal_one(bus: Callable[..., Printed]) -> None:
    """Status, upgrade, status, check, for programs."""
    before = json.loads(bus("db", "status", "--json").out)
    assert before["is_up_to_date"] is False
    assert {"plugin": "bus", "standing": "behind", "database": None, "code": "bus_0001"} in before["plugins"]
    ran = json.loads(bus("db", "upgrade", "--json").out)["ran"]
    assert [step["revision"] for step in before["pending"]] == ran
    assert ran[0] == "bus_0001"
    after = json.loads(bus("db", "status", "--json").out)
    assert (after["is_up_to_date"], after["pending"]) == (True, [])
    status, out, err = bus("db", "check", "--json")
    assert (status, json.loads(out)["differences"], err) == (OK, [], "")


def test_the_same_for_people(bus: Callable[..., Printed]) -> None:
    """Tables of words; an upgrade that finds nothing says so."""
    status, out, _ = bus("db", "status")
    assert status == OK
    assert ["bus", "none", "bus_0001", "behind"] in [line.split() for line in out.splitlines()]
    assert "\n`bus db upgrade` would run:\n" in out
    meaning = "Jobs, idempotency records, finished units, and what steers and schedules them."
    assert ["bus_0001", meaning] in [line.split(maxsplit=1) for line in bus("db", "upgrade").out.splitlines()]
    again = bus("db", "upgrade").out
    assert again.endswith(" is up to date\n")
    assert again.count("\n") == 1
    assert "no differences" in bus("db", "check").out


def test_a_difference_fails_the_check(bus: Callable[..., Printed], database: Database) -> None:
    """Exit status 1, the differences on standard output."""
    bus("db", "upgrade")
    conftest.run(database, "DROP INDEX bus_idempotency_age")
    status, out, _ = bus("db", "check")
    assert status == FAILED
    assert "1 difference " in out
    assert "  index bus_idempotency_age on bus_idempotency is in the code but not in the database\n" in out


def test_a_check_before_the_upgrade_says_what_comes_first(bus: Callable[..., Printed]) -> None:
    """One sentence on standard error."""
    status, out, err = bus("db", "check")
    assert (status, out) == (FAILED, "")
    assert err.startswith("bus: the database ")
    assert err.endswith("run `bus db upgrade`\n")


def test_tables_without_their_plugin_are_told(bus: Callable[..., Printed], database: Database) -> None:
    """With the package that is missing; the exit status is that of a status that could be told."""
    bus("db", "upgrade")
    with database.connect() as connection:
        ledger.write(connection, Entry("shop", "shop_0002", 1, "acme.shop.migrations"))
    status, out, err = bus("db", "status")
    assert status == OK
    assert ["shop", "shop_0002", "none", "not", "loaded"] in [line.split() for line in out.splitlines()]
    assert err == "bus: shop is at shop_0002 but not loaded: install or allow what provides acme.shop.migrations\n"


@pytest.mark.parametrize("arguments", [("db", "downgrade"), ("db", "upgrade", "--wait", "soon")])
def test_a_wrong_command_line_is_told(bus: Callable[..., Printed], arguments: tuple[str, ...]) -> None:
    """Exit status 2."""
    assert bus(*arguments).status == WRONG_USAGE


def test_the_embedded_database_needs_no_preparation(
    bus: Callable[..., Printed], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its folder is made when it is missing."""
    monkeypatch.delenv("BUS_DATABASE_URL")
    monkeypatch.setenv("BUS_HOME", str(tmp_path / "new" / "home"))
    assert bus("db", "upgrade").status == OK
    assert (tmp_path / "new" / "home" / "bus.sqlite").exists()
    (tmp_path / "file").touch()
    monkeypatch.setenv("BUS_HOME", str(tmp_path / "file" / "home"))
    status, _, err = bus("db", "upgrade")
    assert status == FAILED
    assert (
        err == f"bus: the folder {tmp_path}/file/home cannot be made (Not a directory); set BUS_HOME to one that can\n"
    )
