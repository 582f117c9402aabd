"""A command whose arguments decide whether it writes: where they do not, nobody waits for it, and it cannot write."""

from __future__ import annotations

from typing import Any

import pytest

from bus import MANY, READ, WRITE, SetupError, fields
from bus.settings import Settings
from tests.bus.sample import TEXT, TEXTS, Sample, add, contract, texts
from workers import workers

DO: dict[str, Any] = {"do": fields.Text(required=True)}


@pytest.fixture
def mixed(sample: Sample) -> Sample:
    """``crud`` does one of three things; it only reads where ``do`` begins with "look"."""

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    @sample.command("look", effect=READ, result={"texts": fields.List(fields.Text())})
    def look(ctx):
        return {"texts": list(ctx.db.execute(TEXTS).scalars())}

    @sample.command(
        "crud",
        params=DO,
        result={"texts": fields.List(fields.Text())},
        only_reads=lambda args: args["do"].startswith("look"),
    )
    def crud(ctx, do):
        if do == "look and submit":
            ctx.submit("put", {"text": "x"})
        if do == "look and write":
            add(ctx.db, "x")
        if do in ("put", "look and put"):
            ctx.call("put", {"text": "x"})
        return ctx.call("look")

    return sample


def test_it_reads_while_somebody_else_writes(mixed: Sample, database_url: str) -> None:
    """On SQLite one at a time holds the file; whoever only reads does not ask for it."""
    bus = mixed.open(database_url, settings=Settings(busy_timeout_ms=100))
    assert bus.call("crud", {"do": "put"}).data == {"texts": ["x"]}
    with bus.database.writer().transaction() as kept:
        add(kept.db, "unseen")
        other = mixed.open(database_url, settings=Settings(busy_timeout_ms=100))
        assert other.call("crud", {"do": "look"}).data == {"texts": ["x"]}
        if database_url.startswith("sqlite"):
            assert other.call("crud", {"do": "put"}).code == "DATABASE_BUSY"


@pytest.mark.parametrize("do", ["look and put", "look and submit", "look and write"])
def test_what_says_that_it_only_reads_cannot_write(mixed: Sample, database_url: str, do: str) -> None:
    bus = mixed.open(database_url, workers)
    assert bus.call("crud", {"do": do}).code in ("HANDLER_ERROR", "DATABASE_BUSY")
    assert (texts(bus), bus.call("job_list").data["total_count"]) == ([], 0)


def test_with_a_key_its_answer_is_remembered_all_the_same(mixed: Sample, database_url: str) -> None:
    bus = mixed.open(database_url)
    first = bus.call("crud", {"do": "look"}, idempotency_key="k")
    assert bus.call("put", {"text": "x"}).ok
    assert bus.call("crud", {"do": "look"}, idempotency_key="k").data == first.data == {"texts": []}


@pytest.mark.parametrize("members", [{"effect": READ}, {"effect": WRITE, "units": MANY}])
def test_it_is_for_commands_that_write_in_one_unit(members: dict[str, Any]) -> None:
    with pytest.raises(SetupError, match="has only_reads, which is for a command with effect = WRITE and units = ONE"):
        contract("crud", only_reads=lambda args: True, **members)
