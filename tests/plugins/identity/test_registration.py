"""A command is there when its module is loaded, and says the same everywhere."""

from __future__ import annotations

from pathlib import Path

from contracts.identity import errors, v1
from plugins.identity import identity


def test_every_module_of_contracts_is_listed() -> None:
    folder = Path(v1.__file__).parent
    listed = {module.__name__.rpartition(".")[2] for module in v1.MODULES}
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__"}


def test_every_contract_is_handled_by_a_function_of_its_name() -> None:
    assert {contract.name for contract in identity.contracts} == identity.handlers.keys()
    for name, handler in identity.handlers.items():
        assert handler.__name__ == name


def test_every_refusal_is_one_that_some_command_may_answer() -> None:
    declared = {one for one in vars(errors).values() if getattr(one, "__module__", "") == errors.__name__}
    assert declared == {refusal for contract in identity.contracts for refusal in contract.errors}
