"""Who is told of which event, in which words, and that nobody is told twice."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bus.principal import LOCAL_CALLER
from contracts.notifications.kinds import KINDS
from plugins.identity.tables import users
from plugins.notifications.rules import RULES
from tests.plugins.notifications.office import PAYLOADS, Office

ALL = {"admin", "supervisor"}
#: Event, who the payload names (by the people's names), who is told.
CASES: list[tuple[str, dict[str, str | None], set[str]]] = [
    ("task.overdue", {"technician_id": "technician", "created_by": "viewer"}, ALL | {"technician"}),
    ("task.overdue", {"technician_id": None, "created_by": "colleague"}, ALL | {"colleague"}),
    ("task.overdue", {"technician_id": None, "created_by": "admin"}, ALL),
    ("task.overdue", {"technician_id": "nobody", "created_by": "colleague"}, ALL),
    ("intervention.finalized", {"technician_id": "technician", "finalized_by": "technician"}, ALL),
    ("intervention.finalized", {"technician_id": "technician", "finalized_by": "supervisor"}, {"admin"}),
    ("material.low_stock", {}, ALL),
    ("quote.accepted", {"created_by": "technician", "accepted_by": "admin"}, {"technician"}),
    ("quote.accepted", {"created_by": "technician", "accepted_by": "technician"}, set()),
    ("quote.accepted", {"created_by": "local", "accepted_by": "admin"}, set()),
    ("task.deleted", {}, set()),
]


def by_ids(office: Office, named: dict[str, str | None]) -> dict[str, Any]:
    return {key: office.id_of(name) if name in office.people else name for key, name in named.items()}


def test_an_event_is_told_to_those_whom_it_concerns(office: Office) -> None:
    for event, named, expected in CASES:
        assert office.hear(event, **by_ids(office, named)) == len(expected), (event, named)
        assert office.told() == expected, (event, named)
        office.empty()


@pytest.mark.any_database
def test_every_kind_has_a_rule_and_a_payload_here() -> None:
    assert set(KINDS) == RULES.keys() == PAYLOADS.keys()


@pytest.mark.any_database
def test_titles_are_sentences_and_data_is_what_to_link_to(office: Office) -> None:
    for event in KINDS:
        office.hear(event, created_by=office.id_of("admin"))
    items = office.admin("notification_list")["items"]
    assert [(item["event"], item["title"], item["data"]) for item in reversed(items)] == [
        (
            "task.overdue",
            "Task 20260301-001, Model {3} (AB), was planned for 2026-03-01 and has not begun.",
            {"task_id": "t", "task_number": "20260301-001"},
        ),
        (
            "intervention.finalized",
            "The work on task 20260301-001 is finished.",
            {"intervention_id": "i", "task_id": "t", "task_number": "20260301-001"},
        ),
        (
            "material.low_stock",
            "Film (F-1) runs low: 2.5 left, the minimum is 3.",
            {"material_id": "m", "sku": "F-1"},
        ),
        (
            "quote.accepted",
            "Quote DEV-1 was accepted.",
            {"quote_id": "q", "quote_number": "DEV-1", "client_id": "c", "task_id": None},
        ),
    ]
    assert all((item["created_at"], item["read_at"]) == (office.clock.now_ms(), None) for item in items)


def test_whoever_is_banned_is_told_nothing(office: Office) -> None:
    """Neither as one of a role nor as the person who is named."""
    office.person("supervisor", is_active=False)
    gone = office.person("technician", is_active=False)
    assert office.hear("task.overdue", technician_id=gone) == 2
    assert office.hear("quote.accepted", created_by=gone) == 0


def test_a_job_that_runs_again_tells_nobody_twice(office: Office) -> None:
    """Also where somebody joined meanwhile: they are told, the others are not told again."""
    command = office.bus.registry.find("notification_hear")
    args = {"event": "material.low_stock", "payload": PAYLOADS["material.low_stock"]}

    def run(correlation_id: str) -> int:
        return office.bus._executor.run(command, args, LOCAL_CALLER, correlation_id)["told_count"]

    assert [run("one"), run("one")] == [2, 0]
    joined = office.person("supervisor")
    assert [run("one"), run("two")] == [1, 3]
    assert len(office.titles("admin")) == 2
    office.world.execute(sa.update(users).where(users.c.id == joined).values(is_active=False))


def test_whoever_does_not_want_a_kind_is_not_told(office: Office) -> None:
    office.admin("notification_set_preferences", wanted=["task.overdue"])
    assert office.hear("material.low_stock") == 1
    assert office.hear("task.overdue") == 2
    assert (len(office.titles("admin")), len(office.titles("supervisor"))) == (1, 2)
