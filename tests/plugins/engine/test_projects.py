"""``db.project.*``."""

from __future__ import annotations

from bus.testing import FakeClock
from tests.plugins.engine.caller import Caller

NOW = "2025-06-15T15:06:40.000Z"


def test_a_new_project_is_the_whole_row(db: Caller) -> None:
    row = db("project.upsert", path="/srv/app", name="App")
    assert row == {"id": row["id"], "path": "/srv/app", "name": "App", "createdAt": NOW}
    assert type(row["id"]) is int


def test_the_name_is_null_until_it_is_given(db: Caller) -> None:
    assert db("project.upsert", path="/p")["name"] is None


def test_a_second_upsert_changes_the_name_and_nothing_else(db: Caller, clock: FakeClock) -> None:
    first = db("project.upsert", path="/p", name="One")
    clock.advance(1000)
    assert db("project.upsert", path="/p", name="Two") == first | {"name": "Two"}


def test_a_name_left_out_is_kept_and_an_empty_one_is_stored(db: Caller) -> None:
    db("project.upsert", path="/p", name="One")
    assert db("project.upsert", path="/p")["name"] == "One"
    assert db("project.upsert", path="/p", name="")["name"] == ""
    assert db("project.upsert", path="/p")["name"] == ""


def test_paths_are_compared_exactly(db: Caller) -> None:
    paths = ["/p", "/p/", "/P", " /p", "/p\n", "/é", "/e\N{COMBINING ACUTE ACCENT}", "."]
    rows = [db("project.upsert", path=path) for path in paths]
    assert len({row["id"] for row in rows}) == len(paths)
    assert [row["path"] for row in rows] == paths


def test_ids_rise(db: Caller) -> None:
    ids = [db("project.upsert", path=f"/{number}")["id"] for number in range(5)]
    assert ids == sorted(set(ids))


def test_a_path_may_be_longer_than_an_index_entry(db: Caller) -> None:
    """PostgreSQL's index entries end at 2,704 bytes; the text is one that does not compress."""
    path = "/" + "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(100_000))
    first = db("project.upsert", path=path)
    assert first["path"] == path
    assert db("project.upsert", path=path)["id"] == first["id"]
    assert db("project.find", path=path) == first


def test_find_answers_the_row_or_null(db: Caller) -> None:
    row = db("project.upsert", path="/p", name="One")
    assert db("project.find", path="/p") == row
    assert db("project.find", path="/q") is None
    assert db("project.find", path="") is None
