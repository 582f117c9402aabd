"""What the files say: names, types, codes, headers; the same for the same contracts."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from bus.typesync.generated import Generated, generate, in_one_file
from bus.typesync.model import Named, read
from bus.typesync.naming import NotExportable
from bus.typesync.python import spelled as in_python
from bus.typesync.typescript import spelled as in_typescript
from tests.bus.typesync.notes import changed, registry_of


def of_plugin(generated: Generated) -> str:
    return generated.files["plugins/sample.ts"]


def declaration(text: str, name: str) -> str:
    found = re.search(rf"export type {name} = (.*?;)\n(?:\n|\Z)", text, re.DOTALL)
    assert found, name
    return found[1]


def test_each_version_has_its_types_and_the_newest_stands_without_a_number(sample: Generated) -> None:
    text = of_plugin(sample)
    assert declaration(text, "NoteCreateV1Args") == "{\n  content: string;\n};"
    assert declaration(text, "NoteCreateV2Args") == (
        "{\n  author?: SampleAuthor | null;\n"
        '  color?: "red" | "green";\n'
        "  content: string;\n"
        "  extra?: JsonValue;\n"
        "  parent_id?: string | null;\n"
        "  places?: number[];\n"
        "  slug?: string;\n};"
    )
    assert "export type NoteCreateArgs = NoteCreateV2Args;" in text
    assert declaration(text, "NoteCreateV2ErrorCode") == 'BusErrorCode | "invalid_note_id" | "note_not_found";'
    assert declaration(text, "NotePinUpV1Args") == "Record<string, never>;"
    assert "/** @deprecated */\nexport type NoteCreateV1Args" in text
    assert "/** @deprecated */\nexport type NoteCreateV2Args" not in text


def test_a_nested_object_has_one_type_wherever_it_looks_the_same(sample: Generated) -> None:
    text = of_plugin(sample)
    assert text.count("export type SampleNote = ") == text.count("export type SampleAuthor = ") == 1
    assert declaration(text, "NoteGetV1Data") == "{\n  note: SampleNote;\n};"
    differing = generate(
        registry_of(changed(("    name = fields.Text(required=True)\n", "    name = fields.Text()\n")))
    )
    assert declaration(of_plugin(differing), "SampleAuthor").count("name?: string") == 1
    only_given = ("name = fields.Text(required=True)\n", 'name = fields.Text(load_default="", dump_default="")\n')
    by_side = of_plugin(generate(registry_of(changed(only_given))))
    assert "  name?: string;" in declaration(by_side, "NoteCreateV2ArgsAuthor")
    assert "  name: string;" in declaration(by_side, "SampleAuthor")


def test_a_nested_object_may_be_called_like_something_else() -> None:
    """A class named after its plugin keeps its name, unless that means something already."""
    for plugin, cls, expected in (
        ("not", "Note", "Note"),
        ("transport", "Transport", "TransportTransport"),
        ("record", "Record", "RecordRecord"),
    ):
        words = ("class Note(Schema)", f"class {cls}(Schema)"), ("Nested(Note,", f"Nested({cls},")
        source = changed(*words, ('Plugin("sample"', f'Plugin("{plugin}"'))
        text = generate(registry_of(source)).files[f"plugins/{plugin}.ts"]
        assert declaration(text, "NoteGetV1Data") == f"{{\n  note: {expected};\n}};"


def test_a_new_version_renames_no_type(sample: Generated) -> None:
    """Its own look of a nested object has another name, also when more commands have it than the one before."""
    newer = """
class Starred(Schema):
    note = fields.Nested(type("Note", (Note,), {"stars": fields.Int64(required=True)}), required=True)


class NoteGet2(NoteGet):
    version, Result = 2, Starred


class NoteFail2(NoteFail):
    version, Result = 2, Starred


class NoteScold2(NoteScold):
    version, Result = 2, Starred


CONTRACTS = [NoteFail2, NoteGet2, NoteScold2, """
    after = of_plugin(generate(registry_of(changed(("CONTRACTS = [", newer)))))
    assert declaration(after, "SampleNote") == declaration(of_plugin(sample), "SampleNote")
    assert "  stars: number;" in declaration(after, "NoteFailV2DataNote")
    assert declaration(after, "NoteGetV2Data") == "{\n  note: NoteFailV2DataNote;\n};"


def test_a_command_of_its_own_look_renames_no_type(sample: Generated) -> None:
    """Among looks of one version, the one that more places have keeps the name."""
    pin = 'name, version = "note.pin-up", 1\n'
    result = """

    class Result(Schema):
        note = fields.Nested(type("Note", (Note,), {"stars": fields.Int64(required=True)}), required=True)

"""
    after = of_plugin(generate(registry_of(changed((pin, pin + result)))))
    assert declaration(after, "SampleNote") == declaration(of_plugin(sample), "SampleNote")
    assert declaration(after, "NotePinUpV1Data") == "{\n  note: NotePinUpV1DataNote;\n};"


def test_a_call_is_repeated_only_where_every_version_may_be() -> None:
    before, now = '    deprecated = "use version 2"\n', "access, effect = LOCAL, WRITE\n    errors = (NoteNotFound,)"
    reads, secret = now.replace("WRITE", "READ"), before + "    secret = True\n"
    for pairs, expected in (([(now, reads)], "with key"), ([(before, secret)], "never")):
        text = generate(registry_of(changed(*pairs))).files["commands.ts"]
        assert f'note_create: {{ version: 2, repeatable: "{expected}" }}' in text


def test_every_command_is_mapped_and_those_inside_are_not_told(sample: Generated) -> None:
    text = sample.files["commands.ts"]
    assert '"note.pin-up": { args: NotePinUpV1Args; data: NotePinUpV1Data;' in text
    assert 'note_create: { version: 2, repeatable: "with key" }' in text
    assert 'note_get: { version: 1, repeatable: "always" }' in text
    assert 'note_unlock: { version: 1, repeatable: "never" }' in text
    assert "job_get: " in text
    assert not [name for name, file in sample.files.items() if "note_sweep" in file or "NoteSweep" in file]


def test_types_are_spelled_in_both_languages() -> None:
    cases = [
        ({}, "JsonValue", "JsonValue"),
        (True, "JsonValue", "JsonValue"),
        ({"type": ["array", "boolean", "number", "object", "string"]}, "JsonValue", "JsonValue"),
        ({"type": "object"}, "JsonObject", "dict[str, JsonValue]"),
        ({"type": "integer"}, "number", "int"),
        ({"type": ["number", "null"]}, "number | null", "float | None"),
        ({"type": ["string", "null"], "enum": ["b", "a", None]}, '"b" | "a" | null', 'Literal["b", "a"] | None'),
        ({"const": 1.5}, "1.5", "float"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "(string | null)[]", "list[str | None]"),
        ({"type": "array"}, "JsonValue[]", "list[JsonValue]"),
        ({"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/A"}}}, "A[][]", "list[list[A]]"),
        ({"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]}, "A | null", "A | None"),
        ({"anyOf": [{"type": "string"}, {}]}, "JsonValue", "JsonValue"),
        (
            {"type": "object", "additionalProperties": {"type": "boolean"}},
            "{ [name: string]: boolean }",
            "dict[str, bool]",
        ),
        ({"type": "object", "additionalProperties": False}, "Record<string, never>", "dict[str, JsonValue]"),
        ({"type": "object", "properties": {"b c": {}}}, '{\n  "b c"?: JsonValue;\n}', "dict[str, JsonValue]"),
    ]
    for schema, typescript, python in cases:
        found = read(schema, Named)
        assert (in_typescript(found), in_python(found)) == (typescript, python), schema


def test_the_same_contracts_give_the_same_bytes(sample: Generated) -> None:
    """Also when Python declares them in another order and describes them in other words."""
    reordered = changed(
        ("[NoteCreate1, NoteCreate, NoteGet,", "[NoteGet, NoteCreate, NoteCreate1,"),
        (
            "    id = fields.Id(required=True)\n    content = fields.Text(required=True)\n",
            "    content = fields.Text(required=True)\n    id = fields.Id(required=True)\n",
        ),
        ('"""Who wrote it."""', '"""Somebody."""'),
        ('"""Read a note."""', '"""Look at a note."""'),
        (
            "content = fields.Text(required=True, validate=Length(max=100))",
            'content = fields.Text(required=True, validate=Length(max=100), metadata={"description": "What it says."})',
        ),
    )
    assert generate(registry_of(reordered)).files == sample.files


def test_files_are_plain_text_and_name_their_manifest(sample: Generated) -> None:
    digest = hashlib.sha256(sample.files["manifest.json"].encode()).hexdigest()
    assert list(sample.files)[-1] == "manifest.json"
    for name, text in sample.files.items():
        assert re.search(r"[^\n]\n\Z", text), name
        assert "\r" not in text, name
        first = "".join(text.splitlines()[:2])
        assert "generated, do not edit" in first, name
        assert name == "manifest.json" or digest in first, name
        if name.endswith(".json"):
            json.loads(text)


def test_documents_hold_what_types_leave_out(sample: Generated) -> None:
    entries = json.loads(sample.files["plugins/sample.schema.json"])["$defs"]
    properties = entries["NoteCreateV2Args"]["properties"]
    assert properties["content"]["maxLength"] == 100
    assert properties["color"]["default"] == "red"
    assert properties["parent_id"]["x-code"] == "invalid_note_id"
    assert properties["places"]["items"]["maximum"] == 9
    assert entries["NoteGetV1Args"]["examples"]


def test_one_file_holds_all_of_it(sample: Generated) -> None:
    text = in_one_file(sample)
    assert "import " not in text.replace("/**", "")
    assert text.count("generated, do not edit") == 1
    for name in ("NoteCreateV2Args", "SampleNote", "CommandName", "JobGetArgs", "Envelope"):
        assert len(re.findall(rf"^export type {name}\b", text, re.MULTILINE)) == 1, name


def test_what_has_no_types_is_named() -> None:
    with pytest.raises(NotExportable, match=r"^日本: no type can be named after it"):
        generate(registry_of(changed(('"note_echo"', '"日本"'))))
    with pytest.raises(NotExportable, match=r"the plugin sample needs the type NotePinUpV1Args"):
        generate(registry_of(changed(('"note_echo"', '"note_pin.up"'))))
    with pytest.raises(NotExportable, match=r"needs the type BusErrorCode, which the set itself has"):
        generate(registry_of(changed(('"note_echo"', '"bus"'))))
    broken = changed(
        ("class Author(Schema):", "class Author(Schema):\n    def __init__(self, **_):\n        raise KeyError(1)\n")
    )
    with pytest.raises(NotExportable, match=r"^note_create@2 of the plugin sample: KeyError"):
        generate(registry_of(broken))
