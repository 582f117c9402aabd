"""Interventions as they stand: one, those of a task, a page of them, how far one is."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUntypedFunctionDecorator=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import READ, Contract, Schema
from bus.fields import Id, Int64, List, Nested, Number, Text
from contracts.interventions.rows import Intervention, Step
from contracts.interventions.v1.interventions import Whole
from contracts.interventions.words import STATUSES
from contracts.workshop.errors import InterventionStepNotFound, NotFound
from contracts.workshop.fields import PageCounts, Paged, Trimmed, one_of_or_null, text_or_null
from contracts.workshop.roles import WORKERS


class Perhaps(Schema):
    """An intervention, if there is one."""

    intervention = Nested(Intervention, required=True, allow_none=True)


class InterventionGet(Contract):
    """Read an intervention and its steps."""

    name, version = "intervention_get", 1
    effect, access = READ, WORKERS
    errors = (NotFound,)

    class Params(Schema):
        id = text_or_null()
        intervention_id = text_or_null()  # another name of id; one of them must be given

        @validates_schema
        def check_names(self, data: dict[str, Any], **_: Any) -> None:
            """Refuse what names no intervention, or two.

            Raises:
                ValidationError: none of the names of the id is used, or both.
            """
            if data.get("id") is None and data.get("intervention_id") is None:
                raise ValidationError({"id": ["required"]})
            if data.get("id") is not None and data.get("intervention_id") is not None:
                raise ValidationError({"intervention_id": ["must be left out where id is given"]})

    Result = Whole


class InterventionGetActiveByTask(Contract):
    """Read the intervention of a task that has not ended, if there is one."""

    name, version = "intervention_get_active_by_task", 1
    effect, access = READ, WORKERS
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)  # or its number

    Result = Perhaps


class InterventionGetLatestByTask(Contract):
    """Read the newest intervention of a task, if there is one."""

    name, version = "intervention_get_latest_by_task", 1
    effect, access = READ, WORKERS
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)  # or its number

    Result = Perhaps


class InterventionGetStep(Contract):
    """Read one step of an intervention."""

    name, version = "intervention_get_step", 1
    effect, access = READ, WORKERS
    errors = (NotFound, InterventionStepNotFound)

    class Params(Schema):
        intervention_id = Trimmed(required=True)
        step_id = Trimmed(required=True)

    class Result(Schema):
        step = Nested(Step, required=True)


class InterventionList(Contract):
    """Read a page of the interventions that the caller may see, the newest first."""

    name, version = "intervention_list", 1
    effect, access = READ, WORKERS

    class Params(Paged):
        status = one_of_or_null(STATUSES)
        technician_id = text_or_null()
        task_id = text_or_null()  # or its number

    class Result(PageCounts):
        items = List(Nested(Intervention), required=True)


class InterventionGetProgress(Contract):
    """Read how far an intervention is."""

    name, version = "intervention_get_progress", 1
    effect, access = READ, WORKERS
    errors = (NotFound,)

    class Params(Schema):
        intervention_id = Trimmed(required=True)

    class Result(Schema):
        intervention_id = Id(required=True)
        status = Text(required=True)
        total_steps = Int64(required=True)
        completed_steps = Int64(required=True)
        current_step = Int64(required=True)  # the number of the first one that is open, or of the last
        completion_percentage = Number(required=True)
        estimated_time_remaining = Int64(required=True)  # minutes
        steps = List(Nested(Step), required=True)
