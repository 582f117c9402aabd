"""``entry_parse`` and ``entry_execute``: the one line for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plugins.lazynote.search.tables import metadata
from tests.plugins.lazynote.caller import Caller
from tests.plugins.lazynote.watching import content, stored

if TYPE_CHECKING:
    from bus.application import Bus

#: 2026-03-15, 09:30 and 10:45 in Shanghai, eight hours ahead.
START, END = 1_773_538_200_000, 1_773_542_700_000

PARSED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("> new note  Buy *Tea* \n", "new_note", "entry_create_note", {"content": "Buy *Tea*"}),
    (">TASK\tcall\nback", "create_task", "entry_create_task", {"content": "call\nback"}),
    (
        " > schedule 03/15/2026 09:30-10:45 weekly sync",
        "schedule",
        "entry_schedule",
        {"title": "weekly sync", "start_epoch_ms": START, "end_epoch_ms": END},
    ),
    (
        "> Schedule 03/15/2026 09:30 - 10:45",
        "schedule",
        "entry_schedule",
        {"title": "- 10:45", "start_epoch_ms": START, "end_epoch_ms": None},
    ),
]
REFUSED = {
    "tea": "missing_prefix",
    "  ": "missing_prefix",
    "": "missing_prefix",
    " > ": "empty_command",
    "> tasks x": "unknown_command",
    "> new": "unknown_command",
    "> newnote x": "unknown_command",
    "> new note ": "note_content_empty",
    "> task": "task_content_empty",
    "> schedule tomorrow": "schedule_format_invalid",
    "> schedule": "schedule_format_invalid",
    "> schedule 03/15/2026 09:30": "schedule_title_empty",
    "> schedule 02/30/2026 09:30 x": "schedule_datetime_invalid",
    "> schedule 03/15/2026 10:45-09:30 x": "schedule_range_invalid",
}
FOUND_KEYS = {"mode", "query", "requested_limit", "applied_limit", "items", "total_count"}


@pytest.fixture
def line(db: Caller) -> Any:
    """Calls both commands with the zone of Shanghai."""
    return lambda command, text, **more: db(command, input=text, timezone="Asia/Shanghai", **more)


@pytest.mark.parametrize(("text", "action", "target", "args"), PARSED)
def test_parsing_tells_what_would_run_and_runs_nothing(
    bus: Bus, line: Any, text: str, action: str, target: str, args: dict[str, Any]
) -> None:
    before = content(bus)
    parsed = line("entry_parse", text)
    assert parsed == {"action": action, "target_command": target, "args": args, "raw_input": text}
    assert content(bus) == before


@pytest.mark.parametrize(("text", "action", "target", "args"), PARSED)
def test_executing_runs_once_what_parsing_told(
    bus: Bus, db: Caller, line: Any, text: str, action: str, target: str, args: dict[str, Any]
) -> None:
    done = line("entry_execute", text)
    atom_id = done.pop("atom_id")
    assert done == {"mode": "command_result", "action": action, "ok": True, "raw_input": text}
    direct = stored(bus, db(target, **args)["atom_id"])
    row = stored(bus, atom_id)
    assert {**row, "id": 0, "uuid": ""} == {**direct, "id": 0, "uuid": ""}
    assert len(content(bus)["lazynote_atoms"]) == 2


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_a_line_that_is_no_command_is_refused_and_makes_nothing(bus: Bus, db: Caller, text: str, code: str) -> None:
    before = content(bus)
    assert db.code("entry_parse", input=text) == code
    if code != "missing_prefix":
        assert db.code("entry_execute", input=text, kind="memo") == code
    assert content(bus) == before


def test_a_zone_is_utc_unless_given_and_must_exist_even_where_no_time_is(db: Caller) -> None:
    text = "> schedule 03/15/2026 01:30 x"
    for zone in ({}, {"timezone": None}, {"timezone": "UTC"}):
        assert db("entry_parse", input=text, **zone)["args"]["start_epoch_ms"] == START
    for command in ("entry_parse", "entry_execute"):
        for zone in ("", "Mars/Base", "UTC+8", "../UTC", "europe"):
            assert db.code(command, input="> task x", timezone=zone) == "VALIDATION_ERROR"
    assert db("tasks_list_inbox")["total_count"] == 0


@pytest.mark.parametrize("text", ["", " ", "\u3000\n"])
def test_a_blank_line_does_nothing(bus: Bus, db: Caller, text: str) -> None:
    before = content(bus)
    assert db("entry_execute", input=text, kind="memo") == {"mode": "idle"}
    assert content(bus) == before


def test_any_other_line_is_searched_for(bus: Bus, db: Caller) -> None:
    note, task = db.note("green tea"), db.task("tea time")
    before = content(bus)
    found = db("entry_execute", input=" tea \n")
    assert found.keys() == FOUND_KEYS
    assert (found["mode"], found["query"], found["requested_limit"], found["applied_limit"]) == (
        "search",
        "tea",
        None,
        10,
    )
    direct = db("entry_search", text="tea", limit=10)
    assert found["items"] == direct["items"]
    assert {item["atom_id"] for item in found["items"]} == {note, task}
    assert [item["atom_id"] for item in db("entry_execute", input="tea", kind=" TASK ")["items"]] == [task]
    assert db("entry_execute", input="tea", kind="All")["total_count"] == 2
    assert content(bus) == before


@pytest.mark.parametrize("kind", ["", " ", "memo", "\u00df", "\0", "\ud800"])
def test_a_kind_is_judged_only_where_it_searches(db: Caller, kind: str) -> None:
    assert db.code("entry_execute", input="tea", kind=kind) == "invalid_kind"
    assert db("entry_execute", input="", kind=kind)["mode"] == "idle"
    assert db("entry_execute", input="> task x", kind=kind)["mode"] == "command_result"


def test_a_search_from_the_line_shows_ten_at_most(db: Caller) -> None:
    for _ in range(12):
        db.note("tea")
    for limit, applied in [(None, 10), (0, 10), (1, 1), (10, 10), (11, 10), (2**63 - 1, 10)]:
        found = db("entry_execute", input="tea", limit=limit)
        assert (found["requested_limit"], found["applied_limit"], len(found["items"])) == (limit, applied, applied)
        assert found["total_count"] == 12
    assert db.code("entry_execute", input="tea", limit=-1) == "VALIDATION_ERROR"


def test_a_search_that_fails_is_an_internal_error_and_a_creation_a_db_error(db: Caller, broken: None) -> None:
    assert db.code("entry_execute", input="tea") == "internal_error"
    assert db.code("entry_execute", input="> task tea") == "db_error"


@pytest.fixture
def broken(bus: Bus) -> Any:
    """The tables are away for a while."""
    names = [table.name for table in metadata.sorted_tables]
    with bus.database.engine.connect() as connection:
        for name in names:
            connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}_gone")
        yield
        for name in names:
            connection.exec_driver_sql(f"ALTER TABLE {name}_gone RENAME TO {name}")


def test_with_a_key_the_line_runs_once(bus: Bus, db: Caller) -> None:
    first, again = (bus.call("entry_execute", {"input": "> task once"}, idempotency_key="k") for _ in range(2))
    assert again.data == first.data
    assert db("tasks_list_inbox")["total_count"] == 1
