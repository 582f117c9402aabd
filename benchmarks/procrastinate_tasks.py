"""What procrastinate's workers load: an app on PostgreSQL and a task that does nothing.

``procrastinate --app benchmarks.procrastinate_tasks.app worker`` finds its set-up in the environment:
``BENCH_POSTGRESQL_URL``.
"""

from __future__ import annotations

import os
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector


def app_of(connector: Any) -> App:
    """An app that knows the task."""
    made = App(connector=connector)
    made.task(name="nothing")(nothing)
    return made


async def nothing(padding: str) -> None:
    """The job: no effect, on the event loop, which is this peer's fastest way."""


def publisher(url: str) -> App:
    """An app for a program without an event loop."""
    return app_of(SyncPsycopgConnector(conninfo=url))


if "BENCH_POSTGRESQL_URL" in os.environ:
    app = app_of(PsycopgConnector(conninfo=os.environ["BENCH_POSTGRESQL_URL"]))
