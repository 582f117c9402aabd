"""A workshop after years: rows made by commands once, then copied by SQL with what tells them apart."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from benchmarks.domain import accepted
from bus import Bus
from contracts.tasks.words import PRIORITIES
from plugins.calendar.tables import events
from plugins.clients.tables import clients
from plugins.tasks.tables import task_history, tasks

ACCOUNT = {"email": "ana@example.com", "password": "Corr3ct-Horse-Battery!", "first_name": "Ana", "last_name": "Diaz"}
DAY_MS = 86_400_000
START_MS = 1_700_000_000_000
#: Days over which the work is spread, 35 tasks and events a day among 100,000.
DAYS = 2_800
TECHNICIANS, BATCH = 25, 2_000
STATUSES = ("pending", "scheduled", "in_progress", "completed", "completed", "completed", "archived", "cancelled")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Row = dict[str, Any]


class Workshop:
    """Its rows and who looks at them.

    Attributes:
        token: the session of an admin.
        words: those of which names and titles are made; the first is in one of 500 texts.
    """

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.chance = random.Random(21)  # noqa: S311  # chance that repeats is the point
        self.words = ["".join(self.chance.choices(_LETTERS, k=7)) for _ in range(500)]
        grant: Any = accepted(bus.call("auth_create_account", ACCOUNT)).data
        self.token: str = grant["token"]
        self.user_id: str = grant["user_id"]

    def call(self, command: str, /, **args: Any) -> Any:
        """The data of an answer."""
        return accepted(self.bus.call(command, args, session_token=self.token)).data

    def copy(self, table: sa.Table, key: str, count: int, vary: Callable[[int], Row]) -> None:
        """Copy the row of an id so many times, each with an id of its own and what ``vary`` says."""
        with self.bus.database.connect() as connection:
            row = dict(connection.execute(sa.select(table).where(table.c.id == key)).mappings().one())
            row.pop("seq")
            for first in range(0, count, BATCH):
                numbers = range(first, min(count, first + BATCH))
                connection.execute(sa.insert(table), [row | {"id": id_of(n)} | vary(n) for n in numbers])

    def phrase(self) -> str:
        """Three words."""
        return " ".join(self.chance.choices(self.words, k=3))

    def moments(self, number: int) -> Row:
        """When the row of a number was made and changed."""
        at = START_MS + number * 60_000
        return {"created_at": at, "updated_at": at + self.chance.randrange(DAY_MS)}


def id_of(number: int) -> str:
    """The id of the copy of a number, in every table."""
    return str(uuid.UUID(int=number))


def fill(shop: Workshop, count: int) -> None:
    """Add so many clients, tasks and events, and ten times fewer changes of statuses."""
    for work in (_clients, _tasks, _events):
        work(shop, count)
    with shop.bus.database.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def days() -> Iterator[str]:
    """The days of the work."""
    first = date(2020, 1, 1)
    return ((first + timedelta(days=n)).isoformat() for n in range(DAYS))


def _clients(shop: Workshop, count: int) -> None:
    made = shop.call("client_crud", action="Create", data={"name": "x", "email": "x@example.com"})["client"]

    def vary(number: int) -> Row:
        name = shop.phrase()
        email = f"{number}@example.com"
        texts = {"name": name, "name_key": name, "email": email, "search_text": f"{name}\x1f{email}\x1f\x1f\x1f\x1f"}
        return shop.moments(number) | texts

    shop.copy(clients, made["id"], count, vary)


def _tasks(shop: Workshop, count: int) -> None:
    data = {"vehicle_plate": "AB-123-CD", "vehicle_model": "Model 3", "ppf_zones": ["hood"]}
    data |= {"scheduled_date": "2020-01-01", "notes": "n" * 200, "technician_id": shop.user_id}
    made = shop.call("task_crud", action="Create", data=data)["task"]
    dates = list(days())

    def vary(number: int) -> Row:
        title, priority = shop.phrase(), shop.chance.randrange(len(PRIORITIES))
        task_number = f"2020-{number}"
        return shop.moments(number) | {
            "task_number": task_number,
            "number_key": task_number,
            "number_day": None,
            "number_of_day": None,
            "title": title,
            "title_key": title,
            "priority": PRIORITIES[priority],
            "priority_rank": priority,
            "status": shop.chance.choice(STATUSES),
            "client_id": id_of(number),
            "scheduled_date": dates[number % DAYS],
            "technician_id": shop.user_id if number % TECHNICIANS == 0 else f"u{number % TECHNICIANS}",
            "search_text": f"{title}\x1f\x1fab-123-cd\x1f\x1f{task_number}",
        }

    shop.copy(tasks, made["id"], count, vary)
    with shop.bus.database.connect() as connection:
        row: Any = connection.execute(sa.select(task_history.c.id).limit(1)).scalar_one()
    shop.copy(task_history, row, count // 10, lambda _: {})


def _events(shop: Workshop, count: int) -> None:
    times = {"start_datetime": "2020-01-01T09:00:00Z", "end_datetime": "2020-01-01T10:00:00Z"}
    made = shop.call("create_event", title="x", **times)["id"]

    def vary(number: int) -> Row:
        start = 1_577_836_800_000 + number % DAYS * DAY_MS + number % 9 * 3_600_000
        return shop.moments(number) | {"start_utc": start, "end_utc": start + 3_600_000, "title": shop.phrase()}

    shop.copy(events, made, count, vary)
