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
#: What is asked -> command and arguments; ``WORD`` is replaced.
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
}
LINES = tuple(Line(f"{what}, p95", must=at_most(40)) for what in ASKED)


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
        given = _with_word(args, shop.words[number])
        began = time.perf_counter()
        shop.call(command, **given)
        if number >= 0:
            taken.append((time.perf_counter() - began) * 1000)
    return quantile(sorted(taken), 0.95)


def _with_word(args: dict[str, Any], word: str) -> dict[str, Any]:
    filled = {name: _with_word(value, word) if isinstance(value, dict) else value for name, value in args.items()}
    return {name: word if value == "WORD" else value for name, value in filled.items()}
