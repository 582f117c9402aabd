"""Ended jobs go by age and by number, with all that belongs to them; nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bus import MANY
from bus.flows import chain
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.sample import No, Sample
from tests.bus.worker import work
from tests.workers.hand import change
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.context import Context

HOUR_MS = 3_600_000


@pytest.fixture
def opened(sample: Sample, database_url: str) -> Callable[..., Bus]:
    @sample.command("fine")
    def fine(ctx: Context) -> dict[str, object]:
        return {}

    @sample.command("no", errors=(No,))
    def no(ctx: Context) -> dict[str, object]:
        raise No(why="no")

    @sample.command("many", units=MANY)
    def many(ctx: Context) -> dict[str, object]:
        ctx.unit("one", lambda db: 1)
        return {}

    def opened(**settings: int) -> Bus:
        return sample.open(database_url, workers, settings=Settings(database_url=database_url, **settings))

    return opened


def ids(bus: Bus) -> set[str]:
    return {item["id"] for item in bus.call("job_list", {"limit": 500}).data["items"]}


def submitted(bus: Bus, command: str, **options: int) -> str:
    answer = bus.submit(command, **options)
    assert answer.job is not None
    return answer.job["id"]


def count(bus: Bus, table: str) -> int:
    with bus.database.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def age(bus: Bus, job_id: str, hours: float) -> None:
    finished = bus.call("job_get", {"job_id": job_id}).data["job"]["finished_at"]
    change(bus, job_id, finished_at=finished - int(hours * HOUR_MS))


def test_old_jobs_go_with_all_that_belongs_to_them(opened: Callable[..., Bus]) -> None:
    bus = opened(keep_jobs_hours=2)
    old = [submitted(bus, command) for command in ("fine", "no", "many")]
    waiting = submitted(bus, "fine", delay_ms=HOUR_MS)
    work(bus)
    wait_until(lambda: all(bus.call("job_get", {"job_id": each}).data["job"]["finished_at"] for each in old))
    young = submitted(bus, "fine")
    work(bus)
    for job_id in old:
        age(bus, job_id, 2.1)
    age(bus, young, 1.9)
    assert (count(bus, "bus_unit"), count(bus, "bus_attempt")) == (1, 1)
    bus.sweep()
    assert ids(bus) == {waiting, young}
    assert (count(bus, "bus_unit"), count(bus, "bus_attempt")) == (0, 0)


def test_dead_jobs_stay_longer(opened: Callable[..., Bus]) -> None:
    bus = opened(keep_jobs_hours=2, keep_dead_hours=5)
    kept, gone = submitted(bus, "fine"), submitted(bus, "fine")
    work(bus)
    for job_id, hours in ((kept, 4.9), (gone, 5.1)):
        age(bus, job_id, hours)
        change(bus, job_id, state="dead")
    bus.sweep()
    assert ids(bus) == {kept}


def test_the_oldest_go_when_there_are_too_many(opened: Callable[..., Bus]) -> None:
    bus = opened(keep_jobs=3)
    jobs = [submitted(bus, "fine") for _ in range(7)]
    work(bus)
    for n, job_id in enumerate(jobs):
        age(bus, job_id, (7 - n) / 100)
    bus.sweep()
    assert ids(bus) == set(jobs[-3:])


def test_old_flows_go_with_their_steps(opened: Callable[..., Bus]) -> None:
    bus = opened(keep_jobs_hours=2)
    for name in ("old", "young"):
        assert bus.call("flow_start", chain(name, ("fine", {}), ("fine", {})).args).ok
    while count(bus, "bus_flow WHERE finished_at IS NULL"):
        work(bus)
    with bus.database.connect() as connection:
        connection.exec_driver_sql(f"UPDATE bus_flow SET finished_at=finished_at-{3 * HOUR_MS} WHERE name='old'")
    bus.sweep()
    assert [flow["name"] for flow in bus.call("flow_list").data["items"]] == ["young"]
    assert count(bus, "bus_step") == 2
