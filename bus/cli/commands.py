"""``bus commands``: what this bus answers, from the contracts of the installed plugins; no database is opened."""

from __future__ import annotations

from typing import Any

import click

from bus.cli.installed import find_installed, report_broken
from bus.cli.show import print_json, print_table, printable
from bus.settings import Settings


@click.command()
@click.argument("name", required=False)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
def command(*, name: str | None, is_json: bool) -> None:
    """List the commands of the installed plugins, or describe one: NAME or NAME@VERSION."""
    from bus.builtins.describe import described, summarised

    installed = find_installed(Settings.from_environment())
    report_broken(installed)
    registry = installed.registry
    if name is not None:
        description = described(registry, registry.find(name))
        print_json(description) if is_json else _print_description(description)
        return
    items = [summarised(registry, found) for found in registry.shown()]
    if is_json:
        print_json({"items": items, "total_count": len(items)})
    else:
        print_table(("COMMAND", "VERSIONS", "PLUGIN", "EFFECT", "ACCESS", "MEANING"), [_row(item) for item in items])


def _row(item: dict[str, Any]) -> tuple[str, ...]:
    versions = ", ".join(str(version) for version in item["versions"])
    return item["name"], versions, item["plugin"], item["effect"], item["access"], item["summary"]


def _print_description(command: dict[str, Any]) -> None:
    """One command for people: what it does, then its arguments, data and refusals."""
    roles = f" ({', '.join(command['roles'])})" if command["roles"] else ""
    click.echo(f"{command['name']}@{command['version']}  {printable(command['summary'])}")
    click.echo(f"plugin {command['plugin']}, {command['effect']}, access {command['access']}{roles}")
    if command["deprecated"]:
        click.echo(f"deprecated: {printable(command['deprecated'])}")
    for title, members in (("ARGUMENT", command["params"]), ("DATA", command["result"])):
        if members:
            click.echo()
            print_table((title, "TYPE", "", "CODE"), [_member(member) for member in members])
    if command["errors"]:
        click.echo()
        print_table(("REFUSAL", "MEANING"), [(error["code"], error["meaning"]) for error in command["errors"]])


def _member(member: dict[str, Any]) -> tuple[str, ...]:
    notes = ["required"] * member["is_required"] + ["may be null"] * member["is_nullable"]
    return member["name"], member["type"], ", ".join(notes), member["code"] or ""
