"""The table: equal to its migration, with the constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.calendar import calendar
from plugins.calendar.tables import all_tables, events
from tests.plugins.tasks.shop import TODAY, Shop


def test_the_table_equals_its_migration(shop: Shop) -> None:
    assert check(shop.bus.database, [builtins(), calendar]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("calendar_")
        assert all(str(index.name).startswith("calendar_") for index in table.indexes)


@pytest.mark.parametrize(
    "columns",
    [{"end_utc": 0}, {"event_type": "party"}, {"status": "done"}, {"title": None}, {"start_utc": None}],
)
def test_impossible_events_are_refused_by_the_database(shop: Shop, columns: dict[str, Any]) -> None:
    event = shop.event()
    with pytest.raises(IntegrityError):
        shop.world.execute(sa.update(events).where(events.c.id == event["id"]).values(**columns))


def test_a_task_has_one_event_of_its_schedule(shop: Shop) -> None:
    """Whatever writes to the table; deleted events and those made by hand do not count."""
    task = shop.task()
    shop.admin("calendar_schedule_task", task_id=task["id"], new_date=TODAY)
    by_hand = shop.event(task_id=task["id"], event_type="task")
    second = sa.update(events).where(events.c.id == by_hand["id"]).values(scheduled_by_bus=True)
    with pytest.raises(IntegrityError):
        shop.world.execute(second)
    shop.world.execute(sa.update(events).where(events.c.id != by_hand["id"]).values(deleted_at=1))
    shop.world.execute(second)
