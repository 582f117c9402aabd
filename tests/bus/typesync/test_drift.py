"""Each change of a contract that callers notice is drift, with its place, and told to break them or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bus.typesync.drift import breaks, drift
from bus.typesync.generated import Generated, generate
from bus.typesync.manifest import Unreadable
from bus.typesync.writing import write
from tests.bus.typesync.notes import changed, registry_of

BREAKING = True
CONTENT = "content = fields.Text(required=True, validate=Length(max=100))\n        color"
HINT = "hint = fields.Text()"
WITHOUT_ECHO = ((" NoteEcho,", ""), ("@sample.handles(NoteEcho)\n", ""))
NOTE_ID = 'note_id = fields.Id(required=True, code="invalid_note_id")'

#: What is changed -> kind, command, path and whether it breaks callers, of every change that is found.
CHANGES = {
    "a command is removed": (WITHOUT_ECHO, [("command.removed", "note_echo@1", "", BREAKING)]),
    "a command is renamed": (
        (('"note_echo"', '"note_repeat"'),),
        [("command.added", "note_repeat@1", "", False), ("command.removed", "note_echo@1", "", BREAKING)],
    ),
    "a version is removed": (
        (("[NoteCreate1, ", "["),),
        [("command.version_removed", "note_create@1", "", BREAKING)],
    ),
    "an optional argument is added": (
        (("        two = ", "        three = fields.Text()\n        two = "),),
        [("args.member_added", "note_echo@1", "three", False)],
    ),
    "an argument is removed": (
        (('        slug = fields.Text(load_default="", validate=Regexp("[a-z]*$"))\n', ""), (" slug,", "")),
        [("args.member_removed", "note_create@2", "slug", BREAKING)],
    ),
    "an argument is renamed": (
        (("        one = ", "        uno = "),),
        [("args.member_added", "note_echo@1", "uno", False), ("args.member_removed", "note_echo@1", "one", BREAKING)],
    ),
    "a member of the answer is added": (
        ((HINT, HINT + "\n        more = fields.Text()"),),
        [("data.member_added", "note_create@2", "more", False)],
    ),
    "a member of the answer is removed": (
        ((HINT, "pass"),),
        [("data.member_removed", "note_create@2", "hint", BREAKING)],
    ),
    "a code is added": (
        (
            (
                "effect = LOCAL, READ\n    errors = (NoteNotFound,)",
                "effect = LOCAL, READ\n    errors = (NoteNotFound, NoteScolded)",
            ),
        ),
        [("codes.added", "note_get@1", "", False)],
    ),
    "a code is removed": (
        (("effect = LOCAL, READ\n    errors = (NoteNotFound,)", "effect = LOCAL, READ"),),
        [("codes.removed", "note_get@1", "", BREAKING)],
    ),
    "the code of an argument is changed": (
        ((NOTE_ID, NOTE_ID.replace("invalid_note_id", "bad_note_id")),),
        [("args.code_changed", "note_get@1", "note_id", BREAKING)],
    ),
    "a type is changed": (
        (("wait_ms = fields.Int64(required=True)", "wait_ms = fields.Text(required=True)"),),
        [("args.changed", "note_wait@1", "wait_ms", BREAKING)],
    ),
    "null is refused": (
        (
            ("fields.Nested(Author, load_default=None, allow_none=True)", "fields.Nested(Author)"),
            (" author):", " author=None):"),
        ),
        [
            ("args.default_changed", "note_create@2", "author", False),
            ("args.null_refused", "note_create@2", "author", BREAKING),
        ],
    ),
    "an answer may be null": (
        (("waited_ms = fields.Int64(required=True)", "waited_ms = fields.Int64(required=True, allow_none=True)"),),
        [("data.null_allowed", "note_wait@1", "waited_ms", BREAKING)],
    ),
    "an argument is required": (
        (('color = fields.Text(load_default="red", ', "color = fields.Text(required=True, "),),
        [
            ("args.default_changed", "note_create@2", "color", False),
            ("args.made_required", "note_create@2", "color", BREAKING),
        ],
    ),
    "an argument may be left out": (
        (
            (NOTE_ID, NOTE_ID.replace("required=True, ", "")),
            ("def note_get(ctx, note_id)", "def note_get(ctx, **given)"),
        ),
        [("args.made_optional", "note_get@1", "note_id", False)],
    ),
    "a choice is added to arguments": (
        (('load_default="red", validate=OneOf(["red", ', 'load_default="red", validate=OneOf(["red", "blue", '),),
        [("args.widened", "note_create@2", "color", False)],
    ),
    "a choice is removed from arguments": (
        (('load_default="red", validate=OneOf(["red", "green"])', 'load_default="red", validate=OneOf(["red"])'),),
        [("args.narrowed", "note_create@2", "color", BREAKING)],
    ),
    "a choice is added to answers": (
        (
            (
                'color = fields.Text(required=True, validate=OneOf(["red", ',
                'color = fields.Text(required=True, validate=OneOf(["red", "blue", ',
            ),
        ),
        [("data.widened", key, "note.color", BREAKING) for key in ("note_create@2", "note_get@1")],
    ),
    "a limit is lowered": (
        ((CONTENT, CONTENT.replace("100", "50")),),
        [("args.narrowed", "note_create@2", "content", BREAKING)],
    ),
    "a limit is raised": (
        ((CONTENT, CONTENT.replace("100", "200")),),
        [("args.widened", "note_create@2", "content", False)],
    ),
    "a pattern is changed": (
        (('Regexp("[a-z]*$")', 'Regexp("[a-y]*$")'),),
        [("args.changed", "note_create@2", "slug", BREAKING)],
    ),
    "a default is changed": (
        (('slug = fields.Text(load_default=""', 'slug = fields.Text(load_default="a"'),),
        [("args.default_changed", "note_create@2", "slug", False)],
    ),
    "fewer may call it": (
        (('roles("admin", "owner")', 'roles("admin")'),),
        [("access.narrowed", "note_unlock@1", "", BREAKING)],
    ),
    "what hurts jobs and no callers": (
        (("QueuePolicy(by_default=True)", 'QueuePolicy(by_default=True, name="walls")'),),
        [("manner.queue_renamed", "note.pin-up@1", "", False)],
    ),
    "more may call it": (
        (('roles("admin", "owner")', 'roles("admin", "owner", "viewer")'),),
        [("access.widened", "note_unlock@1", "", False)],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_found(folder: Path, what: str) -> None:
    pairs, expected = CHANGES[what]
    after = generate(registry_of(changed(*pairs)))
    found = drift(folder, after)
    told = [(one.kind, f"{one.command}@{one.version}", one.path, one.breaking) for one in found]
    assert sorted(told) == sorted(expected)
    assert all(one.sentence for one in found)
    assert breaks(folder, after) == [one for one in found if one.breaking]


def test_a_command_that_is_new_breaks_nobody(tmp_path: Path) -> None:
    before, after = generate(registry_of(changed(*WITHOUT_ECHO))), generate(registry_of())
    _ = [*write(tmp_path, before.files)]
    assert [(one.kind, one.command, one.breaking) for one in drift(tmp_path, after)] == [
        ("command.added", "note_echo", False)
    ]


def test_nothing_is_found_where_nothing_has_changed(folder: Path, sample: Generated) -> None:
    """Also not when lines end as on another system."""
    assert drift(folder, sample) == []
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert drift(folder, sample) == []


def test_what_somebody_wrote_is_found(folder: Path, sample: Generated) -> None:
    for name in ("plugins/sample.ts", "plugins/sample.schema.json", "client.ts", "python/bus_commands.py"):
        kept = (folder / name).read_text()
        without_header = kept.replace("generated, do not edit", "edit")
        for text in (kept.replace("Envelope", "Umschlag").replace("NoteGet", "NoteRead"), f"{kept}\n", without_header):
            (folder / name).write_text(text)
            assert [(one.kind, one.path) for one in drift(folder, sample)] == [("file.edited", name)]
        (folder / name).write_text(kept)
    assert drift(folder, sample) == []


def test_an_edited_manifest_is_found(folder: Path, sample: Generated) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version":1', '"version": 1'))
    assert [(one.kind, one.path) for one in drift(folder, sample)] == [("file.edited", "manifest.json")]


def test_a_stale_file_is_found(folder: Path, sample: Generated) -> None:
    (folder / "plugins" / "gone.ts").write_text((folder / "plugins" / "bus.ts").read_text())
    assert [(one.kind, one.path) for one in drift(folder, sample)] == [("file.stale", "plugins/gone.ts")]


def test_what_another_release_of_the_bus_wrote_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = generate(registry_of())
    monkeypatch.setattr("bus.typesync.generated._assets", lambda: {"wire.ts": "export type Old = 1;\n"})
    _ = [*write(tmp_path, generate(registry_of()).files)]
    found = {(one.kind, one.path) for one in drift(tmp_path, now)}
    assert {("file.outdated", "wire.ts"), ("file.missing", "client.ts")} <= found
    assert {kind for kind, _ in found} == {"file.outdated", "file.missing"}


def test_without_its_files_nothing_can_be_told(tmp_path: Path, folder: Path, sample: Generated) -> None:
    with pytest.raises(Unreadable, match=r"manifest\.json is missing"):
        drift(tmp_path / "nowhere", sample)
    (folder / "client.ts").unlink()
    with pytest.raises(Unreadable, match=r"client\.ts is missing"):
        drift(folder, sample)
    for text in ("{", "[]", "{}", '{"$comment": "generated, do not edit (bus types sync)", "commands": 1}'):
        (folder / "manifest.json").write_text(text)
        with pytest.raises(Unreadable, match=r"^manifest\.json (is no|was not|lacks)"):
            drift(folder, sample)
