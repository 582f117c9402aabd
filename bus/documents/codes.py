"""Which codes an answer of a command may have, and what each means."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

from bus import errors
from bus.command import Command
from bus.documents.json_schema import args_schema
from bus.documents.kinds import Shape
from bus.gateway.statuses import status_of


class Code(NamedTuple):
    """One way to say no."""

    code: str
    #: One sentence.
    meaning: str
    #: Of HTTP.
    status: int


def codes_of(command: Command) -> list[Code]:
    """The codes of a command: the bus's, those of single arguments, and the domain's own, each once."""
    found = {code: _MEANINGS[code] for code in _of_the_bus(command)}
    for name, code in _of_arguments(args_schema(command.contract)):
        found.setdefault(code, f"The argument {name} is bad.")
    for refusal in command.contract.errors:
        found[refusal.code] = _first_line(refusal)
    return [Code(code, meaning, status_of(code)) for code, meaning in found.items()]


def bus_codes() -> list[Code]:
    """The bus's own codes, which any request may be answered with."""
    return [Code(code, meaning, status_of(code)) for code, meaning in _MEANINGS.items()]


def _of_the_bus(command: Command) -> Iterator[str]:
    contract = command.contract
    absent = {"UNKNOWN_COMMAND", "CANCELLED"}
    if contract.limit is None:
        absent.add("RATE_LIMITED")
    if not command.takes_key:
        absent.add("IDEMPOTENCY_CONFLICT")
    if contract.secret:
        absent.add("QUEUE_UNAVAILABLE")
    return (code for code in _MEANINGS if code not in absent)


def _of_arguments(document: Shape) -> Iterator[tuple[str, str]]:
    """Name and code of every argument that has a code of its own, those inside of others included."""
    inside: dict[str, Shape] = document.get("$defs", {})
    for schema in (document, *inside.values()):
        members: dict[str, Shape] = schema.get("properties", {})
        for name, member in members.items():
            if "x-code" in member:
                yield name, member["x-code"]


def _first_line(cls: type[Any]) -> str:
    return (inspect.getdoc(cls) or "").partition("\n")[0].replace("``", "`")


def _known() -> dict[str, str]:
    """Every code of the bus's own, in the order of its file, with what it means."""
    classes = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.BusError)
    ]
    found: dict[str, str] = {}
    for cls in classes:
        if cls not in (errors.BusError, errors.Refusal) and "code" in vars(cls):
            found.setdefault(cls.code, _first_line(cls))
    return found


_MEANINGS = _known()
