"""Tasks that other domains make of quotes: like any other, but that nobody has said yet where and on which car."""

from __future__ import annotations

from tests.plugins.tasks.shop import TODAY, Shop


def test_a_task_from_a_quote_is_numbered_and_on_record_like_any_other(shop: Shop) -> None:
    client = shop.client()
    said = {"quote_number": "DEV-00007", "client_id": client["id"], "customer_name": client["name"], "vehicle_vin": "V"}
    made = shop.bus.call_internal("task_create_from_quote", said)
    assert made.ok, made
    task = shop.stored(made.data["task_id"])
    expected = {"title": "Task from quote DEV-00007", "status": "draft", "priority": "medium", "ppf_zones": []}
    expected |= {"client_id": client["id"], "customer_name": client["name"], "vin": "V", "scheduled_date": TODAY}
    expected |= dict.fromkeys(("vehicle_plate", "vehicle_model", "technician_id", "assigned_at", "notes", "started_at"))
    assert {name: task[name] for name in expected} == expected
    assert shop.statuses(task["id"]) == [(None, "draft")]
    assert (task["task_number"], shop.task()["task_number"]) == ("20260301-001", "20260301-002")
