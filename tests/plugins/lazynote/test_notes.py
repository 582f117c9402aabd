"""``note_create``, ``note_update``, ``note_get`` and ``notes_list``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from bus.testing import FakeClock
from tests.plugins.lazynote.caller import NIL, START_MS, Caller
from tests.plugins.lazynote.watching import delete_atom, stored

if TYPE_CHECKING:
    from bus.application import Bus

KEYS = {"atom_id", "content", "preview_text", "preview_image", "updated_at", "tags"}
MORE_KEYS = {"kind", "start_at", "end_at", "task_status"}


def test_a_note_is_what_was_given_and_what_follows_from_it(db: Caller) -> None:
    note = db("note_create", content="# Plan\nship it")["note"]
    assert note == {
        "atom_id": note["atom_id"],
        "content": "# Plan\nship it",
        "preview_text": "Plan ship it",
        "preview_image": None,
        "updated_at": START_MS,
        "tags": [],
    }
    assert db("note_get", atom_id=note["atom_id"]) == {"note": note}


@pytest.mark.parametrize("content", ["", "  \n", " kept as it is\t", "x" * 1_000_000, "İ\u0307 学习 🎈"])
def test_content_is_kept_verbatim(db: Caller, content: str) -> None:
    assert db("note_get", atom_id=db.note(content))["note"]["content"] == content
    assert db("note_update", atom_id=db.note(), content=content)["note"]["content"] == content


@pytest.mark.parametrize("content", ["x" * 1_000_001, "a\0b", "\ud800"])
def test_content_that_cannot_be_kept_is_an_invalid_argument(db: Caller, content: str) -> None:
    note = db.note()
    assert db.code("note_create", content=content) == "invalid_argument"
    assert db.code("note_update", atom_id=note, content=content) == "invalid_argument"
    assert db("notes_list")["total_count"] == 1


def test_an_update_replaces_content_and_previews_and_leaves_the_rest(bus: Bus, db: Caller, clock: FakeClock) -> None:
    atom_id = db.note("![a](b.png) text", "kept")
    db("atom_update_status", atom_id=atom_id, status="done")
    db("calendar_update_event", atom_id=atom_id, start_ms=1, end_ms=2)
    before = stored(bus, atom_id)
    clock.advance(1_000)
    note = db("note_update", atom_id=atom_id, content="![](c.png)")["note"]
    assert (note["preview_text"], note["preview_image"], note["tags"]) == (None, "c.png", ["kept"])
    changed = {name for name, value in stored(bus, atom_id).items() if value != before[name]}
    assert changed == {"content", "preview_text", "preview_image", "updated_at", "search_text", "token_count"}
    assert note["updated_at"] == START_MS + 1_000


def test_equal_content_is_a_change_like_any_other(db: Caller, clock: FakeClock) -> None:
    note = db("note_create", content="same")["note"]
    clock.advance(7)
    assert db("note_update", atom_id=note["atom_id"], content="same")["note"]["updated_at"] == START_MS + 7


def test_what_is_searched_is_written_with_the_content(bus: Bus, db: Caller) -> None:
    atom_id = db.note("Hello, Wörld")
    row = stored(bus, atom_id)
    assert (row["search_text"], row["token_count"]) == (" hello world ", 2)
    db("note_update", atom_id=atom_id, content="bye")
    row = stored(bus, atom_id)
    assert (row["search_text"], row["token_count"]) == (" bye ", 1)


@pytest.mark.parametrize("step_ms", [0, -5_000, 1])
def test_updated_at_grows_with_every_change_whatever_the_clock_does(db: Caller, clock: FakeClock, step_ms: int) -> None:
    atom_id = db.note()
    seen = [START_MS]
    changes: list[tuple[str, dict[str, Any]]] = [
        ("note_update", {"content": "b"}),
        ("note_set_tags", {"tags": ["t"]}),
        ("note_set_tags", {"tags": ["t"]}),
        ("atom_update_status", {"status": "todo"}),
        ("calendar_update_event", {"start_ms": 1, "end_ms": 2}),
        ("calendar_update_event", {"start_ms": 1, "end_ms": 2}),
        ("atom_update_status", {"status": None}),
    ]
    for command, args in changes:
        clock.advance(step_ms)
        db(command, atom_id=atom_id, **args)
        seen.append(db.item(atom_id)["updated_at"])
    assert seen == list(range(START_MS, START_MS + len(seen)))


def test_updated_at_grows_with_every_change_of_many_callers_at_once(db: Caller) -> None:
    atom_id = db.note()

    def change(number: int) -> int:
        return db("note_update", atom_id=atom_id, content=f"{number}")["note"]["updated_at"]

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(change, range(80)))
    assert sorted(seen) == list(range(START_MS + 1, START_MS + 81))


def test_tasks_events_and_deleted_notes_are_no_notes(bus: Bus, db: Caller) -> None:
    gone = db.note()
    delete_atom(bus, gone)
    for atom_id in (db.task(), db.event(1), gone, NIL):
        for command, args in (
            ("note_get", {}),
            ("note_update", {"content": "x"}),
            ("note_set_tags", {"tags": ["x"]}),
        ):
            refusal = db.refusal(command, atom_id=atom_id, **args)
            assert (refusal["code"], refusal["details"]) == ("note_not_found", {"atom_id": atom_id})
    assert db("notes_list")["items"] == []
    assert db("tags_list")["items"] == []


def test_ids_are_taken_in_any_spelling(db: Caller) -> None:
    atom_id = db.note()
    bare = atom_id.replace("-", "")
    for spelled in (atom_id.upper(), f" {atom_id}\n", bare, bare.upper(), f"\u3000{bare} "):
        assert db("note_get", atom_id=spelled)["note"]["atom_id"] == atom_id


def test_the_list_shows_the_last_changed_first_then_the_smaller_id(db: Caller, clock: FakeClock) -> None:
    ids = [db.note(f"{number}") for number in range(3)]
    clock.advance(1)
    late = db.note("late")
    assert db.ids("notes_list") == [late, *sorted(ids)]
    db("note_update", atom_id=ids[1], content="now")
    db("note_update", atom_id=ids[1], content="later")
    assert db.ids("notes_list")[0] == ids[1]


def test_rows_of_version_1_have_six_keys_and_those_of_version_2_ten(db: Caller) -> None:
    atom_id = db.note("text", "b", "a")
    db("atom_update_status", atom_id=atom_id, status="done")
    db("calendar_update_event", atom_id=atom_id, start_ms=4, end_ms=9)
    (old,) = db("notes_list@1")["items"]
    (new,) = db("notes_list@2")["items"]
    assert set(old) == KEYS
    assert new == old | {"kind": "note", "start_at": 4, "end_at": 9, "task_status": "done"}
    assert old["tags"] == ["a", "b"]
    assert db("notes_list")["items"] == [new]
    assert db.envelope("notes_list").version == 2
    assert db("notes_list@1", limit=0, tag="A ") == {"items": [old], "applied_limit": 10, "total_count": 1}
    assert db.code("notes_list@3") == "UNKNOWN_VERSION"
    assert db.code("notes_list@1", limit=-1) == "invalid_argument"


@pytest.mark.parametrize("version", [1, 2])
def test_pages_are_bounded_and_count_everything(db: Caller, version: int) -> None:
    for number in range(12):
        db.note(f"{number}", *(["even"] if number % 2 == 0 else []))
    command = f"notes_list@{version}"
    for limit, applied in [(None, 10), (0, 10), (1, 1), (50, 50), (51, 50), (2**63 - 1, 50)]:
        page = db(command, limit=limit)
        assert (page["applied_limit"], len(page["items"]), page["total_count"]) == (applied, min(applied, 12), 12)
    everything = db.ids(command, limit=50)
    assert db.ids(command, limit=5, offset=4) == everything[4:9]
    assert db.ids(command, offset=None) == everything[:10]
    for offset in (12, 2**63 - 1):
        assert db(command, offset=offset) == {"items": [], "applied_limit": 10, "total_count": 12}
    page = db(command, tag="even", limit=4, offset=4)
    assert (len(page["items"]), page["total_count"]) == (2, 6)
    for name in ("limit", "offset"):
        assert db.code(command, **{name: -1}) == "invalid_argument"


def test_a_tag_is_compared_for_equality_in_any_spelling(db: Caller) -> None:
    work, home = db.note("1", "work", "caf\u00e9"), db.note("2", "home", "workshop")
    assert db.ids("notes_list", tag=" WORK\t") == [work]
    assert db.ids("notes_list", tag="Cafe\u0301") == [work]
    assert db.ids("notes_list", tag="home") == [home]
    for tag in ("wor", "work,home", "%", "unknown", "x" * 101, "x" * 100_000):
        assert db("notes_list", tag=tag) == {"items": [], "applied_limit": 10, "total_count": 0}
    assert db("notes_list", tag=None)["total_count"] == 2
    for tag in ("", "  ", "\0"):
        assert db.code("notes_list", tag=tag) == "invalid_tag"


def test_without_an_answer_to_the_key_every_call_makes_another_note(bus: Bus, db: Caller) -> None:
    answers = [bus.call("note_create", {"content": "once"}, idempotency_key="k") for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert db("notes_list")["total_count"] == 1
    assert db.note("once") != db.note("once")
