"""When events are: zones, offsets, whole days, and stretches of time that only touch."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from plugins.calendar.tables import events
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database


def times(shop: Shop, event: dict[str, Any]) -> tuple[str, str]:
    """The instants of an event as they are stored, in UTC."""
    statement = sa.select(events.c.start_utc, events.c.end_utc).where(events.c.id == event["id"])
    ((start, end),) = shop.world.execute(statement)
    return utc(start), utc(end)


def utc(epoch_ms: int) -> str:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).replace(tzinfo=None).isoformat()


def refused(shop: Shop, **fields: Any) -> list[str]:
    given = {"title": "x", "start_datetime": "2026-03-01T09:00", "end_datetime": "2026-03-01T10:00"}
    refusal = shop.admin.refusal("create_event", **(given | fields))
    assert refusal["code"] == "VALIDATION_ERROR"
    return list(refusal["details"]["fields"])


def listed(shop: Shop, start: str, end: str, **more: Any) -> list[str]:
    answer = shop.viewer("get_events", start_date=start, end_date=end, **more)
    assert answer["total_count"] == len(answer["items"])
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2026-06-22T09:00", "UTC", "2026-06-22T09:00:00"),
        ("2026-06-22T09:00:30Z", "Europe/Paris", "2026-06-22T09:00:30"),
        ("2026-06-22T09:00", "Europe/Paris", "2026-06-22T07:00:00"),
        ("2026-01-22T09:00", "Europe/Paris", "2026-01-22T08:00:00"),
        ("2026-06-22T09:00", "America/New_York", "2026-06-22T13:00:00"),
        ("2026-06-22T09:00", "Asia/Kathmandu", "2026-06-22T03:15:00"),
        ("2026-06-22T09:00:00+05:45", "UTC", "2026-06-22T03:15:00"),
        ("2026-06-22T09:00-0330", "UTC", "2026-06-22T12:30:00"),
        ("2026-06-22T00:30+01:00", "UTC", "2026-06-21T23:30:00"),
        ("2026-06-22T09:00:00.5Z", "UTC", "2026-06-22T09:00:00.500000"),
        ("2026-06-22T09:00:00.123456789Z", "UTC", "2026-06-22T09:00:00.123000"),
        ("2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30:00"),  # skipped by clocks
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30:00"),  # shown twice
        ("0001-01-01T00:00+14:00", "UTC", None),
    ],
)
def test_a_text_is_an_instant(shop: Shop, text: str, zone: str, instant: str | None) -> None:
    event = shop.event(start_datetime=text, end_datetime="2027-01-01T00:00:00Z", timezone=zone)
    assert event["start_datetime"] == text
    if instant is not None:
        assert times(shop, event)[0] == instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T09:00",
        "2026-06-22T24:00",
        "2026-06-22T09:60",
        "2026-06-22T09:00:60",
        "2026-06-22 09:00",
        "2026-06-22T09",
        "2026-06-22T09:00+25:00",
        "2026-06-22T09:00+1:00",
        "2026-06-22T09:00 Z",
        " 2026-06-22T09:00",
        "2026-6-22T09:00",
        "0000-01-01T00:00",
        "20260622T0900",
        "2026-06-22T09:00:00.Z",
        "2026-W10-1",
        "2026-02-30",
        "tomorrow",
        "",
        7,
    ],
)
def test_a_text_that_is_no_time_is_refused(shop: Shop, text: Any) -> None:
    for name in ("start_datetime", "end_datetime"):
        assert refused(shop, **{name: text}) == [name]
    for name, other in (("start_date", "end_date"), ("end_date", "start_date")):
        refusal = shop.viewer.refusal("get_events", **{name: text, other: "2026-01-01"})
        assert list(refusal["details"]["fields"]) == [name]


def test_bare_dates_are_for_whole_days(shop: Shop) -> None:
    """From the first second of the one to the last second of the other, in the event's zone."""
    event = shop.event(start_datetime="2026-06-22", end_datetime="2026-06-22", all_day=True, timezone="Europe/Paris")
    assert (event["start_datetime"], event["end_datetime"]) == ("2026-06-22T00:00:00", "2026-06-22T23:59:59")
    assert times(shop, event) == ("2026-06-21T22:00:00", "2026-06-22T21:59:59")
    assert refused(shop, start_datetime="2026-03-01") == ["start_datetime"]
    assert refused(shop, end_datetime="2026-03-01") == ["end_datetime"]


def test_an_event_starts_before_it_ends(shop: Shop) -> None:
    """As instants: what looks later may be earlier."""
    same = {"start_datetime": "2026-03-01T10:00+01:00", "end_datetime": "2026-03-01T09:00Z"}
    assert refused(shop, **same) == ["end_datetime"]
    later = {"start_datetime": "2026-03-01T09:30+02:00", "end_datetime": "2026-03-01T08:00Z"}
    assert times(shop, shop.event(**later)) == ("2026-03-01T07:30:00", "2026-03-01T08:00:00")


def test_a_change_is_judged_on_the_whole_event(shop: Shop) -> None:
    """A new end against the old start, old local times in a new zone, a bare date of what takes all day."""
    event = shop.event(start_datetime="2026-03-01T09:00", end_datetime="2026-03-01T10:00Z")

    def change(**fields: Any) -> Any:
        return shop.admin.envelope("update_event", id=event["id"], **fields)

    for fields, field in (
        ({"end_datetime": "2026-03-01T09:00Z"}, "end_datetime"),
        ({"start_datetime": "2026-03-01T10:00"}, "end_datetime"),
        ({"timezone": "America/New_York"}, "end_datetime"),
        ({"end_datetime": "2026-03-02"}, "end_datetime"),
    ):
        assert list(change(**fields).error["details"]["fields"]) == [field]
    assert times(shop, event) == ("2026-03-01T09:00:00", "2026-03-01T10:00:00")
    assert change(timezone="Europe/Paris").ok
    assert times(shop, event) == ("2026-03-01T08:00:00", "2026-03-01T10:00:00")
    assert change(all_day=True, end_datetime="2026-03-02").data["end_datetime"] == "2026-03-02T23:59:59"
    assert change(all_day=False).ok


def test_a_list_holds_what_overlaps_its_stretch(shop: Shop) -> None:
    """Half-open: what only touches it is not in it; the last day of a bare date is in it as a whole."""
    for title, start, end in (
        ("before", "2026-06-21T22:00Z", "2026-06-22T00:00Z"),
        ("over midnight", "2026-06-21T23:00Z", "2026-06-22T01:00Z"),
        ("within", "2026-06-22T09:00Z", "2026-06-22T10:00Z"),
        ("late", "2026-06-23T23:59:30Z", "2026-06-24T09:00Z"),
        ("around", "2026-06-01T00:00Z", "2026-07-01T00:00Z"),
        ("after", "2026-06-24T00:00Z", "2026-06-24T01:00Z"),
    ):
        shop.event(title=title, start_datetime=start, end_datetime=end)
    assert listed(shop, "2026-06-22", "2026-06-23") == ["around", "over midnight", "within", "late"]
    assert listed(shop, "2026-06-22T10:00Z", "2026-06-23T23:59:30Z") == ["around"]
    assert listed(shop, "2026-06-22T11:59:59+02:00", "2026-06-22T10:00") == ["around", "within"]
    assert listed(shop, "2026-06-22T09:30", "2026-06-22T09:30") == ["around", "within"]
    assert listed(shop, "2026-06-22", "2026-06-22T00:00") == ["around", "over midnight"]
    assert listed(shop, "0001-01-01", "9999-12-31") == ["around", "before", "over midnight", "within", "late", "after"]
    assert listed(shop, "2026-06-23T23:59:59.999", "2026-06-23") == ["around", "late"]
    for start, end in (
        ("2026-06-23", "2026-06-22"),
        ("2026-06-23T00:00", "2026-06-22"),
        ("2026-06-23T00:00:00.001", "2026-06-23T00:00"),
    ):
        refusal = shop.viewer.refusal("get_events", start_date=start, end_date=end)
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["end_date"])


def test_cancelled_events_are_listed(shop: Shop) -> None:
    event = shop.event(title="off")
    shop.admin("update_event", id=event["id"], status="cancelled")
    assert listed(shop, "2026-03-01", "2026-03-01") == ["off"]


def test_lists_stand_by_start_and_then_by_id(shop: Shop) -> None:
    """As instants, whatever their texts look like; of one technician, of one task, or of all."""
    own = shop.id_of("technician")
    task = shop.task()
    made = [
        shop.event(title=str(number), start_datetime=start, technician_id=own, task_id=task["id"])
        for number, start in enumerate(["2026-03-01T09:00Z", "2026-03-01T09:30+01:00", "2026-03-01T09:00Z"])
    ]
    shop.event(title="other", technician_id=shop.id_of("colleague"))
    expected = ["1", *(event["title"] for event in sorted((made[0], made[2]), key=lambda event: event["id"]))]

    def titles(command: str, **args: str) -> list[str]:
        answer = shop.viewer(command, **args)
        return [item["title"] for item in answer["items"]]

    assert titles("get_events_for_technician", technician_id=own) == expected
    assert titles("get_events_for_task", task_id=task["id"]) == expected
    assert titles("get_events_for_task", task_id=task["task_number"]) == expected
    assert listed(shop, "2026-03-01", "2026-03-01", technician_id=own) == expected
    for command, args in (
        ("get_events_for_technician", {"technician_id": "nobody"}),
        ("get_events_for_task", {"task_id": "nothing"}),
        ("get_events", {"start_date": "2026-03-01", "end_date": "2026-03-01", "technician_id": "nobody"}),
    ):
        assert shop.viewer(command, **args) == {"items": [], "total_count": 0}


def test_any_stretch_lists_what_overlaps_it(shop: Shop, rng: random.Random) -> None:
    """Against the rule as it is written down: events from minutes to months, in many zones."""
    zones = ["UTC", "Europe/Paris", "America/St_Johns", "Pacific/Kiritimati"]
    begin = datetime.fromisoformat("2026-01-01")
    spans: dict[str, tuple[datetime, datetime]] = {}
    for number in range(40):
        zone = rng.choice(zones)
        start = begin + timedelta(minutes=rng.randrange(60 * 24 * 90))
        end = start + timedelta(minutes=rng.choice([1, 30, 600, 60 * 24 * 7, 60 * 24 * 7 + 1, 60 * 24 * 60]))
        shop.event(title=str(number), start_datetime=start.isoformat(), end_datetime=end.isoformat(), timezone=zone)
        spans[str(number)] = tuple(one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in (start, end))
    for _ in range(30):
        start = (begin + timedelta(minutes=rng.randrange(60 * 24 * 100))).replace(tzinfo=UTC)
        end = start + timedelta(minutes=rng.choice([0, 1, 60, 60 * 24 * 14]))
        expected = {title for title, span in spans.items() if span[0] < end and span[1] > start}
        assert set(listed(shop, start.isoformat(), end.isoformat())) == expected
