"""Each tick is fired as its policy says, once, whoever looks, and whoever dies."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bus import Bus, Plugin, Schedule, SetupError
from bus.database.tables import job, schedule
from bus.errors import DatabaseBusy
from bus.schedules.declared import MISSED
from bus.schedules.policy import ON_TIME_MS
from bus.schedules.syncing import sync
from bus.settings import Settings
from tests.deeds import deeds
from tests.fleet import SETTINGS
from workers import scheduler as module
from workers import workers
from workers.points import TICK_POINTS
from workers.scheduler import LOOK_MS, Scheduler, correlation_id

if TYPE_CHECKING:
    from tests.workers.hand import Hand

#: Where simulated time begins.
START = 1_800_000_000_000
MINUTE = 60_000


class Time:
    """The clock of the simulated span; the database's own goes on as ever."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self, _kept: Any) -> int:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def add(bus: Bus) -> Callable[..., None]:
    return lambda name, cron, **members: add_schedule(bus, name, cron, **members)


def add_schedule(bus: Bus, name: str, cron: str, **members: Any) -> None:
    """Add a schedule whose first tick lies just ahead of the simulated span."""
    answer = bus.call("schedule_add", {"name": name, "command": "deed", "args": {"n": 1}, "cron": cron} | members)
    assert answer.ok, answer
    with bus.database.connect() as connection:
        connection.execute(update(schedule).where(schedule.c.name == name).values(next_at=START + MINUTE))


def fired(bus: Bus, name: str = "a") -> list[int]:
    """The ticks that have a job, in the order of their jobs."""
    prefix = correlation_id(name, 0)[:-1]
    with bus.database.connect() as connection:
        found = connection.scalars(select(job.c.correlation_id).order_by(job.c.id))
        return [int(text.removeprefix(prefix)) for text in found if text.startswith(prefix)]


def stored(bus: Bus, name: str = "a") -> dict[str, Any]:
    items = {item["name"]: item for item in bus.call("schedule_list").data["items"]}
    return items[name]


def test_a_tick_becomes_a_job_that_runs_as_a_local_caller(bus: Bus, hand: Hand, add: Any, time: Time) -> None:
    add("a", "* * * * *", args={"n": 7}, priority=3)
    one = Scheduler(bus, time)
    time.now = START + MINUTE
    one.step()
    assert fired(bus) == [START + MINUTE]
    row = stored(bus)
    found = bus.jobs.find(row["last_job"])
    assert found is not None
    assert (found.command, found.principal, found.priority) == ("deed", "local", 3)
    assert (row["last_at"], row["next_at"]) == (START + MINUTE, START + 2 * MINUTE)
    hand.work()
    assert bus.wait(found.id).data == {"n": 7}


def test_before_its_time_nothing_is_fired_and_the_next_look_is_in_time(bus: Bus, add: Any, time: Time) -> None:
    add("a", "* * * * *")
    one = Scheduler(bus, time)
    time.now = START
    assert one.step() <= LOOK_MS / 1000
    time.now = START + MINUTE - 300
    assert 0 < one.step() <= 0.3
    assert fired(bus) == []


def test_after_firing_the_next_look_comes_with_the_next_tick(bus: Bus, add: Any, time: Time) -> None:
    add("a", "* * * * * *")
    time.now = START + MINUTE + 700
    assert 0 <= Scheduler(bus, time).step() <= 0.3


def test_two_schedulers_that_saw_the_same_tick_fire_it_once(bus: Bus, add: Any, time: Time) -> None:
    add("a", "* * * * *")
    one, other = Scheduler(bus, time), Scheduler(bus, time)
    time.now = START + MINUTE
    seen = [(who, who.look()) for who in (one, other)]
    results = [who.fire(look.due[0], look.now) for who, look in seen]
    assert [len(result.jobs) for result in results if result is not None] == [1, 0]
    assert fired(bus) == [START + MINUTE]


@pytest.mark.parametrize("change", ["schedule_pause", "schedule_remove", "changed"])
def test_what_an_operator_has_changed_meanwhile_is_not_fired(bus: Bus, add: Any, time: Time, change: str) -> None:
    add("a", "* * * * *")
    one = Scheduler(bus, time)
    time.now = START + MINUTE
    look = one.look()
    if change == "changed":
        assert bus.call("schedule_remove", {"name": "a"}).ok
        add("a", "* * * * *", args={"n": 2})
        with bus.database.connect() as connection:  # even in one millisecond
            connection.execute(update(schedule).values(changed_at=look.due[0].changed_at + 1))
    else:
        assert bus.call(change, {"name": "a"}).ok
    result = one.fire(look.due[0], look.now)
    assert result is not None
    assert result.jobs == fired(bus) == []


class Death(BaseException):
    """The process is gone; nothing catches it."""


@pytest.mark.parametrize("point", TICK_POINTS)
def test_whoever_dies_in_the_middle_leaves_a_whole_tick_or_none(
    bus: Bus, add: Any, time: Time, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its successor fires what it had not committed."""

    def reach(reached: str) -> None:
        if reached == point:
            raise Death

    add("a", "* * * * *", missed="all")
    time.now = START + 3 * MINUTE
    with monkeypatch.context() as patched:
        patched.setattr(module, "reach", reach)
        with pytest.raises(Death):
            Scheduler(bus, time).step()
    assert len(fired(bus)) == (3 if point == "tick_committed" else 0)
    Scheduler(bus, time).step()
    assert fired(bus) == [START + n * MINUTE for n in (1, 2, 3)]


def test_a_busy_database_is_waited_out(bus: Bus, add: Any, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    add("a", "* * * * *")
    time.now = START + MINUTE
    one = Scheduler(bus, time)
    with monkeypatch.context() as patched:

        def busy(*_values: Any) -> None:
            raise DatabaseBusy("a spell")

        patched.setattr(module, "plan", busy)
        assert one.step() == LOOK_MS / 1000
    one.step()
    assert fired(bus) == [START + MINUTE]


def declaring(*schedules: Schedule) -> Plugin:
    made = Plugin("cups")

    @made.hook
    def bus_schedules() -> list[Schedule]:
        return list(schedules)

    return made


def test_the_schedule_of_a_plugin_that_is_gone_waits_for_it(
    bus: Bus, open_bus: Callable[..., Bus], time: Time, capfd: pytest.CaptureFixture[str]
) -> None:
    """Told once; and the ticks that it missed are seen to when it is back."""
    cups = declaring(Schedule("a", "deed", "* * * * *", {"n": 1}, missed="all"))
    url = bus.database.url.render_as_string(hide_password=False)
    with_it = open_bus(url, plugins=[deeds, cups, workers])
    sync(with_it)
    with bus.database.connect() as connection:
        connection.execute(update(schedule).values(next_at=START + MINUTE))
    without = Scheduler(bus, time)
    for minute in (1, 2, 3):
        time.now = START + minute * MINUTE
        assert without.step() <= LOOK_MS / 1000
    assert fired(bus) == []
    assert capfd.readouterr().err.count("the plugin cups is not loaded; it waits for a scheduler that has it") == 1
    Scheduler(with_it, time).step()
    assert fired(bus) == [START + n * MINUTE for n in (1, 2, 3)]


def test_a_schedule_that_cannot_be_fired_stops_no_other(bus: Bus, add: Any, time: Time) -> None:
    """A command whose arguments have changed under it, a zone that this machine does not know."""
    add("a", "* * * * *")
    add("b", "* * * * *")
    add("c", "* * * * *")
    with bus.database.connect() as connection:
        connection.execute(update(schedule).where(schedule.c.name == "a").values(args="{}"))
        connection.execute(update(schedule).where(schedule.c.name == "b").values(zone="Mars/Olympus"))
    time.now = START + MINUTE
    one = Scheduler(bus, time)
    one.step()
    assert (fired(bus, "a"), fired(bus, "b"), fired(bus, "c")) == ([], [], [START + MINUTE])
    with bus.database.connect() as connection:
        connection.execute(update(schedule).where(schedule.c.name == "b").values(zone="UTC"))
    one.step()
    assert fired(bus, "b") == [START + MINUTE]


def test_what_nobody_foresaw_in_one_schedule_stops_no_other(
    bus: Bus, add: Any, time: Time, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The log has it, with its cause, once."""
    add("a", "* * * * *", missed="all")
    add("b", "* * * * *")
    make_plan = module.plan

    def failing(timetable: Any, next_at: int, now: int, missed: str) -> Any:
        return make_plan(timetable, next_at, now, missed) if missed == "once" else 1 / 0

    monkeypatch.setattr(module, "plan", failing)
    one = Scheduler(bus, time)
    for minute in (1, 2):
        time.now = START + minute * MINUTE
        one.step()
    assert (fired(bus, "a"), fired(bus, "b")) == ([], [START + MINUTE, START + 2 * MINUTE])
    told = [line for line in capfd.readouterr().err.splitlines() if "schedule_not_fired" in line]
    assert len(told) == 1
    assert "ZeroDivisionError: division by zero" in told[0]
    assert "Traceback" in told[0]


def test_a_broken_declaration_stops_the_start(bus: Bus, open_bus: Callable[..., Bus]) -> None:
    url = bus.database.url.render_as_string(hide_password=False)
    with pytest.raises(SetupError, match="plugin cups: the schedule 'a': 'x' is no cron expression"):
        Scheduler(open_bus(url, plugins=[deeds, declaring(Schedule("a", "deed", "x", {"n": 1})), workers])).step()


def test_a_unique_key_leaves_one_job_for_ticks_that_overtake_it(bus: Bus, add: Any, time: Time) -> None:
    """As with every other publisher: the tick's job is the one that waits."""
    add("a", "* * * * *", command="single", args={"n": 1})
    one = Scheduler(bus, time)
    for minute in (1, 2):
        time.now = START + minute * MINUTE
        one.step()
    assert fired(bus) == [START + MINUTE]
    row = stored(bus)
    found = bus.jobs.find(row["last_job"])
    assert found is not None
    assert (row["last_at"], found.correlation_id) == (START + 2 * MINUTE, correlation_id("a", START + MINUTE))


# One bus for all examples: a fresh database for each would take most of the time.
@pytest.fixture(scope="module")
def span_bus() -> Iterator[Bus]:
    with Bus.open("sqlite://", plugins=[deeds, workers], settings=Settings(**SETTINGS)) as opened:
        yield opened


def model(looks: list[int], missed: str, period: int) -> list[int]:
    """The ticks that a policy fires, given the moments at which somebody looked."""
    ticks, next_at = [], START + MINUTE
    for now in looks:
        due = range(next_at, now + 1, period)
        if due:
            next_at = due[-1] + period
            is_on_time = now - due[-1] <= ON_TIME_MS
            ticks += {"all": list(due), "once": [due[-1]], "skip": [due[-1]] if is_on_time else []}[missed]
    return ticks


STEPS = st.lists(
    st.tuples(
        # How long nobody looks: a moment, a restart, an outage.
        st.one_of(st.integers(0, 2_000), st.integers(0, 90_000), st.integers(0, 3 * 3_600_000)),
        st.sampled_from(["one", "other", "both", "both at once", "dies before", "dies after"]),
    ),
    max_size=25,
)


@given(STEPS, st.sampled_from(MISSED), st.sampled_from([(20_000, "*/20 * * * * *"), (MINUTE, "* * * * *")]))
def test_whatever_happens_the_ticks_are_those_of_the_policy(
    span_bus: Bus, steps: list[tuple[int, str]], missed: str, period: tuple[int, str]
) -> None:
    """Outages, restarts, two schedulers, deaths around the commit: which ticks is the policy's alone."""
    with span_bus.database.connect() as connection:
        connection.execute(delete(schedule))
        connection.execute(delete(job))
    add_schedule(span_bus, "a", period[1], missed=missed)
    time, looks = Time(), []
    one, other = Scheduler(span_bus, time), Scheduler(span_bus, time)
    for wait_ms, who in steps:
        time.now += wait_ms
        looks.append(time.now)
        if who == "both at once":
            act_at_once(one, other)
        elif who.startswith("dies"):
            die(one, "tick_stored" if who == "dies before" else "tick_committed")
            one = Scheduler(span_bus, time)  # its successor looks a moment later
            one.step()
        else:
            for scheduler in {"one": [one], "other": [other], "both": [one, other]}[who]:
                scheduler.step()
    assert fired(span_bus) == model(looks, missed, period[0])


def act_at_once(one: Scheduler, other: Scheduler) -> None:
    """Both look before either acts."""
    looks = [(who, who.look()) for who in (one, other)]
    for who, look in random.Random(len(looks[0][1].due)).sample(looks, 2):
        for due in look.due:
            who.fire(due, look.now)


def die(scheduler: Scheduler, at: str) -> None:
    """Step, and die when a point is reached."""

    def reach(point: str) -> None:
        if point == at:
            raise Death

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "reach", reach)
        try:
            scheduler.step()
        except Death:
            return
