"""``atom_update_status``."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from bus.testing import FakeClock
from tests.plugins.lazynote.caller import NIL, Caller
from tests.plugins.lazynote.watching import content, delete_atom, stored

if TYPE_CHECKING:
    from bus.application import Bus

STATUSES = [None, "todo", "in_progress", "done", "cancelled"]


@pytest.mark.parametrize("kind", ["note", "task", "event"])
def test_every_status_follows_every_other_and_only_a_change_is_one(
    bus: Bus, db: Caller, clock: FakeClock, kind: str
) -> None:
    atom_id = {"note": db.note, "task": db.task, "event": lambda: db.event(1, 2)}[kind]()
    for before, after in itertools.product(STATUSES, STATUSES):
        db("atom_update_status", atom_id=atom_id, status=before)
        row = stored(bus, atom_id)
        assert row["task_status"] == before
        clock.advance(5)
        assert db("atom_update_status", atom_id=atom_id, status=after) == {"atom_id": atom_id}
        expected = row if before == after else row | {"task_status": after, "updated_at": clock.now_ms()}
        assert stored(bus, atom_id) == expected


@pytest.mark.parametrize("status", ["", " ", "Done", "todo ", "TODO", "in-progress", "null", "\0"])
def test_another_word_is_no_status(bus: Bus, db: Caller, status: str) -> None:
    atom_id = db.task()
    before = content(bus)
    assert db.code("atom_update_status", atom_id=atom_id, status=status) == "invalid_status"
    assert content(bus) == before


def test_a_status_is_never_cleared_by_forgetting_it(db: Caller) -> None:
    atom_id = db.task()
    assert db.code("atom_update_status", atom_id=atom_id) == "VALIDATION_ERROR"
    assert db("tasks_list_inbox")["items"][0]["task_status"] == "todo"


def test_what_is_missing_or_deleted_is_not_found(bus: Bus, db: Caller) -> None:
    gone = db.task()
    delete_atom(bus, gone)
    for atom_id in (gone, NIL):
        for status in ("done", "todo", None):
            refusal = db.refusal("atom_update_status", atom_id=atom_id, status=status)
            assert (refusal["code"], refusal["details"]) == ("atom_not_found", {"atom_id": atom_id})
    assert db.code("atom_update_status", atom_id="nope", status="nope") == "invalid_atom_id"
    assert db.code("atom_update_status", atom_id=NIL, status="nope") == "invalid_status"
