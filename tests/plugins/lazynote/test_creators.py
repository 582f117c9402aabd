"""``entry_create_note``, ``entry_create_task`` and ``entry_schedule``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugins.lazynote.caller import START_MS, Caller
from tests.plugins.lazynote.watching import content, stored

if TYPE_CHECKING:
    from bus.application import Bus

CONTENT = "\u3000![a](b.png) # *Tea* \n"
UNSET = {
    "owner": "local",
    "task_status": None,
    "start_at": None,
    "end_at": None,
    "preview_text": None,
    "preview_image": None,
    "recurrence_rule": None,
    "hlc_timestamp": None,
    "is_deleted": False,
    "created_at": START_MS,
    "updated_at": START_MS,
    "search_text": " a b png tea ",
    "token_count": 4,
}


def made(bus: Bus, atom_id: str) -> dict[str, object]:
    """The row of an atom without the names it goes by."""
    row = stored(bus, atom_id)
    del row["id"], row["uuid"]
    return row


def test_a_note_is_trimmed_and_has_previews(bus: Bus, db: Caller) -> None:
    atom_id = db("entry_create_note", content=CONTENT)["atom_id"]
    shown = {"type": "note", "content": CONTENT.strip(), "preview_text": "Tea", "preview_image": "b.png"}
    assert made(bus, atom_id) == UNSET | shown
    assert db("note_get", atom_id=atom_id)["note"]["content"] == CONTENT.strip()


def test_a_task_is_to_be_done_and_has_no_previews(bus: Bus, db: Caller) -> None:
    atom_id = db("entry_create_task", content=CONTENT)["atom_id"]
    assert made(bus, atom_id) == UNSET | {"type": "task", "content": CONTENT.strip(), "task_status": "todo"}


@pytest.mark.parametrize("end_ms", [None, -5, 7, 2**63 - 1])
def test_an_event_has_a_start_and_perhaps_an_end(bus: Bus, db: Caller, end_ms: int | None) -> None:
    atom_id = db("entry_schedule", title=CONTENT, start_epoch_ms=-5, end_epoch_ms=end_ms)["atom_id"]
    assert made(bus, atom_id) == UNSET | {
        "type": "event",
        "content": CONTENT.strip(),
        "start_at": -5,
        "end_at": end_ms,
    }


def test_an_end_that_is_left_out_is_none(bus: Bus, db: Caller) -> None:
    atom_id = db("entry_schedule", title="t", start_epoch_ms=3)["atom_id"]
    assert (stored(bus, atom_id)["start_at"], stored(bus, atom_id)["end_at"]) == (3, None)


@pytest.mark.parametrize("text", ["", "  ", "\n\u3000\t", "\0", "a\ud800", "x" * 1_000_001])
def test_a_text_that_is_blank_or_cannot_be_kept_makes_nothing(bus: Bus, db: Caller, text: str) -> None:
    before = content(bus)
    assert db.code("entry_create_note", content=text) == "note_content_empty"
    assert db.code("entry_create_task", content=text) == "task_content_empty"
    assert db.code("entry_schedule", title=text, start_epoch_ms=5, end_epoch_ms=1) == "schedule_title_empty"
    assert content(bus) == before


def test_a_million_characters_are_kept_whatever_is_around_them(db: Caller) -> None:
    assert db("entry_create_note", content=" " * 10 + "x" * 1_000_000 + "\n")["atom_id"]


def test_an_end_before_the_start_makes_nothing(bus: Bus, db: Caller) -> None:
    before = content(bus)
    refusal = db.refusal("entry_schedule", title="t", start_epoch_ms=5, end_epoch_ms=4)
    assert refusal["code"] == "invalid_time_range"
    assert content(bus) == before


def test_each_call_makes_another_atom_and_neither_tag_nor_node(bus: Bus, db: Caller) -> None:
    assert db.task("same") != db.task("same")
    found = content(bus)
    assert len(found["lazynote_atoms"]) == 2
    assert not any(found[f"lazynote_{table}"] for table in ("tags", "atom_tags", "workspace_nodes"))
