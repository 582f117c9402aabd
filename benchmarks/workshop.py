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
from plugins.interventions.tables import interventions
from plugins.inventory.tables import materials, transactions
from plugins.notifications.tables import inbox
from plugins.quotes.tables import quotes
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
        words: those of which names and titles are made; each is in one of 170.
        task_id: of a task with a long history.
        material_id: of a material with many bookings.
    """

    task_id: str
    material_id: str

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

    def only(self, table: sa.Table) -> str:
        """The id of the row of a table that has one."""
        with self.bus.database.connect() as connection:
            return connection.execute(sa.select(table.c.id)).scalar_one()

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
    """Add so many of everything; of changes of one task and bookings of one material a tenth."""
    for work in (_clients, _tasks, _events, _interventions, _materials, _quotes, _inbox):
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
    shop.copy(task_history, shop.only(task_history), count // 10, lambda _: {})
    shop.task_id = made["id"]


def _events(shop: Workshop, count: int) -> None:
    times = {"start_datetime": "2020-01-01T09:00:00Z", "end_datetime": "2020-01-01T10:00:00Z"}
    made = shop.call("create_event", title="x", **times)["id"]

    def vary(number: int) -> Row:
        start = 1_577_836_800_000 + number % DAYS * DAY_MS + number % 9 * 3_600_000
        return shop.moments(number) | {"start_utc": start, "end_utc": start + 3_600_000, "title": shop.phrase()}

    shop.copy(events, made, count, vary)


def _interventions(shop: Workshop, count: int) -> None:
    made = shop.call("intervention_start", task_id=shop.task_id)["intervention"]
    shop.call("intervention_cancel", intervention_id=made["id"])

    def vary(number: int) -> Row:
        technician = shop.user_id if number % TECHNICIANS == 0 else f"u{number % TECHNICIANS}"
        return shop.moments(number) | {"task_id": id_of(number), "technician_id": technician}

    shop.copy(interventions, made["id"], count, vary)


def _materials(shop: Workshop, count: int) -> None:
    new = {"sku": "x", "name": "x", "material_type": "ppf_film", "minimum_stock": 1, "unit_cost": 12.5}
    shop.material_id = shop.call("material_create", **new, current_stock=5)["id"]

    def vary(number: int) -> Row:
        name, sku = shop.phrase(), f"sku-{number}"
        stock = 500 if number % 1_000 == 0 else shop.chance.randrange(2_000, 90_000)
        texts = {"sku": sku, "name": name, "name_key": name, "search_text": f"{sku}\x1f{name}\x1f\x1f"}
        return shop.moments(number) | texts | {"current_stock": stock}

    shop.copy(materials, shop.material_id, count, vary)
    shop.copy(transactions, shop.only(transactions), count // 10, lambda _: {})


def _quotes(shop: Workshop, count: int) -> None:
    items = [{"label": "Hood", "qty": 1, "unit_price": 50_000}]
    made = shop.call("quote_create", data={"client_id": id_of(0), "items": items})

    def vary(number: int) -> Row:
        written, notes = f"DEV-{number + 2:05d}", shop.phrase()
        texts = {"quote_number": written, "notes": notes, "search_text": f"{written.lower()}\x1f{notes}"}
        return shop.moments(number) | texts | {"number": number + 2, "client_id": id_of(number)}

    shop.copy(quotes, made["id"], count, vary)


def _inbox(shop: Workshop, count: int) -> None:
    """Of the admin; nine in ten are read."""
    at = START_MS
    news = {"user_id": shop.user_id, "event": "task.overdue", "title": "x", "data": {}}
    rows = [
        news | {"id": id_of(n), "occasion": str(n), "created_at": at + n, "read_at": at + n if n % 10 else None}
        for n in range(count)
    ]
    with shop.bus.database.connect() as connection:
        for first in range(0, count, BATCH):
            connection.execute(sa.insert(inbox), rows[first : first + BATCH])
