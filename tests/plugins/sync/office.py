"""A third party's plugin that provides the remote, without knowing the plugin that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bus import LOCAL, WRITE, Contract, Plugin, Refusal, Schema, fields


class Office:
    """The far side: it remembers what it was given, and does what a test tells it to."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """As if it had never been there."""
        self.is_there = False
        self.taken: list[dict[str, Any]] = []
        #: Called with each operation; what it raises is the answer.
        self.think: Callable[[dict[str, Any]], Any] = lambda operation: None

    def open(self, think: Callable[[dict[str, Any]], Any] | None = None) -> None:
        """Be there from now on."""
        self.is_there = True
        self.think = think or self.think

    def sync_push(self, operation: dict[str, Any]) -> None:
        """Take an operation, unless thinking about it raises."""
        self.think(operation)
        self.taken.append(operation)

    @property
    def entities(self) -> list[str]:
        """What was taken, in order."""
        return [operation["entity_id"] for operation in self.taken]


class OfficeRun(Contract):
    """Queue a background run at once, instead of at the next half minute."""

    name, version = "office_run", 1
    effect, access = WRITE, LOCAL


class NotPaid(Refusal):
    """Nothing is done for nothing."""

    code = "NOT_PAID"
    message = "not paid"


class OfficeOrder(Contract):
    """Create something that the remote is to be told of."""

    name, version = "office_order", 1
    effect, access = WRITE, LOCAL
    errors = (NotPaid,)

    class Params(Schema):
        entity_id = fields.Text(required=True)
        is_paid = fields.Boolean(required=True)


office = Office()
plugin = Plugin("office", contracts=[OfficeRun, OfficeOrder], requires=["sync"])


@plugin.hook
def bus_remote(name: str) -> Callable[[dict[str, Any]], None] | None:
    return office.sync_push if name == "sync" and office.is_there else None


@plugin.handles(OfficeRun)
def office_run(ctx: Any) -> dict[str, Any]:
    ctx.submit("sync_run")
    return {}


@plugin.handles(OfficeOrder)
def office_order(ctx: Any, entity_id: str, is_paid: bool) -> dict[str, Any]:
    ctx.call("sync_enqueue", {"operation_type": "create", "entity_type": "task", "entity_id": entity_id})
    if not is_paid:
        raise NotPaid
    return {}
