"""How soon after its start has ``bus stdio`` answered, beside the import of its three largest libraries?

Repeat: python -m benchmarks --only stdio_start

The embedded database is there already, as on every start but the first. The peer writes its line when its imports
are done, so that neither side pays for leaving.
"""

from __future__ import annotations

import sys
from statistics import median

from benchmarks.line import Line, at_most
from benchmarks.programs import BUS, environment, first_line_ms
from benchmarks.stage import Stage

UNIT = "ms"
PEER = "import pluggy, marshmallow, sqlalchemy"
LINES = (
    Line("bus stdio, command without database", PEER, must=at_most(1.3), aim=at_most(1.1)),
    Line("bus stdio, command that reads a row", PEER, must=at_most(1.3), aim=at_most(1.1)),
)
REQUESTS = {
    "bus stdio, command without database": b'{"command":"command_describe","args":{"command":"db.session.find"}}\n',
    "bus stdio, command that reads a row": b'{"command":"db.project.find","args":{"path":"/home/ada/tea"}}\n',
}
#: Makes the row that is read.
ROW = b'{"command":"db.project.upsert","args":{"path":"/home/ada/tea"}}\n'
STDIO, OK = [*BUS, "stdio"], b'"ok":true'


def measure(stage: Stage) -> dict[str, float]:
    """One round: the median of some starts, in turns."""
    env = environment(stage.folder)
    env["BUS_PLUGINS_DENY"] = "bench"  # the plugins of an ordinary installation
    for line in (ROW, *REQUESTS.values()):
        first_line_ms(STDIO, env, line, OK)  # makes database, row and byte code
    taken: dict[str, list[float]] = {name: [] for name in (PEER, *REQUESTS)}
    for _ in range(stage.times(5)):
        taken[PEER].append(first_line_ms([sys.executable, "-c", f"{PEER}; print(flush=True)"], env))
        for name, line in REQUESTS.items():
            taken[name].append(first_line_ms(STDIO, env, line, OK))
    return {name: median(values) for name, values in taken.items()}
