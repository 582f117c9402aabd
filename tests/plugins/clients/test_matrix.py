"""Who may do what: every action, for every role and for own and other clients, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL, READ
from contracts.clients.v1.clients import ClientCrud
from plugins.clients import clients
from plugins.clients.crud import ACTIONS
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database

#: Whose the client is, seen by the technician: made by them, or by somebody else.
MADE, OTHER = "made", "other"
ALL, NONE = (MADE, OTHER), ()
EVERYBODY = dict.fromkeys(ROLES, ALL)
#: Action -> its arguments beside the id, whether it has one, and for each role whose clients it may be called for.
TABLE: dict[str, tuple[dict[str, Any], bool, dict[str, tuple[str, ...]]]] = {
    "Create": ({"data": {"name": "x"}}, False, EVERYBODY | {"viewer": NONE}),
    "Get": ({}, True, EVERYBODY),
    "GetWithTasks": ({}, True, EVERYBODY),
    "Update": ({"data": {"name": "y"}}, True, EVERYBODY | {"technician": (MADE,), "viewer": NONE}),
    "Delete": ({}, True, {"admin": ALL, "supervisor": NONE, "technician": NONE, "viewer": NONE}),
    "List": ({}, False, EVERYBODY),
    "ListWithTasks": ({}, False, EVERYBODY),
    "Search": ({"query": "x"}, False, EVERYBODY),
    "Stats": ({}, False, EVERYBODY),
}

#: Commands about whole files -> their arguments, and who may.
FILES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "client_import_csv": ({"content": "name\n"}, ("admin", "supervisor")),
    "client_export_csv": ({}, ROLES),
}


def test_the_table_has_every_action() -> None:
    assert {word.lower() for word in TABLE} == ACTIONS.keys()
    seen = {contract.name for contract in clients.contracts if contract.access is not INTERNAL}
    assert seen == {"client_crud", *FILES}


@pytest.mark.parametrize("word", TABLE)
def test_every_role_may_what_the_table_says(shop: Shop, word: str) -> None:
    args, has_id, allowed = TABLE[word]
    for role in ROLES:
        for whose in ALL:
            client = shop.client(shop.technician if whose == MADE else shop.supervisor)
            named = {"id": client["id"]} if has_id else {}
            code = shop.as_role(role).envelope("client_crud", action=word, **named, **args).code
            assert code == (None if whose in allowed[role] else "FORBIDDEN"), (role, whose)


@pytest.mark.parametrize("word", TABLE)
def test_the_role_is_judged_before_the_rest(shop: Shop, word: str) -> None:
    expected = "VALIDATION_ERROR" if TABLE[word][2]["viewer"] else "FORBIDDEN"
    assert shop.viewer.code("client_crud", action=word, nonsense=1) == expected
    assert shop.viewer.code("client_crud", action={"action": word}, nonsense=1) == expected


@pytest.mark.parametrize("command", FILES)
def test_every_role_may_with_files_what_the_table_says(shop: Shop, command: str) -> None:
    args, allowed = FILES[command]
    for role in ROLES:
        answer = shop.bus.call(command, args, session_token=shop.as_role(role).token, mode="sync")
        assert answer.code == (None if role in allowed else "FORBIDDEN"), role


def test_nobody_comes_in_without_a_session(shop: Shop) -> None:
    for token in (None, "A" * 43):
        for command in ("client_crud", *FILES):
            assert Caller(shop.bus, token).code(command, nonsense=1) == "UNAUTHENTICATED"


@pytest.mark.parametrize("contract", [one for one in clients.contracts if one.access is INTERNAL], ids=lambda c: c.name)
def test_commands_for_other_domains_do_not_exist_outside(shop: Shop, contract: Any) -> None:
    assert shop.admin.code(contract.name, id=NIL) == "UNKNOWN_COMMAND"


def test_only_calls_over_the_network_are_limited(shop: Shop) -> None:
    """A hundred a minute there; here as many as anybody likes."""
    (crud,) = (contract for contract in clients.contracts if contract.name == "client_crud")
    assert (crud.limit.count, crud.limit.per_ms, crud.limit.network_only) == (100, 60_000, True)
    for _ in range(120):
        assert shop.viewer("client_crud", action="Stats")["statistics"]["total_clients"] == 0


def test_actions_that_read_wait_for_no_writer() -> None:
    effects = {contract.name: contract.effect for contract in clients.contracts}
    for word, action in ACTIONS.items():
        assert ClientCrud.only_reads({"action": {"action": word}}) == (effects[action.command] is READ), word
