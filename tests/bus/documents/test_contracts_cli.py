"""``bus contracts schema``, ``openapi`` and ``asyncapi`` print documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bus.cli.entry import FAILED, OK, run


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The document that ``bus contracts`` prints, or the sentence that it ends with."""
    monkeypatch.setenv("BUS_PLUGINS_ALLOW", "engine")

    def document(*arguments: str) -> Any:
        status = run(["contracts", *arguments])
        out, error = capsys.readouterr()
        assert status in (OK, FAILED)
        return json.loads(out) if status == OK else error

    return document


def test_a_schema_is_of_the_arguments_or_of_the_data(printed):
    assert printed("schema", "db.effort.get")["required"] == ["id"]
    assert "effort" in printed("schema", "db.effort.get@1", "--data")["properties"]


def test_who_asks_for_a_command_that_does_not_exist_is_told(printed):
    assert "no plugin answers the command 'db.effort.fly'" in printed("schema", "db.effort.fly")


def test_the_documents_are_printed(printed):
    assert "/commands/db.effort.get" in printed("openapi")["paths"]
    assert "db.effort.get" in printed("asyncapi")["operations"]
