"""What keeps a drill apart: it knows no job but its own, meets nobody, and chance repeats."""

from __future__ import annotations

import random

import pytest

from bus import ids
from bus.jobs.states import FREE_LANE
from bus.testing import wait_until
from tests.workers.hand import Hand, change, row
from workers.brokers.identity import prefix_of
from workers.drill.orders import Catalogue
from workers.drill.shadow import CLOCK_BACK_S, Shadow, began_at, first_id, name_of
from workers.folder import folder_of


@pytest.fixture
def shadow_of(request):
    """Open the bus of a drill on the database of another bus."""

    def open_shadow(bus):
        shadow_bus = Shadow.new().open(
            bus.settings.replace(database_url=bus.database.url.render_as_string(hide_password=False))
        )
        request.addfinalizer(shadow_bus.close)
        return shadow_bus

    return open_shadow


def test_a_drill_meets_nobody_and_knows_its_own_work_alone(bus, shadow_of):
    """Its folder and its names at a broker are its own; the built-in commands are known and not worked for."""
    shadow_bus, other = shadow_of(bus), shadow_of(bus)
    for where in (folder_of, prefix_of):
        assert len({where(one.database) for one in (bus, shadow_bus, other)}) == 3
    assert shadow_bus.queue_names == {shadow_bus.queue}
    assert shadow_bus.known_contracts == {"drill_deed@1", "drill_units@1", "drill_letter@1"}
    assert shadow_bus.call("system_health").ok


def test_nobody_of_a_drill_takes_over_from_others(bus, shadow_of, hand, other):
    """Not even a job that it knows: the operator's own workers do, by the lock that stays where it was."""
    job_id = bus.submit("system_health").job["id"]
    assert [job.id for job in hand.claim(lane=FREE_LANE)] == [job_id]
    hand.die()
    drilling = Hand(shadow_of(bus))
    for lease_until in (row(bus, job_id).lease_until, 0):
        change(bus, job_id, lease_until=lease_until)
        drilling.keeper.look()
        assert (row(bus, job_id).state, hand.life.path.exists()) == ("running", True)

    other.keeper.look()
    assert row(bus, job_id).state == "queued"
    assert not drilling.sees("default", FREE_LANE)
    assert other.sees("default", FREE_LANE)


@pytest.mark.parametrize("is_shadow", [True, False])
def test_nobody_of_a_drill_sees_to_what_is_everybodys(sqlite_bus, shadow_of, monkeypatch, is_shadow):
    """Keys, and what is past its time."""
    keeper = Hand(shadow_of(sqlite_bus) if is_shadow else sqlite_bus).keeper
    done = []
    look = keeper.look
    monkeypatch.setattr(keeper, "look", lambda: (look(), done.append("look")))
    monkeypatch.setattr(keeper, "admit", lambda: done.append("admit"))
    monkeypatch.setattr(keeper._bus, "sweep", lambda: done.append("sweep"))
    keeper.start()
    wait_until(lambda: done.count("look") > 2, 30, "the keeper to look")
    keeper.stop()
    assert set(done) == ({"look"} if is_shadow else {"look", "admit", "sweep"})


def test_the_ids_of_a_drills_jobs_are_not_below_its_first():
    """They are found by that without a look at all the other jobs."""
    name = Shadow.new().name
    made = [ids.job_id() for _ in range(100)]
    assert min(made) > first_id(name)
    later = f"bus_drill_{began_at(name) + CLOCK_BACK_S + 3_600:08x}_000000"
    assert max(made) < first_id(later)


def test_the_table_of_a_drill_is_told_from_every_other():
    shadow = Shadow.new()
    assert name_of(shadow.table) == shadow.name
    for table in ("drill_", "drill_deed", "bus_job", shadow.name, f"{shadow.table}_", "drill_zzzzzzzz_000000"):
        assert name_of(table) is None


def test_chance_repeats():
    """One seed, one sequence of orders; another seed, another one."""

    def orders(seed):
        catalogue = Catalogue(random.Random(seed))
        return [*catalogue.jobs(), *catalogue.delayed(), *catalogue.letters()]

    assert orders(1) == orders(1) != orders(2)
    assert [order.n for order in orders(1)] == list(range(1, 181))
    assert all(order.delay_ms >= 300 for order in orders(1)[60:120])
