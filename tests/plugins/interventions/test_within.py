"""What other domains ask about interventions."""

from __future__ import annotations

from typing import Any

from tests.plugins.identity.caller import NIL
from tests.plugins.interventions.work import Work
from tests.plugins.tasks.shop import Shop


def asked(shop: Shop, command: str, **args: Any) -> dict[str, Any]:
    """The data of a command that only other commands call."""
    envelope = shop.bus.call_internal(command, args)
    assert envelope.ok, envelope
    return envelope.data


def test_an_intervention_is_found_and_held_with_one_of_its_steps(shop: Shop, work: Work) -> None:
    """A step of another one is none; what does not exist is null."""
    begun, other = work.start(of="technician"), work.start()
    shop.admin("intervention_pause", intervention_id=begun.id)
    shown = {
        "id": begun.id,
        "task_id": begun.task_id,
        "status": "paused",
        "technician_id": shop.id_of("technician"),
    }
    step = {"id": begun.step_id(2), "step_number": 2}
    for command in ("intervention_find", "intervention_hold"):
        for step_id, expected in (
            (None, None),
            (begun.step_id(2), step),
            (other.step_id(2), None),
            (NIL, None),
        ):
            answer = asked(shop, command, intervention_id=begun.id, step_id=step_id)
            assert answer == {"intervention": shown, "step": expected}, (command, step_id)
        nothing = asked(shop, command, intervention_id=NIL, step_id=begun.step_id(2))
        assert nothing == {"intervention": None, "step": None}


def test_the_active_intervention_of_a_task_is_named(shop: Shop, work: Work) -> None:
    begun = work.start()

    def active() -> str | None:
        return asked(shop, "intervention_active_of_task", task_id=begun.task_id)["intervention_id"]

    assert active() == begun.id
    shop.admin("intervention_pause", intervention_id=begun.id)
    assert active() == begun.id
    shop.admin("intervention_cancel", intervention_id=begun.id)
    assert active() is None
    assert asked(shop, "intervention_active_of_task", task_id=NIL) == {"intervention_id": None}
