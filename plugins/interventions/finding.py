"""Which intervention is meant, whether the caller may see it, and writing what becomes of it.

Whoever is a technician sees and changes only the interventions they carry out; everybody else is judged by their role
alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bus.context import Context
from bus.errors import Forbidden
from contracts.workshop.errors import InterventionStepNotFound, NotFound
from contracts.workshop.roles import TECHNICIAN
from plugins.interventions.rows import COLUMNS, STEP_COLUMNS
from plugins.interventions.tables import interventions, steps

BY_ID = select(*COLUMNS).where(interventions.c.id == bindparam("reference"))
_HELD_BY_ID = BY_ID.with_for_update(key_share=True)
STEPS = select(*STEP_COLUMNS).where(steps.c.intervention_id == bindparam("of_id")).order_by(steps.c.step_number)
STEP_BY_ID = select(*STEP_COLUMNS).where(steps.c.id == bindparam("reference"))


def find(ctx: Context, reference: str) -> Row[Any] | None:
    """The intervention of an id."""
    return ctx.db.execute(BY_ID, {"reference": reference}).first()


def hold(ctx: Context, reference: str) -> Row[Any] | None:
    """The intervention of an id, held until the commit."""
    return ctx.db.execute(_HELD_BY_ID, {"reference": reference}).first()


def is_technician(ctx: Context) -> bool:
    """Whether the caller sees and changes only some interventions."""
    return TECHNICIAN in ctx.principal.roles


def require_own(ctx: Context, reference: str) -> Row[Any]:
    """The intervention of an id that the caller may see and change.

    Raises:
        NotFound: there is none.
        Forbidden: the caller is a technician and somebody else carries it out.
    """
    row = find(ctx, reference)
    if row is None:
        raise NotFound("intervention", reference)
    if is_technician(ctx) and row.technician_id != ctx.principal.id:
        raise Forbidden("the intervention is not yours")
    return row


def require_held_with_task(ctx: Context, reference: str) -> Row[Any]:
    """The intervention of an id that the caller may change, held until the commit, its task before it.

    Raises:
        NotFound: there is none.
        Forbidden: the caller is a technician and somebody else carries it out.
    """
    found = require_own(ctx, reference)
    ctx.call("task_hold", {"task_id": found.task_id})  # which task it is never changes
    return ctx.db.execute(_HELD_BY_ID, {"reference": found.id}).one()


def steps_of(ctx: Context, intervention_id: str) -> list[Row[Any]]:
    """The steps of an intervention, in their order."""
    return list(ctx.db.execute(STEPS, {"of_id": intervention_id}))


def find_step(ctx: Context, step_id: str) -> Row[Any] | None:
    """The step of an id, whichever intervention it is of."""
    return ctx.db.execute(STEP_BY_ID, {"reference": step_id}).first()


def require_step(found: list[Row[Any]], step_id: str) -> Row[Any]:
    """The step of an id among those of one intervention.

    Raises:
        InterventionStepNotFound: none of them has it.
    """
    for step in found:
        if step.id == step_id:
            return step
    raise InterventionStepNotFound(step_id=step_id)


def write(ctx: Context, intervention_id: str, **values: Any) -> Row[Any]:
    """The intervention with these columns changed, now and by the caller."""
    stamped = values | {"updated_at": ctx.now_ms, "updated_by": ctx.principal.id}
    changed = update(interventions).where(interventions.c.id == intervention_id).values(**stamped)
    return ctx.db.execute(changed.returning(*COLUMNS)).one()


def write_step(ctx: Context, step_id: str, **values: Any) -> Row[Any]:
    """The step with these columns changed, now."""
    changed = update(steps).where(steps.c.id == step_id).values(**values, updated_at=ctx.now_ms)
    return ctx.db.execute(changed.returning(*STEP_COLUMNS)).one()
