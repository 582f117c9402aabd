"""How long do lists, searches and calendar feeds of a workshop take that has 100,000 of everything?

Repeat: python -m benchmarks --only workshop_lists

Each is asked through the bus with a session, as an admin asks it and with its default filter; a search is for a word
that one of 170 texts has. The first call of each is not measured.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.domain import opened
from benchmarks.line import Line, at_most
from benchmarks.questions.authenticate import keys_in
from benchmarks.questions.queue_latency import quantile
from benchmarks.stage import Stage
from benchmarks.workshop import Workshop, fill

UNIT = "ms"
FULL, CALLS = 100_000, 40
WEEK = {"start_date": "2022-03-01", "end_date": "2022-03-07"}
#: What is asked -> command and arguments; words in capitals are filled in.
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "tasks": ("task_crud", {"action": "List"}),
    "tasks of a status": ("task_crud", {"action": "List", "filters": {"status": "pending"}}),
    "tasks, search": ("task_crud", {"action": "List", "filters": {"search": "WORD"}}),
    "tasks, statistics": ("task_crud", {"action": "GetStatistics"}),
    "clients": ("client_crud", {"action": "List"}),
    "clients with tasks": ("client_crud", {"action": "ListWithTasks"}),
    "clients, filtered": ("client_crud", {"action": "List", "filters": {"search": "WORD"}}),
    "clients, search": ("client_crud", {"action": "Search", "query": "WORD"}),
    "clients, statistics": ("client_crud", {"action": "Stats"}),
    "a week of tasks": ("calendar_get_tasks", {"date_range": WEEK}),
    "a week of events": ("get_events", WEEK),
    "interventions": ("intervention_list", {}),
    "materials": ("material_list", {}),
    "materials, search": ("material_list", {"search": "WORD"}),
    "materials, low stock": ("material_get_low_stock", {}),
    "bookings of a material": ("material_get_transaction_history", {"material_id": "MATERIAL"}),
    "quotes": ("quote_list", {}),
    "quotes, search": ("quote_list", {"filters": {"search": "WORD"}}),
    "quotes of a status": ("quote_list", {"filters": {"status": "draft"}}),
    "history of a task": ("task_get_history", {"task_id": "TASK"}),
    "inbox": ("notification_list", {}),
    "inbox, unread": ("notification_list", {"unread_only": True}),
}
#: These read everything.
COUNTED = ("tasks, statistics", "clients, statistics")
LINES = tuple(Line(f"{what}, p95", must=None if what in COUNTED else at_most(40)) for what in ASKED)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    with keys_in(stage.folder), opened(f"sqlite:///{stage.folder}/bus.sqlite") as bus:
        shop = Workshop(bus)
        fill(shop, stage.times(FULL, least=20))
        calls = stage.times(CALLS, least=2)
        return {f"{what}, p95": _p95(shop, *asked, calls) for what, asked in ASKED.items()}


def _p95(shop: Workshop, command: str, args: dict[str, Any], calls: int) -> float:
    taken: list[float] = []
    for number in range(-1, calls):
        places = {"WORD": shop.words[number], "MATERIAL": shop.material_id, "TASK": shop.task_id}
        given = _filled(args, places)
        began = time.perf_counter()
        shop.call(command, **given)
        if number >= 0:
            taken.append((time.perf_counter() - began) * 1000)
    return quantile(sorted(taken), 0.95)


def _filled(value: Any, places: dict[str, str]) -> Any:
    """The arguments with what stands for the words in capitals."""
    if isinstance(value, dict):
        return {name: _filled(one, places) for name, one in value.items()}
    return places.get(value, value) if isinstance(value, str) else value
