"""Expired quotes: known from the moment their time is over, stored some time later, and nobody can tell which."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.quotes import expiring
from plugins.quotes.plugin import bus_schedules
from plugins.quotes.tables import quotes
from tests.plugins.quotes.desk import Desk
from tests.plugins.tasks.shop import Shop


def everything(desk: Desk) -> dict[str, Any]:
    """All that callers can learn of the quotes' states."""
    statuses = ("draft", "sent", "accepted", "rejected", "expired")
    asked = [{"status": status} for status in statuses] + [{"sort_by": "status", "sort_order": "asc"}]
    asked += [{"sort_by": "status"}, {"sort_by": "updated_at"}, {}]
    return {str(filters): desk.list(**filters) for filters in asked}


def stored(shop: Shop) -> list[str]:
    return [row.status for row in shop.world.execute(quotes.select().order_by(quotes.c.seq))]


def test_nobody_can_tell_whether_expiry_is_stored(shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch at a time, each quote once; drafts and what was answered in time stay what they are."""
    monkeypatch.setattr(expiring, "BATCH", 2)
    until = desk.soon_ms
    for number in range(6):
        desk.sent({}, valid_until=until + number)
    desk.quote({}, valid_until=until)
    desk.mark("accepted", desk.sent({}, valid_until=until))
    desk.mark("rejected", desk.sent({}, valid_until=until))
    desk.sent({})
    shop.clock.advance(until - shop.clock.now_ms() + 5)
    before = everything(desk)
    assert stored(shop) == [*["sent"] * 6, "draft", "accepted", "rejected", "sent"]
    assert shop.bus.call_internal("quote_expire").data == {"expired_count": 5}
    assert stored(shop) == [*["expired"] * 5, "sent", "draft", "accepted", "rejected", "sent"]
    assert everything(desk) == before
    assert shop.bus.call_internal("quote_expire").data == {"expired_count": 0}


def test_a_stored_expiry_is_terminal(shop: Shop, desk: Desk) -> None:
    quote = desk.in_status("expired")
    shop.bus.call_internal("quote_expire")
    for command, args in (("quote_mark_accepted", {}), ("quote_mark_rejected", {}), ("quote_update", {"data": {}})):
        refusal = shop.admin.refusal(command, id=quote["id"], **args)
        assert (refusal["code"], refusal["details"]) == ("QUOTE_INVALID_STATE", {"status": "expired"})
    assert desk.stored(quote["id"]) == quote


def test_what_holds_for_this_moment_is_not_stored_as_expired(shop: Shop, desk: Desk) -> None:
    quote = desk.sent({}, valid_until=desk.soon_ms)
    shop.clock.advance(quote["valid_until"] - shop.clock.now_ms())
    assert shop.bus.call_internal("quote_expire").data == {"expired_count": 0}
    assert desk.mark("accepted", quote)["status"] == "accepted"


@pytest.mark.any_database
def test_expiry_is_scheduled(shop: Shop) -> None:
    (schedule,) = bus_schedules()
    assert (schedule.name, schedule.command) == ("quotes.expire", "quote_expire")
    assert schedule.command in {contract.partition("@")[0] for contract in shop.bus.known_contracts}
