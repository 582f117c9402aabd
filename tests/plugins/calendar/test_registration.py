"""A command is there when its module is listed; every contract has its handler, every refusal a command."""

from __future__ import annotations

from pathlib import Path

import plugins.calendar
from contracts.calendar import errors, v1
from plugins.calendar import calendar as plugin
from plugins.calendar.plugin import MODULES


def test_every_module_of_contracts_is_listed() -> None:
    folder = Path(v1.__file__).parent
    listed = {module.__name__.rpartition(".")[2] for module in v1.MODULES}
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__"}


def test_every_module_that_answers_is_listed() -> None:
    folder = Path(plugins.calendar.__file__).parent
    answering = {file.stem for file in folder.glob("*.py") if "@plugin.handles(" in file.read_text()}
    assert answering == set(MODULES)


def test_every_contract_is_handled_by_a_function_of_its_name() -> None:
    plugin.load()
    assert {contract.name for contract in plugin.contracts} == plugin.handlers.keys()
    for name, handler in plugin.handlers.items():
        assert handler.__name__ == name


def test_every_refusal_is_one_that_some_command_may_answer() -> None:
    declared = {one for one in vars(errors).values() if getattr(one, "__module__", "") == errors.__name__}
    assert declared == {refusal for contract in plugin.contracts for refusal in contract.errors}
