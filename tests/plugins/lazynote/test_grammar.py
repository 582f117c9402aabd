"""Command lines: what each would do, and in which order they are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bus.errors import Refusal
from plugins.lazynote.grammar import Parsed, parse

#: Zones with skipped and doubled hours, skipped days, odd offsets, and none of that.
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Apia")
FIRST = datetime(1900, 1, 1, tzinfo=UTC).replace(tzinfo=None)
BLANKS = (" ", "\t", "\u3000", "\u00a0", " \n ")


def code(line: str, zone: str = "UTC") -> str:
    """The code that a line is refused with."""
    with pytest.raises(Refusal) as refused:
        parse(line, zone)
    return refused.value.code


def event(line: str, zone: str = "UTC") -> dict[str, Any]:
    """The arguments of an event."""
    parsed = parse(line, zone)
    assert parsed[:2] == ("schedule", "entry_schedule")
    return parsed.args


def moment(zone: str, *fields: int) -> int:
    """Epoch milliseconds of the first time the zone's clocks show this."""
    return round(datetime(*fields, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("> new note Tea", "Tea"),
        (">new note Tea", "Tea"),
        ("  >  NEW \t Note\n Tea for  Two \n", "Tea for  Two"),
        ("> new\u3000note\u3000茶", "茶"),
        ("> new note one\ntwo", "one\ntwo"),
        ("> new note > task x", "> task x"),
    ],
)
def test_a_note(line: str, content: str) -> None:
    assert parse(line, "UTC") == Parsed("new_note", "entry_create_note", {"content": content})


@pytest.mark.parametrize("separator", ["\x1c", "\x1d", "\x1e", "\x1f"])
def test_separators_that_unicode_does_not_call_white_space_are_text(separator: str) -> None:
    assert parse(f"> task {separator}Buy{separator}", "UTC").args == {"content": f"{separator}Buy{separator}"}
    assert code(f"> new{separator}note x") == "unknown_command"
    assert code(f"{separator}> task x") == "missing_prefix"
    assert event(f"> schedule 03/15/2026 09:30 one{separator}line")["title"] == f"one{separator}line"


@pytest.mark.parametrize(("line", "content"), [("> task Buy", "Buy"), (">TASK\nBuy\n milk ", "Buy\n milk")])
def test_a_task(line: str, content: str) -> None:
    assert parse(line, "UTC") == Parsed("create_task", "entry_create_task", {"content": content})


def test_an_event_without_an_end_is_a_point() -> None:
    assert event("> schedule 03/15/2026 09:30 Weekly  Sync") == {
        "title": "Weekly  Sync",
        "start_epoch_ms": moment("UTC", 2026, 3, 15, 9, 30),
        "end_epoch_ms": None,
    }


def test_an_event_with_an_end_is_on_one_day_of_its_zone() -> None:
    assert event("> Schedule 03/15/2026\t09:30-10:45\u3000weekly sync", "Asia/Shanghai") == {
        "title": "weekly sync",
        "start_epoch_ms": moment("Asia/Shanghai", 2026, 3, 15, 9, 30),
        "end_epoch_ms": moment("Asia/Shanghai", 2026, 3, 15, 10, 45),
    }


def test_a_range_has_no_blanks_around_its_dash() -> None:
    args = event("> schedule 03/15/2026 09:30 - 10:45")
    assert (args["title"], args["end_epoch_ms"]) == ("- 10:45", None)


def test_an_hour_that_occurs_twice_is_the_first() -> None:
    start = event("> schedule 10/25/2026 02:30 x", "Europe/Berlin")["start_epoch_ms"]
    assert start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp() * 1000


def test_a_range_into_a_doubled_hour_is_measured_in_moments() -> None:
    """From 01:59 to 02:00, the first time the clocks show it: a minute."""
    args = event("> schedule 10/25/2026 01:59-02:00 x", "Europe/Berlin")
    assert args["end_epoch_ms"] - args["start_epoch_ms"] == 60_000


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("> schedule 03/29/2026 02:30 x", "Europe/Berlin"),
        ("> schedule 03/29/2026 02:00 x", "Europe/Berlin"),
        ("> schedule 03/29/2026 01:30-02:30 x", "Europe/Berlin"),
        ("> schedule 03/08/2026 02:59 x", "America/New_York"),
        ("> schedule 10/04/2026 02:15 x", "Australia/Lord_Howe"),
        ("> schedule 12/30/2011 12:00 x", "Pacific/Apia"),
    ],
)
def test_a_time_that_the_zone_skips_is_none(line: str, zone: str) -> None:
    assert code(line, zone) == "schedule_datetime_invalid"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("date", ["01/01/0001", "12/31/9999"])
def test_the_first_and_the_last_year_have_moments_in_every_zone(date: str, zone: str) -> None:
    args = event(f"> schedule {date} 00:00-23:59 x", zone)
    assert args["end_epoch_ms"] - args["start_epoch_ms"] == timedelta(hours=23, minutes=59) // timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "missing_prefix"),
        (" \u3000\n", "missing_prefix"),
        ("task x", "missing_prefix"),
        ("\uff1e task x", "missing_prefix"),
        (">", "empty_command"),
        (" > \t", "empty_command"),
        ("> tasks x", "unknown_command"),
        ("> new", "unknown_command"),
        ("> newnote x", "unknown_command"),
        ("> new notes", "unknown_command"),
        ("> task: x", "unknown_command"),
        ("> tas\u212a x", "unknown_command"),
        ("> ta\u017fk x", "unknown_command"),
        (">> task x", "unknown_command"),
        ("> new note", "note_content_empty"),
        ("> NEW  note \u3000", "note_content_empty"),
        ("> task", "task_content_empty"),
        ("> schedule", "schedule_format_invalid"),
        ("> schedule tomorrow x", "schedule_format_invalid"),
        ("> schedule 3/15/2026 09:30 x", "schedule_format_invalid"),
        ("> schedule 03/15/26 09:30 x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 9:30 x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30-10:45x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30- x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30\u201310:45 x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 0\u0669:30 x", "schedule_format_invalid"),
        ("> schedule 03/15/202609:30 x", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30 one\ntwo", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30 one\u2028two", "schedule_format_invalid"),
        ("> schedule 03/15/2026 09:30", "schedule_title_empty"),
        ("> schedule 99/99/9999 99:99-00:00 ", "schedule_title_empty"),
        ("> schedule 02/30/2026 09:30 x", "schedule_datetime_invalid"),
        ("> schedule 02/29/2026 09:30 x", "schedule_datetime_invalid"),
        ("> schedule 03/15/2026 24:00 x", "schedule_datetime_invalid"),
        ("> schedule 03/15/2026 10:60 x", "schedule_datetime_invalid"),
        ("> schedule 03/15/0000 10:00 x", "schedule_datetime_invalid"),
        ("> schedule 03/15/2026 10:00-09:99 x", "schedule_datetime_invalid"),
        ("> schedule 03/15/2026 10:00-10:00 x", "schedule_range_invalid"),
        ("> schedule 03/15/2026 10:00-09:59 x", "schedule_range_invalid"),
    ],
)
def test_the_first_thing_wrong_decides(line: str, expected: str) -> None:
    assert code(line) == expected


@pytest.mark.parametrize("blank", BLANKS)
def test_white_space_before_a_title_may_be_any(blank: str) -> None:
    assert event(f">{blank}schedule{blank}03/15/2026{blank}09:30{blank}x")["title"] == "x"


@settings(max_examples=300, derandomize=True)
@given(
    st.integers(0, 200 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
)
def test_a_start_is_the_moment_at_which_the_clocks_show_it_first(shown: datetime, zone: str) -> None:
    """Or it is refused, and then no moment of the days around shows it."""
    line = f"> schedule {shown:%m/%d/}{shown.year:04}{shown: %H:%M} x"
    clock = ZoneInfo(zone)
    moments = {shown.replace(tzinfo=clock, fold=fold).astimezone(UTC) for fold in (0, 1)}
    showing = [at for at in moments if at.astimezone(clock).replace(tzinfo=None, fold=0) == shown]
    if not showing:
        assert code(line, zone) == "schedule_datetime_invalid"
    else:
        first = min(showing) - datetime(1970, 1, 1, tzinfo=UTC)
        assert event(line, zone)["start_epoch_ms"] == first // timedelta(milliseconds=1)


@settings(max_examples=300, derandomize=True)
@given(st.text(alphabet="> \n\u3000newotaskchdulTASK:/-0123459", max_size=40).map(lambda text: f">{text}"))
def test_every_line_is_a_command_or_refused(line: str) -> None:
    """With a content that is trimmed and part of the line, or with one of the parser's codes."""
    try:
        args = parse(line, "UTC").args
    except Refusal as refusal:
        args = {"title": refusal.code}
        line = " empty_command unknown_command note_content_empty task_content_empty schedule_title_empty "
        line += "schedule_format_invalid schedule_datetime_invalid schedule_range_invalid"
    text = args.get("content") or args["title"]
    assert text == text.strip() != ""
    assert text in line
