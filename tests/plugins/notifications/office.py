"""The shop, and short ways to tell its people something and to look into their inboxes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bus.database.tables import job
from plugins.notifications import notifications
from plugins.notifications.tables import inbox, metadata
from tests.plugins.standing import empty
from tests.plugins.tasks.shop import PLUGINS, TODAY, Shop
from workers import workers

OFFICE = [*PLUGINS, *(plugin for plugin in (notifications, workers) if plugin not in PLUGINS)]
#: Event -> a payload; who is meant by it stands in the tests.
PAYLOADS: dict[str, dict[str, Any]] = {
    "task.overdue": {
        "task_id": "t",
        "task_number": "20260301-001",
        "title": "Model {3} (AB)",
        "technician_id": None,
        "created_by": "local",
        "scheduled_date": TODAY,
    },
    "intervention.finalized": {
        "intervention_id": "i",
        "task_id": "t",
        "task_number": "20260301-001",
        "technician_id": "x",
        "finalized_by": "x",
    },
    "material.low_stock": {
        "material_id": "m",
        "sku": "F-1",
        "name": "Film",
        "current_stock": 2.5,
        "minimum_stock": 3,
    },
    "quote.accepted": {
        "quote_id": "q",
        "quote_number": "DEV-1",
        "client_id": "c",
        "task_id": None,
        "total": 1000,
        "created_by": "x",
        "accepted_by": "y",
    },
}


class Office(Shop):
    """The people, and what they were told."""

    def clear(self) -> None:
        """Empty inboxes, nothing queued, everybody wants everything."""
        super().clear()
        empty(self.bus, (*metadata.sorted_tables, job))

    def empty(self) -> None:
        """Nobody was told anything."""
        self.world.execute(sa.delete(inbox))

    def hear(self, event: str, **payload: Any) -> int:
        """Announce an event; how many people were told."""
        args = {"event": event, "payload": PAYLOADS.get(event, {}) | payload}
        envelope = self.bus.call_internal("notification_hear", args)
        assert envelope.ok, envelope
        return envelope.data["told_count"]

    def titles(self, name: str, **args: Any) -> list[str]:
        """What a person was told, the newest first."""
        return [item["title"] for item in self.as_role(name)("notification_list", **args)["items"]]

    def told(self) -> set[str]:
        """Those who have something in their inbox, by their names."""
        return {name for name in self.people if self.titles(name)}
