"""``note_set_tags``, ``tags_list`` and the dictionary of tags."""

from __future__ import annotations

import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from plugins.lazynote.tables import atom_tags, tags
from tests.plugins.lazynote.caller import START_MS, Caller
from tests.plugins.lazynote.searching_model import trimmed
from tests.plugins.lazynote.watching import content, delete_atom

if TYPE_CHECKING:
    from bus.application import Bus

THREADS, ROUNDS = 8, 25


def dictionary(bus: Bus) -> list[str]:
    """Every stored tag, and those that nothing carries too."""
    with bus.database.engine.connect() as connection:
        return list(connection.execute(select(tags.c.name).order_by(tags.c.name)).scalars())


def test_tags_are_trimmed_lower_case_sorted_and_single(db: Caller) -> None:
    atom_id = db.note()
    note = db("note_set_tags", atom_id=atom_id, tags=["Work", " work\u3000", "IMPORTANT", "a b", "Ünï"])["note"]
    assert note["tags"] == ["a b", "important", "work", "ünï"]
    assert db("note_get", atom_id=atom_id)["note"] == note
    assert db("tags_list") == {"items": note["tags"], "total_count": 4}


def test_the_set_is_replaced_as_a_whole(bus: Bus, db: Caller) -> None:
    atom_id = db.note("x", "a", "b")
    assert db("note_set_tags", atom_id=atom_id, tags=["b", "c"])["note"]["tags"] == ["b", "c"]
    assert dictionary(bus) == ["b", "c"]
    assert db("note_set_tags", atom_id=atom_id, tags=[])["note"]["tags"] == []
    assert dictionary(bus) == []


@pytest.mark.parametrize("bad", ["", " ", "\u3000", "x" * 101, "\0", "\ud800", "İ" * 51])
def test_one_bad_tag_changes_nothing(bus: Bus, db: Caller, bad: str) -> None:
    atom_id = db.note("x", "a")
    before = content(bus)
    assert db.code("note_set_tags", atom_id=atom_id, tags=["ok", bad]) == "invalid_tag"
    assert db.code("note_set_tags", atom_id=atom_id, tags=[bad]) == "invalid_tag"
    assert content(bus) == before


def test_a_tag_may_have_100_characters(db: Caller) -> None:
    long = "ж" * 100
    assert db("note_set_tags", atom_id=db.note(), tags=[f" {long} "])["note"]["tags"] == [long]


def test_spellings_of_one_tag_are_one_tag(db: Caller) -> None:
    note = db("note_set_tags", atom_id=db.note(), tags=["Café", "Cafe\u0301", "CAFÉ", "İ", "I\u0307"])["note"]
    assert note["tags"] == ["caf\u00e9", "i\u0307"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8), max_size=6))
@example(["J\u030c", "\u01f0"])
@example(["ß", "SS", "ẞ"])
def test_what_is_stored_is_a_set_that_can_be_asked_for(db: Caller, given_tags: list[str]) -> None:
    """Whatever is given: stored tags are trimmed, NFC, lower case, and each finds its note in the spelling stored."""
    atom_id = db.note()
    envelope = db.envelope("note_set_tags", atom_id=atom_id, tags=given_tags)
    if not envelope.ok:
        assert envelope.code == "invalid_tag"
        assert not all(map(trimmed, given_tags))
        return
    kept: list[str] = envelope.data["note"]["tags"]
    assert kept == sorted(set(kept))
    assert len(kept) <= len(given_tags)
    for tag in kept:
        assert tag == trimmed(tag) != ""
        assert unicodedata.is_normalized("NFC", tag)
        assert tag == unicodedata.normalize("NFC", tag.lower())
    for tag in [*kept, *given_tags]:
        assert atom_id in db.ids("notes_list", tag=tag, limit=50)
    assert db("note_set_tags", atom_id=atom_id, tags=kept)["note"]["tags"] == kept


def test_only_tags_of_active_notes_are_listed_and_a_deleted_note_keeps_its_own(bus: Bus, db: Caller) -> None:
    gone = db.note("gone", "only here", "shared")
    db.note("stays", "shared")
    delete_atom(bus, gone)
    assert db("tags_list") == {"items": ["shared"], "total_count": 1}
    assert dictionary(bus) == ["only here", "shared"]


def test_tags_are_listed_by_code_point(db: Caller) -> None:
    db.note("x", "é", "z", "a-b", "ab", "a b", "学", "🎈", "\uffe5")
    assert db("tags_list")["items"] == ["a b", "a-b", "ab", "z", "é", "学", "\uffe5", "🎈"]


def test_a_tag_carried_elsewhere_is_not_forgotten(bus: Bus, db: Caller) -> None:
    first, second = db.note("1", "t"), db.note("2", "t")
    db("note_set_tags", atom_id=first, tags=[])
    assert dictionary(bus) == ["t"]
    db("note_set_tags", atom_id=second, tags=[])
    assert dictionary(bus) == []


def test_many_tags_are_set_at_once(db: Caller) -> None:
    many = [f"{number:04}" for number in range(3_000)]
    assert db("note_set_tags", atom_id=db.note(), tags=many)["note"]["tags"] == many
    assert db("tags_list")["total_count"] == 3_000


def test_eight_callers_at_once_leave_one_of_the_sets_on_each_note(bus: Bus, db: Caller, rng: Random) -> None:
    """They add, drop and forget the same few tags on the same few notes: nothing fails, nothing is lost or left."""
    notes = [db.note(f"{number}") for number in range(3)]
    sets = [["a"], ["a", "b"], ["b", "c", "d"], [], ["d", "a"]]
    plans = [[(rng.choice(notes), rng.choice(sets)) for _ in range(ROUNDS)] for _ in range(THREADS)]
    start = threading.Barrier(THREADS)

    def run(plan: list[tuple[str, list[str]]]) -> list[Any]:
        start.wait(60)
        return [db("note_set_tags", atom_id=atom_id, tags=chosen)["note"]["tags"] for atom_id, chosen in plan]

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(run, plans))
    assert answers == [[sorted(chosen) for _, chosen in plan] for plan in plans]
    left = [db("note_get", atom_id=atom_id)["note"] for atom_id in notes]
    assert all(note["tags"] in [sorted(chosen) for chosen in sets] for note in left)
    assert dictionary(bus) == sorted({tag for note in left for tag in note["tags"]})
    with bus.database.engine.connect() as connection:
        links = connection.execute(select(func.count()).select_from(atom_tags)).scalar()
    assert links == sum(len(note["tags"]) for note in left)
    # The clock stands still: each change has moved its note on by one millisecond.
    assert sum(note["updated_at"] - START_MS for note in left) == THREADS * ROUNDS
