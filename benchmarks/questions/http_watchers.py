"""How much memory do clients cost that watch a job each, while nothing happens?

Repeat: python -m benchmarks --only http_watchers

``GET /jobs/{id}/events`` (server-sent events), a connection and a job for each; what ``bus serve`` grows by, once all
have been told the state of their job and it has been looked at for some seconds. Linux.
"""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.domain import PADDING, accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.questions.worker_memory import rss
from benchmarks.stage import Stage
from benchmarks.web import bus_serve
from benchmarks.web_domain import TOKEN, web
from tests.servers import HOST

UNIT = "MiB"
WATCHERS = 1_000
WHAT = "1,000 idle watchers"
LINES = (Line(WHAT, must=at_most(100)),)
#: Descriptors of this process beside the connections.
OTHER_DESCRIPTORS = 100
HOUR_MS = 3_600_000
#: Seconds in which the jobs are looked at some times more.
SETTLE_S = 3


def measure(stage: Stage) -> dict[str, float]:
    """One round; with fewer watchers, what 1,000 would cost."""
    count = stage.times(WATCHERS, least=100)
    with bus_serve(stage.folder) as (port, process):
        jobs = submitted(f"sqlite:///{stage.folder}/bus.sqlite", count)
        with watched(port, jobs[:1]):
            before = rss(process)  # everything is imported
        with watched(port, jobs):
            time.sleep(stage.times(SETTLE_S))
            return {WHAT: (rss(process) - before) * WATCHERS / count}


def submitted(url: str, count: int) -> list[str]:
    """The ids of as many jobs, none of which is due soon."""
    with opened(url, [web]) as bus:
        envelopes = bus.submit_many("mark_add", [{"padding": PADDING}] * count, delay_ms=HOUR_MS)
    return [job["id"] for job in (accepted(envelope).job for envelope in envelopes) if job is not None]


def watched(port: int, jobs: Sequence[str]) -> ExitStack:
    """A connection for each job, which has told its state; closed with the block.

    Raises:
        RuntimeError: a job cannot be watched.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, len(jobs) + OTHER_DESCRIPTORS), hard))
    with ExitStack() as stack:
        for job_id in jobs:
            connection = stack.enter_context(socket.create_connection((HOST, port)))
            head = f"GET /jobs/{job_id}/events HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
            connection.sendall(head.encode())
            answer = b""
            while b"event: state" not in answer:
                chunk = connection.recv(65_536)
                if not chunk or (answer and not answer.startswith(b"HTTP/1.1 200")):
                    raise RuntimeError(f"a job cannot be watched: {answer!r}")
                answer += chunk
        return stack.pop_all()
