"""What stock Dramatiq's workers load: a broker on Redis and two actors. Nothing of the bus, whose memory would count.

``python -m dramatiq benchmarks.actors:broker`` finds its set-up in the environment: ``BENCH_REDIS_URL``;
``BENCH_RESULTS`` when results are stored; ``BENCH_MOMENTS``, the file that gets the moment of each execution.
"""

from __future__ import annotations

import os
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from benchmarks.moments import moment


def broker_of(url: str, *, with_results: bool) -> RedisBroker:
    """A stock broker that knows the actors."""
    made = RedisBroker(url=url)
    if with_results:
        from dramatiq.results import Results  # as stock as without them
        from dramatiq.results.backends import RedisBackend

        made.add_middleware(Results(backend=RedisBackend(url=url)))
    options: dict[str, Any] = {"store_results": True} if with_results else {}
    dramatiq.actor(broker=made, **options)(nothing)
    dramatiq.actor(broker=made)(moment)
    return made


def nothing(padding: str) -> str:
    """The job: no effect."""
    return ""


if "BENCH_REDIS_URL" in os.environ:
    broker = broker_of(os.environ["BENCH_REDIS_URL"], with_results="BENCH_RESULTS" in os.environ)
