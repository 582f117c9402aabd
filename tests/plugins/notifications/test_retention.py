"""How long what was told is kept."""

from __future__ import annotations

from typing import Any

import pytest

from bus.principal import LOCAL_CALLER
from plugins.notifications import notifications, retention
from plugins.notifications.tables import inbox
from tests.plugins.identity.caller import DAY_MS
from tests.plugins.notifications.office import Office


def forget(office: Office) -> int:
    """Run the command as its schedule does; how many it deleted."""
    command = office.bus.registry.find("notification_forget")
    return office.bus._executor.run(command, {}, LOCAL_CALLER, "schedule")["deleted_count"]


def left(office: Office) -> int:
    return office.world.count(inbox)


def test_a_schedule_runs_it_every_day(office: Office) -> None:
    hooked: Any = notifications
    assert [(one.name, one.command, one.cron) for one in hooked.bus_schedules()] == [
        ("notifications.forget", "notification_forget", "27 3 * * *")
    ]


@pytest.mark.parametrize("batch", [1, 2, 1_000])
def test_what_was_read_is_forgotten_after_ninety_days(
    office: Office, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Counted from when it was read; whatever fits into a batch. What nobody has read stays."""
    monkeypatch.setattr(retention, "BATCH", batch)
    for _ in range(3):
        office.hear("material.low_stock")
    office.clock.advance(DAY_MS)
    newest = office.people["admin"].login()("notification_list")["items"][0]["id"]
    admin = office.people["admin"].login()
    admin("notification_mark_read", ids=[newest])
    office.people["supervisor"].login()("notification_mark_read", all=True)
    office.clock.advance(90 * DAY_MS)
    assert (forget(office), left(office)) == (0, 6)
    office.clock.advance(1)
    assert (forget(office), left(office)) == (4, 2)
    assert forget(office) == 0


def test_operators_may_keep_them_for_less(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.hear("material.low_stock")
    office.admin("notification_mark_read", all=True)
    monkeypatch.setenv("BUS_NOTIFICATIONS_DAYS", "1")
    office.clock.advance(DAY_MS + 1)
    assert forget(office) == 1
