"""What is wrong with files is told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bus.typesync.defects import Defect, defects
from bus.typesync.generated import Generated
from bus.typesync.manifest import Unreadable


@pytest.fixture
def commands(sample: Generated) -> dict[str, str]:
    return {command.key: command.plugin for command in sample.commands}


def test_what_was_written_has_no_defect(folder: Path, commands: dict[str, str]) -> None:
    assert defects(folder, commands) == []


def test_a_defect_is_told_by_file_and_line(folder: Path, commands: dict[str, str]) -> None:
    """Each is brought into one file by a change of its text; whatever is changed, the digest tells as well."""
    types, schemas, calls = "plugins/sample.ts", "plugins/sample.schema.json", "calls.ts"
    cases = [
        (types, "// generated, do not edit", "// edit", 1, "the header is missing"),
        (types, "manifest.json: ", "manifest.json: 0", 1, "the header is missing"),
        (types, "wait_ms: number", "wait_ms: any", None, "the type any checks nothing"),
        (types, "wait_ms: number", "wait_ms: Millis", None, "Millis is declared nowhere"),
        (types, "note: SampleNote;", "note: SampleNode;", None, "SampleNode is declared nowhere"),
        (
            types,
            "export type NoteGetV1Data =",
            "export type NoteEchoV1Args =",
            None,
            "NoteEchoV1Args is declared a second",
        ),
        (
            types,
            "export type NoteGetV1Data =",
            "export type NoteGotV1Data =",
            1,
            "the type NoteGetV1Data of the command",
        ),
        (types, "JsonValue }", "JsonVolume }", 3, "../wire.js has no JsonVolume"),
        (calls, "= keyof", "= any & keyof", None, "the type any checks nothing"),
        (calls, '"./wire.js"', '"./wires.js"', None, "./wires.js has no Envelope"),
        ("commands.ts", "args: NoteGetV1Args", "args: NoteGotV1Args", None, "NoteGotV1Args is declared nowhere"),
        (schemas, '"maxLength":100', '"maxLength":"100"', None, "no valid JSON Schema: '100' is not of type 'integer'"),
        (schemas, '"maximum":9,', '"maximum":"9",', None, "NoteCreateV2Args: no valid JSON Schema"),
        (schemas, '/$defs/Note"', '/$defs/Nobody"', None, "/$defs/Nobody leads nowhere"),
        (schemas, '"examples":[{', '"examples":[{"surplus":1,', None, "an example does not fit"),
        (schemas, '"$defs": {', '"$defs": [', 5, "no JSON"),
    ]
    for name, old, new, line, message in cases:
        kept = (folder / name).read_text()
        text = kept.replace(old, new, 1)
        assert text != kept, old
        (folder / name).write_text(text)
        changed_at = next(
            number
            for number, (one, other) in enumerate(zip(kept.split("\n"), text.split("\n"), strict=True), 1)
            if one != other
        )
        found = defects(folder, commands)
        expected = [one for one in found if message in one.message and one.file == name]
        assert expected, (old, new, found)
        assert expected[0].line == (line or changed_at), (old, new, expected)
        assert any("header" in one.message or "digest" in one.message for one in found), (old, new)
        (folder / name).write_text(kept)


def test_a_command_without_types_is_a_defect(folder: Path, commands: dict[str, str]) -> None:
    found = defects(folder, {**commands, "note_new@1": "sample"})
    assert found == [Defect("manifest.json", 1, "the command note_new@1 is missing")]


def test_another_manifest_makes_every_header_wrong(folder: Path, commands: dict[str, str]) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version":1', '"version":2', 1))
    found = defects(folder, commands)
    assert len(found) == len([path for path in folder.rglob("*.*") if path.is_file()]) - 1
    assert all(one.message.startswith("the header does not name the SHA-256 of manifest.json") for one in found)


def test_a_missing_file_is_no_defect_but_the_end(tmp_path: Path, folder: Path, commands: dict[str, str]) -> None:
    with pytest.raises(Unreadable, match=r"manifest\.json is missing"):
        defects(tmp_path, commands)
    (folder / "plugins" / "sample.ts").unlink()
    with pytest.raises(Unreadable, match=r"sample\.ts is missing or cannot be read .*; run `bus types sync`"):
        defects(folder, commands)
