"""The numbers of quotes: counted up without a gap, given once, also when many write quotes at once."""

from __future__ import annotations

import sqlalchemy as sa

from plugins.quotes.tables import counters
from tests.plugins.identity.caller import NIL
from tests.plugins.quotes.desk import Desk
from tests.plugins.quotes.racers import COUNT, Racers
from tests.plugins.tasks.shop import Shop

ROUNDS = 6


def test_numbers_count_up_and_are_given_once(shop: Shop, desk: Desk) -> None:
    """A deleted quote keeps its number, a refused one has taken none; after 99999 there is one digit more."""
    assert [desk.quote()["quote_number"] for _ in range(2)] == ["DEV-00001", "DEV-00002"]
    shop.admin("quote_delete", id=desk.quote()["id"])
    assert desk.refused({"material_id": NIL})
    assert desk.refused({}, {"kind": "discount", "unit_price": 50_001})
    assert desk.quote()["quote_number"] == "DEV-00004"
    shop.world.execute(sa.update(counters).values(value=99_998))
    assert [desk.quote()["quote_number"] for _ in range(2)] == ["DEV-99999", "DEV-100000"]


def test_quotes_written_at_once_have_numbers_without_a_gap(shop: Shop, desk: Desk, racers: Racers) -> None:
    data = {"client_id": desk.client_id, "items": [{"label": "x", "qty": 1, "unit_price": 1}]}
    refused = data | {"task_id": NIL}
    calls = [("quote_create", {"data": data}), ("quote_create", {"data": refused})] * ROUNDS
    answers = racers.race(shop, calls)
    made = [answer for answer in answers if answer["ok"]]
    numbers = sorted(answer["data"]["quote_number"] for answer in made)
    assert numbers == [f"DEV-{number:05d}" for number in range(1, COUNT * ROUNDS + 1)]
    assert {answer["error"]["code"] for answer in answers if not answer["ok"]} == {"VALIDATION_ERROR"}
