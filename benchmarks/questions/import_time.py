"""What does importing the bus take, beside the libraries it stands on?

Repeat: python -m benchmarks --only import_time

Each figure is a whole process, from its start to the line it writes after its imports.
"""

from __future__ import annotations

import sys
from statistics import median

from benchmarks.line import Line
from benchmarks.programs import environment, first_line_ms
from benchmarks.stage import Stage

UNIT = "ms"
PEER = "import pluggy, marshmallow, sqlalchemy"
LINES = (
    Line("an empty program"),
    Line("import bus", "an empty program"),
    Line("from bus import Bus", PEER),
)


def measure(stage: Stage) -> dict[str, float]:
    """One round: the median of some starts, in turns."""
    programs = {"an empty program": "pass", PEER: PEER} | {name: name for name in ("import bus", "from bus import Bus")}
    env = environment(stage.folder)
    for program in programs.values():
        first_line_ms([sys.executable, "-c", f"{program}; print(flush=True)"], env)  # stores byte code
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(stage.times(5)):
        for name, program in programs.items():
            taken[name].append(first_line_ms([sys.executable, "-c", f"{program}; print(flush=True)"], env))
    return {name: median(values) for name, values in taken.items()}
