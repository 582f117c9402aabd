"""What is fired when a schedule is found due, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bus.schedules import policy
from bus.schedules.declared import MISSED
from bus.schedules.policy import ON_TIME_MS, plan
from bus.schedules.ticks import Timetable

HOURLY = Timetable("0 * * * *", "UTC")
HOUR = 3_600_000


def test_on_time_every_policy_fires_the_one_tick() -> None:
    for missed in MISSED:
        assert plan(HOURLY, 5 * HOUR, 5 * HOUR + 40, missed) == ([5 * HOUR], 6 * HOUR, 0)
        assert plan(HOURLY, 5 * HOUR, 5 * HOUR + ON_TIME_MS, missed).ticks == [5 * HOUR]


def test_after_three_hours_each_policy_does_what_it_says() -> None:
    now = 8 * HOUR + 60_000
    assert plan(HOURLY, 6 * HOUR, now, "skip") == ([], 9 * HOUR, 3)
    assert plan(HOURLY, 6 * HOUR, now, "once") == ([8 * HOUR], 9 * HOUR, 0)
    assert plan(HOURLY, 6 * HOUR, now, "all") == ([6 * HOUR, 7 * HOUR, 8 * HOUR], 9 * HOUR, 0)


def test_skip_fires_the_tick_of_just_now_after_missed_ones() -> None:
    assert plan(HOURLY, 6 * HOUR, 8 * HOUR + 1, "skip") == ([8 * HOUR], 9 * HOUR, 2)


def test_of_too_many_missed_ticks_the_newest_get_a_job() -> None:
    """And how many do not is known, as far as it is worth counting."""
    every_second = Timetable("* * * * * *", "UTC")
    done = plan(every_second, 1_000, 5_000_500, "all")
    assert (done.ticks[0], done.ticks[-1], len(done.ticks)) == (4_001_000, 5_000_000, policy.MOST)
    assert (done.next_at, done.left_out) == (5_001_000, 4_000)
    years = plan(every_second, 1_000, 10**12, "all")
    assert (len(years.ticks), years.left_out) == (policy.MOST, policy.MOST_COUNTED - policy.MOST)


def test_what_was_announced_is_fired_though_the_rules_of_its_zone_have_changed() -> None:
    """A new tzdata may say that the stored tick is none."""
    assert plan(HOURLY, 5 * HOUR + 7_000, 5 * HOUR + 8_000, "once") == ([5 * HOUR + 7_000], 6 * HOUR, 0)


@given(st.integers(1, 500), st.integers(0, 400 * HOUR), st.sampled_from(MISSED))
def test_no_tick_comes_back_and_none_lies_ahead(first: int, late: int, missed: str) -> None:
    next_at, now = first * HOUR, first * HOUR + late
    done = plan(HOURLY, next_at, now, missed)
    every = list(range(next_at, now + 1, HOUR))
    assert done.next_at == every[-1] + HOUR
    assert (
        done.ticks
        == {"all": every, "once": every[-1:], "skip": every[-1:] if late % HOUR <= ON_TIME_MS else []}[missed]
    )
    assert done.left_out == (len(every) - len(done.ticks) if missed == "skip" else 0)
