"""Keys let jobs go: what a rate allows, counted fine enough for thousands a second, and nothing counted in vain."""

from __future__ import annotations

import pytest

from bus import QueuePolicy, Rate
from bus.jobs.gates import Gates
from bus.jobs.states import KEY_LANE
from tests.bus.sample import TEXT
from workers import workers


@pytest.fixture
def publish(sample, database_url):
    """Publish so many jobs of one key together and let go what may; answers how many have its leave."""

    def publish(count: int, **policy) -> int:
        sample.command("put", params=TEXT, queue=QueuePolicy(key="all", **policy))(lambda ctx, text: {})
        bus = sample.open(database_url, workers)
        for _ in range(0, count, 500):
            assert all(answer.ok for answer in bus.submit_many("put", [{"text": "a"}] * 500))
        gates = Gates(bus.database)
        with bus.database.writer().transaction() as kept:
            for _ in range(10):  # so many at a time
                gates.admit(kept, ("all",))
        with bus.database.connect() as connection:
            found = connection.exec_driver_sql(f"SELECT count(*) FROM bus_job WHERE lane != {KEY_LANE}")
            return found.scalar_one()

    return publish


@pytest.mark.parametrize("per_ms", [1_000, 3_600_000 * 24])
def test_a_burst_is_as_large_as_the_rate_says(publish, per_ms):
    """Also where one each is less than a millisecond, or the while is a day."""
    assert publish(1_500, limit=None, rate=Rate(1_200, per_ms=per_ms)) >= 1_200


def test_a_limit_holds_beside_a_rate(publish):
    assert publish(500, limit=7, rate=Rate(100_000, per_ms=1_000)) == 7


def test_a_rate_holds_without_a_limit(publish):
    assert publish(500, limit=None, rate=Rate(7, per_ms=3_600_000)) == 7
