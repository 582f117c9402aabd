"""Every plugin alike: its modules are listed, its contracts have their handlers, its refusals a command each."""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bus.contract import INTERNAL

if TYPE_CHECKING:
    from bus.plugin import Plugin

DOMAINS = sorted(point.name for point in entry_points(group="bus.plugins") if point.value.startswith("plugins."))

#: What every contract has in its body.
DEFINING = "    name, version = "


@pytest.fixture(params=DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return request.param


def module(name: str) -> Any:
    return importlib.import_module(name)


def plugin_of(domain: str) -> Plugin:
    return getattr(module(f"plugins.{domain}"), domain)


def folder_of(name: str) -> Path:
    return Path(module(name).__file__).parent


def test_every_package_of_a_plugin_is_an_entry_point() -> None:
    packages = {file.parent.name for file in folder_of("plugins.tasks").parent.glob("*/plugin.py")}
    assert packages == set(DOMAINS)


def test_every_module_of_contracts_is_in_the_index(domain: str) -> None:
    """And is as the index says, else this would not be answered."""
    plugin = plugin_of(domain)
    assert plugin.index is not None
    assert {f"{contract.name}@{contract.version}" for contract in plugin.contracts} == plugin.index.keys
    folder = folder_of(f"contracts.{domain}")
    files = [file.relative_to(folder).with_suffix("") for file in folder.rglob("*.py") if DEFINING in file.read_text()]
    modules = {".".join((f"contracts.{domain}", *file.parts)) for file in files}
    assert {contract.__module__ for contract in plugin.contracts} == modules


def test_every_contract_is_handled_by_a_function_of_its_name(domain: str) -> None:
    plugin = plugin_of(domain)
    plugin.load()
    assert {contract.name for contract in plugin.contracts} == plugin.handlers.keys()
    for name, handler in plugin.handlers.items():
        words = "".join(f"_{c.lower()}" if c.isupper() else c for c in name.removeprefix("db.").replace(".", "_"))
        assert handler.__name__ == words


def test_every_refusal_is_one_that_some_command_may_answer(domain: str) -> None:
    """Domains that share all of theirs have no module of their own."""
    home = f"contracts.{domain}.errors"
    if not (folder_of(f"contracts.{domain}") / "errors.py").exists():
        assert domain in ("calendar", "notifications")
        return
    declared = {one for one in vars(module(home)).values() if getattr(one, "__module__", "") == home}
    answered = {refusal for contract in plugin_of(domain).contracts for refusal in contract.errors}
    assert declared == {refusal for refusal in answered if refusal.__module__ == home}


def test_every_command_that_is_subscribed_is_internal_and_hears_events(domain: str) -> None:
    """A start looks only at contracts that are imported anyway."""
    plugin = plugin_of(domain)
    contracts = {contract.name: contract for contract in plugin.contracts}
    for name in plugin.subscriptions.values():
        assert contracts[name].access is INTERNAL
        assert contracts[name].Params().fields.keys() == {"event", "payload"}
