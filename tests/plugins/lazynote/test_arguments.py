"""Shape before value before state, for every argument of every command, and nothing read or written before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plugins.lazynote import lazynote
from tests.plugins.lazynote.arguments import ARGUMENTS, UNKNOWN, Argument, good_args
from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.watching import content

if TYPE_CHECKING:
    from bus.application import Bus

COMMANDS = sorted(ARGUMENTS)


def where(command: str, args: dict[str, Any]) -> str:
    """For the message of an assertion."""
    return f"{command} {args!r}"[:300]


@pytest.fixture(autouse=True)
def untouched(bus: Bus, db: Caller) -> Any:
    """Whatever is refused leaves everything as it was."""
    db.note("A note", "t")
    before = content(bus)
    yield
    assert content(bus) == before


def test_the_tables_name_every_argument_in_its_order() -> None:
    newest = {contract.name: contract for contract in sorted(lazynote.contracts, key=lambda one: one.version)}
    declared = {name: list(contract.Params._declared_fields) for name, contract in newest.items()}
    assert declared.pop("search_rebuild") == []  # goes to the queue, whatever its arguments
    assert declared == {name: [argument.name for argument in arguments] for name, arguments in ARGUMENTS.items()}


@pytest.mark.any_database
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_shape_goes_before_every_bad_value(db: Caller, command: str) -> None:
    for argument in ARGUMENTS[command]:
        others = [other for other in ARGUMENTS[command] if other is not argument and other.bad]
        for wrong in argument.wrong_shapes:
            for args in (good_args(command), *(good_args(command) | {other.name: other.bad[0]} for other in others)):
                refusal = db.refusal(command, **args | {argument.name: wrong})
                assert refusal["code"] == "VALIDATION_ERROR", where(command, args | {argument.name: wrong})
                named = {path.partition(".")[0] for path in refusal["details"]["fields"]}
                assert argument.name in named, where(command, args | {argument.name: wrong})


@pytest.mark.any_database
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_missing_or_unknown_goes_before_every_bad_value(db: Caller, command: str) -> None:
    bad = {argument.name: argument.bad[0] for argument in ARGUMENTS[command] if argument.bad}
    refusal = db.refusal(command, **good_args(command), surplus=None)
    assert (refusal["code"], set(refusal["details"]["fields"])) == ("VALIDATION_ERROR", {"surplus"})
    assert db.code(command, **good_args(command) | bad, surplus=1) == "VALIDATION_ERROR"
    for argument in ARGUMENTS[command]:
        if argument.is_required:
            args = {name: value for name, value in (good_args(command) | bad).items() if name != argument.name}
            refusal = db.refusal(command, **args)
            assert refusal["code"] == "VALIDATION_ERROR", where(command, args)
            assert refusal["details"]["fields"][argument.name] == ["required"]


@pytest.mark.any_database
@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_value_has_the_code_of_its_argument(db: Caller, command: str) -> None:
    for argument in ARGUMENTS[command]:
        for bad in argument.bad:
            args = good_args(command) | {argument.name: bad}
            assert db.code(command, **args) == argument.code, where(command, args)


@pytest.mark.any_database
@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_bad_value_in_the_order_of_the_table_decides(db: Caller, command: str) -> None:
    with_bad: list[Argument] = [argument for argument in ARGUMENTS[command] if argument.bad]
    for place, argument in enumerate(with_bad):
        bad = {other.name: other.bad[0] for other in with_bad[place:]}
        for args in (good_args(command) | bad, dict(reversed((good_args(command) | bad).items()))):
            assert db.code(command, **args) == argument.code, where(command, args)


@pytest.mark.parametrize("command", sorted(UNKNOWN))
def test_good_arguments_with_ids_of_nobody_are_refused_by_the_state(db: Caller, command: str) -> None:
    assert db.code(command, **good_args(command)) == UNKNOWN[command]


@pytest.mark.parametrize("command", [name for name in COMMANDS if any(not one.is_required for one in ARGUMENTS[name])])
def test_null_means_the_same_as_absent(db: Caller, command: str) -> None:
    """For every optional argument; what creates is made to refuse, so that two calls can be compared."""
    optional = [argument.name for argument in ARGUMENTS[command] if not argument.is_required]
    args = {name: value for name, value in good_args(command).items() if name not in optional}
    args |= {"entry_schedule": {"start_epoch_ms": None}, "workspace_create_folder": {"name": ""}}.get(command, {})
    args |= {"entry_execute": {"input": "note"}}.get(command, {})
    absent, null = (db.envelope(command, **args, **dict.fromkeys(names)) for names in ((), optional))
    assert (absent.data, absent.error) == (null.data, null.error)


def test_a_late_name_is_judged_after_the_state(db: Caller) -> None:
    """``display_name`` of a reference has no check of values: what is unknown is told first."""
    for name in ("", "x" * 256, "\0", "\ud800"):
        args = good_args("workspace_create_note_ref") | {"display_name": name}
        assert db.code("workspace_create_note_ref", **args) == "parent_not_found"
        args["parent_node_id"] = None
        assert db.code("workspace_create_note_ref", **args) == "atom_not_found"
