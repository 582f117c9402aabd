"""The generated pages say what the code says, and leave nothing out."""

import re
from collections.abc import Callable
from typing import Any

import pytest

import bus.errors
from bus.errors import BusError, Refusal
from docs import generate
from docs.generator.catalogue import Catalogue
from tests.docs.pages import ROOT

#: Variables that only tests of killed processes set.
FOR_TESTS = {"BUS_FAULT_FOLDER"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """All commands of this repository's plugins."""
    return Catalogue()


def headings(page: str) -> set[str]:
    """The headings of a page of docs/reference, without marks."""
    text = (generate.REFERENCE / page).read_text()
    return {heading.strip("`") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def test_the_pages_are_what_the_code_would_write() -> None:
    """After a change of a docstring, a contract or a setting, ``make docs`` has been run."""
    late = [file.name for file in generate.outdated()]
    assert late == [], "run: make docs"


def test_every_command_has_an_entry(catalogue: Catalogue) -> None:
    """Each version of each command stands in commands.md."""
    keys = {f"{contract.name}@{contract.version}" for contract in catalogue.contracts}
    assert keys
    assert keys - headings("commands.md") == set()


def test_every_code_has_an_entry(catalogue: Catalogue) -> None:
    """Each code of the bus, of a refusal and of an argument stands in codes.md."""
    errors = [value for value in vars(bus.errors).values() if isinstance(value, type) and issubclass(value, BusError)]
    codes = {error.code for error in errors if error is not Refusal}
    codes |= {error.code for contract in catalogue.contracts for error in contract.errors}
    fields = [field for contract in catalogue.contracts for field in contract.Params().fields.values()]
    codes |= {code for field in fields if (code := getattr(field, "code", None))}
    assert codes - headings("codes.md") == set()


def test_every_setting_has_an_entry() -> None:
    """Each variable that the code reads stands in settings.md, or with the subcommand that reads it."""
    sources = [file.read_text() for package in ("bus", "plugins", "workers") for file in (ROOT / package).rglob("*.py")]
    variables = {name for source in sources for name in re.findall(r"\bBUS_[A-Z_]+\b", source)}
    told = re.findall(r"`(BUS_[A-Z_]+)`", (generate.REFERENCE / "cli.md").read_text())
    assert "BUS_HOME" in variables
    assert variables - headings("settings.md") - set(told) - FOR_TESTS == set()


def test_every_hook_has_an_entry() -> None:
    """Each function under ``@hookspec`` stands in hooks.md."""
    source = (ROOT / "bus" / "hooks.py").read_text()
    hooks = set(re.findall(r"^@hookspec.*\ndef (\w+)", source, re.MULTILINE))
    assert "bus_start" in hooks
    assert hooks - headings("hooks.md") == set()


def test_every_subcommand_has_an_entry(run_python: Callable[..., Any]) -> None:
    """Each name that ``bus --help`` lists stands in cli.md."""
    listed = run_python("-m", "bus", "--help").stdout.partition("Commands:\n")[2]
    names = {f"bus {line.split()[0]}" for line in listed.splitlines() if re.match(r"  \w", line)}
    assert "bus call" in names
    assert names - headings("cli.md") == set()


def test_the_check_names_old_pages_and_changes_nothing(tmp_path, monkeypatch, capsys) -> None:
    """``--check`` ends with exit code 1 as long as a page is out of date; without it, the page is written."""
    reference = tmp_path / "docs" / "reference"
    reference.mkdir(parents=True)
    monkeypatch.setattr(generate, "REFERENCE", reference)
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (reference / "hooks.md").write_text("old")
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err == "docs/reference/hooks.md is out of date; run: make docs\n"
    assert (reference / "hooks.md").read_text() == "old"
    assert generate.main(["--wrong"]) == 2
