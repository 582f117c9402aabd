"""``bus contracts schema``, ``openapi``, ``asyncapi``: what contracts say, for programs of any language.

Not here: what the documents hold (bus/documents).
"""

from __future__ import annotations

import json
from typing import Any

import click

from bus.cli.entry import OK
from bus.cli.installed import Installed, find_installed, report_broken
from bus.settings import Settings


@click.command("schema")
@click.argument("name", metavar="NAME[@VERSION]")
@click.option("--data", "of_data", is_flag=True, help="Of the answer's data, instead of the arguments.")
def _schema(*, name: str, of_data: bool) -> int:
    """Print the JSON Schema of a command's arguments, or of its data."""
    from bus.documents.json_schema import args_schema, data_schema

    command = _installed().registry.find(name)
    return _print(data_schema(command.contract) if of_data else args_schema(command.contract))


@click.command("openapi")
def _openapi() -> int:
    """Print the OpenAPI document of the gateway and all its commands."""
    from bus.documents.openapi import openapi_document

    return _print(openapi_document(_installed().registry))


@click.command("asyncapi")
def _asyncapi() -> int:
    """Print the AsyncAPI document of queues, jobs and domain events."""
    from bus.documents.asyncapi import asyncapi_document

    installed = _installed()
    return _print(asyncapi_document(installed.registry, installed.plugins))


#: For the group ``bus contracts``.
DOCUMENTS = (_schema, _openapi, _asyncapi)


def _installed() -> Installed:
    installed = find_installed(Settings.from_environment())
    report_broken(installed)
    return installed


def _print(document: dict[str, Any]) -> int:
    """Indented, because people read it and revisions of it are compared."""
    click.echo(json.dumps(document, indent=2))
    return OK
