"""The whole set: every file with its text, from the contracts of a registry.

    index.ts, which exports client.ts codes.ts commands.ts …    for callers in TypeScript
    NAME.ts  NAME.schema.json, below plugins                    the types of one plugin
    python/bus_commands.py                                      for callers in Python
    manifest.json                                               what has been released

Not here: putting them on a disk (bus/typesync/writing.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bus.registry import Registry
from bus.typesync.declared import Declared, check_names, declare
from bus.typesync.documents import schema_document
from bus.typesync.exporting import Exported, export
from bus.typesync.header import digest, header
from bus.typesync.manifest import NAME, manifest_text
from bus.typesync.python import stubs
from bus.typesync.typescript import codes_module, commands_module, plugin_module

ASSETS = Path(__file__).parent / "assets"
#: Where the stubs for Python are.
STUBS = "python/bus_commands.py"
#: Names that the files have besides those of the client.
_OF_LANGUAGES = frozenset(
    {"BusErrorCode", "COMMANDS", "CommandFacts", "CommandMap", "CommandName", "CommandVersions", "ErrorCode"}
    | {"Error", "JSON", "Map", "Math", "Number", "Object", "Promise", "Record", "Response"}
    | {"Answer", "Any", "Commands", "Literal", "NotRequired", "Options", "Protocol", "TypedDict", "Unpack"}
)
_COMMENT = {".ts": "//", ".py": "#"}
_IMPORT = re.compile(r"^(?:import|export \*) [^;]+;\n", re.MULTILINE)
_NOTE = re.compile(r'"\$comment": "[^"\n]*"')
_DECLARED = re.compile(
    r"^(?:export )?(?:declare |async )?(?:type|interface|class|const|let|function) (\w+)", re.MULTILINE
)


@dataclass(frozen=True)
class Generated:
    """What the contracts look like to callers."""

    commands: list[Exported]
    #: Name below the folder -> text, the manifest last.
    files: dict[str, str]

    @property
    def shapes(self) -> dict[str, dict[str, object]]:
        """``name@version`` -> shape."""
        return {command.key: command.shape for command in self.commands}


def generate(registry: Registry) -> Generated:
    """The set of files for all commands that callers may know.

    Raises:
        NotExportable: a contract has no types in another language; the message names it.
    """
    commands = export(registry)
    taken = _OF_LANGUAGES.union(_names_in(_assets().values()))
    parts = _parts(commands, taken)
    check_names(parts, taken)
    bodies = {**_assets(), **_typescript(commands, parts), STUBS: stubs(parts)}
    digests = {name: digest(body) for name, body in bodies.items()}
    documents = {part.plugin: [command for command, _, _ in part.commands] for part in parts}
    digests |= {_document_of(plugin): digest(schema_document(of, "")) for plugin, of in documents.items()}
    manifest = manifest_text(commands, digests)
    line = header(digest(manifest))
    files = {name: f"{_COMMENT[Path(name).suffix]} {line}\n{body}" for name, body in bodies.items()}
    files |= {_document_of(plugin): schema_document(of, line) for plugin, of in documents.items()}
    return Generated(commands, {**dict(sorted(files.items())), NAME: manifest})


def in_one_file(generated: Generated) -> str:
    """All of the TypeScript as one module."""
    names = [name for name in generated.files if name.endswith(".ts")]
    line = generated.files[names[0]].partition("\n")[0]
    bodies = [generated.files[name].partition("\n")[2] for name in names]
    return "\n".join([line, *(_IMPORT.sub("", body).strip("\n") + "\n" for body in bodies)])


def below_header(name: str, text: str) -> str:
    """What the manifest has the digest of."""
    if name.endswith(".json"):
        return _NOTE.sub('"$comment": ""', text, count=1)
    return text.partition("\n")[2]


def _parts(commands: Iterable[Exported], taken: Collection[str]) -> list[Declared]:
    by_plugin = sorted(commands, key=lambda command: command.plugin)
    return [declare(plugin, of, taken) for plugin, of in groupby(by_plugin, key=lambda command: command.plugin)]


def _typescript(commands: list[Exported], parts: list[Declared]) -> dict[str, str]:
    texts = {f"plugins/{part.plugin}.ts": plugin_module(part).text for part in parts}
    return {**texts, "codes.ts": codes_module(commands).text, "commands.ts": commands_module(parts).text}


def _assets() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.ts"))}


def _names_in(texts: Iterable[str]) -> list[str]:
    return [name for text in texts for name in _DECLARED.findall(text)]


def _document_of(plugin: str) -> str:
    return f"plugins/{plugin}.schema.json"
