"""Whom which event concerns and what they are told, as data.

Supervisors and admins run the shop and hear of everything that they may have to act on; beside them, or instead of
them, an event may concern one person that its payload names.
"""

from __future__ import annotations

from typing import NamedTuple

from contracts.notifications import kinds
from contracts.workshop.roles import ADMIN, SUPERVISOR


class Rule(NamedTuple):
    """What becomes of one kind of event."""

    #: What people read; in braces what the payload says.
    title: str
    #: What of the payload a front end links by.
    linked: tuple[str, ...]
    #: Everybody of these roles is told.
    roles: tuple[str, ...] = (ADMIN, SUPERVISOR)
    #: So is the first of these that the payload names.
    people: tuple[str, ...] = ()
    #: But not whom the payload names here: they did it themselves.
    author: str | None = None


RULES = {
    kinds.TASK_OVERDUE: Rule(
        "Task {task_number}, {title}, was planned for {scheduled_date} and has not begun.",
        linked=("task_id", "task_number"),
        people=("technician_id", "created_by"),
    ),
    kinds.INTERVENTION_FINALIZED: Rule(
        "The work on task {task_number} is finished.",
        linked=("intervention_id", "task_id", "task_number"),
        author="finalized_by",
    ),
    kinds.MATERIAL_LOW_STOCK: Rule(
        "{name} ({sku}) runs low: {current_stock} left, the minimum is {minimum_stock}.",
        linked=("material_id", "sku"),
    ),
    kinds.QUOTE_ACCEPTED: Rule(
        "Quote {quote_number} was accepted.",
        linked=("quote_id", "quote_number", "client_id", "task_id"),
        roles=(),
        people=("created_by",),
        author="accepted_by",
    ),
}
