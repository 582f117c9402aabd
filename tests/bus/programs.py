"""What other processes do in the tests of the core: each function is the whole of a process.

They meet their test on a pipe, or by ending; nothing waits for a time to pass.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from bus import MANY, Plugin
from tests.bus.sample import TEXT, add, contract

if TYPE_CHECKING:
    from bus.application import Bus

PUT = contract("put", params=TEXT, result=TEXT)
STEPS = contract("steps", params=TEXT, result=TEXT, units=MANY, time_limit_ms=10_000)


def plugin(between: Callable[[], Any] = lambda: None) -> Plugin:
    """Writes a row in one unit, or two rows in two units.

    Args:
        between: called between the two units.
    """
    made = Plugin("sample", contracts=[PUT, STEPS])

    @made.handles(PUT)
    def put(ctx: Any, text: str) -> dict[str, Any]:
        add(ctx.db, text)
        return {"text": ctx.correlation_id}

    @made.handles(STEPS)
    def steps(ctx: Any, text: str) -> dict[str, Any]:
        first = ctx.unit("first", lambda db: add(db, f"{text} 1") or ctx.correlation_id)
        between()
        ctx.unit("second", lambda db: add(db, f"{text} 2"))
        return {"text": first}

    return made


def open_bus(url: str, between: Callable[[], Any] = lambda: None) -> Bus:
    """A bus with the plugin, on a database that has its tables."""
    from bus.application import Bus

    return Bus.open(url, plugins=[plugin(between)])


def repeat(url: str, meeting: Any, keys: list[str], answers: Any) -> None:
    """Call both commands with each key, all processes at the same time, and put what was answered into the queue."""
    with open_bus(url) as bus:
        meeting.wait()
        for command, key in itertools.product(("put", "steps"), keys):
            envelope = bus.call(command, {"text": key}, idempotency_key=key)
            while envelope.code == "IDEMPOTENCY_CONFLICT":
                envelope = bus.call(command, {"text": key}, idempotency_key=key)
            answers.put((command, key, envelope.code, envelope.data))


def stop_between_units(url: str, parent: Connection) -> None:
    """Call ``steps`` with the key "k"; between its units say so, and go on when told; send the code at the end."""

    def between() -> None:
        parent.send("between")
        parent.recv()

    with open_bus(url, between) as bus:
        parent.send(bus.call("steps", {"text": "a"}, idempotency_key="k").code)
