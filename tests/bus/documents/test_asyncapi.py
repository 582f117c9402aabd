"""AsyncAPI: queues, jobs and domain events as channels.

Not here: what the official parser says of it (tests/documents).
"""

from __future__ import annotations

from typing import Any

import pytest

from bus import INTERNAL, LOCAL, WRITE, Contract, Plugin, QueuePolicy, Schema, fields
from bus.documents.asyncapi import asyncapi_document
from bus.opening import load
from bus.settings import Settings


class Brew(Contract):
    """Brew tea."""

    name, effect, access = "tea_brew", WRITE, LOCAL
    queue = QueuePolicy(name="kitchen", by_default=True)

    class Params(Schema):
        cups = fields.Int64(required=True)


class Secret(Contract):
    """Tell what is in the tea."""

    name, secret, access, effect = "tea_secret", True, LOCAL, WRITE


class Hear(Contract):
    """Hear that somebody has come."""

    name, access, effect = "tea_hear", INTERNAL, WRITE

    class Params(Schema):
        event = fields.Text(required=True)
        payload = fields.Object(required=True)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    plugin = Plugin("tea", contracts=[Brew, Secret, Hear], subscriptions={"guest.came": "tea_hear"})
    for contract in (Brew, Secret, Hear):
        plugin.handles(contract)(lambda ctx, **_: {})
    return asyncapi_document(load(Settings(), [plugin])[1], [plugin])


def at(document: dict[str, Any], reference: dict[str, str]) -> Any:
    place: Any = document
    for step in reference["$ref"].removeprefix("#/").split("/"):
        place = place[step]
    return place


def test_a_queue_is_a_channel_of_the_commands_that_go_to_it(document):
    assert document["channels"]["queue.kitchen"]["address"] == "kitchen"
    assert [*document["channels"]["queue.kitchen"]["messages"]] == ["tea_brew.request"]
    assert "tea_secret" not in str(document)


def test_a_command_is_received_and_answered_by_the_events_of_its_job(document):
    operation = document["operations"]["tea_brew"]
    assert operation["action"] == "receive"
    assert operation["x-queued-by-default"] is True
    message = at(document, at(document, operation["messages"][0]))
    request = at(document, message["payload"])
    assert request["properties"]["command"] == {"const": "tea_brew"}
    assert at(document, request["properties"]["args"])["required"] == ["cups"]
    assert message["examples"][0]["payload"]["args"] == {"cups": 1}
    assert operation["reply"]["channel"] == {"$ref": "#/channels/jobs"}
    answer = at(document, at(document, at(document, operation["reply"]["messages"][0]))["payload"])
    assert answer["properties"]["command"] == {"const": "tea_brew"}


def test_what_commands_subscribe_is_a_channel(document):
    assert document["channels"]["event.guest.came"]["address"] == "guest.came"
    assert document["operations"]["event.guest.came.tea_hear"]["action"] == "receive"


def test_the_events_of_a_job_are_told(document):
    names = [reference["$ref"].rpartition("/")[2] for reference in document["operations"]["job_events"]["messages"]]
    assert names == ["job.state", "job.progress", "job.envelope"]
