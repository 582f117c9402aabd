"""How long does the slowest of 100 HTTP requests wait under full load, beside raw ASGI and FastAPI?

Repeat: python -m benchmarks --only http_latency

Load and servers as in http: every server is given as much as it takes.
"""

from __future__ import annotations

from statistics import median

from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.web import FASTAPI, OURS, RAW, loads

UNIT = "ms"
LINES = (Line(OURS, RAW, must=at_most(3)), Line(OURS, FASTAPI))


def measure(stage: Stage) -> dict[str, float]:
    """One round: the 99th percentile of each."""
    return {name: median(load.p99_ms for load in found) for name, found in loads(stage).items()}
