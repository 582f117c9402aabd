"""A command is there when its module is loaded, and says the same everywhere."""

from __future__ import annotations

from pathlib import Path

from contracts.sync import errors, v1
from plugins import sync as package
from plugins.sync import sync
from plugins.sync.plugin import MODULES


def test_every_module_of_contracts_is_listed() -> None:
    folder = Path(v1.__file__).parent
    listed = {module.__name__.rpartition(".")[2] for module in v1.MODULES}
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__"}


def test_every_module_with_handlers_is_listed() -> None:
    folder = Path(package.__file__).parent
    assert set(MODULES) == {file.stem for file in folder.glob("*.py") if "@sync.handles" in file.read_text()}


def test_every_contract_is_handled_by_a_function_of_its_name() -> None:
    sync.load()
    assert {contract.name for contract in sync.contracts} == sync.handlers.keys()
    for name, handler in sync.handlers.items():
        assert handler.__name__ == name


def test_every_refusal_is_one_that_some_command_may_answer() -> None:
    declared = {one for one in vars(errors).values() if getattr(one, "__module__", "") == errors.__name__}
    assert declared == {refusal for contract in sync.contracts for refusal in contract.errors}
