"""When a cron expression is due, also on the two days a year on which the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bus.schedules.faults import InvalidCron, UnknownZone
from bus.schedules.ticks import MAX_CRON, Timetable

#: The days on which the clock is changed: zone, day, first moment of the skipped or doubled hour as it is written.
SWITCHES = {
    "Berlin in spring": ("Europe/Berlin", date(2026, 3, 29)),
    "Berlin in autumn": ("Europe/Berlin", date(2026, 10, 25)),
    "New York in spring": ("America/New_York", date(2026, 3, 8)),
    "New York in autumn": ("America/New_York", date(2026, 11, 1)),
}


def epoch(text: str) -> int:
    """Epoch milliseconds of an ISO moment with its offset."""
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def shown(cron: str, zone: str, day: date) -> list[str]:
    """The ticks of one day, as the wall shows them."""
    timetable = Timetable(cron, zone)
    before = datetime(day.year, day.month, day.day, tzinfo=timetable.zone) - timedelta(seconds=1)
    ticks = timetable.after(int(before.timestamp()) * 1000)
    local = (timetable.local(tick) for tick in ticks)
    return [text[11:] for text in takewhile(lambda text: text[:10] == day.isoformat(), local)]


@pytest.mark.parametrize(
    ("switch", "cron", "ticks"),
    [
        # In the skipped hour: when it would have ended; those that fall together are one.
        ("Berlin in spring", "30 2 * * *", ["03:00:00+02:00"]),
        ("Berlin in spring", "0,30 2 * * *", ["03:00:00+02:00"]),
        ("Berlin in spring", "30 1,2,3 * * *", ["01:30:00+01:00", "03:00:00+02:00", "03:30:00+02:00"]),
        ("New York in spring", "30 2 * * *", ["03:00:00-04:00"]),
        # In the doubled hour: the first time only.
        ("Berlin in autumn", "30 2 * * *", ["02:30:00+02:00"]),
        ("Berlin in autumn", "30 1,2,3 * * *", ["01:30:00+02:00", "02:30:00+02:00", "03:30:00+01:00"]),
        ("New York in autumn", "30 1 * * *", ["01:30:00-04:00"]),
        # Expressions with a star at minute or hour follow the wall: nothing in the one hour, twice in the other.
        (
            "Berlin in spring",
            "*/30 1-3 * * *",
            ["01:00:00+01:00", "01:30:00+01:00", "03:00:00+02:00", "03:30:00+02:00"],
        ),
        ("Berlin in autumn", "*/30 2 * * *", ["02:00:00+02:00", "02:30:00+02:00", "02:00:00+01:00", "02:30:00+01:00"]),
        ("New York in spring", "*/30 2 * * *", []),
        (
            "New York in autumn",
            "*/30 1 * * *",
            ["01:00:00-04:00", "01:30:00-04:00", "01:00:00-05:00", "01:30:00-05:00"],
        ),
        # So do all with seconds.
        ("Berlin in spring", "0 30 2 * * *", []),
        ("Berlin in autumn", "0 30 2 * * *", ["02:30:00+02:00", "02:30:00+01:00"]),
        ("New York in spring", "0 30 2 * * *", []),
        ("New York in autumn", "0 30 1 * * *", ["01:30:00-04:00", "01:30:00-05:00"]),
    ],
)
def test_the_day_on_which_the_clock_is_changed(switch: str, cron: str, ticks: list[str]) -> None:
    """docs/how-to/schedules.md tells the two rules."""
    assert shown(cron, *SWITCHES[switch]) == ticks


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_hour_is_every_hour_whatever_the_clock_does(switch: str) -> None:
    zone, day = SWITCHES[switch]
    timetable = Timetable("0 * * * *", zone)
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000 - 1
    ticks = list(islice(timetable.after(start), 48))
    assert {later - earlier for earlier, later in pairwise(ticks)} == {3_600_000}


def test_begun_in_the_second_half_of_a_doubled_hour_nothing_comes_from_its_first_half() -> None:
    timetable = Timetable("30 2 * * *", "Europe/Berlin")
    assert timetable.next(epoch("2026-10-25T02:10:00+01:00")) == epoch("2026-10-26T02:30:00+01:00")
    assert timetable.next(epoch("2026-10-25T02:10:00+02:00")) == epoch("2026-10-25T02:30:00+02:00")


#: Those days, and others on which it is less simple: half an hour, at midnight, a day that does not exist.
ODD_SWITCHES = SWITCHES | {
    "Lord Howe in autumn": ("Australia/Lord_Howe", date(2026, 4, 5)),
    "Lord Howe in spring": ("Australia/Lord_Howe", date(2026, 10, 4)),
    "Cairo in spring": ("Africa/Cairo", date(2026, 4, 24)),
    "Havana in autumn": ("America/Havana", date(2026, 11, 1)),
    "Apia moves over the date line": ("Pacific/Apia", date(2011, 12, 29)),
}
numbers = {
    "seconds": st.frozensets(st.integers(0, 59), min_size=1, max_size=3),
    "minutes": st.frozensets(st.sampled_from([0, 1, 15, 29, 30, 31, 45, 59]), min_size=1, max_size=4),
    "hours": st.frozensets(st.one_of(st.integers(0, 4), st.integers(0, 23)), min_size=1, max_size=4),
}


def listed(values: frozenset[int]) -> str:
    return ",".join(map(str, sorted(values)))


def test_a_zone_that_moves_by_half_an_hour_loses_no_tick() -> None:
    """cronsim alone would: its steps of an hour miss the next midnight."""
    midnight = Timetable("0 0 0 * * *", "Australia/Lord_Howe")
    ticks = list(islice(midnight.after(epoch("2026-04-04T12:00:00+11:00")), 2))
    assert ticks == [epoch("2026-04-05T00:00:00+11:00"), epoch("2026-04-06T00:00:00+10:30")]


@given(st.sampled_from(sorted(ODD_SWITCHES)), *numbers.values(), st.integers(0, 36 * 3600))
@example("Berlin in spring", frozenset({59}), frozenset({59}), frozenset({1}), 0)  # the last second before the change
def test_with_seconds_it_is_whatever_the_wall_shows(
    switch: str, seconds: frozenset[int], minutes: frozenset[int], hours: frozenset[int], from_s: int
) -> None:
    """The model: look at the wall minute by minute for two days; begun at any moment."""
    zone, day = ODD_SWITCHES[switch]
    timetable = Timetable(f"{listed(seconds)} {listed(minutes)} {listed(hours)} * * *", zone)
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - 18 * 3600
    end = start + 48 * 3600
    walls = ((minute, datetime.fromtimestamp(minute, timetable.zone)) for minute in range(start, end, 60))
    shown_at = (minute for minute, wall in walls if wall.minute in minutes and wall.hour in hours)
    seen = [(minute + second) * 1000 for minute in shown_at for second in sorted(seconds)]
    after = (start + from_s) * 1000 - 1
    ticks = list(takewhile(lambda tick: tick < end * 1000, timetable.after(after)))
    assert ticks == [tick for tick in seen if tick > after]


@given(st.sampled_from(sorted(ODD_SWITCHES)), numbers["minutes"], numbers["hours"], st.integers(0, 2 * 86_400))
@example("Berlin in autumn", frozenset({30}), frozenset({2}), 86_400 + 3 * 3600 + 600)
def test_without_seconds_each_day_has_each_of_its_times_once(
    switch: str, minutes: frozenset[int], hours: frozenset[int], from_s: int
) -> None:
    """The model: each day's times, those that do not exist at the end of the gap; begun at any moment."""
    zone, day = ODD_SWITCHES[switch]
    timetable = Timetable(f"{listed(minutes)} {listed(hours)} * * *", zone)
    days = [day + timedelta(days=n) for n in range(-1, 3)]
    times = (
        datetime(d.year, d.month, d.day, h, m, tzinfo=timetable.zone) for d in days for h in hours for m in minutes
    )
    due = sorted({int(existing(time).timestamp()) * 1000 for time in times})
    start = due[0] + from_s * 1000
    expected = [tick for tick in due if tick > start]
    assert list(islice(timetable.after(start), len(expected))) == expected


def existing(time: datetime) -> datetime:
    """The time itself; one that is skipped: the end of the gap."""
    while time.astimezone(UTC).astimezone(time.tzinfo).replace(tzinfo=None) != time.replace(tzinfo=None):
        time += timedelta(minutes=1)
    return time


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 40))
def test_the_latest_ticks_are_the_end_of_all_ticks(since_s: int, span_s: int, most: int) -> None:
    """However far back the search must go."""
    timetable = Timetable("7,8 * * * *", "UTC")
    until = since_s + span_s
    every = [s * 1000 for s in range(since_s - since_s % 60, until + 1, 60) if s >= since_s and s // 60 % 60 in (7, 8)]
    assert timetable.latest(since_s * 1000, until * 1000, most) == every[-most:]


@pytest.mark.parametrize(
    "cron",
    [
        *("", "*", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "x * * * *", "*/0 * * * *", "5-1 * * * *"),
        *("0 0 30 2 *", "0 0 0 * *", f"{'9' * 150} * * * *", "1," * MAX_CRON, "٣ * * * *", "@daily"),
    ],
)
def test_what_is_no_cron_expression_is_refused_with_a_reason(cron: str) -> None:
    with pytest.raises(InvalidCron) as refused:
        Timetable(cron, "UTC")
    assert "is no cron expression: " in refused.value.message
    assert len(refused.value.message) < 500


@pytest.mark.parametrize(
    "zone",
    ["", "Europe", "Europe/Nowhere", "../UTC", "/etc/passwd", "Europe/../UTC", "é", "a" * 500, "UTC\x00", "Europe/"],
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZone, match="is no time zone; write an IANA name"):
        Timetable("* * * * *", zone)


def test_the_first_tick_is_later_than_the_moment_asked_about() -> None:
    timetable = Timetable("* * * * * *", "UTC")
    assert [timetable.next(ms) for ms in (4_999, 5_000, 5_001)] == [5_000, 6_000, 6_000]
