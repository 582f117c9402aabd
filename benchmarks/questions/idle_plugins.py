"""What does a call cost more when further plugins are installed that hook nothing on it?

Repeat: python -m benchmarks --only idle_plugins

The goal is nothing at all; the bound leaves room for what two equal measurements differ by.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from benchmarks.domain import NOTE, accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns
from bus import LOCAL, Context, Contract, Plugin

UNIT = "µs"
#: Two equal measurements differ by a few hundredths on a shared machine.
NOTHING = at_most(1.03)
LINES = (
    Line("Bus.call, 0 further plugins"),
    Line("Bus.call, 10 further plugins", "Bus.call, 0 further plugins", must=NOTHING, aim=NOTHING),
    Line("Bus.call, 100 further plugins", "Bus.call, 0 further plugins", must=NOTHING, aim=NOTHING),
)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    with ExitStack() as stack:
        contenders: dict[str, Callable[[], object]] = {}
        for count in (0, 10, 100):
            bus = stack.enter_context(opened(f"sqlite:///{stage.folder}/{count}.sqlite", idle_plugins(count)))
            accepted(bus.call("note_check", NOTE))
            contenders[f"Bus.call, {count} further plugins"] = functools.partial(bus.call, "note_check", NOTE)
        return take_turns(stage, contenders)


def idle_plugins(count: int) -> Iterator[Plugin]:
    """Plugins with a command each and no hook."""
    for number in range(count):
        attributes = {"name": f"idle_{number}", "access": LOCAL, "__doc__": "Do nothing."}
        contract = type(f"Idle{number}", (Contract,), attributes)
        plugin = Plugin(f"idle{number}", contracts=[contract])
        plugin.handles(contract)(_nothing)
        yield plugin


def _nothing(ctx: Context) -> dict[str, Any]:
    """The handler of each."""
    return {}
