"""The states of a quote: which command moves it where, and what is refused in which state."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.quotes.desk import HOOD, Desk
from tests.plugins.quotes.test_matrix import WRITES, args_of
from tests.plugins.tasks.shop import Shop

STATUSES = ("draft", "sent", "accepted", "rejected", "expired")
#: Command -> what a quote becomes that is this; from any other it is refused.
MOVES: dict[str, dict[str, str | None]] = {
    "quote_mark_sent": {"draft": "sent"},
    "quote_mark_accepted": {"sent": "accepted"},
    "quote_mark_rejected": {"draft": "rejected", "sent": "rejected"},
    **{f"quote_{edit}": {"draft": "draft"} for edit in ("update", "item_add", "item_update", "item_delete")},
    "quote_delete": {"draft": None},
}


@pytest.mark.any_database
def test_every_command_in_every_state_does_what_the_table_says(shop: Shop, desk: Desk) -> None:
    assert MOVES.keys() == WRITES.keys()
    for name, moves in MOVES.items():
        for status in STATUSES:
            quote = desk.in_status(status)
            assert quote["status"] == status
            shop.clock.advance(1)
            envelope = shop.supervisor.envelope(name, **args_of(name, quote))
            if status not in moves:
                assert (envelope.code, envelope.error["details"]) == ("QUOTE_INVALID_STATE", {"status": status}), name
                assert desk.stored(quote["id"]) == quote
            elif moves[status] is not None:
                assert envelope.ok, envelope
                stored = desk.stored(quote["id"])
                assert (stored["status"], stored["updated_at"]) == (moves[status], shop.clock.now_ms())
                assert envelope.data.get("quote", envelope.data) == stored


@pytest.mark.any_database
def test_a_quote_without_items_may_be_sent(desk: Desk) -> None:
    assert desk.sent()["status"] == "sent"


def test_a_sent_quote_expires_after_its_last_moment(shop: Shop, desk: Desk) -> None:
    """A draft does not, but cannot be sent any more; no refused move changes anything."""
    until = desk.soon_ms
    quote, draft, endless = desk.sent({}, valid_until=until), desk.quote({}, valid_until=until), desk.sent({})
    shop.clock.advance(until - shop.clock.now_ms())
    assert [desk.status(one) for one in (quote, draft, endless)] == ["sent", "draft", "sent"]
    desk.mark("sent", desk.quote({}, valid_until=until + 1))
    shop.clock.advance(1)
    assert [desk.status(one) for one in (quote, draft, endless)] == ["expired", "draft", "sent"]
    refusal = shop.admin.refusal("quote_mark_sent", id=draft["id"])
    assert (refusal["code"], refusal["details"]) == ("QUOTE_INVALID_STATE", {"status": "draft"})
    for move in ("accepted", "rejected"):
        refusal = shop.admin.refusal(f"quote_mark_{move}", id=quote["id"])
        assert (refusal["code"], refusal["details"]) == ("QUOTE_INVALID_STATE", {"status": "expired"})
    assert desk.stored(quote["id"]) == quote | {"status": "expired"}
    desk.mark("rejected", draft)
    assert shop.admin("task_crud", action="List")["total_count"] == 0


@pytest.mark.any_database
def test_an_accepted_quote_does_not_expire(shop: Shop, desk: Desk) -> None:
    quote = desk.mark("accepted", desk.sent({}, valid_until=desk.soon_ms))
    desk.set(quote["id"], valid_until=1)
    assert desk.status(quote) == "accepted"


@pytest.mark.any_database
@pytest.mark.parametrize("kind", ["edit", "item"])
def test_what_the_client_has_stays_as_it_is(shop: Shop, desk: Desk, kind: str) -> None:
    quote = desk.sent({})
    calls: dict[str, tuple[str, dict[str, Any]]] = {
        "edit": ("quote_update", {"id": quote["id"], "data": {}}),
        "item": ("quote_item_add", {"quote_id": quote["id"], "item": HOOD}),
    }
    command, args = calls[kind]
    assert shop.admin.code(command, **args) == "QUOTE_INVALID_STATE"
