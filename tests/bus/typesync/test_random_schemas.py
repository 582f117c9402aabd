"""Types of made-up schemas are those that json-schema-to-typescript makes of them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bus.typesync.declared import declare
from bus.typesync.documents import schema_document
from bus.typesync.exporting import ALWAYS, Exported
from bus.typesync.typescript import codes_module, plugin_module
from tests.bus.typesync.node import PLACE, PROGRAMS, compiled, run

#: With the kinds, keywords and names that contracts bring.
NAMES = ("id", "note_id", "isFlag", "b c", "class", "type", "title", "default", "any", "1st", "ß")
WORDS = ("red", "green", 'a "b"', "", "\\", "ü")


def schema(rng: random.Random, definitions: list[str], depth: int = 0) -> dict[str, Any]:
    """Any schema of a value."""
    simple = (_text, _choice, _number, _flag, _anything)
    nested = (_list, _object, _either, _entries) if depth < 3 else ()
    if definitions and rng.random() < 0.2:
        reference = {"$ref": f"#/$defs/{rng.choice(definitions)}"}
        return {"anyOf": [reference, {"type": "null"}]} if rng.random() < 0.3 else reference
    made = rng.choice((*simple, *nested))(rng, definitions, depth)
    if isinstance(made.get("type"), str) and "enum" not in made and rng.random() < 0.3:
        made["type"] = [made["type"], "null"]
    return made


def _text(rng: random.Random, *_: Any) -> dict[str, Any]:
    return {"type": "string", **rng.choice(({}, {"maxLength": 5}, {"format": "uuid", "default": "x"}))}


def _choice(rng: random.Random, *_: Any) -> dict[str, Any]:
    words = rng.sample(WORDS, rng.randint(1, 4))
    return (
        {"type": ["string", "null"], "enum": [*words, None]}
        if rng.random() < 0.3
        else {"type": "string", "enum": words}
    )


def _number(rng: random.Random, *_: Any) -> dict[str, Any]:
    return {"type": rng.choice(("integer", "number")), **rng.choice(({}, {"minimum": 0}))}


def _flag(*_: Any) -> dict[str, Any]:
    return {"type": "boolean"}


def _anything(rng: random.Random, *_: Any) -> dict[str, Any]:
    return rng.choice(({}, {"default": None}, {"type": "object"}))


def _list(rng: random.Random, definitions: list[str], depth: int) -> dict[str, Any]:
    return {"type": "array", "items": schema(rng, definitions, depth + 1), **rng.choice(({}, {"maxItems": 3}))}


def _entries(rng: random.Random, definitions: list[str], depth: int) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": schema(rng, definitions, depth + 1)}


def _either(rng: random.Random, definitions: list[str], depth: int) -> dict[str, Any]:
    return {"anyOf": [schema(rng, definitions, depth + 1) for _ in range(rng.randint(1, 3))]}


def _object(rng: random.Random, definitions: list[str], depth: int) -> dict[str, Any]:
    names = rng.sample(NAMES, rng.randint(1, 5))
    made: dict[str, Any] = {"type": "object", "additionalProperties": False}
    made["properties"] = {name: schema(rng, definitions, depth + 1) for name in names}
    return made | {"required": [name for name in names if rng.random() < 0.5]}


def document(rng: random.Random) -> dict[str, Any]:
    """A whole schema of arguments or data; its definitions refer to those before them."""
    definitions: dict[str, Any] = {}
    for name in rng.sample(("Note", "Author", "_Inner"), rng.randint(0, 3)):
        definitions[name] = _object(rng, [*definitions], 1)
    return {**_object(rng, [*definitions], 0), **({"$defs": definitions} if definitions else {})}


@pytest.mark.drill
def test_made_up_schemas_have_the_types_of_the_other_generator(tmp_path: Path, rng: random.Random) -> None:
    commands = [
        Exported(
            name=f"made_up_{number}",
            version=1,
            plugin="made",
            type_name=f"MadeUp{number}V1",
            is_newest=False,
            is_deprecated=False,
            is_queued=False,
            repeatable=ALWAYS,
            codes=(),
            shape={"args": document(rng), "data": document(rng)},
            sample=None,
        )
        for number in range(150)
    ]
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "made.ts").write_text(plugin_module(declare("made", commands)).text)
    (tmp_path / "plugins" / "made.schema.json").write_text(schema_document(commands, ""))
    (tmp_path / "codes.ts").write_text(codes_module(commands).text)
    wire = "export type JsonValue = unknown;\nexport type JsonObject = { [name: string]: unknown };\n"
    (tmp_path / "wire.ts").write_text(wire)
    ended = run(str(PROGRAMS / "peer.mjs"), str(PLACE / "package.json"), str(tmp_path))
    assert (ended.returncode, ended.stdout) == (0, "300\n"), ended.stderr
    assert compiled(tmp_path, files=["claims.ts"]) == ""
