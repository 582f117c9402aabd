"""An accepted quote becomes a task: both or neither, and once, however many accept it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bus import Bus, Plugin
from bus.settings import Settings
from plugins.sync.tables import queue
from tests.plugins.identity.caller import Caller
from tests.plugins.quotes.desk import HOOD, Desk
from tests.plugins.quotes.racers import COUNT, Racers
from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import PLUGINS, TODAY, Shop

VEHICLE = {
    "vehicle_plate": "AB-123-CD",
    "vehicle_make": "Citroën",
    "vehicle_model": "C4",
    "vehicle_year": "2024",
    "vehicle_vin": "VF7",
}
RACERS = 4


def accept(shop: Shop, quote: dict[str, Any]) -> dict[str, Any]:
    return shop.technician("quote_mark_accepted", id=quote["id"])


def tasks_of(shop: Shop) -> list[dict[str, Any]]:
    return shop.admin("task_crud", action="List")["items"]


def test_a_quote_becomes_a_task(shop: Shop, desk: Desk) -> None:
    """With its vehicle, notes and client; on record, and told to other systems like every other task."""
    client = shop.client(name="Zoë", email="zoe@example.com", phone="+33 123 45 67")
    quote = desk.sent({}, client_id=client["id"], notes="two\nlines", **VEHICLE)
    shop.clock.advance(1)
    answer = accept(shop, quote)
    (task,) = tasks_of(shop)
    assert answer["task_created"] == {"task_id": task["id"]}
    now = {"status": "accepted", "task_id": task["id"], "updated_at": shop.clock.now_ms()}
    assert answer["quote"] == quote | now == desk.stored(quote["id"])
    shown = {name: task[name] for name in VEHICLE if name != "vehicle_vin"} | {"vehicle_vin": task["vin"]}
    assert shown == VEHICLE
    technician = shop.id_of("technician")
    expected = {
        "title": "Task from quote DEV-00001",
        "task_number": "20260301-001",
        "status": "draft",
        "priority": "medium",
        "ppf_zones": [],
        "custom_ppf_zones": [],
        "scheduled_date": TODAY,
        "notes": "two\nlines",
        "client_id": client["id"],
        "customer_name": "Zoë",
        "technician_id": None,
        "customer_email": "zoe@example.com",
        "customer_phone": "+33 123 45 67",
        "customer_address": None,
        "created_by": technician,
        "updated_by": technician,
        "created_at": shop.clock.now_ms(),
        "tags": [],
    }
    assert {name: task[name] for name in expected} == expected
    assert shop.statuses(task["id"]) == [(None, "draft")]
    told = sa.select(queue.c.operation_type, queue.c.entity_type).where(queue.c.entity_id == task["id"])
    assert shop.world.execute(told) == [("create", "task")]


def test_a_quote_of_no_vehicle_becomes_a_task_without_one(shop: Shop, desk: Desk) -> None:
    """No other task lacks plate, model and zones; it is found, changed and listed all the same."""
    accept(shop, desk.sent())
    (task,) = tasks_of(shop)
    names = ("vehicle_plate", "vehicle_model", "vehicle_make", "vehicle_year", "vin", "notes", "customer_email")
    assert {name: task[name] for name in names} == dict.fromkeys(names)
    assert (task["customer_name"], task["ppf_zones"]) == ("Ana Lopez", [])
    planned = shop.admin("edit_task", task_id=task["id"], data={"status": "scheduled", "vehicle_plate": "X"})
    assert (planned["vehicle_plate"], planned["vehicle_model"]) == ("X", None)
    assert shop.viewer("client_crud", action="Get", id=desk.client_id)["client"]["total_tasks"] == 1


def test_a_quote_that_has_a_task_keeps_it(shop: Shop, desk: Desk) -> None:
    """Even where it has been deleted meanwhile."""
    task = shop.task()
    for is_gone in (False, True):
        quote = desk.sent({}, task_id=task["task_number"])
        if is_gone:
            shop.admin("task_crud", action="Delete", id=task["id"])
        answer = accept(shop, quote)
        assert (answer["task_created"], answer["quote"]["task_id"]) == (None, task["id"])
    assert tasks_of(shop) == []


def test_without_its_client_a_quote_stays_sent(shop: Shop, desk: Desk) -> None:
    """Unless it has a task: then nobody asks for the client."""
    quote, with_task = desk.sent({}), desk.sent({}, task_id=shop.task()["id"])
    shop.admin("client_crud", action="Delete", id=desk.client_id)
    refusal = shop.admin.refusal("quote_mark_accepted", id=quote["id"])
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["client_id"])
    assert desk.stored(quote["id"]) == quote
    assert len(tasks_of(shop)) == 1
    assert accept(shop, with_task)["quote"]["status"] == "accepted"


def test_others_learn_of_an_accepted_quote_once_it_is(shop: Shop, desk: Desk, shop_url: str, tmp_path: Path) -> None:
    """A refused acceptance is announced to nobody."""
    heard: list[tuple[str, dict[str, Any]]] = []
    listener = Plugin("listener")

    @listener.hook
    def bus_event(name: str, payload: dict[str, Any]) -> None:
        heard.append((name, payload))

    quote = desk.sent({"tax_rate": 20})
    settings = Settings(home=tmp_path)
    with Bus.open(shop_url, plugins=[*PLUGINS, listener], clock=shop.clock, settings=settings) as bus:
        technician = Caller(bus, shop.technician.token)
        task_id = technician("quote_mark_accepted", id=quote["id"])["task_created"]["task_id"]
        assert technician.code("quote_mark_accepted", id=quote["id"]) == "QUOTE_INVALID_STATE"
    payload = {"quote_id": quote["id"], "quote_number": "DEV-00001", "client_id": desk.client_id, "task_id": task_id}
    payload |= {"total": 60_000, "created_by": shop.id_of("admin"), "accepted_by": shop.id_of("technician")}
    assert [one for one in heard if one[0] == "quote.accepted"] == [("quote.accepted", payload)]


def test_a_quote_that_processes_accept_at_once_becomes_one_task(shop: Shop, desk: Desk, racers: Racers) -> None:
    for _ in range(2):
        quote, before = desk.sent({}), len(tasks_of(shop))
        answers = racers.race(shop, [("quote_mark_accepted", {"id": quote["id"]})])
        codes = sorted(str(answer["error"] and answer["error"]["code"]) for answer in answers)
        assert codes == ["None", *["QUOTE_INVALID_STATE"] * (COUNT - 1)]
        assert len(tasks_of(shop)) == before + 1


def test_of_acceptance_and_rejection_one_wins(shop: Shop, desk: Desk) -> None:
    """And of an edit and the sending of a draft: what the client has is what was there when it was sent."""
    for _ in range(3):
        quote, draft = desk.sent({}), desk.quote({})
        token = {"session_token": shop.admin.token}
        calls = [[(f"quote_mark_{move}", {"id": quote["id"], **token})] for move in ("accepted", "rejected")]
        calls.append([("quote_mark_sent", {"id": draft["id"], **token})])
        calls.append([("quote_item_add", {"quote_id": draft["id"], "item": HOOD, **token})])
        answers = [answer for (answer,) in race_in_threads(shop.bus, calls)]
        assert sum(answer["ok"] for answer in answers[:2]) == 1
        assert desk.status(quote) in ("accepted", "rejected")
        stored = desk.stored(draft["id"])
        assert stored["status"] == "sent"
        assert len(stored["items"]) == 1 + answers[3]["ok"]
        assert stored["subtotal"] == 50_000 * len(stored["items"])


def test_items_added_at_once_are_all_counted(shop: Shop, desk: Desk) -> None:
    quote = desk.quote()
    args = {"quote_id": quote["id"], "item": HOOD, "session_token": shop.admin.token}
    answers = race_in_threads(shop.bus, [[("quote_item_add", args)] * 4] * RACERS)
    assert all(answer["ok"] for row in answers for answer in row)
    stored = desk.stored(quote["id"])
    assert [item["position"] for item in stored["items"]] == list(range(16))
    assert stored["subtotal"] == 16 * 50_000


def test_a_client_is_not_deleted_while_a_quote_becomes_its_task(shop: Shop, desk: Desk) -> None:
    """Either the client is gone and the quote stays, or there is a task and the client stays."""
    for _ in range(3):
        client = shop.client()
        quote = desk.sent({}, client_id=client["id"])
        deletion = {"action": {"action": "Delete", "id": client["id"]}}
        token = {"session_token": shop.admin.token}
        calls = [[("quote_mark_accepted", {"id": quote["id"], **token})], [("client_crud", {**deletion, **token})]]
        (accepted,), (deleted,) = race_in_threads(shop.bus, calls)
        codes = (accepted["error"] and accepted["error"]["code"], deleted["error"] and deleted["error"]["code"])
        assert codes in ((None, "CLIENT_HAS_ACTIVE_TASKS"), ("VALIDATION_ERROR", None))
