"""What a plugin author writes, and the sentence for what cannot work."""

from __future__ import annotations

import dataclasses
import types
from typing import Any

import pytest

from bus import Contract, Plugin, SetupError
from tests.bus.sample import contract

TEA = contract("tea")


def test_a_module_stands_for_the_contracts_it_defines() -> None:
    """Bases without a name, and contracts that the module only imported, are left out."""
    module: Any = types.ModuleType("acme_contracts")
    module.Base = type("Base", (Contract,), {"__module__": "acme_contracts"})
    module.Mine = type("Mine", (module.Base,), {"__module__": "acme_contracts", "name": "mine"})
    module.TEA = TEA
    assert Plugin("acme", contracts=[module, TEA]).contracts == [module.Mine, TEA]


@pytest.mark.parametrize("wrong", [Contract, type("Nameless", (Contract,), {}), TEA.Params, TEA(), "tea", None])
def test_only_contracts_are_listed(wrong: Any) -> None:
    with pytest.raises(SetupError, match=r"contracts=\[\.\.\.\] holds .*; it takes contracts with a name, and modules"):
        Plugin("acme", contracts=[wrong])


@pytest.mark.parametrize("wrong", ["acme.handlers", [None], [""], [types]])
def test_modules_are_dotted_names(wrong: Any) -> None:
    with pytest.raises(SetupError, match=r"plugin acme: modules=\[\.\.\.\] takes the dotted names of modules, not "):
        Plugin("acme", modules=wrong)


def test_a_handler_is_given_back_as_it_is() -> None:
    plugin = Plugin("acme", contracts=[TEA])

    def tea(ctx: Any) -> dict[str, Any]:
        return {}

    assert plugin.handles(TEA)(tea) is tea
    assert plugin.handlers == {"tea": tea}


def test_a_handler_needs_a_contract_that_is_listed() -> None:
    with pytest.raises(SetupError, match=r"plugin acme: Made is handled but not listed in contracts=\[\.\.\.\]"):
        Plugin("acme").handles(TEA)


def test_a_command_has_one_handler() -> None:
    plugin = Plugin("acme", contracts=[TEA])
    plugin.handles(TEA)(lambda ctx: {})
    with pytest.raises(SetupError, match="plugin acme: two handlers for tea; keep one"):
        plugin.handles(TEA)(lambda ctx: {})


@pytest.mark.parametrize("name", ["", "Acme", "a-b", "1a", "a b", "a" * 41, "ä"])
def test_a_name_must_be_fit_for_a_table(name: str) -> None:
    with pytest.raises(SetupError, match="a plugin cannot be named .*; take up to 40 small letters"):
        Plugin(name)


def test_a_hook_that_does_not_exist_is_refused_where_it_is_written() -> None:
    plugin = Plugin("acme")
    for name in ("bus_begin", "name", "hookimpl"):
        function = types.FunctionType((lambda: None).__code__, {}, name)
        with pytest.raises(SetupError, match=f"plugin acme: there is no hook {name}; bus/hooks.py lists those"):
            plugin.hook(function)
    assert plugin.name == "acme"


def test_a_hook_takes_only_what_it_is_given() -> None:
    plugin = Plugin("acme")
    with pytest.raises(SetupError, match="plugin acme: bus_event has no argument when; it gives name, payload"):

        @plugin.hook
        def bus_event(name: str, when: int) -> None: ...


def test_a_plugin_implements_a_hook_once() -> None:
    plugin = Plugin("acme")
    plugin.hook(types.FunctionType((lambda bus: None).__code__, {}, "bus_start"))
    with pytest.raises(SetupError, match="plugin acme: two functions implement bus_start; keep one"):
        plugin.hook(types.FunctionType((lambda bus: None).__code__, {}, "bus_start"))


@pytest.mark.parametrize("settings", [dict, 5, dataclasses.make_dataclass("Plain", [("a", int, 1)])])
def test_settings_are_documented_or_refused(settings: Any) -> None:
    with pytest.raises(SetupError, match=r"plugin acme: settings=.* is no dataclass whose fields are all setting"):
        Plugin("acme", settings=settings)
