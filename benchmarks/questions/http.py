"""How many commands a second are answered over HTTP, beside raw ASGI and FastAPI?

Repeat: python -m benchmarks --only http

A command that does nothing; 32 connections that are kept, driven by wrk; uvicorn with one worker for all three. The
bus runs each command in a thread, since commands may block; the peers' functions run on the event loop.
"""

from __future__ import annotations

from statistics import median

from benchmarks.line import Line, at_least
from benchmarks.stage import Stage
from benchmarks.web import FASTAPI, OURS, RAW, loads

UNIT = "requests/s"
LINES = (
    Line(OURS, RAW, must=at_least(0.45), aim=at_least(0.65)),
    Line(OURS, FASTAPI, must=at_least(2), aim=at_least(3)),
)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    return {name: median(load.requests_a_second for load in found) for name, found in loads(stage).items()}
