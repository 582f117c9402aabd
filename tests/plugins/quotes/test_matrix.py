"""Who may do what: every command of the plugin, for every role, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL
from plugins.quotes import quotes
from tests.plugins.identity.caller import NIL, ROLES, Caller
from tests.plugins.quotes.desk import HOOD, Desk
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database

WRITERS = ("admin", "supervisor", "technician")
#: Command -> the status of the quote it is called for, and its arguments beside the quote's id; None: it takes none.
WRITES: dict[str, tuple[str, dict[str, Any]]] = {
    "quote_update": ("draft", {"data": {"notes": "x"}}),
    "quote_delete": ("draft", {}),
    "quote_item_add": ("draft", {"item": HOOD}),
    "quote_item_update": ("draft", {"data": {"qty": 2}}),
    "quote_item_delete": ("draft", {}),
    "quote_mark_sent": ("draft", {}),
    "quote_mark_accepted": ("sent", {}),
    "quote_mark_rejected": ("sent", {}),
}
READS = ("quote_get", "quote_export_pdf")
OTHERS = ("quote_create", "quote_list")


def args_of(name: str, quote: dict[str, Any]) -> dict[str, Any]:
    """What a command is called with for a quote."""
    more = WRITES[name][1] if name in WRITES else {}
    if not name.startswith("quote_item"):
        return {"id": quote["id"], **more}
    item = {} if name == "quote_item_add" else {"item_id": quote["items"][0]["id"]}
    return {"quote_id": quote["id"], **item, **more}


def test_the_table_has_every_command_that_callers_see() -> None:
    seen = {contract.name for contract in quotes.contracts if contract.access is not INTERNAL}
    assert seen == {*WRITES, *READS, *OTHERS}


def test_those_who_write_quotes_may_change_them(desk: Desk, shop: Shop) -> None:
    """Whoever made them; a viewer changes nothing, and learns of that before anything else."""
    for name, (status, _) in WRITES.items():
        for role in ROLES:
            quote = desk.in_status(status)
            envelope = shop.as_role(role).envelope(name, **args_of(name, quote))
            assert envelope.code == (None if role in WRITERS else "FORBIDDEN"), (name, role, envelope)
            if role not in WRITERS:
                assert desk.stored(quote["id"]) == quote
        assert shop.viewer.code(name, nonsense=1) == "FORBIDDEN"


def test_everybody_may_read_quotes(desk: Desk, shop: Shop) -> None:
    quote = desk.quote({})
    for role in ROLES:
        for name in READS:
            assert shop.as_role(role).envelope(name, id=quote["id"]).ok, (name, role)
        assert shop.as_role(role)("quote_list")["total_count"] == 1


def test_those_who_write_quotes_may_make_them(desk: Desk, shop: Shop) -> None:
    args = {"data": {"client_id": desk.client_id}}
    codes = {role: shop.as_role(role).envelope("quote_create", **args).code for role in ROLES}
    assert codes == {role: None if role in WRITERS else "FORBIDDEN" for role in ROLES}


def test_nobody_comes_in_without_a_session(shop: Shop) -> None:
    for name in (*WRITES, *READS, *OTHERS):
        for token in (None, "A" * 43):
            assert Caller(shop.bus, token).code(name, id=NIL, nonsense=1) == "UNAUTHENTICATED"


def test_commands_for_schedules_and_other_domains_do_not_exist_outside(shop: Shop) -> None:
    assert shop.admin.code("quote_expire") == shop.admin.code("task_create_from_quote") == "UNKNOWN_COMMAND"
