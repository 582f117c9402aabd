"""The tasks of some days: both days included, every technician's, by time."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.calendar.rows import CalendarTask
from contracts.tasks.words import STATUSES
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop


def titles(shop: Shop, start: str = TODAY, end: str = TODAY, **filters: Any) -> list[str]:
    answer = shop.viewer("calendar_get_tasks", date_range={"start_date": start, "end_date": end}, **filters)
    assert answer["total_count"] == len(answer["items"])
    return [item["title"] for item in answer["items"]]


def test_both_ends_are_included_and_days_stand_by_time(shop: Shop) -> None:
    """Those without a time come first in their day; what begins at once stands by its id."""
    shop.task(title="before", scheduled_date="2026-02-28")
    shop.task(title="tomorrow", scheduled_date=TOMORROW, start_time="07:00")
    shop.task(title="noon", start_time="12:00")
    shop.task(title="morning", start_time="08:00", end_time="09:00")
    shop.task(title="any time")
    shop.task(title="after", scheduled_date="2026-03-03")
    assert titles(shop, TODAY, TOMORROW) == ["any time", "morning", "noon", "tomorrow"]
    twins = sorted([shop.task(title=name, scheduled_date="2026-05-01") for name in "ab"], key=lambda task: task["id"])
    assert titles(shop, "2026-05-01", "2026-05-01") == [task["title"] for task in twins]


def test_a_task_is_shown_with_its_people(shop: Shop) -> None:
    client = shop.client(name="Ana")
    task = shop.task(of="technician", client_id=client["id"], start_time="08:00", estimated_duration=90)
    (shown,) = shop.technician("calendar_get_tasks", date_range={"start_date": TODAY, "end_date": TODAY})["items"]
    names = {"technician_name": shop.people["technician"].username, "client_name": "Ana"}
    assert shown == {name: (task | names)[name] for name in CalendarTask._declared_fields}


def test_whoever_is_gone_has_no_name(shop: Shop) -> None:
    client = shop.client()
    shop.task(of=shop.person(), client_id=client["id"], status="completed")
    shop.admin("client_crud", action="Delete", id=client["id"])
    (shown,) = shop.viewer("calendar_get_tasks", date_range={"start_date": TODAY, "end_date": TODAY})["items"]
    assert (shown["client_id"], shown["client_name"]) == (client["id"], None)
    shop.admin("delete_user", user_id=shown["technician_id"])
    (shown,) = shop.viewer("calendar_get_tasks", date_range={"start_date": TODAY, "end_date": TODAY})["items"]
    assert shown["technician_name"] is None


def test_everybody_sees_everybodys_tasks_but_deleted_ones(shop: Shop) -> None:
    for of in ("technician", "colleague", None):
        shop.task(of=of, title=str(of))
    shop.admin("task_crud", action="Delete", id=shop.task()["id"])
    for name in ("admin", "supervisor", "technician", "viewer"):
        answer = shop.as_role(name)("calendar_get_tasks", date_range={"start_date": TODAY, "end_date": TODAY})
        assert {item["title"] for item in answer["items"]} == {"technician", "colleague", "None"}


def test_filters_narrow_and_empty_ones_do_not(shop: Shop) -> None:
    for status in STATUSES:
        shop.task(title=status, status=status)
    shop.task(of="technician", title="own")
    assert len(titles(shop)) == len(titles(shop, technician_ids=[], statuses=[])) == len(STATUSES) + 1
    assert len(titles(shop, technician_ids=None, statuses=None)) == len(STATUSES) + 1
    assert set(titles(shop, statuses=["draft", "archived"])) == {"draft", "archived"}
    assert titles(shop, technician_ids=[shop.id_of("technician"), "nobody"]) == ["own"]
    assert titles(shop, technician_ids=["nobody"]) == []
    assert titles(shop, technician_ids=[shop.id_of("technician")], statuses=["draft"]) == []


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({}, "date_range"),
        ({"date_range": None}, "date_range"),
        ({"date_range": {"start_date": TODAY}}, "date_range.end_date"),
        ({"date_range": {"start_date": TODAY, "end_date": "2026-02-30"}}, "date_range.end_date"),
        ({"date_range": {"start_date": TOMORROW, "end_date": TODAY}}, "date_range.end_date"),
        ({"date_range": {"start_date": "2026-01-01", "end_date": "2027-02-06"}}, "date_range.end_date"),
        ({"date_range": {"start_date": TODAY, "end_date": TODAY, "zone": "UTC"}}, "date_range.zone"),
        ({"statuses": ["done"]}, "statuses.0"),
        ({"statuses": ["draft"] * 21}, "statuses"),
        ({"technician_ids": ["x"] * 101}, "technician_ids"),
        ({"technician_ids": [" "]}, "technician_ids.0"),
        ({"technician_ids": "x"}, "technician_ids"),
        ({"page": 1}, "page"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, args: dict[str, Any], field: str) -> None:
    given = args if field.startswith("date_range") else {"date_range": {"start_date": TODAY, "end_date": TODAY}} | args
    refusal = shop.viewer.refusal("calendar_get_tasks", **given)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])


def test_a_range_has_at_most_400_days_more(shop: Shop) -> None:
    assert titles(shop, "2026-01-01", "2027-02-05") == []
