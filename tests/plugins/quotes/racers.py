"""Processes with all plugins of the shop, each with a bus of its own, that call at the same moment.

Not here: races of domains that stand alone (tests/plugins/racing.py).
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from tests.plugins.racing import WAIT_S, Answer, Call
from tests.plugins.tasks.shop import PLUGINS

if TYPE_CHECKING:
    from tests.plugins.tasks.shop import Shop

COUNT = 4

_start: Any = None


class Racers:
    """Four processes that live on from race to race."""

    def __init__(self) -> None:
        forking = multiprocessing.get_context("forkserver")
        for plugin in PLUGINS:
            plugin.load()
        imported = [name for name in sys.modules if name.startswith("plugins.")]
        # Once, by the server that forks them; it has never opened a database.
        forking.set_forkserver_preload(["bus.application", "bus.migration", "psycopg", *imported])
        self._pool = ProcessPoolExecutor(
            COUNT, mp_context=forking, initializer=_prepare, initargs=(forking.Barrier(COUNT),)
        )

    def race(self, shop: Shop, calls: list[Call]) -> list[Answer]:
        """All answers of four processes that each make these calls as an admin; the barrier lets none race twice."""
        url = shop.bus.database.url.render_as_string(hide_password=False)
        given = (url, shop.clock.now_ms(), shop.admin.token, calls)
        racing = [self._pool.submit(_run, *given) for _ in range(COUNT)]
        return [answer for future in racing for answer in future.result()]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


def _prepare(barrier: Any) -> None:
    global _start  # noqa: PLW0603  # a barrier reaches a process only when it starts
    _start = barrier


def _run(url: str, now_ms: int, token: str, calls: list[Call]) -> list[Answer]:
    from bus.application import Bus
    from bus.testing import FakeClock

    for plugin in PLUGINS:
        plugin.load()
    with Bus.open(url, plugins=PLUGINS, clock=FakeClock(now_ms)) as bus:
        bus.call("system_health")
        _start.wait(WAIT_S)
        return [bus.call(command, args, session_token=token).to_dict() for command, args in calls]
