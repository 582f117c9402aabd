"""Queueing one command with many arguments: all of them together, but for those that the command refuses."""

from __future__ import annotations

import pytest

from bus.settings import Settings
from tests.deeds import create_tables, deeds
from workers import workers


@pytest.fixture
def bus(database_url, open_bus):
    bus = open_bus(database_url, plugins=[deeds, workers], settings=Settings())
    create_tables(bus.database)
    return bus


def jobs(bus):
    with bus.database.connect() as connection:
        return connection.exec_driver_sql("SELECT id, args, correlation_id FROM bus_job ORDER BY id").fetchall()


def test_each_argument_gets_its_envelope_in_its_place(bus):
    answers = bus.submit_many("deed", [{"n": 1}, {"n": "one"}, {"n": 2}], correlation_id="c-1")

    assert [answer.ok for answer in answers] == [True, False, True]
    assert answers[1].error["code"] == "VALIDATION_ERROR"
    assert [(id_, args) for id_, args, _ in jobs(bus)] == [
        (answers[0].job["id"], '{"n":1}'),
        (answers[2].job["id"], '{"n":2}'),
    ]
    assert {answer.correlation_id for answer in answers} == {"c-1"} == {row[2] for row in jobs(bus)}


def test_a_thousand_are_one_transaction(bus, monkeypatch):
    begun = []
    begin = type(bus.database.dialect).begin
    monkeypatch.setattr(
        type(bus.database.dialect), "begin", lambda *args, **options: begun.append(1) or begin(*args, **options)
    )
    answers = bus.submit_many("deed", [{"n": n} for n in range(1_000)])

    assert all(answer.ok for answer in answers)
    assert (len(jobs(bus)), len(begun)) == (1_000, 1)


def test_more_than_a_thousand_are_asked_for_in_several_calls(bus):
    with pytest.raises(ValueError, match=r"up to 1000 .* not 1001"):
        bus.submit_many("deed", [{"n": 1}] * 1_001)


def test_none_are_none(bus):
    assert bus.submit_many("deed", []) == []


@pytest.mark.parametrize(
    ("command", "options", "code"),
    [
        ("no_such", {}, "UNKNOWN_COMMAND"),
        ("deed", {"version": 9}, "UNKNOWN_VERSION"),
        ("deed", {"delay_ms": -1}, "VALIDATION_ERROR"),
        ("deed", {"priority": "high"}, "VALIDATION_ERROR"),
    ],
)
def test_what_is_wrong_with_all_is_answered_to_each(bus, command, options, code):
    answers = bus.submit_many(command, [{"n": 1}, {"n": 2}], **options)

    assert [answer.error["code"] for answer in answers] == [code, code]
    assert jobs(bus) == []


def test_all_wait_for_the_same_moment(bus):
    answers = bus.submit_many("deed", [{"n": 1}, {"n": 2}], delay_ms=60_000)

    assert [answer.job["state"] for answer in answers] == ["scheduled", "scheduled"]


def test_of_equal_unique_keys_one_is_stored(bus):
    first, second, third = bus.submit_many("single", [{"n": 1}, {"n": 1}, {"n": 2}])

    assert first.job["id"] == second.job["id"] != third.job["id"]
    assert len(jobs(bus)) == 2


def test_a_database_that_is_away_is_told_to_each(bus):
    def refuse(*_):
        from bus.errors import DatabaseBusy

        raise DatabaseBusy("away")

    bus.database.writer = refuse
    answers = bus.submit_many("deed", [{"n": 1}, {"n": "one"}])

    assert [answer.error["code"] for answer in answers] == ["DATABASE_BUSY", "DATABASE_BUSY"]


def test_plugins_around_commands_see_each(database_url, open_bus):
    """Whoever guards commands one by one is not passed by."""
    from bus import Plugin

    guard = Plugin("guard")
    seen = []

    @guard.hook
    def bus_around_command(request, proceed):
        seen.append((request.args, request.mode))
        return proceed(request)

    bus = open_bus(database_url, plugins=[deeds, workers, guard], settings=Settings())
    answers = bus.submit_many("deed", [{"n": 1}, {"n": 2}])

    assert all(answer.ok for answer in answers)
    assert seen == [({"n": 1}, "queue"), ({"n": 2}, "queue")]
