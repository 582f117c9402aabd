"""What may be put into the queue, and how it comes out again."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.sync.moments import iso_text
from tests.plugins.identity.caller import START_MS
from tests.plugins.sync.desk import Desk

pytestmark = pytest.mark.any_database

LEAST = {"operation_type": "create", "entity_type": "task", "entity_id": "t-2"}
NOW = iso_text(START_MS)
#: Of data as JSON; the name and its quotes, the colon and the braces take 8 bytes.
MAX_DATA = 256 * 1024


def test_the_least_that_can_be_said(desk: Desk) -> None:
    operation = desk.admin("sync_enqueue", **LEAST)
    user = desk.admin("auth_validate_session")["user_id"]
    assert operation == {
        "id": operation["id"],
        **LEAST,
        "data": {},
        "dependencies": [],
        "timestamp_utc": NOW,
        "retry_count": 0,
        "max_retries": 3,
        "last_error": None,
        "status": "pending",
        "next_retry_at": None,
        "user_id": user,
        "created_at": NOW,
        "updated_at": NOW,
    }
    assert desk.operation(operation["id"]) == operation


def test_null_is_as_good_as_left_out(desk: Desk) -> None:
    optional = dict.fromkeys(("data", "dependencies", "max_retries", "timestamp_utc"))
    given, left_out = desk.admin("sync_enqueue", **LEAST, **optional), desk.admin("sync_enqueue", **LEAST)
    assert {**given, "id": 0} == {**left_out, "id": 0}


def test_all_that_can_be_said_comes_back(desk: Desk) -> None:
    said = {
        "data": {"title": "Größe \U0001f600", "parts": [1, 2.5, None, {"b": 1, "a": True}]},
        "dependencies": ["t-1", "t-9", "t-1"],
        "max_retries": 20,
    }
    operation = desk.admin("sync_enqueue", **LEAST, **said, timestamp_utc="2026-02-28T23:30:00.5+01:00")
    assert said.items() <= operation.items()
    assert list(operation["data"]["parts"][3]) == ["b", "a"]
    assert operation["timestamp_utc"] == "2026-02-28T22:30:00.500Z"
    assert desk.operation(operation["id"]) == operation


def test_ids_ascend(desk: Desk) -> None:
    ids = [desk.put(f"t-{number}") for number in range(5)]
    assert ids == sorted(set(ids))


def test_keys_are_trimmed(desk: Desk) -> None:
    operation = desk.admin("sync_enqueue", **LEAST | {"entity_id": f" {'x' * 100}\t"}, dependencies=[" t-1 "])
    assert (operation["entity_id"], operation["dependencies"]) == ("x" * 100, ["t-1"])


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00.000Z"),
        ("2026-03-01T09:00", "2026-03-01T09:00:00.000Z"),
        ("2026-03-01 09:00:00", "2026-03-01T09:00:00.000Z"),
        ("2026-03-01t09:00:00,123456z", "2026-03-01T09:00:00.123Z"),
        ("2026-03-01T09:00:00-05:30", "2026-03-01T14:30:00.000Z"),
        ("2026-03-01T09:00:00+0200", "2026-03-01T07:00:00.000Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ],
)
def test_moments_come_back_in_utc_with_milliseconds(desk: Desk, given: str, shown: str) -> None:
    operation = desk.admin("sync_enqueue", **LEAST, timestamp_utc=given)
    assert operation["timestamp_utc"] == shown
    assert desk.operation(operation["id"])["timestamp_utc"] == shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("operation_type", "upsert"),
        ("operation_type", None),
        ("operation_type", "Create"),
        ("entity_type", "quote"),
        ("entity_type", 1),
        ("entity_id", ""),
        ("entity_id", "  "),
        ("entity_id", "x" * 101),
        ("entity_id", 7),
        ("entity_id", None),
        ("data", []),
        ("data", "{}"),
        ("data", {"x": "y" * (MAX_DATA - 7)}),
        ("data", {"x": "é" * (MAX_DATA // 2)}),
        ("dependencies", "t-1"),
        ("dependencies", [1]),
        ("dependencies", [None]),
        ("dependencies", [""]),
        ("dependencies", ["x" * 101]),
        ("dependencies", ["x"] * 101),
        ("max_retries", 0),
        ("max_retries", 21),
        ("max_retries", "3"),
        ("max_retries", True),
        ("max_retries", 2.0),
        ("timestamp_utc", ""),
        ("timestamp_utc", "2026-03-01"),
        ("timestamp_utc", "2026-02-30T00:00:00Z"),
        ("timestamp_utc", "20260301T090000Z"),
        ("timestamp_utc", "2026-W10-1T09:00:00Z"),
        ("timestamp_utc", "2026-03-01T09:00:00 UTC"),
        ("timestamp_utc", "0001-01-01T00:00:00+01:00"),
        ("timestamp_utc", "9999-12-31T23:59:59-01:00"),
        ("timestamp_utc", START_MS),
        ("id", 1),
        ("status", "completed"),
        ("retry_count", 0),
        ("user_id", "somebody"),
        ("claimed_at", 0),
    ],
)
def test_what_does_not_fit_is_refused_by_name(desk: Desk, field: str, value: Any) -> None:
    error = desk.admin.refusal("sync_enqueue", **LEAST | {field: value})
    assert error["code"] == "VALIDATION_ERROR"
    assert [name.partition(".")[0] for name in error["details"]["fields"]] == [field]
    assert desk.admin("sync_get_status")["total_operations"] == 0


@pytest.mark.parametrize("field", LEAST)
def test_what_is_required_is_required(desk: Desk, field: str) -> None:
    given = {name: value for name, value in LEAST.items() if name != field}
    assert list(desk.admin.refusal("sync_enqueue", **given)["details"]["fields"]) == [field]


def test_the_largest_data_and_the_most_dependencies_fit(desk: Desk) -> None:
    data = {"x": "y" * (MAX_DATA - 8)}
    operation = desk.admin("sync_enqueue", **LEAST, data=data, dependencies=["x" * 100] * 100)
    assert desk.operation(operation["id"])["data"] == data


def test_a_key_makes_it_once(desk: Desk) -> None:
    """An idempotency key, and nothing else: the same change without one is another operation."""
    first, again, other = (
        desk.bus.call("sync_enqueue", LEAST, session_token=desk.admin.token, idempotency_key=key)
        for key in ("k", "k", None)
    )
    assert first.data == again.data
    assert other.data["id"] != first.data["id"]
    assert desk.admin("sync_get_status")["total_operations"] == 2


def test_another_plugins_command_enqueues_in_its_own_unit_of_work(desk: Desk) -> None:
    """With its entry or not at all; roles are a matter of whoever called that command."""
    assert desk.bus.call("office_order", {"entity_id": "t-7", "is_paid": True}).ok
    assert desk.bus.call("office_order", {"entity_id": "t-7", "is_paid": False}).code == "NOT_PAID"
    listed = desk.admin("sync_get_operations_for_entity", entity_id="t-7", entity_type="task")
    assert [(item["operation_type"], item["user_id"]) for item in listed["items"]] == [("create", "local")]
