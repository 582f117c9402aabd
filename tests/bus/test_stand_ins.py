"""A contract may have words of its own for what the bus could not do; whoever asks, and however."""

from __future__ import annotations

import sqlite3

import pytest

from bus import Refusal, SetupError
from bus.errors import DatabaseBusy, DatabaseFailed, DatabaseLocked, HandlerFailed
from bus.settings import Settings
from tests.bus.sample import TEXT, Never, Sample, add, contract, texts
from workers import workers


class StoreLocked(Refusal):
    """Somebody else writes. Callers repeat the call."""

    code = "store_locked"
    message = "{why}"
    shown = ("can_wait",)

    def __init__(self, why: str) -> None:
        super().__init__(why=why, can_wait=True)


class StoreBroken(Refusal):
    """The store needs repair."""

    code = "store_broken"
    message = "{why}"
    shown = ()


class Puzzled(Refusal):
    """Nobody foresaw this."""

    code = "puzzled"
    message = "{why}"
    shown = ()


class Missing(Refusal):
    """A refusal that needs more than a sentence."""

    code = "missing"
    message = "there is no {thing}"


WORDS = {
    "errors": (StoreLocked, StoreBroken, Puzzled),
    "stand_ins": {DatabaseBusy: StoreLocked, DatabaseFailed: StoreBroken, HandlerFailed: Puzzled},
}


@pytest.fixture
def put(sample: Sample) -> Sample:
    """``put`` has words of its own; ``outer`` calls it and has none."""

    @sample.command("put", params=TEXT, **WORDS)
    def put(ctx, text):
        if text == "trip":
            raise ZeroDivisionError
        add(ctx.db, text)
        return {}

    @sample.command("outer", params=TEXT)
    def outer(ctx, text):
        ctx.call("put", {"text": text})
        return {}

    return sample


def test_a_locked_database_is_answered_in_the_contracts_words(put: Sample, sqlite_url: str) -> None:
    """At the handler's own statement, at the bus's bookkeeping for a key, and where the job is stored."""
    bus = put.open(sqlite_url, workers, settings=Settings(busy_timeout_ms=50))
    blocker = sqlite3.connect(bus.database.url.database, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    for answer in (
        bus.call("put", {"text": "a"}),
        bus.call("put", {"text": "a"}, idempotency_key="k"),
        bus.submit("put", {"text": "a"}),
        bus.submit("put", {"text": "a"}, idempotency_key="k"),
    ):
        assert answer.code == "store_locked"
        assert answer.error["details"] == {"can_wait": True}
        assert "is locked by another process; nothing was written" in answer.error["message"]
    assert bus.call("outer", {"text": "a"}).code == "DATABASE_BUSY"
    blocker.close()
    assert texts(bus) == []
    assert bus.call("put", {"text": "a"}, idempotency_key="k").ok


def test_a_server_that_is_away_is_not_locked(put: Sample, own_server, tmp_path) -> None:
    """The nearest class decides: whoever has words for a lock alone leaves everything else to the bus."""
    only_locks = WORDS | {"stand_ins": {DatabaseLocked: StoreLocked}}

    @put.command("lock", params=TEXT, **only_locks)
    def lock(ctx, text):
        add(ctx.db, text)
        return {}

    with own_server.database() as url:
        bus = put.open(url, settings=Settings(busy_timeout_ms=300))
        assert bus.call("lock", {"text": "a"}).ok
        with bus.database.engine.connect() as other:
            other.exec_driver_sql("BEGIN")
            other.exec_driver_sql("LOCK TABLE sample_row")
            assert bus.call("lock", {"text": "a"}).code == "store_locked"
            other.exec_driver_sql("ROLLBACK")
        own_server.stop()
        assert bus.call("lock", {"text": "a"}).code == "DATABASE_BUSY"
        assert bus.call("put", {"text": "a"}).code == "store_locked"
        bus.close()
        own_server.start()


def test_a_damaged_database_and_a_defect_are_told_apart(put: Sample, database_url: str) -> None:
    bus = put.open(database_url)
    assert bus.call("put", {"text": "trip"}).code == "puzzled"
    with bus.database.connect() as connection:
        connection.exec_driver_sql("DROP TABLE sample_row")
    broken = bus.call("put", {"text": "a"}, correlation_id="c1")
    assert (broken.code, broken.error["details"]) == ("store_broken", None)
    assert broken.error["message"] == "put failed; the log has the cause under the correlation id c1"
    assert bus.call("outer", {"text": "a"}).code == "HANDLER_ERROR"


def test_refusals_and_bad_arguments_keep_their_words(put: Sample) -> None:
    """They are no failures of the bus; a refusal that is not listed is one."""

    @put.command("refuse", **(WORDS | {"errors": (*WORDS["errors"], Never)}))
    def refuse(ctx):
        raise Never

    @put.command("refuse_unlisted", **WORDS)
    def refuse_unlisted(ctx):
        raise Never

    bus = put.open()
    assert bus.call("put", {}).code == "VALIDATION_ERROR"
    assert bus.call("refuse").code == "never"
    assert bus.call("refuse_unlisted").code == "puzzled"


@pytest.mark.parametrize(
    "stand_ins",
    [
        [],
        {"DATABASE_BUSY": StoreLocked},
        {DatabaseBusy: Never},
        {DatabaseBusy: "store_locked"},
        {DatabaseBusy: []},
        {ValueError: Puzzled},
        {DatabaseBusy: Missing},
    ],
    ids=repr,
)
def test_stand_ins_that_can_stand_for_nothing_stop_the_start(stand_ins) -> None:
    with pytest.raises(SetupError, match="needs stand_ins to map classes of BusError to refusals that it lists"):
        contract("put", **(WORDS | {"errors": (*WORDS["errors"], Missing), "stand_ins": stand_ins}))
