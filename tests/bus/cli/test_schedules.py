"""``bus schedules``: everything an operator does with schedules, for people and for programs."""

from __future__ import annotations

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE
from tests.bus.cli.conftest import Bus


@pytest.fixture
def schedules(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    """Type a command line after ``bus schedules``."""
    monkeypatch.setenv("BUS_PLUGINS_ALLOW", "sample,workers")
    return lambda *arguments, **options: bus("schedules", *arguments, **options)


ADD = ("add", "daily", "sample_echo", "30 2 * * *", "--args", '{"value": "tea"}')


def test_what_is_added_is_listed_paused_resumed_and_removed(schedules: Bus) -> None:
    added = schedules(*ADD, "--zone", "Europe/Berlin", "--missed", "all", "--priority", "-2")
    assert added.status == OK
    assert added.out.startswith("daily is due next at 2")
    lines = schedules("list").out.splitlines()
    assert lines[0].split() == ["NAME", "COMMAND", "CRON", "ZONE", "MISSED", "ORIGIN", "LAST", "NEXT", "REMARK"]
    assert lines[1].split()[:9] == ["daily", "sample_echo@1", *("30", "2", "*", "*", "*"), "Europe/Berlin", "all"]
    assert schedules("pause", "daily").out == "daily is paused\n"
    assert schedules("list").out.splitlines()[1].endswith("  paused")
    assert schedules("resume", "daily").out == added.out
    assert schedules("remove", "daily").out == "daily is removed\n"
    assert len(schedules("list").out.splitlines()) == 1


def test_programs_read_json(schedules: Bus) -> None:
    added = schedules(*ADD, "--json").json
    assert (added["name"], added["command"], added["args"]) == ("daily", "sample_echo", {"value": "tea"})
    assert (added["cron"], added["zone"], added["missed"], added["priority"]) == ("30 2 * * *", "UTC", "once", None)
    assert schedules("list", "--json").json == {"items": [added], "total_count": 1}
    assert schedules("pause", "daily", "--json").json["is_paused"]
    assert not schedules("resume", "daily", "--json").json["is_paused"]
    assert schedules("remove", "daily", "--json").json == {"removed": "daily"}


def test_the_next_ticks_are_shown_by_the_clock_of_the_zone(schedules: Bus) -> None:
    schedules(*ADD, "--zone", "Asia/Kolkata")
    lines = schedules("next", "daily", "--count", "3").out.splitlines()
    assert [line[10:] for line in lines] == ["T02:30:00+05:30"] * 3
    ticks = schedules("next", "daily", "--count", "3", "--json").json
    assert [item["local"] for item in ticks["items"]] == lines


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("add", "daily", "sample_echo", "61 * * * *", "--args", '{"value": 1}'),
            "'61 * * * *' is no cron expression: ",
        ),
        (("add", "daily", "nobody", "* * * * *"), "no plugin answers nobody"),
        (
            ("add", "daily", "sample_echo", "* * * * *", "--args", '{"cup": 1}'),
            "sample_echo@1 cannot be scheduled like this: ",
        ),
        ((*ADD, "--zone", "Mars"), "'Mars' is no time zone; write an IANA name such as Europe/Berlin, or UTC"),
        (("pause", "nobody"), "no schedule has the name nobody"),
        (("remove", "nobody"), "no schedule has the name nobody"),
        (("next", "nobody"), "no schedule has the name nobody"),
    ],
)
def test_what_is_refused_is_a_sentence_and_status_one(
    schedules: Bus, arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = schedules(*arguments)
    assert (status, out) == (FAILED, "")
    assert err.startswith(f"bus: {sentence}")
    assert len(err.splitlines()) == 1


def test_what_is_wrong_with_an_argument_is_said_once(schedules: Bus) -> None:
    assert schedules("add", "b d", *ADD[2:]).err == (
        "bus: Invalid args for schedule_add: name: "
        "must be up to 100 letters, digits and _ - . after a letter or a digit\n"
    )


def test_a_name_is_taken_once(schedules: Bus) -> None:
    schedules(*ADD)
    assert schedules(*ADD).err == (
        "bus: the name daily is taken by a schedule of origin operator; take another one, or remove that one first\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [("add", "daily"), (*ADD, "--missed", "twice"), (*ADD, "--args", "{"), ("next", "daily", "--count", "0")],
)
def test_a_wrong_command_line_is_status_two(schedules: Bus, arguments: tuple[str, ...]) -> None:
    status, out, err = schedules(*arguments)
    assert (status, out) == (WRONG_USAGE, "")
    assert "Traceback" not in err


def test_a_terminal_gets_a_table_that_fits(schedules: Bus, terminal: None) -> None:
    schedules(*ADD, "--zone", "Europe/Berlin")
    assert max(len(line) for line in schedules("list").out.splitlines()) <= 120
