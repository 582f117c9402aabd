"""Short ways to have people of the shop begin, carry on with and end the work on tasks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from plugins.interventions.tables import interventions, steps

if TYPE_CHECKING:
    from tests.plugins.identity.caller import Caller
    from tests.plugins.tasks.shop import Shop

MINUTE_MS = 60_000
#: More than two zones: four steps instead of three.
ZONES = ["hood", "roof", "left door"]


def photos(count: int) -> list[str]:
    """So many of them."""
    return [f"photo-{number}.jpg" for number in range(1, count + 1)]


@dataclasses.dataclass(frozen=True)
class Begun:
    """An intervention as its start left it."""

    intervention: dict[str, Any]
    steps: list[dict[str, Any]]

    @property
    def id(self) -> str:
        """Of the intervention."""
        return self.intervention["id"]

    @property
    def task_id(self) -> str:
        """Of its task."""
        return self.intervention["task_id"]

    def step_id(self, number: int) -> str:
        """Of the step of that number."""
        return self.steps[number - 1]["id"]


class Work:
    """What is done in the shop, by an admin unless said otherwise."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def start(self, of: str | None = None, by: Caller | None = None, **args: Any) -> Begun:
        """The work on a new task of somebody, or on the one that is named."""
        task_id = args.pop("task_id", None) or self.shop.task(of=of)["id"]
        return Begun(**(by or self.shop.admin)("intervention_start", task_id=task_id, **args))

    def advance(self, begun: Begun, number: int, by: Caller | None = None, **args: Any) -> dict[str, Any]:
        """The answer to an advance of the step of that number."""
        ids = {"intervention_id": begun.id, "step_id": begun.step_id(number)}
        return (by or self.shop.admin)("intervention_advance_step", **ids, **args)

    def complete(self, begun: Begun, *numbers: int) -> None:
        """These steps with as many photos as they need."""
        for number in numbers:
            self.advance(begun, number, photos=photos(begun.steps[number - 1]["min_photos_required"]))

    def finalize(self, begun: Begun, **args: Any) -> dict[str, Any]:
        """The answer to a finish."""
        return self.shop.admin("intervention_finalize", intervention_id=begun.id, **args)

    def finish(self, begun: Begun) -> dict[str, Any]:
        """The answer to a finish after all steps but the last."""
        self.complete(begun, *range(1, len(begun.steps)))
        return self.finalize(begun)

    def stored(self, begun: Begun) -> Begun:
        """The intervention as an admin sees it now."""
        return Begun(**self.shop.admin("intervention_get", id=begun.id))

    def task(self, begun: Begun) -> dict[str, Any]:
        """Its task now."""
        return self.shop.stored(begun.task_id)

    def everything(self, begun: Begun) -> tuple[Any, ...]:
        """All that a refused command must not have changed."""
        return self.stored(begun), self.task(begun), self.shop.statuses(begun.task_id)

    def set(self, intervention_id: str, **columns: Any) -> None:
        """What another process does to an intervention's row."""
        changed = sa.update(interventions).where(interventions.c.id == intervention_id).values(**columns)
        self.shop.world.execute(changed)

    def set_step(self, step_id: str, **columns: Any) -> None:
        """What another process does to a step's row."""
        self.shop.world.execute(sa.update(steps).where(steps.c.id == step_id).values(**columns))
