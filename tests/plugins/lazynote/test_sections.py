"""``tasks_list_inbox``, ``tasks_list_today`` and ``tasks_list_upcoming``."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bus.testing import FakeClock
from plugins.lazynote.tables import atoms
from tests.plugins.lazynote.caller import START_MS, Caller
from tests.plugins.lazynote.watching import change, delete_atom

if TYPE_CHECKING:
    from bus.application import Bus

BOD, EOD = 1_000, 1_999
STATUSES = [None, "todo", "in_progress", "done", "cancelled"]
SECTIONS: dict[str, dict[str, Any]] = {
    "tasks_list_inbox": {},
    "tasks_list_today": {"bod_ms": BOD, "eod_ms": EOD},
    "tasks_list_upcoming": {"eod_ms": EOD},
}


def sections_of(db: Caller, atom_id: str) -> set[str]:
    """Where an atom stands."""
    return {name for name, days in SECTIONS.items() if atom_id in db.ids(name, **days)}


def place(bus: Bus, atom_id: str, start_ms: int | None, end_ms: int | None) -> None:
    """Times that no single command gives together."""
    change(bus, atom_id, start_at=start_ms, end_at=end_ms)


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "section"),
    [
        (None, None, "tasks_list_inbox"),
        (None, -5, "tasks_list_today"),
        (None, BOD - 1, "tasks_list_today"),
        (None, BOD, "tasks_list_today"),
        (None, EOD, "tasks_list_today"),
        (None, EOD + 1, "tasks_list_upcoming"),
        (-5, None, "tasks_list_today"),
        (BOD - 1, None, "tasks_list_today"),
        (EOD, None, "tasks_list_today"),
        (EOD + 1, None, "tasks_list_upcoming"),
        (BOD - 9, BOD - 1, None),
        (BOD - 9, BOD, "tasks_list_today"),
        (BOD, BOD, "tasks_list_today"),
        (BOD - 9, EOD + 9, "tasks_list_today"),
        (EOD, EOD, "tasks_list_today"),
        (EOD, EOD + 9, "tasks_list_today"),
        (EOD + 1, EOD + 1, "tasks_list_upcoming"),
        (EOD + 1, EOD + 9, "tasks_list_upcoming"),
    ],
)
@pytest.mark.parametrize("kind", ["note", "task", "event"])
def test_times_alone_decide_where_an_atom_stands(
    bus: Bus, db: Caller, kind: str, start_ms: int | None, end_ms: int | None, section: str | None
) -> None:
    atom_id = {"note": db.note, "task": db.task, "event": lambda: db.event(1)}[kind]()
    place(bus, atom_id, start_ms, end_ms)
    assert sections_of(db, atom_id) == ({section} if section else set())


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("times", [(None, None), (BOD, EOD), (EOD + 1, None)])
def test_what_is_done_or_cancelled_stands_nowhere(
    bus: Bus, db: Caller, status: str | None, times: tuple[int | None, int | None]
) -> None:
    atom_id = db.note()
    place(bus, atom_id, *times)
    db("atom_update_status", atom_id=atom_id, status=status)
    assert bool(sections_of(db, atom_id)) == (status not in {"done", "cancelled"})


def test_what_is_deleted_stands_nowhere(bus: Bus, db: Caller) -> None:
    for times in [(None, None), (BOD, EOD), (EOD + 1, None)]:
        atom_id = db.task()
        place(bus, atom_id, *times)
        delete_atom(bus, atom_id)
        assert sections_of(db, atom_id) == set()


def test_a_row_shows_the_whole_atom(db: Caller) -> None:
    note = db.note("# A ![i](p.png)", "b", "a")
    task = db.task("Buy tea")
    rows = {row["atom_id"]: row for row in db("tasks_list_inbox")["items"]}
    assert rows[task] == {
        "atom_id": task,
        "kind": "task",
        "content": "Buy tea",
        "preview_text": None,
        "preview_image": None,
        "tags": [],
        "start_at": None,
        "end_at": None,
        "task_status": "todo",
        "updated_at": START_MS,
    }
    assert (rows[note]["preview_text"], rows[note]["preview_image"], rows[note]["tags"]) == ("A", "p.png", ["a", "b"])
    event = db.event(BOD, BOD + 5, "sync")
    (row,) = db("tasks_list_today", bod_ms=BOD, eod_ms=EOD)["items"]
    assert (row["atom_id"], row["kind"], row["start_at"], row["end_at"]) == (event, "event", BOD, BOD + 5)


def test_the_inbox_shows_the_last_changed_first(db: Caller, clock: FakeClock) -> None:
    ids = [db.task(), db.note(), db.task()]
    clock.advance(1)
    late = db.note()
    assert db.ids("tasks_list_inbox") == [late, *sorted(ids)]


@pytest.mark.parametrize("section", ["tasks_list_today", "tasks_list_upcoming"])
def test_days_are_shown_by_time_then_the_last_changed_first(bus: Bus, db: Caller, rng: Random, section: str) -> None:
    floor = BOD if section == "tasks_list_today" else EOD + 1
    rows = []
    for _ in range(30):
        atom_id = db.task()
        start_ms, end_ms = rng.choice([(1, None), (None, 1), (1, 1), (2, None), (None, 2), (2, 3)])
        updated_at = START_MS + rng.randrange(3)
        times = [time and floor + time for time in (start_ms, end_ms)]
        change(bus, atom_id, start_at=times[0], end_at=times[1], updated_at=updated_at)
        rows.append((times[0] or times[1], -updated_at, atom_id))
    assert db.ids(section, **SECTIONS[section]) == [atom_id for *_, atom_id in sorted(rows)]


@pytest.mark.parametrize("section", SECTIONS)
def test_pages_are_bounded_and_count_everything(bus: Bus, db: Caller, section: str) -> None:
    for _ in range(53):
        db.task()
    with bus.database.engine.connect() as connection:
        starts = {"tasks_list_today": BOD, "tasks_list_upcoming": EOD + 1}
        connection.execute(sa.update(atoms).values(start_at=starts.get(section)))
    days = SECTIONS[section]
    for limit, applied in [(None, 50), (0, 50), (1, 1), (50, 50), (51, 50), (2**63 - 1, 50)]:
        page = db(section, limit=limit, **days)
        assert (page["applied_limit"], len(page["items"]), page["total_count"]) == (applied, applied, 53)
    assert len(db.ids(section, offset=50, **days)) == 3
    assert db(section, offset=53, **days) == {"items": [], "total_count": 53, "applied_limit": 50}
    for name in ("limit", "offset"):
        assert db.code(section, **{name: -1}, **days) == "VALIDATION_ERROR"


def test_days_are_taken_as_they_are(db: Caller) -> None:
    """A day that ends before it begins is a range like any other, and so are the ends of time."""
    begun, block = db.event(5), db.event(5, 50)
    assert db.ids("tasks_list_today", bod_ms=40, eod_ms=10) == sorted([begun, block])
    assert db.ids("tasks_list_today", bod_ms=60, eod_ms=10) == [begun]
    first, last = -(2**63), 2**63 - 1
    assert db.ids("tasks_list_today", bod_ms=first, eod_ms=last) == sorted([begun, block])
    assert db.ids("tasks_list_upcoming", eod_ms=first) == sorted([begun, block])
    assert db.ids("tasks_list_upcoming", eod_ms=last) == []
