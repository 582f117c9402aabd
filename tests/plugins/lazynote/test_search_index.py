"""The indexes: asked instead of the texts, true to them after every change, and rebuilt without a stop."""

from __future__ import annotations

import random
import sqlite3
import threading
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from plugins.lazynote.search import fts, gin, rebuild
from plugins.lazynote.search.tables import search_atoms
from plugins.lazynote.search.tokens import folded
from plugins.lazynote.tables import atoms
from tests.plugins.lazynote.caller import START_MS, Caller

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock


@contextmanager
def transaction(bus: Bus) -> Iterator[sa.Connection]:
    """A transaction beside the bus."""
    with bus.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("COMMIT")


def statements(bus: Bus, db: Caller, text: str) -> list[tuple[str, Any]]:
    """What a search sends to the tables of the search, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def listener(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    sa.event.listen(bus.database.engine, "before_cursor_execute", listener)
    try:
        db("entry_search", text=text)
    finally:
        sa.event.remove(bus.database.engine, "before_cursor_execute", listener)
    return [one for one in sent if "lazynote_search MATCH" in one[0] or "s.words @>" in one[0]]


def fill(bus: Bus, count: int) -> None:
    """Atoms of other words, so many that reading them all would be dear."""
    row = {"owner": "local", "type": "note", "content": "", "created_at": 0, "updated_at": 0, "token_count": 40}
    rows = [
        row | {"uuid": str(uuid.UUID(int=n)), "search_text": f" {' '.join(f'w{n}' for n in range(n, n + 40))} "}
        for n in range(count)
    ]
    with transaction(bus) as connection:
        connection.execute(sa.insert(atoms), rows)


def test_a_search_asks_the_index_of_the_words(bus: Bus, db: Caller) -> None:
    fill(bus, 1_000)
    for number in range(5):
        db.note(f"tea milk tea 今天学习编程 {number}")
    with bus.database.engine.connect() as connection:
        # VACUUM also empties the list of new words, which the planner counts as dear.
        connection.exec_driver_sql("ANALYZE" if bus.database.kind == "sqlite" else "VACUUM ANALYZE")
    for text in ("tea", "tea milk", "tea-milk-tea", "学习", "学习编"):
        sent = statements(bus, db, text)
        assert sent
        for statement, parameters in sent:
            assert_plan_is_by_index(bus, statement, parameters)


def assert_plan_is_by_index(bus: Bus, statement: str, parameters: Any) -> None:
    with transaction(bus) as connection:
        if bus.database.kind == "sqlite":
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert any(line.startswith("SCAN f VIRTUAL TABLE INDEX") for line in plan), plan
            assert not any(line.startswith(("SCAN s", "SCAN lazynote")) for line in plan), plan
        else:
            connection.execute(gin.USE_THE_INDEX)
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
            assert any("Bitmap Index Scan on lazynote_search_atoms_words" in line for line in plan), plan


def test_of_very_many_matches_those_changed_last_are_ranked(
    db: Caller, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are counted; the best of all is not shown if it is too old."""
    for module in (fts, gin):
        monkeypatch.setattr(module, "MOST_RANKED", 3)
    best = db.note("tea tea tea")
    clock.advance(1)
    tied = sorted(db.note("tea") for _ in range(2))
    clock.advance(1)
    new = [db.note("tea x"), db.note("tea y y")]
    found = db("entry_search", text="tea")
    assert found["total_count"] == 5
    assert [item["atom_id"] for item in found["items"]] == [tied[0], *new]
    clock.advance(1)
    db("note_set_tags", atom_id=best, tags=["seen"])
    assert db.ids("entry_search", text="tea") == [best, *new]


@pytest.mark.parametrize("apart_ms", [0, 1, 300, 5_000])
def test_the_ranked_ones_are_those_changed_last_in_whatever_order_they_came(
    apart_ms: int, bus: Bus, db: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a moment is shared by many, and by more than have a place of their own."""
    for module in (fts, gin):
        monkeypatch.setattr(module, "MOST_RANKED", 40)
    chance = random.Random(apart_ms)
    moments = [START_MS + apart_ms * chance.randrange(100) for _ in range(100)]
    ids = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in moments]
    counts = [chance.choice((1, 1, 1, 2, 3)) for _ in moments]
    lengths = [chance.randint(4, 8) for _ in moments]
    enter(bus, ids, moments, [" tea" * count + " x" * (n - count) for count, n in zip(counts, lengths, strict=True)])
    atoms_by_age = sorted(zip(moments, ids, counts, lengths, strict=True), key=lambda atom: (-atom[0], atom[1]))
    scored = [(round(tf / (tf + 0.3 + 0.009 * n), 9), moment, atom_id) for moment, atom_id, tf, n in atoms_by_age[:40]]
    wanted = [atom_id for _, _, atom_id in sorted(scored, key=lambda atom: (-atom[0], -atom[1], atom[2]))]
    for limit in (1, 5, 50):  # the databases hand over the first few alone
        found = db("entry_search", text="tea", limit=limit)
        assert found["total_count"] == 100
        assert [item["atom_id"] for item in found["items"]] == wanted[:limit]


def enter(bus: Bus, ids: list[str], moments: list[int], words: list[str]) -> None:
    """Notes of these ids, moments and words, one after the other."""
    row = {"owner": "local", "type": "note", "created_at": 0}
    with transaction(bus) as connection:
        for atom_id, moment, text in zip(ids, moments, words, strict=True):
            values = {"uuid": atom_id, "updated_at": moment, "content": text, "search_text": f"{text} "}
            connection.execute(sa.insert(atoms), row | values | {"token_count": len(text.split())})


def test_atoms_that_found_no_place_are_ranked_by_their_moments_too(
    bus: Bus, db: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a day that brought in another program's notes by the million."""
    for module in (fts, gin):
        monkeypatch.setattr(module, "MOST_RANKED", 3)
    ids = [str(uuid.UUID(int=number)) for number in range(7)]
    enter(bus, ids[:4], [START_MS + after_ms for after_ms in (0, 60_000, 120_000, 120_001)], [" tea"] * 4)
    if bus.database.kind == "sqlite":
        take_the_last_place(bus, ids[0])
    enter(bus, ids[4:], [START_MS, START_MS + 1, START_MS + 60_000], [" tea tea"] * 3)
    found = db("entry_search", text="tea")
    assert [item["atom_id"] for item in found["items"]] == [ids[3], ids[2], ids[1]]
    assert found["total_count"] == 7


def take_the_last_place(bus: Bus, atom_id: str) -> None:
    """As if its span were full."""
    row = search_atoms.c
    with transaction(bus) as connection:
        kept = dict(connection.execute(sa.select(search_atoms).where(row.uuid == atom_id)).mappings().one())
        connection.execute(sa.delete(search_atoms).where(row.uuid == atom_id))
        kept["place"] += fts.SPAN_PLACES - 1
        connection.execute(sa.insert(search_atoms), kept)


def stored(bus: Bus, *columns: str) -> list[tuple[Any, ...]]:
    with transaction(bus) as connection:
        return [tuple(row) for row in connection.execute(sa.text(f"SELECT {', '.join(columns)} FROM lazynote_atoms"))]


def set_atoms(bus: Bus, **values: Any) -> None:
    with transaction(bus) as connection:
        connection.execute(sa.update(atoms).values(**values))


def test_deleted_atoms_are_not_found_until_they_are_restored(bus: Bus, db: Caller) -> None:
    db.note("tea tea")
    set_atoms(bus, is_deleted=True)
    assert db("entry_search", text="tea")["total_count"] == 0
    set_atoms(bus, is_deleted=True, updated_at=1)
    assert db("entry_search", text="tea")["total_count"] == 0
    set_atoms(bus, is_deleted=False)
    assert db("entry_search", text="tea")["total_count"] == 1


def test_atoms_that_go_for_good_take_their_words_along(bus: Bus, db: Caller) -> None:
    db.note("tea 学习")
    with transaction(bus) as connection:
        connection.execute(sa.delete(atoms))
        assert connection.execute(sa.select(sa.func.count()).select_from(search_atoms)).scalar() == 0
    db.note("milk")
    assert db("entry_search", text="tea")["total_count"] == 0
    assert db("entry_search", text="学习")["total_count"] == 0
    assert db("entry_search", text="milk")["total_count"] == 1


def test_a_change_that_failed_leaves_the_index_as_it_was(bus: Bus, db: Caller) -> None:
    db.note("tea")
    with pytest.raises(sa.exc.IntegrityError), transaction(bus) as connection:
        connection.execute(sa.update(atoms).values(search_text=" milk ", type="poem"))
    assert db("entry_search", text="tea")["total_count"] == 1
    assert db("entry_search", text="milk")["total_count"] == 0


def test_sqlite_takes_every_token_for_one_word() -> None:
    """Then what FTS5 finds is exactly what has the phrase, and nothing must be looked for in the texts."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE f USING fts5(t, content = '', "
        "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
    )
    database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, row)")
    characters = "-".join(chr(c) for c in range(0x110000) if unicodedata.category(chr(c))[0] in "LNM")
    tokens = {f"1x{token}9" for token in folded(characters)}
    database.execute("INSERT INTO f(rowid, t) VALUES (1, ?)", (" ".join(sorted(tokens)),))
    assert {term for (term,) in database.execute("SELECT term FROM v")} == tokens


def spoil(bus: Bus) -> None:
    """As if an older release had read no words at all."""
    set_atoms(bus, search_text="  ", token_count=0)


def test_a_rebuild_stores_words_anew_and_leaves_moments(
    bus: Bus, db: Caller, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "BATCH", 2)
    for number in range(5):
        db.note(f"tea {number} 学习 tea")
    db.task("milk")
    before = stored(bus, "uuid", "updated_at", "search_text", "token_count")
    found = db("entry_search", text="tea 学习")
    spoil(bus)
    assert db("entry_search", text="tea")["total_count"] == 0
    clock.advance(1_000)
    assert rebuilt(db) == {"atoms": 6, "changed": 6}
    assert sorted(stored(bus, "uuid", "updated_at", "search_text", "token_count")) == sorted(before)
    assert db("entry_search", text="tea 学习") == found
    assert rebuilt(db) == {"atoms": 6, "changed": 0}


def rebuilt(db: Caller, **more: Any) -> dict[str, Any]:
    """The data of a rebuild that runs now."""
    envelope = db.bus.call("search_rebuild", {}, mode="sync", session_token=db.user, **more)
    assert envelope.ok, envelope
    return {name: envelope.data[name] for name in ("atoms", "changed")}


def test_a_rebuild_is_of_the_callers_atoms_alone(bus: Bus, db: Caller) -> None:
    db.of("ann").note("tea")
    db.of("bob").note("tea")
    spoil(bus)
    assert rebuilt(db.of("ann")) == {"atoms": 1, "changed": 1}
    assert db.of("ann")("entry_search", text="tea")["total_count"] == 1
    assert db.of("bob")("entry_search", text="tea")["total_count"] == 0


def test_a_batch_of_long_contents_is_shorter(bus: Bus, db: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "BATCH_CHARACTERS", 10)
    batches: list[int] = []
    whole = rebuild.renew
    monkeypatch.setattr(rebuild, "renew", lambda *given: batches.append(len(done := whole(*given))) or done)
    for _ in range(4):
        db.note("milk tea")
    assert rebuilt(db) == {"atoms": 4, "changed": 0}
    assert len(batches) == 2


def test_a_rebuild_that_died_goes_on_where_it_was(bus: Bus, db: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """And searches are answered meanwhile."""
    monkeypatch.setattr(rebuild, "BATCH", 1)
    for _ in range(4):
        db.note("tea")
    spoil(bus)
    looked_at: list[int] = []
    whole = rebuild.renew

    def dying(*given: Any) -> Any:
        looked_at.append(given[1]["after"])
        if len(looked_at) == 3:
            found = threading.Thread(target=lambda: looked_at.append(-db("entry_search", text="tea")["total_count"]))
            found.start()
            found.join()
            raise RuntimeError("the power is gone")
        return whole(*given)

    monkeypatch.setattr(rebuild, "renew", dying)
    assert not bus.call("search_rebuild", {}, mode="sync", idempotency_key="again").ok
    assert looked_at[3] == -2
    assert rebuilt(db, idempotency_key="again") == {"atoms": 4, "changed": 4}
    assert len(looked_at) == 4 + 2
    assert db("entry_search", text="tea")["total_count"] == 4
