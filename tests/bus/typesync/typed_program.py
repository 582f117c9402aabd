"""What a type checker lets pass and what it does not, beside the stubs of the sample domain: a fault ends in a mark."""

from __future__ import annotations

from typing import Literal, assert_type

from bus_commands import NoteCreateArgs, NoteGetV1ErrorCode, SampleNote, typed

from bus import Bus

bus = typed(Bus.open("sqlite://"))

made = bus.call("note_create", {"content": "tea", "parent_id": None}, idempotency_key="k")
assert made.data is not None
assert_type(made.data["note"], SampleNote)
assert_type(made.data["note"]["color"], Literal["red", "green"])
assert_type(made.data.get("hint"), str | None)
old = bus.call("note_create", {"content": "tea"}, version=1)
assert old.data is not None
assert_type(old.data["id"], str)
pinned = bus.call("note_create@1", {"content": "tea"})
assert pinned.data is not None
assert_type(pinned.data["id"], str)
assert_type(bus.call("note_get", {"note_id": ""}).code, NoteGetV1ErrorCode | None)
given: NoteCreateArgs = {"content": "tea", "color": "green", "author": {"name": "Ada", "email": None}}
bus.call("note_create", given)
bus.call("note_fail")
bus.call("note.pin-up", mode="queue", delay_ms=5)

bus.call("note_crate", {"content": "tea"})  # fault
bus.call("note_create", {})  # fault
bus.call("note_create")  # fault
bus.call("note_create", {"content": 3})  # fault
bus.call("note_create", {"content": "tea", "color": "blue"})  # fault
bus.call("note_create", {"content": "tea", "colour": "red"})  # fault
bus.call("note_create", {"content": None})  # fault
bus.call("note_create", {"content": "tea", "color": "red"}, version=1)  # fault
bus.call("note_create", {"content": "tea"}, version=3)  # fault
bus.call("note_create", {"content": "tea"}, mode="later")  # fault
bus.call("note_sweep")  # fault
made.data["nobody"]  # fault
