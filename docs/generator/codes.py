"""docs/reference/codes.md."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from marshmallow import fields as plain

import bus.errors
from bus.contract import Contract
from bus.errors import BusError, Refusal
from docs.generator.catalogue import Catalogue, Chapter
from docs.generator.fields import schemas_of
from docs.generator.markdown import link, sentence

HEAD = """# Codes

Callers branch on `error.code`; `error.message` is for people and may change. A command answers with the codes of the
bus, with those its contract lists as refusals, and with the code of an argument that is at fault, where it names one.

## Codes of the bus

"""


def page(catalogue: Catalogue) -> str:
    """The codes of the bus, then those of each plugin."""
    parts = [HEAD, *(f"### {code}\n\n{meaning}\n\n" for code, meaning in bus_codes().items())]
    parts += [_chapter(chapter) for chapter in catalogue.chapters]
    return "".join(parts).rstrip("\n") + "\n"


def bus_errors() -> list[type[BusError]]:
    """The errors that any command may answer, in the order of their module."""
    classes = [value for value in vars(bus.errors).values() if isinstance(value, type) and issubclass(value, BusError)]
    return [error for error in classes if error not in (BusError, Refusal)]


def bus_codes() -> dict[str, str]:
    """The codes of the bus and what they mean; errors that share a code tell of one case each."""
    meanings: dict[str, list[str]] = defaultdict(list)
    for error in bus_errors():
        meanings[error.code].append(sentence(error))
    return {code: "\n\n".join(told) for code, told in meanings.items()}


def refusals(contracts: Iterable[type[Contract]]) -> dict[str, list[type[Refusal]]]:
    """The refusals that contracts list, by code."""
    found: dict[str, list[type[Refusal]]] = defaultdict(list)
    for error in (error for contract in contracts for error in contract.errors):
        if error not in found[error.code]:
            found[error.code].append(error)
    return dict(sorted(found.items()))


def field_codes(contract: type[Contract]) -> dict[str, list[str]]:
    """The codes that single arguments of a contract name, with the names of those arguments."""
    found: dict[str, list[str]] = defaultdict(list)
    for schema in (contract.Params, *schemas_of(contract.Params)):
        for name, field in schema().fields.items():
            if code := _own_code(field):
                found[code].append(field.data_key or name)
    return found


def _own_code(field: plain.Field[Any]) -> str | None:
    return getattr(field, "code", None)


def _chapter(chapter: Chapter) -> str:
    contracts = [command.contract for command in chapter.commands]
    entries = {code: [_refusal(code, errors, contracts)] for code, errors in refusals(contracts).items()}
    for contract in contracts:
        for code, names in field_codes(contract).items():
            key = f"{contract.name}@{contract.version}"
            told = f"Bad {' or '.join(f'`{name}`' for name in names)} given to {link(key, 'commands.md')}.\n\n"
            entries.setdefault(code, []).append(told)
    if not entries:
        return ""
    texts = (f"### {code}\n\n{''.join(parts)}" for code, parts in sorted(entries.items()))
    return f"## Codes of the plugin {chapter.plugin}\n\n{''.join(texts)}"


def _refusal(code: str, errors: list[type[Refusal]], contracts: list[type[Contract]]) -> str:
    users = [c for c in contracts if any(error.code == code for error in c.errors)]
    raised = ", ".join(link(f"{contract.name}@{contract.version}", "commands.md") for contract in users)
    told = "\n\n".join(f"{sentence(error)} Message: “{error.message}”" for error in errors)
    return f"{told}\n\nAnswered by {raised}.\n\n"
