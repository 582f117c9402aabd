"""A bus with a few commands to queue, once on each database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bus import QueuePolicy
from tests.bus.sample import TEXT, No, Sample, add
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def bus(sample: Sample, database_url: str) -> Bus:
    """``put`` writes, refuses ``no`` and fails at whatever begins with ``boom``; it is tried once."""

    @sample.command("put", params=TEXT, errors=(No,), queue=QueuePolicy(attempts=1))
    def put(ctx: Any, text: str) -> dict[str, Any]:
        add(ctx.db, text)
        if text == "no":
            raise No(why=f"of {ctx.job_id} and 17")
        if text.startswith("boom"):
            raise RuntimeError
        return {}

    @sample.command("steady", params=TEXT, queue=QueuePolicy(name="slow", attempts=2, min_backoff_ms=3_600_000))
    def steady(ctx: Any, text: str) -> dict[str, Any]:
        raise RuntimeError

    return sample.open(database_url, workers)


def submitted(bus: Bus, command: str, text: str, **options: Any) -> str:
    """The id of a new job."""
    answer = bus.submit(command, {"text": text}, **options)
    assert answer.job is not None, answer
    return answer.job["id"]
