"""What huey's consumers load: a queue on Redis and a task that does nothing.

``huey_consumer benchmarks.huey_tasks.huey`` finds its set-up in the environment: ``BENCH_REDIS_URL``.
"""

from __future__ import annotations

import os
from typing import Any

from huey import RedisHuey


def huey_of(url: str) -> tuple[RedisHuey, Any]:
    """The queue, and its task."""
    made = RedisHuey("bench", url=url, results=False)
    return made, made.task()(nothing)


def nothing(padding: str) -> str:
    """The job: no effect."""
    return ""


if "BENCH_REDIS_URL" in os.environ:
    huey, _task = huey_of(os.environ["BENCH_REDIS_URL"])
