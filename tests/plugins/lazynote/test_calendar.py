"""``calendar_list_by_range`` and ``calendar_update_event``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugins.lazynote.caller import NIL, START_MS, Caller
from tests.plugins.lazynote.watching import change, content, delete_atom, stored

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "is_shown"),
    [
        (10_000, 12_000, True),
        (8_000, 9_000, False),
        (8_000, 9_001, True),
        (12_999, 14_000, True),
        (13_000, 14_000, False),
        (8_000, 14_000, True),
        (9_000, 13_000, True),
        (10_000, 10_000, True),
        (9_000, 9_000, False),
        (13_000, 13_000, False),
        (10_000, None, False),
    ],
)
def test_what_overlaps_the_range_is_shown(db: Caller, start_ms: int, end_ms: int | None, is_shown: bool) -> None:
    atom_id = db.event(start_ms, end_ms)
    assert db.ids("calendar_list_by_range", start_ms=9_000, end_ms=13_000) == ([atom_id] if is_shown else [])


def test_a_deadline_alone_is_not_in_the_calendar(bus: Bus, db: Caller) -> None:
    change(bus, db.task(), end_at=10_000)
    assert db.ids("calendar_list_by_range", start_ms=0, end_ms=20_000) == []


def test_every_kind_and_every_status_is_shown_and_nothing_deleted(bus: Bus, db: Caller) -> None:
    placed = [db.note("n", "t"), db.task(), db.event(1, 2), db.event(1, 2), db.event(1, 2)]
    for atom_id, status in zip(placed, [None, "todo", "in_progress", "done", "cancelled"], strict=True):
        db("calendar_update_event", atom_id=atom_id, start_ms=10, end_ms=20)
        db("atom_update_status", atom_id=atom_id, status=status)
    gone = db.event(10, 20)
    delete_atom(bus, gone)
    rows = db("calendar_list_by_range", start_ms=0, end_ms=100)["items"]
    assert [row["atom_id"] for row in rows] == sorted(placed)
    assert {row["kind"] for row in rows} == {"note", "task", "event"}
    assert next(row for row in rows if row["kind"] == "note")["tags"] == ["t"]


def test_the_calendar_is_shown_by_start_then_end_then_id(db: Caller) -> None:
    spans = [(5, 9), (5, 7), (1, 99), (5, 7), (6, 7)]
    ids = {db.event(*span): span for span in spans}
    in_order = sorted(ids, key=lambda atom_id: (ids[atom_id], atom_id))
    assert db.ids("calendar_list_by_range", start_ms=0, end_ms=100) == in_order


def test_a_reversed_range_is_no_error(db: Caller) -> None:
    around = db.event(1, 100)
    db.event(20, 30)
    assert db.ids("calendar_list_by_range", start_ms=40, end_ms=10) == [around]


def test_pages_are_bounded_and_count_everything(db: Caller) -> None:
    for number in range(52):
        db.event(number, number + 1)
    days = {"start_ms": 0, "end_ms": 1_000}
    for limit, applied in [(None, 50), (0, 50), (3, 3), (51, 50)]:
        page = db("calendar_list_by_range", limit=limit, **days)
        assert (page["applied_limit"], len(page["items"]), page["total_count"]) == (applied, applied, 52)
    rest = db("calendar_list_by_range", offset=51, **days)
    assert [row["start_at"] for row in rest["items"]] == [51]
    assert db("calendar_list_by_range", offset=52, **days)["items"] == []
    for name in ("limit", "offset"):
        assert db.code("calendar_list_by_range", **{name: -1}, **days) == "VALIDATION_ERROR"


@pytest.mark.parametrize("kind", ["note", "task", "event"])
def test_placing_sets_both_times_and_nothing_else(bus: Bus, db: Caller, kind: str) -> None:
    atom_id = {"note": db.note, "task": db.task, "event": lambda: db.event(1)}[kind]()
    before = stored(bus, atom_id)
    assert db("calendar_update_event", atom_id=atom_id, start_ms=-7, end_ms=40_000) == {"atom_id": atom_id}
    moved = {"start_at": -7, "end_at": 40_000, "updated_at": START_MS + 1}
    assert stored(bus, atom_id) == before | moved
    db("calendar_update_event", atom_id=atom_id, start_ms=-7, end_ms=40_000)
    assert stored(bus, atom_id) == before | moved | {"updated_at": START_MS + 2}
    assert atom_id not in db.ids("tasks_list_inbox")


def test_an_end_may_equal_the_start_and_not_lie_before_it(bus: Bus, db: Caller) -> None:
    atom_id = db.event(1, 2)
    db("calendar_update_event", atom_id=atom_id, start_ms=5, end_ms=5)
    before = content(bus)
    refusal = db.refusal("calendar_update_event", atom_id=atom_id, start_ms=42_000, end_ms=40_000)
    assert refusal["code"] == "invalid_time_range"
    assert content(bus) == before


def test_the_range_is_judged_before_the_atom_is_looked_for(bus: Bus, db: Caller) -> None:
    gone = db.event(1, 2)
    delete_atom(bus, gone)
    for atom_id in (gone, NIL):
        assert db.code("calendar_update_event", atom_id=atom_id, start_ms=2, end_ms=1) == "invalid_time_range"
        assert db.code("calendar_update_event", atom_id=atom_id, start_ms=1, end_ms=1) == "atom_not_found"
    assert db.code("calendar_update_event", atom_id="nope", start_ms=2, end_ms=1) == "invalid_atom_id"
