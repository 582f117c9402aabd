"""Answers ``intervention_start``: the work on a task begins."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import insert

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.interventions.v1.interventions import InterventionStart
from contracts.workshop.errors import InterventionAlreadyActive, NotFound
from contracts.workshop.roles import VIEWER
from plugins.interventions import finding, states
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import COLUMNS, STEP_COLUMNS, step_view, view
from plugins.interventions.tables import interventions, steps
from plugins.interventions.within import active_of
from plugins.interventions.workflows import PlannedStep, workflow_of

#: Whatever a caller may leave out -> what it is then.
DEFAULTS: dict[str, Any] = {"intervention_type": "ppf", "film_type": "standard", "work_location": "indoor"}
USUAL_MINUTES = 60
#: Column -> the member of the task that is copied, so that later changes of the task change no record of the work.
COPIED = {
    "task_id": "id",
    "task_number": "task_number",
    "client_id": "client_id",
    "vehicle_plate": "vehicle_plate",
    "vehicle_make": "vehicle_make",
    "vehicle_model": "vehicle_model",
    "vehicle_year": "vehicle_year",
    "vehicle_vin": "vin",
}
#: Column -> the argument that is stored there as it stands.
_STORED = {
    "film_brand": "film_brand",
    "film_model": "film_model",
    "weather_condition": "weather_condition",
    "lighting_condition": "lighting_condition",
    "notes": "description",
    "special_instructions": "special_instructions",
}
_EMPTY = dict.fromkeys(column.name for column in interventions.c if column.nullable)
_EMPTY_STEP = dict.fromkeys(column.name for column in steps.c if column.nullable)
_INSERT = insert(interventions).returning(*COLUMNS)
_INSERT_STEP = insert(steps).returning(*STEP_COLUMNS)


@plugin.handles(InterventionStart)
def intervention_start(ctx: Context, task_id: str, **given: Any) -> dict[str, Any]:
    """The intervention with its steps, all of them pending; the task is in progress and knows both."""
    task = ctx.call("task_hold", {"task_id": task_id})["task"]
    if task is None:
        raise NotFound("task", task_id)
    technician_id = _technician_of(ctx, task, given["technician_id"])
    _require_none_active(ctx, task["id"])
    row = _row(ctx, task, given, technician_id)
    planned = [
        _step(ctx, row["id"], number, step) for number, step in enumerate(workflow_of(row["ppf_zones_config"]), start=1)
    ]
    place = {"task_id": task["id"], "intervention_id": row["id"], "step_id": planned[0]["id"]}
    ctx.call("task_follow", place | {"occasion": "started"})
    _require_worker(ctx, technician_id)
    made = ctx.db.execute(_INSERT, row).one()
    made_steps = [ctx.db.execute(_INSERT_STEP, step).one() for step in planned]
    return {"intervention": view(made), "steps": [step_view(step) for step in made_steps]}


def _technician_of(ctx: Context, task: dict[str, Any], named: str | None) -> str:
    """Whoever carries the intervention out.

    Raises:
        Forbidden: the caller is a technician, and the task or the intervention would be somebody else's.
    """
    if finding.is_technician(ctx):
        if task["technician_id"] != ctx.principal.id:
            raise Forbidden("the task is not assigned to you")
        if named not in (None, ctx.principal.id):
            raise Forbidden("your role does not allow to begin the work of others")
    return named or task["technician_id"] or ctx.principal.id


def _require_none_active(ctx: Context, task_id: str) -> None:
    active = active_of(ctx, task_id)
    if active is not None:
        raise InterventionAlreadyActive(intervention_id=active.id)


def _require_worker(ctx: Context, user_id: str) -> None:
    people = ctx.call("user_names", {"user_ids": [user_id]})["items"]
    if not any(person["is_active"] and person["role"] != VIEWER for person in people):
        fault = "must be an active admin, supervisor or technician"
        raise InvalidArguments(f"technician_id {fault}", {"technician_id": [fault]})


def _row(ctx: Context, task: dict[str, Any], given: dict[str, Any], technician_id: str) -> dict[str, Any]:
    zones = given["ppf_zones"]
    now_ms, caller = ctx.now_ms, ctx.principal.id
    row = _EMPTY | {column: task[member] for column, member in COPIED.items()}
    row |= {column: given[name] for column, name in _STORED.items()}
    row |= {name: given[name] or usual for name, usual in DEFAULTS.items()}
    row |= {
        "id": str(uuid.uuid4()),
        "status": states.FIRST,
        "technician_id": technician_id,
        "ppf_zones_config": task["ppf_zones"] + task["custom_ppf_zones"] if zones is None else zones,
        "scheduled_at": now_ms if given["scheduled_start"] is None else given["scheduled_start"],
        "started_at": now_ms,
        "estimated_duration": given["estimated_duration_minutes"] or USUAL_MINUTES,
        "current_step": 0,
        "completion_hundredths": 0,
    }
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": caller, "updated_by": caller}
    return row | _measured(given) | stamps


def _measured(given: dict[str, Any]) -> dict[str, float | None]:
    place = given["gps_coordinates"] or {}
    return {
        "temperature_celsius": given["temperature"],
        "humidity_percentage": given["humidity"],
        "start_location_lat": place.get("latitude"),
        "start_location_lon": place.get("longitude"),
        "start_location_accuracy": place.get("accuracy"),
    }


def _step(ctx: Context, intervention_id: str, number: int, planned: PlannedStep) -> dict[str, Any]:
    return _EMPTY_STEP | {
        "id": str(uuid.uuid4()),
        "intervention_id": intervention_id,
        "step_number": number,
        "step_name": planned.name,
        "step_type": planned.type,
        "step_status": states.FIRST_OF_STEP,
        "quality_checkpoints": [],
        "is_mandatory": True,
        "requires_photos": True,
        "min_photos_required": planned.min_photos,
        "max_photos_allowed": planned.max_photos,
        "estimated_duration_seconds": planned.seconds,
        "photo_count": 0,
        "required_photos_completed": False,
        "created_at": ctx.now_ms,
        "updated_at": ctx.now_ms,
    }
