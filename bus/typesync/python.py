"""Stubs for callers in Python: a ``TypedDict`` for arguments and data of each version, and typed calls.

    bus = typed(Bus.open())
    bus.call("note_create", {"content": 3})     # a type checker says what is wrong

Nothing of it checks anything when it runs.

Not here: what the types are (bus/typesync/declared.py).
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Sequence

from bus.typesync import model
from bus.typesync.declared import Declared
from bus.typesync.exporting import Exported, bus_codes
from bus.typesync.model import Type
from bus.typesync.naming import camel

_PRIMITIVES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

_HEAD = '''# ruff: noqa: D101, D102, E501, INP001, N, UP013
# fmt: off
"""Types of commands, for type checkers."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, Protocol, TypeAlias, TypedDict, TypeVar, Unpack, overload

#: Any JSON value.
JsonValue: TypeAlias = Any

Data_co = TypeVar("Data_co", covariant=True)
Code_co = TypeVar("Code_co", covariant=True)

'''

_CALLS = '''
class Options(TypedDict, total=False):
    """How a command is called, beside its arguments."""

    session_token: str | None
    correlation_id: str | None
    idempotency_key: str | None
    mode: Literal["sync", "queue"] | None
    delay_ms: int | None
    run_at: int | None
    priority: int | None


class Answer(Protocol[Data_co, Code_co]):
    """An envelope."""

    @property
    def ok(self) -> bool: ...
    @property
    def command(self) -> str | None: ...
    @property
    def version(self) -> int | None: ...
    @property
    def data(self) -> Data_co | None: ...
    @property
    def code(self) -> Code_co | None: ...
    @property
    def error(self) -> dict[str, Any] | None: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def correlation_id(self) -> str: ...
    @property
    def job(self) -> dict[str, Any] | None: ...


def typed(caller: Any) -> Commands:
    """The same bus or client; type checkers know its commands."""
    return caller


class Commands(Protocol):
    """Whatever answers commands."""

'''


def stubs(parts: Sequence[Declared]) -> str:
    """The module, without its header."""
    texts = [_HEAD, f"BusErrorCode: TypeAlias = {_literal(bus_codes())}\n"]
    for part in parts:
        texts += [_declaration(name, found) for name, found in part.nested.items()]
        for command, args, data in part.commands:
            texts += [_declaration(f"{command.type_name}Args", args), _declaration(f"{command.type_name}Data", data)]
            texts.append(_names(command))
    texts.append(_CALLS)
    calls = [call for part in parts for command, args, _ in part.commands for call in _calls(command, args)]
    mark = "    @overload\n" if len(calls) > 1 else ""
    texts += [f"{mark}    {call}\n" for call in calls] or ["    pass\n"]
    return "".join(texts)


def _names(command: Exported) -> str:
    """The codes of a version, and the names without a version if it is the newest."""
    codes = f"BusErrorCode | {_literal(command.codes)}" if command.codes else "BusErrorCode"
    lines = [f"{command.type_name}ErrorCode: TypeAlias = {codes}\n"]
    if command.is_newest:
        start = camel(command.name)
        lines += [f"{start}{end}: TypeAlias = {command.type_name}{end}\n" for end in ("Args", "Data", "ErrorCode")]
    return "".join(lines)


def _declaration(name: str, found: Type) -> str:
    if not isinstance(found, model.Record):
        return f"{name}: TypeAlias = {_quoted(spelled(found))}\n"
    if all(_is_plain(member.name) for member in found.members):
        lines = [f"    {member.name}: {_member(member)}\n" for member in found.members] or ["    pass\n"]
        return f"\nclass {name}(TypedDict):\n{''.join(lines)}\n"
    pairs = ", ".join(f"{_quoted(member.name)}: {_quoted(_member(member))}" for member in found.members)
    return f"\n{name} = TypedDict({_quoted(name)}, {{{pairs}}})\n"


def spelled(found: Type) -> str:
    """A type as an annotation."""
    match found:
        case model.Anything():
            return "JsonValue"
        case model.Primitive(name):
            return _PRIMITIVES[name]
        case model.Literals(values):
            return _one_of(values)
        case model.Named(name):
            return name
        case model.Items(item):
            return f"list[{spelled(item)}]"
        case model.Entries(value):
            return f"dict[str, {spelled(value)}]"
        case model.Record():  # only a declared one has a name for each member
            return "dict[str, JsonValue]"
        case model.Union(options):
            return " | ".join(spelled(option) for option in options)


def _one_of(values: Sequence[object]) -> str:
    some = [value for value in values if value is not None]
    # A checker knows no literal numbers with a fraction.
    text = "float" if any(isinstance(value, float) for value in some) else _literal(some)
    return text if len(some) == len(values) else f"{text} | None" if some else "None"


def _member(member: model.Member) -> str:
    text = spelled(member.type)
    return text if member.is_required else f"NotRequired[{text}]"


def _calls(command: Exported, args: Type) -> list[str]:
    """The ways in which one version may be called."""
    named = f"version: Literal[{command.version}]"
    if command.is_newest:
        return [_call(command, args, [command.name, command.key], f"{named} | None = None")]
    return [
        _call(command, args, [command.key], f"{named} | None = None"),
        _call(command, args, [command.name], named),
    ]


def _call(command: Exported, args: Type, names: Iterable[str], version: str) -> str:
    start = command.type_name
    is_needed = isinstance(args, model.Record) and any(member.is_required for member in args.members)
    given = f"args: {start}Args" if is_needed else f"args: {start}Args | None = None"
    signature = f"self, command: {_literal(names)}, {given}, *, {version}, **options: Unpack[Options]"
    return f"def call({signature}) -> Answer[{start}Data, {start}ErrorCode]: ..."


def _literal(values: Iterable[object]) -> str:
    return f"Literal[{', '.join(_quoted(value) if isinstance(value, str) else repr(value) for value in values)}]"


def _is_plain(name: str) -> bool:
    """Whether a class can have an attribute of this name, spelled just so."""
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")


def _quoted(text: str) -> str:
    return '"' + text.encode("unicode_escape").decode().replace('"', '\\"') + '"'
