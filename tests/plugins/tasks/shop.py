"""Who works in the shop, and short ways to have them make clients, tasks and events."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from plugins.calendar import calendar
from plugins.clients import clients
from plugins.identity import identity
from plugins.interventions import interventions
from plugins.inventory import inventory
from plugins.quotes import quotes
from plugins.sync import sync
from plugins.tasks import tasks
from plugins.tasks.tables import tasks as task_table
from tests.plugins.identity.caller import ROLES, START_MS, Caller, Person, World
from tests.plugins.standing import empty

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock

PLUGINS = [identity, clients, calendar, sync, interventions, tasks, inventory, quotes]
TODAY, TOMORROW = "2026-03-01", "2026-03-02"
#: What a new task needs.
CAR: dict[str, Any] = {"vehicle_plate": "AB-123-CD", "vehicle_model": "Model 3", "ppf_zones": ["hood"]}

_numbers = itertools.count()


@functools.cache
def _tables() -> tuple[sa.Table, ...]:
    """Of all plugins but identity: the people are its rows."""
    found = [plugin.tables().sorted_tables for plugin in PLUGINS[1:]]
    return tuple(itertools.chain.from_iterable(found))


class Shop:
    """The people and what they do.

    Attributes:
        admin, supervisor, technician, viewer: one of each, as callers.
        colleague: another technician.
        people: the accounts behind them, by these names.
    """

    admin: Caller
    supervisor: Caller
    technician: Caller
    viewer: Caller
    colleague: Caller

    def __init__(self, bus: Bus, clock: FakeClock) -> None:
        self.bus, self.clock = bus, clock
        self.world = World(bus, clock)
        names = {role: role for role in ROLES} | {"colleague": "technician"}
        self.people: dict[str, Person] = {name: self.world.person(role) for name, role in names.items()}
        for name, person in self.people.items():
            setattr(self, name, person.login())

    def clear(self) -> None:
        """No work and nobody else; the clock is back at its start."""
        empty(self.bus, _tables())
        self.clock.advance(START_MS - self.clock.now_ms())

    def as_role(self, role: str) -> Caller:
        """The caller of that name."""
        return getattr(self, role)

    def id_of(self, name: str) -> str:
        """The id of the person of that name."""
        return self.people[name].id

    def person(self, role: str = "technician", **columns: Any) -> str:
        """The id of somebody else."""
        return self.world.person(role, **columns).id

    def create(self, data: dict[str, Any], caller: Caller | None = None) -> dict[str, Any]:
        """A task with exactly this."""
        return (caller or self.admin)("task_crud", action={"action": "Create", "data": data})["task"]

    def task(self, of: str | None = None, by: Caller | None = None, **data: Any) -> dict[str, Any]:
        """A task of somebody, today unless said otherwise; made by an admin unless said otherwise."""
        assigned = {} if of is None else {"technician_id": self.people[of].id if of in self.people else of}
        return self.create({"scheduled_date": TODAY, **CAR, **assigned, **data}, by)

    def client(self, by: Caller | None = None, **data: Any) -> dict[str, Any]:
        """A client."""
        named = {"name": f"Client {next(_numbers)}"} | data
        return (by or self.admin)("client_crud", action={"action": "Create", "data": named})["client"]

    def event(self, by: Caller | None = None, **fields: Any) -> dict[str, Any]:
        """An event, an hour today unless said otherwise."""
        usual = {
            "title": "Stand-up",
            "start_datetime": f"{TODAY}T09:00:00Z",
            "end_datetime": f"{TODAY}T10:00:00Z",
        }
        return (by or self.admin)("create_event", **(usual | fields))

    def stored(self, task_id: str) -> dict[str, Any]:
        """A task as an admin sees it."""
        return self.admin("task_crud", action="Get", id=task_id)["task"]

    def statuses(self, task_id: str) -> list[tuple[str | None, str]]:
        """The changes of a task's status, the oldest first."""
        items = self.admin("task_get_history", task_id=task_id)["items"]
        return [(item["old_status"], item["new_status"]) for item in reversed(items)]

    def set(self, task_id: str, **columns: Any) -> None:
        """What another process does to a task's row."""
        self.world.execute(sa.update(task_table).where(task_table.c.id == task_id).values(**columns))
