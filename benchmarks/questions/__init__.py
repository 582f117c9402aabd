"""The questions, one module each: ``UNIT``, ``LINES`` and ``measure(stage)``; the docstring's first line asks.

``measure`` does one round: it sets up what it needs, measures every contender and answers a figure for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from benchmarks.line import Line
from benchmarks.stage import Stage

#: In the order of the table.
NAMES = (
    "call",
    "invalid_call",
    "validator",
    "idle_plugins",
    "write_sqlite",
    "write_postgresql",
    "read_sqlite",
    "read_postgresql",
    "stdio_lines",
    "stdio_start",
    "import_time",
    "queue_live",
    "queue_limits",
    "queue_postgresql",
    "queue_parts",
    "queue_redis",
    "redis_live",
    "redis_latency",
    "queue_cpu",
    "queue_latency",
    "worker_memory",
    "delayed",
    "lazynote_notes",
    "workspace_tree",
    "authenticate",
    "workshop_lists",
    "http",
    "http_latency",
    "http_watchers",
)
#: Those that take hours are run by their names alone.
LONG = ("full_tables", "lazynote_search")


@dataclass(frozen=True)
class Question:
    """One module of this package."""

    name: str
    text: str
    unit: str
    lines: tuple[Line, ...]
    measure: Callable[[Stage], dict[str, float]]


def load(name: str) -> Question:
    """The question of a name."""
    module = import_module(f"{__name__}.{name}")
    text = (module.__doc__ or "").partition("\n")[0]
    return Question(name, text, module.UNIT, module.LINES, module.measure)
