"""Types in TypeScript: one module a plugin, and one that maps every command to its types.

Not here: what the types are (bus/typesync/declared.py), the code of the client (bus/typesync/assets).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bus.typesync import model
from bus.typesync.declared import Declared
from bus.typesync.exporting import ALWAYS, NEVER, WITH_KEY, Exported, bus_codes
from bus.typesync.model import Type
from bus.typesync.naming import camel

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_STRICTER = (ALWAYS, WITH_KEY, NEVER)
_OF_WIRE = ("JsonObject", "JsonValue")


@dataclass(frozen=True)
class Module:
    """One file: what it takes from other files, and what it says."""

    #: Module -> names of types.
    imports: dict[str, list[str]]
    body: str

    @property
    def text(self) -> str:
        """The whole file, without its header."""
        lines = [f'import type {{ {", ".join(names)} }} from "{path}";\n' for path, names in self.imports.items()]
        return "".join([*lines, "\n" if lines else "", self.body])


def plugin_module(part: Declared) -> Module:
    """The types of one plugin's commands."""
    declarations = [_declaration(name, spelled(found)) for name, found in part.nested.items()]
    for command, args, data in part.commands:
        declarations += _of_command(command, args, data)
    body = "\n".join(declarations)
    used = [name for name in _OF_WIRE if re.search(rf"\b{name}\b", body)]
    imports = {"../codes.js": ["BusErrorCode"], "../wire.js": used}
    return Module({path: names for path, names in imports.items() if names}, body)


def codes_module(commands: Iterable[Exported]) -> Module:
    """The codes of the bus, and all there are."""
    own = sorted({code for command in commands for code in command.codes} - {*bus_codes()})
    declarations = [
        _declaration("BusErrorCode", _one_of(bus_codes())),
        _declaration("ErrorCode", " | ".join(["BusErrorCode", *map(_quoted, own)])),
    ]
    return Module({}, "\n".join(declarations))


def commands_module(parts: Sequence[Declared]) -> Module:
    """Every command with its types, and what a client has to know of it when it runs."""
    commands = sorted(
        (command for part in parts for command, _, _ in part.commands), key=lambda one: (one.name, one.version)
    )
    newest = [command for command in commands if command.is_newest]
    imports = {
        f"./plugins/{part.plugin}.js": [f"{c.type_name}{end}" for c, _, _ in part.commands for end in _ENDS]
        for part in parts
    }
    if any(command.is_queued for command in commands):
        imports["./wire.js"] = ["Queued"]
    body = "\n".join(
        [
            _declaration("CommandName", _one_of([command.name for command in newest])),
            _interface("CommandMap", [_entry(command) for command in newest]),
            _interface("CommandVersions", [_versions(one.name, commands) for one in newest]),
            _declaration("CommandFacts", '{ version: number; repeatable: "always" | "with key" | "never" }'),
            "/** The version that each command has here, and whether a call may be sent again. */\n"
            "export const COMMANDS: { readonly [N in CommandName]: CommandFacts } = {\n"
            + "".join(_facts(one, commands) for one in newest)
            + "};\n",
        ]
    )
    return Module(imports, body)


def spelled(found: Type, indent: str = "") -> str:
    """A type as an expression.

    Args:
        found: which.
        indent: what the lines of a type over several lines begin with.
    """
    match found:
        case model.Anything():
            return "JsonValue"
        case model.Primitive(name):
            return _PRIMITIVES[name]
        case model.Literals(values):
            return " | ".join(map(_quoted, values)) or "never"
        case model.Named(name):
            return name
        case model.Items(item):
            text = spelled(item, indent)
            return f"({text})[]" if isinstance(item, model.Union | model.Literals) else f"{text}[]"
        case model.Entries(model.Anything()):
            return "JsonObject"
        case model.Entries(value):
            return f"{{ [name: string]: {spelled(value, indent)} }}"
        case model.Record(members):
            return _record(members, indent)
        case model.Union(options):
            return " | ".join(spelled(option, indent) for option in options)


_ENDS = ("Args", "Data", "ErrorCode")


def _record(members: tuple[model.Member, ...], indent: str) -> str:
    if not members:
        return "Record<string, never>"
    inner = f"{indent}  "
    lines = [
        f"{inner}{_member(member.name)}{'' if member.is_required else '?'}: {spelled(member.type, inner)};\n"
        for member in members
    ]
    return f"{{\n{''.join(lines)}{indent}}}"


def _of_command(command: Exported, args: Type, data: Type) -> list[str]:
    """The types of one version, and the names without a version if it is the newest."""
    start = command.type_name
    texts = (spelled(args), spelled(data), " | ".join(["BusErrorCode", *map(_quoted, command.codes)]))
    mark = "/** @deprecated */\n" if command.is_deprecated else ""
    found = [mark + _declaration(f"{start}{end}", text) for end, text in zip(_ENDS, texts, strict=True)]
    if command.is_newest:
        found.append("".join(mark + _declaration(f"{camel(command.name)}{end}", f"{start}{end}") for end in _ENDS))
    return found


def _versions(name: str, commands: Iterable[Exported]) -> str:
    lines = "".join(f"    {c.version}: {{ {_types(c)} }};\n" for c in commands if c.name == name)
    return f"{_member(name)}: {{\n{lines}  }}"


def _entry(command: Exported) -> str:
    return f"{_member(command.name)}: {{ {_types(command)}; version: {command.version} }}"


def _types(command: Exported) -> str:
    start = command.type_name
    returned = f"Queued<{start}Data>" if command.is_queued else f"{start}Data"
    return f"args: {start}Args; data: {start}Data; code: {start}ErrorCode; returns: {returned}"


def _facts(newest: Exported, commands: Iterable[Exported]) -> str:
    """What holds for a command in whatever version it is called."""
    strictest = max((one.repeatable for one in commands if one.name == newest.name), key=_STRICTER.index)
    return f'  {_member(newest.name)}: {{ version: {newest.version}, repeatable: "{strictest}" }},\n'


def _interface(name: str, lines: Iterable[str]) -> str:
    return f"export interface {name} {{\n{''.join(f'  {line};{chr(10)}' for line in lines)}}}\n"


def _declaration(name: str, text: str) -> str:
    return f"export type {name} = {text};\n"


def _one_of(values: Iterable[str]) -> str:
    return " | ".join(map(_quoted, values)) or "never"


def _member(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else _quoted(name)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
