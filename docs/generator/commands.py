"""docs/reference/commands.md."""

from marshmallow import Schema

from bus.command import Command
from bus.contract import AUTHENTICATED, LOCAL, MANY, OPERATORS, PUBLIC, READ, Contract
from docs.generator.catalogue import Catalogue, Chapter
from docs.generator.fields import rows
from docs.generator.markdown import link, sentence, table

HEAD = """# Commands

Every command that comes with charterbus, by plugin. `bus commands` lists those of your installation, `command_describe`
tells a program the same. Every answer has the [one envelope](envelope.md); what stands here under *answer* is its
`data`, and what stands under *refusals* is the `code` of its `error`, beside the [codes of the bus](codes.md).

"""
ACCESS = {
    PUBLIC: "anyone",
    LOCAL: "trusted local callers, and to any live session from the network",
    OPERATORS: "trusted local callers, and to operators from the network",
    AUTHENTICATED: "any live session",
}


def page(catalogue: Catalogue) -> str:
    """One chapter for each plugin, one entry for each version of each command."""
    contents = "".join(_contents(chapter) for chapter in catalogue.chapters)
    chapters = "".join(_chapter(chapter, catalogue.schemas(chapter)) for chapter in catalogue.chapters)
    return HEAD + contents + "\n" + chapters.rstrip("\n") + "\n"


def _contents(chapter: Chapter) -> str:
    links = [link(command.key) for command in chapter.commands]
    return f"- **{chapter.plugin}**: {' · '.join(links)}\n"


def _chapter(chapter: Chapter, schemas: list[type[Schema]]) -> str:
    parts = [f"## Plugin {chapter.plugin}\n\n", *(_entry(command) for command in chapter.commands)]
    if schemas:
        parts += [f"### Objects of {chapter.plugin}\n\n", *(_object(schema) for schema in schemas)]
    return "".join(parts)


def _entry(command: Command) -> str:
    contract = command.contract
    parts = [f"### `{command.key}`\n\n{sentence(contract)}\n\n", *(f"*{warning}*\n\n" for warning in command.warnings)]
    parts += [f"{'; '.join(_terms(contract))}.\n\n"]
    parts += _fields("Arguments", contract.Params, "none") + _fields("Answer", contract.Result, "an empty object")
    if contract.errors:
        parts += ["Refusals: ", ", ".join(link(error.code, "codes.md") for error in contract.errors), "\n\n"]
    return "".join(parts)


def _terms(contract: type[Contract]) -> list[str]:
    roles = ", ".join(sorted(contract.access.roles))
    terms = ["reads" if contract.effect is READ else "writes"]
    terms += ["in several units of work"] if contract.units is MANY else []
    terms += [f"open to {ACCESS.get(contract.access, f'sessions with one of the roles {roles}')}"]
    terms += ["talks to the outside"] if contract.external else []
    terms += ["never stored, logged or queued"] if contract.secret else []
    terms += ["queued unless the caller says otherwise"] if contract.queue.by_default else []
    return [terms[0].capitalize(), *terms[1:]]


def _fields(title: str, schema: type[Schema], nothing: str) -> list[str]:
    lines = rows(schema)
    if not lines:
        return [f"{title}: {nothing}.\n\n"]
    return [f"{title}:\n\n", table(("member", "content", "given", "remark"), lines)]


def _object(schema: type[Schema]) -> str:
    return f"#### `{schema.__name__}`\n\n{sentence(schema)}\n\n" + table(
        ("member", "content", "given", "remark"), rows(schema)
    )
