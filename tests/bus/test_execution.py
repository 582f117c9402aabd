"""Running a handler: what is begun, what is logged, what a test can see of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bus import READ, fields
from tests.bus.sample import INSERT, TEXT, TEXTS, No, Sample, add, texts
from tests.watching import statements, writes


def test_a_command_that_needs_no_database_begins_nothing(sample: Sample, database_url: str) -> None:
    """No transaction, no connection: not for reading, not for writing, not for an event."""
    sample.command("quiet")(lambda ctx: {})
    sample.command("look", effect=READ)(lambda ctx: {})
    sample.command("tell")(lambda ctx: ctx.emit("told") or {})
    bus = sample.open(database_url)
    begun: list[Any] = []
    for kept in (bus.database.writer(), bus.database.reader()):
        kept.begin = lambda **options: begun.append(options)  # type: ignore[method-assign]
    for name in ("quiet", "look", "tell"):
        assert bus.call(name).ok
    assert begun == []


def test_a_unit_begins_when_it_is_first_used(sample: Sample) -> None:
    @sample.command("late")
    def late(ctx):
        assert not ctx.has_transaction
        assert ctx.transaction.has_begun is False
        add(ctx.db, "x")
        assert ctx.transaction.has_begun
        return {}

    assert sample.open().call("late").ok


def test_what_went_wrong_is_logged_once(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """However deep it happened: the innermost command that failed, with the cause."""

    @sample.command("inner")
    def inner(ctx):
        return 1 / 0

    sample.command("middle")(lambda ctx: ctx.call("inner"))
    sample.command("outer")(lambda ctx: ctx.call("middle"))
    assert sample.open().call("outer", correlation_id="c1").code == "HANDLER_ERROR"
    records = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(record["command"], record["correlation_id"]) for record in records] == [("inner@1", "c1")]
    assert "ZeroDivisionError" in records[0]["exception"]


def test_a_secret_command_inside_another_one_is_not_quoted_either(
    sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    @sample.command("log_in", secret=True, params=TEXT)
    def log_in(ctx, text):
        raise ValueError(f"wrong: {text}")

    @sample.command("outer")
    def outer(ctx):
        return ctx.call("log_in", {"text": "hunter2"})

    assert sample.open().call("outer").code == "HANDLER_ERROR"
    assert "hunter2" not in capsys.readouterr().err


def test_a_database_error_shows_no_parameters(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """The statement is enough to find the place; values stay out of the log."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        ctx.db.execute(INSERT, [{"text": text}, {"text": None}])
        return {}

    assert sample.open().call("put", {"text": "hunter2"}).code == "HANDLER_ERROR"
    written = capsys.readouterr().err
    assert "INSERT INTO sample_row" in written
    assert "hunter2" not in written


def test_a_refused_command_can_be_seen_to_have_written_nothing(sample: Sample, database_url: str) -> None:
    """Guard before mutate: looking at the rows afterwards would not tell, because a refusal takes its writes back."""

    @sample.command("guarded", params=TEXT, errors=(No,))
    def guarded(ctx, text):
        if text in ctx.db.execute(TEXTS).scalars().all():
            raise No(why="there already")
        add(ctx.db, text)
        return {}

    @sample.command("careless", params=TEXT, errors=(No,))
    def careless(ctx, text):
        add(ctx.db, text)
        raise No(why="too late")

    bus = sample.open(database_url)
    with writes(bus) as written:
        assert bus.call("guarded", {"text": "a"}, idempotency_key="k").ok
    assert len(written) == 1
    with writes(bus) as written:
        assert bus.call("guarded", {"text": "a"}).code == "no"
    assert written == []
    with writes(bus) as written:
        assert bus.call("careless", {"text": "b"}).code == "no"
    assert len(written) == 1
    assert texts(bus) == ["a"]


@pytest.mark.parametrize(
    ("statement", "is_write"),
    [
        ("SELECT 'DELETE FROM sample_row'", False),
        ("INSERT INTO sample_row(text) VALUES ('a')", True),
        ("\n update sample_row SET text='b'", True),
        ("WITH x AS (SELECT 1) DELETE FROM sample_row", True),
        ("WITH x AS (SELECT 1) SELECT * FROM x", False),
    ],
)
def test_the_watcher_knows_what_writes(sample: Sample, statement: str, is_write: bool) -> None:
    @sample.command("run", params={"sql": fields.Text(required=True)})
    def run(ctx, sql):
        ctx.db.exec_driver_sql(sql)
        return {}

    bus = sample.open()
    with statements(bus) as seen, writes(bus) as written:
        assert bus.call("run", {"sql": statement}).ok
    assert seen == [statement]
    assert written == ([statement] if is_write else [])
