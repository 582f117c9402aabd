"""What a handler may do with its context, and what it may not."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session

from bus import MANY, READ, fields
from bus.errors import BusError, HandlerFailed
from bus.principal import Principal
from bus.settings import Settings
from bus.testing import FakeClock
from tests.bus.sample import INSERT, TEXT, TEXTS, N, Never, No, Sample, add, row, texts
from workers import workers

HOW = {"how": fields.Text(required=True)}


class Base(DeclarativeBase):
    """The sample's table for the ORM."""

    metadata = row.metadata


class Row(Base):
    """One row."""

    __table__ = row
    id: Mapped[int]
    text: Mapped[str]


def put(sample: Sample, name: str = "put", **members: Any) -> None:
    """Add the command that writes a row, and refuses the text "no" after writing it."""

    @sample.command(name, params=TEXT, errors=(No,), **members)
    def put_(ctx, text):
        add(ctx.db, text)
        if text == "no":
            raise No(why="asked to")
        return {}


def jobs(bus: Any) -> list[str]:
    """The commands that are queued."""
    return [job["command"] for job in bus.call("job_list").data["items"]]


def test_a_nested_command_writes_into_the_same_unit(sample: Sample, database_url: str) -> None:
    """All of it or nothing of it."""
    put(sample)

    @sample.command("both", params=TEXT, errors=(No,))
    def both(ctx, text):
        ctx.call("put", {"text": "inner"})
        add(ctx.db, "outer")
        if text == "no":
            raise No(why="too late")
        return {}

    bus = sample.open(database_url)
    assert bus.call("both", {"text": "no"}).code == "no"
    assert texts(bus) == []
    assert bus.call("both", {"text": "yes"}).ok
    assert texts(bus) == ["inner", "outer"]


def test_a_caught_refusal_undoes_the_inner_writes_alone(sample: Sample, database_url: str) -> None:
    put(sample)

    @sample.command("outer")
    def outer(ctx):
        add(ctx.db, "before")
        for text in ("no", "yes", "no"):
            try:
                ctx.call("put", {"text": text})
            except No as refusal:
                add(ctx.db, f"refused: {refusal.details['why']}")
        add(ctx.db, "after")
        return {}

    bus = sample.open(database_url)
    assert bus.call("outer").ok
    assert texts(bus) == ["before", "refused: asked to", "yes", "refused: asked to", "after"]


def test_a_caught_failure_undoes_the_inner_writes_alone(sample: Sample, database_url: str) -> None:
    """Also when the database itself had refused a statement of the inner command."""

    @sample.command("break", params=HOW)
    def break_(ctx, how):
        add(ctx.db, "inner")
        if how == "database":
            ctx.db.execute(INSERT, {"text": None})
        raise RuntimeError(how)

    @sample.command("outer", params=HOW)
    def outer(ctx, how):
        add(ctx.db, "before")
        with pytest.raises(HandlerFailed):
            ctx.call("break", {"how": how})
        add(ctx.db, "after")
        return {}

    bus = sample.open(database_url)
    for how in ("database", "python"):
        assert bus.call("outer", {"how": how}).ok
    assert texts(bus) == ["before", "after"] * 2


def test_an_uncaught_refusal_passes_if_the_outer_contract_lists_it(sample: Sample, database_url: str) -> None:
    """Otherwise it is the outer command's failure; nothing remains either way."""
    put(sample)

    @sample.command("lists", errors=(No,))
    def lists(ctx):
        add(ctx.db, "outer")
        return ctx.call("put", {"text": "no"})

    @sample.command("forgets", errors=(Never,))
    def forgets(ctx):
        add(ctx.db, "outer")
        return ctx.call("put", {"text": "no"})

    bus = sample.open(database_url)
    assert bus.call("lists").error == {"code": "no", "message": "no, because asked to", "details": {"why": "asked to"}}
    assert bus.call("forgets").code == "HANDLER_ERROR"
    assert texts(bus) == []


def test_nested_arguments_are_validated_and_versions_translated(sample: Sample) -> None:
    """What is wrong with them is the outer handler's mistake, not its caller's."""

    @sample.command("pour", version=2, params={"ml": fields.Int64(required=True)}, result={"ml": fields.Int64()})
    def pour(ctx, ml):
        return {"ml": ml}

    sample.version(
        "pour",
        params={"cups": fields.Int64(required=True)},
        result={"cups": fields.Int64()},
        upcast=lambda args: {"ml": args["cups"] * 250},
        downcast=lambda data: {"cups": data["ml"] // 250},
    )

    @sample.command("serve", params=HOW, result={"got": fields.Object(required=True)})
    def serve(ctx, how):
        if how == "old":
            return {"got": ctx.call("pour@1", {"cups": 2})}
        if how == "older":
            return {"got": ctx.call("pour", {"cups": 2}, version=1)}
        return {"got": ctx.call("pour" if how == "bad" else how, {"ml": "x"})}

    bus = sample.open()
    assert bus.call("serve", {"how": "old"}).data == {"got": {"cups": 2}}
    assert bus.call("serve", {"how": "older"}).data == {"got": {"cups": 2}}
    for how in ("bad", "nowhere", "pour@9"):
        assert bus.call("serve", {"how": how}).code == "HANDLER_ERROR"


def test_principal_correlation_id_and_clock_are_those_of_the_call(sample: Sample, clock: FakeClock) -> None:
    seen = []

    @sample.command("inner")
    def inner(ctx):
        seen.append((ctx.principal.id, ctx.correlation_id, ctx.now_ms, ctx.job_id, ctx.attempt, ctx.db.dialect))
        return {}

    @sample.command("outer")
    def outer(ctx):
        seen.append((ctx.principal.id, ctx.correlation_id, ctx.now_ms, ctx.job_id, ctx.attempt, ctx.db.dialect))
        return ctx.call("inner")

    bus = sample.open(clock=clock)
    assert bus.call("outer", correlation_id="c1").ok
    assert seen == [("local", "c1", clock.now_ms(), None, 1, "sqlite")] * 2


def test_the_owner_is_who_calls_or_whom_local_callers_act_for(sample: Sample) -> None:
    """Also in a nested command; whoever has a session acts on nobody's data but their own."""

    @sample.command("inner", result={"owner": fields.Text()})
    def inner(ctx):
        return {"owner": ctx.owner}

    @sample.command("outer", result={"owner": fields.Text()})
    def outer(ctx):
        return ctx.call("inner")

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal(token)

    assert sample.open().call("outer").data == {"owner": "local"}
    bus = sample.open(settings=Settings(local_owner="ada"))
    assert bus.call("outer").data == {"owner": "ada"}
    assert bus.call("outer", session_token="bob").data == {"owner": "bob"}


def test_rights_are_not_asked_again_inside(sample: Sample) -> None:
    """Whoever may call the outer command may do what it does."""
    from bus import roles

    @sample.command("inner", access=roles("admin"))
    def inner(ctx):
        return {}

    @sample.command("outer")
    def outer(ctx):
        return ctx.call("inner")

    assert sample.open().call("outer").ok


@pytest.mark.parametrize("place", ["file", "memory", "postgresql"])
def test_reading_cannot_write(sample: Sample, request: pytest.FixtureRequest, place: str) -> None:
    """Not by Core, not by the ORM, not by SQL text, not by another command, not by a job."""
    put(sample)
    deeds = {
        "core": lambda ctx: add(ctx.db, "x"),
        "text": lambda ctx: ctx.db.exec_driver_sql("DELETE FROM sample_row"),
        "driver": lambda ctx: ctx.db.write_driver_sql("DELETE FROM sample_row"),
        "orm": lambda ctx: (ctx.session.add(Row(text="x")), ctx.session.flush()),
        "call": lambda ctx: ctx.call("put", {"text": "x"}),
        "submit": lambda ctx: ctx.submit("put", {"text": "x"}),
    }

    @sample.command("look", effect=READ, params={"how": fields.Text()}, result={"texts": fields.List(fields.Text())})
    def look(ctx, how=""):
        if how:
            deeds[how](ctx)
        return {"texts": list(ctx.db.execute(TEXTS).scalars())}

    url = (
        "sqlite://"
        if place == "memory"
        else request.getfixturevalue("sqlite_url" if place == "file" else f"{place}_url")
    )
    bus = sample.open(url, workers)
    bus.call("put", {"text": "a"})
    for how in deeds:
        assert bus.call("look", {"how": how}).code == "HANDLER_ERROR", how
    assert bus.call("put", {"text": "b"}).ok
    assert bus.call("look").data == {"texts": ["a", "b"]}
    assert jobs(bus) == []


def test_reading_sees_one_moment(sample: Sample, database_url: str) -> None:
    """Two looks of one READ command agree, whatever others commit between them."""
    put(sample)
    between: list[Any] = []

    @sample.command("look", effect=READ, result={"first": fields.Int64(), "then": fields.Int64()})
    def look(ctx):
        first = len(ctx.db.execute(TEXTS).all())
        other = threading.Thread(target=lambda: between.append(bus.call("put", {"text": "x"})))
        other.start()
        other.join()
        return {"first": first, "then": len(ctx.db.execute(TEXTS).all())}

    bus = sample.open(database_url)
    assert bus.call("look").data == {"first": 0, "then": 0}
    assert between[0].ok
    assert bus.call("look").data == {"first": 1, "then": 1}


def test_a_reading_command_inside_a_writing_one_sees_its_writes(sample: Sample, database_url: str) -> None:
    @sample.command("look", effect=READ, result={"texts": fields.List(fields.Text())})
    def look(ctx):
        return {"texts": list(ctx.db.execute(TEXTS).scalars())}

    @sample.command("outer", result={"texts": fields.List(fields.Text())})
    def outer(ctx):
        add(ctx.db, "mine")
        return ctx.call("look")

    assert sample.open(database_url).call("outer").data == {"texts": ["mine"]}


def test_one_cannot_call_many(sample: Sample) -> None:
    """MANY has no single transaction to join."""
    ran = []
    sample.command("long", units=MANY)(lambda ctx: ran.append(1) or {})

    @sample.command("short")
    def short(ctx):
        with pytest.raises(RuntimeError, match="short calls long, which has units = MANY; submit it instead"):
            ctx.call("long")
        return {}

    @sample.command("longer", units=MANY)
    def longer(ctx):
        with pytest.raises(RuntimeError, match="longer calls long, which has units = MANY; submit it instead"):
            ctx.call("long")
        return {}

    bus = sample.open()
    assert bus.call("short").ok
    assert bus.call("longer").ok
    assert ran == []


def test_what_many_may_do_outside_a_unit(sample: Sample, database_url: str) -> None:
    """Read through commands; everything that writes belongs into a unit."""
    put(sample)

    @sample.command("look", effect=READ, result=N)
    def look(ctx):
        return {"n": len(ctx.db.execute(TEXTS).all())}

    @sample.command("long", units=MANY, result=N)
    def long(ctx):
        assert ctx.call("look") == {"n": 0}
        for forbidden in (
            lambda: ctx.db,
            lambda: ctx.session,
            lambda: ctx.call("put", {"text": "x"}),
            lambda: ctx.submit("put", {"text": "x"}),
        ):
            with pytest.raises(RuntimeError, match=r"ctx\.unit\(name, work\)"):
                forbidden()
        ctx.unit("first", lambda _db: ctx.call("put", {"text": "a"}))
        ctx.unit("second", lambda db: add(db, "b"))
        return ctx.call("look")

    bus = sample.open(database_url, workers)
    assert bus.call("long").data == {"n": 2}
    assert texts(bus) == ["a", "b"]
    assert jobs(bus) == []


def test_a_unit_commits_by_itself(sample: Sample, database_url: str) -> None:
    """A refusal afterwards leaves its trace, which is what MANY is for."""

    @sample.command("count_then_refuse", units=MANY, errors=(No,))
    def count_then_refuse(ctx):
        ctx.unit("count", lambda db: add(db, "tried"))
        raise No(why="counted")

    bus = sample.open(database_url)
    assert bus.call("count_then_refuse").code == "no"
    assert bus.call("count_then_refuse").code == "no"
    assert texts(bus) == ["tried", "tried"]


def test_a_unit_that_raises_leaves_nothing_and_the_run_goes_on(sample: Sample, database_url: str) -> None:
    @sample.command("long", units=MANY, errors=(No,))
    def long(ctx):
        def refuse(db):
            add(db, "x")
            raise No(why="inside")

        with pytest.raises(No):
            ctx.unit("first", refuse)
        ctx.unit("second", lambda db: add(db, "y"))
        return {}

    bus = sample.open(database_url)
    assert bus.call("long").ok
    assert texts(bus) == ["y"]


def test_units_do_not_nest(sample: Sample, database_url: str) -> None:
    @sample.command("long", units=MANY)
    def long(ctx):
        def outer(db):
            add(db, "outer")
            with pytest.raises(RuntimeError, match="the unit 'inner' of long begins inside another unit; end that one"):
                ctx.unit("inner", lambda db: add(db, "inner"))

        ctx.unit("outer", outer)
        return {}

    bus = sample.open(database_url)
    assert bus.call("long").ok
    assert texts(bus) == ["outer"]


@pytest.mark.parametrize("result", [None, True, 5, "ä", [1, 2], {"a": {"b": None}}, (1, (2,))])
def test_a_unit_answers_what_its_work_returned(sample: Sample, result: Any) -> None:
    """As JSON: a run that is repeated gets the same."""

    @sample.command("long", units=MANY, result={"got": fields.Json(required=True, allow_none=True)})
    def long(ctx):
        return {"got": ctx.unit("u", lambda _db: result)}

    expected = [1, [2]] if isinstance(result, tuple) else result
    bus = sample.open()
    assert bus.call("long").data == {"got": expected}
    assert bus.call("long", idempotency_key="k").data == {"got": expected}


def test_a_unit_whose_result_is_no_json_leaves_nothing(sample: Sample, database_url: str) -> None:
    @sample.command("long", units=MANY)
    def long(ctx):
        ctx.unit("u", lambda db: (add(db, "x"), object()))
        return {}

    bus = sample.open(database_url)
    assert bus.call("long").code == "HANDLER_ERROR"
    assert bus.call("long", idempotency_key="k").code == "HANDLER_ERROR"
    assert texts(bus) == []


def test_one_is_a_unit_itself(sample: Sample) -> None:
    @sample.command("short")
    def short(ctx):
        with pytest.raises(RuntimeError, match="short is ONE: it is a single unit itself; use ctx.db"):
            ctx.unit("u", lambda db: None)
        with pytest.raises(RuntimeError, match=r"short is ONE: ctx\.checkpoint\(\) belongs to commands with units"):
            ctx.checkpoint()
        return {}

    assert sample.open().call("short").ok


def test_a_checkpoint_inside_a_unit_does_not_end_it(sample: Sample, database_url: str) -> None:
    """The look at whether the job was cancelled would need a transaction of its own."""
    from bus.jobs.store import JobStore

    assert JobStore  # the run of a job looks there

    @sample.command("long", units=MANY, errors=(No,))
    def long(ctx):
        def work(db):
            add(db, "x")
            ctx.checkpoint()
            raise No(why="after the checkpoint")

        ctx.checkpoint()
        ctx.unit("u", work)
        return {}

    bus = sample.open(database_url)
    assert bus.call("long", idempotency_key="k").code == "no"
    assert texts(bus) == []


def test_sixteen_calls_deep_and_no_deeper(sample: Sample) -> None:
    """A command that calls itself ends with an answer, and nothing is left of it."""

    @sample.command("down", params=N, result=N)
    def down(ctx, n):
        add(ctx.db, str(n))
        return {"n": n} if n == 0 else ctx.call("down", {"n": n - 1})

    @sample.command("look_down", params=N, result=N, effect=READ)
    def look_down(ctx, n):
        return {"n": n} if n == 0 else ctx.call("look_down", {"n": n - 1})

    bus = sample.open()
    assert bus.call("down", {"n": 16}).ok
    assert bus.call("look_down", {"n": 16}).ok
    assert len(texts(bus)) == 17
    assert bus.call("down", {"n": 17}).code == "HANDLER_ERROR"
    assert bus.call("look_down", {"n": 10_000}).code == "HANDLER_ERROR"
    assert len(texts(bus)) == 17


def test_a_job_exists_if_and_only_if_its_unit_committed(sample: Sample, database_url: str) -> None:
    """A refusal takes it along, a caught inner refusal the inner command's job alone."""
    put(sample)

    @sample.command("queue_then", params=TEXT, errors=(No,))
    def queue_then(ctx, text):
        ctx.submit("put", {"text": "a"})
        if text == "no":
            raise No(why="rolled back")
        return {}

    @sample.command("outer")
    def outer(ctx):
        ctx.submit("put", {"text": "outer"})
        with pytest.raises(No):
            ctx.call("queue_then", {"text": "no"})
        return {}

    bus = sample.open(database_url, workers)
    assert bus.call("queue_then", {"text": "no"}).code == "no"
    assert jobs(bus) == []
    assert bus.call("queue_then", {"text": "yes"}).ok
    assert jobs(bus) == ["put"]
    assert bus.call("outer").ok
    assert jobs(bus) == ["put", "put"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda ctx: ctx.submit("put", {"text": 5}),
        lambda ctx: ctx.submit("nowhere"),
        lambda ctx: ctx.submit("hidden"),
        lambda ctx: ctx.submit("put", {"text": "a"}, delay_ms=-1),
        lambda ctx: ctx.submit("put", {"text": "a"}, delay_ms="1"),
        lambda ctx: ctx.submit("put", {"text": "a"}, priority=2**31),
        lambda ctx: ctx.submit("put", {"text": "a"}, run_at=1.5),
    ],
)
def test_a_wrong_submit_is_the_handlers_failure(sample: Sample, database_url: str, wrong: Any) -> None:
    """It is checked where it is written; when it is caught, the unit goes on unharmed."""
    put(sample)
    sample.command("hidden", secret=True)(lambda ctx: {})

    @sample.command("outer", params={"catches": fields.Boolean(required=True)})
    def outer(ctx, catches):
        add(ctx.db, "x")
        try:
            wrong(ctx)
        except (BusError, ValueError):
            if not catches:
                raise
        return {}

    bus = sample.open(database_url, workers)
    assert bus.call("outer", {"catches": False}).code == "HANDLER_ERROR"
    assert texts(bus) == []
    assert bus.call("outer", {"catches": True}).ok
    assert texts(bus) == ["x"]
    assert jobs(bus) == []


def test_without_a_queue_a_submit_says_so(sample: Sample) -> None:
    put(sample)

    @sample.command("outer")
    def outer(ctx):
        add(ctx.db, "x")
        ctx.submit("put", {"text": "a"})
        return {}

    bus = sample.open()
    assert bus.call("outer").code == "QUEUE_UNAVAILABLE"
    assert texts(bus) == []


def test_the_session_is_part_of_the_unit(sample: Sample, database_url: str) -> None:
    """Flushed and committed with it, undone with it; nested commands see it."""

    @sample.command("look", effect=READ, result={"texts": fields.List(fields.Text())})
    def look(ctx):
        return {"texts": list(ctx.session.scalars(select(Row.text).order_by(Row.id)))}

    @sample.command("put", params=TEXT, errors=(No,), result={"texts": fields.List(fields.Text())})
    def put_(ctx, text):
        ctx.session.add(Row(text=text))
        found = ctx.call("look")
        if text == "no":
            raise No(why="asked to")
        return found

    bus = sample.open(database_url)
    assert bus.call("put", {"text": "no"}).code == "no"
    assert bus.call("put", {"text": "a"}).data == {"texts": ["a"]}
    assert bus.call("put", {"text": "b"}).data == {"texts": ["a", "b"]}
    assert texts(bus) == ["a", "b"]


def test_a_rollback_of_the_session_goes_back_to_its_own_beginning(sample: Sample, database_url: str) -> None:
    """And not further: what the unit wrote besides stays."""

    @sample.command("put")
    def put_(ctx):
        add(ctx.db, "core")
        ctx.session.add(Row(text="orm"))
        ctx.session.flush()
        ctx.session.rollback()
        ctx.session.add(Row(text="again"))
        ctx.session.commit()
        ctx.session.add(Row(text="more"))
        return {}

    bus = sample.open(database_url)
    assert bus.call("put").ok
    assert texts(bus) == ["core", "again", "more"]


def test_the_sessions_commit_does_not_end_the_unit(sample: Sample, database_url: str) -> None:
    @sample.command("put", errors=(No,))
    def put_(ctx):
        ctx.session.add(Row(text="orm"))
        ctx.session.commit()
        raise No(why="after the session's commit")

    bus = sample.open(database_url)
    assert bus.call("put").code == "no"
    assert texts(bus) == []


def test_a_caught_refusal_leaves_the_outer_session_usable(sample: Sample, database_url: str) -> None:
    """Inner writes by the ORM are undone alone, outer ones stay."""

    @sample.command("inner", errors=(No,))
    def inner(ctx):
        ctx.session.add(Row(text="inner"))
        ctx.session.flush()
        raise No(why="inside")

    @sample.command("outer")
    def outer(ctx):
        mine = Row(text="outer")
        ctx.session.add(mine)
        with pytest.raises(No):
            ctx.call("inner")
        mine.text = "outer, changed"
        ctx.session.add(Row(text="after"))
        return {}

    bus = sample.open(database_url)
    assert bus.call("outer").ok
    assert texts(bus) == ["outer, changed", "after"]


def test_a_failing_flush_at_the_end_is_the_handlers_failure(sample: Sample, database_url: str) -> None:
    @sample.command("put")
    def put_(ctx):
        add(ctx.db, "core")
        ctx.session.add(Row(text=None))
        return {}

    bus = sample.open(database_url)
    assert bus.call("put").code == "HANDLER_ERROR"
    assert texts(bus) == []


def test_what_a_handler_kept_is_of_no_use_afterwards(sample: Sample, database_url: str) -> None:
    """Context, connection and session: nothing begins a transaction that nobody would end, nothing writes."""
    held: dict[str, Any] = {}

    @sample.command("leak", params=HOW)
    def leak(ctx, how):
        held["ctx"] = ctx
        if how == "used":
            held["db"] = ctx.db
            add(ctx.db, "x")
            held["session"] = ctx.session
        return {}

    bus = sample.open(database_url)
    assert bus.call("leak", {"how": "unused"}).ok
    with pytest.raises(RuntimeError, match="leak has returned; its context must not be used any more"):
        add(held["ctx"].db, "late")
    assert bus.call("leak", {"how": "used"}).ok
    with pytest.raises(RuntimeError, match="used after (the|its) unit of work had ended"):
        add(held["db"], "late")
    with pytest.raises(RuntimeError, match="used after the unit of work had ended"):
        add(held["ctx"].db, "late")
    session: Session = held["session"]
    session.add(Row(text="late"))
    with pytest.raises(Exception, match="bind"):
        session.commit()
    other = threading.Thread(target=lambda: held.update(late=bus.call("leak", {"how": "used"})))
    other.start()
    other.join()
    assert held["late"].ok
    assert texts(bus) == ["x", "x"]


@pytest.mark.parametrize("way", ["exec_driver_sql", "write_driver_sql"])
def test_a_transaction_ended_by_the_handler_is_not_taken_for_a_success(
    sample: Sample, database_url: str, way: str
) -> None:
    """SQL text can say anything; the answer then is a failure, whatever was already done."""

    @sample.command("meddle", params={"sql": fields.Text(required=True)})
    def meddle(ctx, sql):
        add(ctx.db, "x")
        getattr(ctx.db, way)(sql)
        return {}

    bus = sample.open(database_url)
    assert bus.call("meddle", {"sql": "ROLLBACK"}).code == "HANDLER_ERROR"
    assert texts(bus) == []
    assert bus.call("meddle", {"sql": "COMMIT"}).code == "HANDLER_ERROR"
    assert bus.call("meddle", {"sql": "SELECT 1"}).ok


def test_the_driver_tells_how_many_rows_it_has_written(sample: Sample, database_url: str) -> None:
    """And stops for the time limit, as every other way does."""
    marks = {"sqlite": "?", "postgresql": "%s"}

    @sample.command("several", result={"counts": fields.List(fields.Integer())})
    def several(ctx):
        mark = marks[ctx.db.dialect]
        made = ctx.db.write_driver_sql(f"INSERT INTO sample_row (text) VALUES ({mark}), ({mark})", ("a", "b"))
        changed = ctx.db.write_driver_sql(f"UPDATE sample_row SET text = {mark}", ["c"])
        return {"counts": [made, changed, ctx.db.write_driver_sql("DELETE FROM sample_row WHERE text = 'b'")]}

    @sample.command("endless", time_limit_ms=100)
    def endless(ctx):
        while True:
            ctx.db.write_driver_sql("UPDATE sample_row SET text = 'd'")

    bus = sample.open(database_url)
    assert bus.call("several").data == {"counts": [2, 2, 0]}
    assert bus.call("endless").code == "TIMEOUT"
    assert texts(bus) == ["c", "c"]


def test_a_swallowed_database_error_is_not_taken_for_a_success_on_postgresql(
    sample: Sample, postgresql_url: str
) -> None:
    """The server has given up the transaction by then."""

    @sample.command("swallow")
    def swallow(ctx):
        add(ctx.db, "x")
        with pytest.raises(Exception, match="null"):
            ctx.db.execute(INSERT, {"text": None})
        return {}

    bus = sample.open(postgresql_url)
    assert bus.call("swallow").code == "HANDLER_ERROR"
    assert texts(bus) == []


def test_the_log_of_a_handler_knows_command_and_correlation_id(
    sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    @sample.command("speak")
    def speak(ctx):
        ctx.log.warning("said", word="hello", password="hidden")
        return {}

    sample.open().call("speak", correlation_id="c1")
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["command"], record["correlation_id"], record["word"], record["password"]) == (
        "said",
        "speak",
        "c1",
        "hello",
        "***",
    )
