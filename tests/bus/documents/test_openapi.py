"""OpenAPI: a path for each command and version, all that may be answered, and nothing twice.

Not here: what validators and a running gateway say of it (tests/documents).
"""

from __future__ import annotations

from typing import Any

import pytest

from bus import INTERNAL, PUBLIC, WRITE, Contract, Plugin, Refusal, Schema, fields, roles
from bus.documents.openapi import openapi_document
from bus.opening import load
from bus.settings import Settings


class TeaNotFound(Refusal):
    """There is no such tea."""

    code = "tea_not_found"
    message = "no tea is called {name}"


class Row(Schema):
    """A tea."""

    name = fields.Text(required=True)


class Brew1(Contract):
    """Brew tea, as it was done before."""

    name, version, effect, access = "tea_brew", 1, WRITE, roles("cook", "host")
    deprecated, sunset = "use version 2", "2031-02-03"
    errors = (TeaNotFound,)

    class Params(Schema):
        name = fields.Text(required=True, code="bad_name")

    class Result(Schema):
        tea = fields.Nested(Row, required=True)


class Brew2(Brew1):
    """Brew tea.

    It takes three minutes.
    """

    version, deprecated, sunset = 2, None, None


class Hide(Contract):
    """Put tea away."""

    name, access = "tea_hide", INTERNAL


class Secret(Contract):
    """Tell how much tea there is."""

    name, access, secret, effect = "tea.secret", PUBLIC, True, WRITE


def document_of(*contracts: type[Contract]) -> dict[str, Any]:
    """The document of a bus with these commands, and those of its own."""
    plugin = Plugin("tea", contracts=contracts)
    for contract in {one.name: one for one in contracts}.values():
        plugin.handles(contract)(lambda ctx, **_: {})
    return openapi_document(load(Settings(), [plugin])[1])


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return document_of(Brew1, Brew2, Hide, Secret)


def operation(document: dict[str, Any], path: str) -> dict[str, Any]:
    return document["paths"][path]["post"]


def test_the_newest_version_stands_at_the_name_and_older_ones_beside_it(document):
    assert operation(document, "/commands/tea_brew")["summary"] == "Brew tea."
    old = operation(document, "/commands/tea_brew@1")
    assert old["deprecated"] is True
    assert old["x-sunset"] == "2031-02-03"
    assert "/commands/tea_brew@2" not in document["paths"]


def test_what_is_internal_does_not_exist(document):
    assert "tea_hide" not in str(document)


def test_operation_ids_are_unique(document):
    found = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(found) == len(set(found)) > 20


def test_codes_stand_at_their_status_and_are_explained_once(document):
    brew = operation(document, "/commands/tea_brew")
    assert {"tea_not_found", "bad_name", "IDEMPOTENCY_CONFLICT"} < set(brew["x-codes"])
    name = brew["responses"]["404"]["$ref"].rpartition("/")[2]
    schema = document["components"]["responses"][name]["content"]["application/json"]["schema"]
    assert schema["properties"]["error"]["properties"]["code"]["enum"] == ["UNKNOWN_VERSION", "tea_not_found"]
    assert document["x-codes"]["tea_not_found"] == {"status": 404, "meaning": "There is no such tea."}


def test_who_may_call_is_told(document):
    brew = operation(document, "/commands/tea_brew")
    assert (brew["x-access"], brew["x-roles"]) == ("roles", ["cook", "host"])
    assert brew["security"] == [{"session": []}]
    assert operation(document, "/commands/tea.secret")["security"] == [{}, {"session": []}]


def test_what_is_secret_is_neither_queued_nor_remembered(document):
    told = str(operation(document, "/commands/tea.secret"))
    assert "202" not in told
    assert "Prefer" not in told
    assert "IdempotencyKey" not in told
    assert "Prefer" in str(operation(document, "/commands/tea_brew"))


def test_objects_of_one_meaning_share_a_name(document):
    schemas = document["components"]["schemas"]
    assert schemas["tea_brew.v1.data"] == schemas["tea_brew.v2.data"]
    assert schemas["tea_brew.v1.data"]["properties"]["tea"] == {"$ref": "#/components/schemas/Row"}


def test_every_reference_leads_somewhere(document):
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(value for name, value in part.items() if name == "$ref" and isinstance(value, str))
            for one in part.values():
                look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(document)
    for reference in set(found):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_an_object_of_a_plugin_may_be_called_like_one_of_the_gateway():
    class Answer(Schema):
        x = fields.Flag()

    class Ask(Contract):
        """Ask."""

        name = "ask"
        Result = Schema.from_dict({"answer": fields.Nested(Answer)})

    schemas = document_of(Ask)["components"]["schemas"]
    assert "ok" in schemas["Answer"]["properties"]
    assert schemas["ask.v1.data"]["properties"]["answer"] == {"$ref": "#/components/schemas/Answer_2"}


def test_objects_of_other_meanings_keep_apart():
    def command(name: str, field: Any) -> type[Contract]:
        row = type("Row", (Schema,), {"x": field})
        result = Schema.from_dict({"row": fields.Nested(row, required=True)})
        return type(name, (Contract,), {"__doc__": name, "name": name, "Result": result})

    schemas = document_of(command("a", fields.Flag()), command("b", fields.Text()))["components"]["schemas"]
    assert schemas["Row"]["properties"] == {"x": {"type": "boolean"}}
    assert schemas["Row_2"]["properties"] == {"x": {"type": "string"}}
    assert schemas["b.v1.data"]["properties"]["row"] == {"$ref": "#/components/schemas/Row_2"}
