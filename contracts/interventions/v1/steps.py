"""The steps of an intervention: carried on with, and completed one after the other."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUntypedFunctionDecorator=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import WRITE, Contract, Schema
from bus.fields import Flag, List, Nested, Number, Text
from contracts.interventions.errors import InterventionStepOutOfOrder, InterventionValidationFailed
from contracts.interventions.fields import lines_or_null, object_or_null, photos_or_null
from contracts.interventions.rows import Step
from contracts.workshop.errors import InterventionInvalidState, InterventionStepNotFound, NotFound
from contracts.workshop.fields import Trimmed, text_or_null
from contracts.workshop.roles import WORKERS


class InterventionAdvanceStep(Contract):
    """Begin a step; with data, photos or issues given, complete it."""

    name, version = "intervention_advance_step", 1
    effect, access = WRITE, WORKERS
    errors = (
        NotFound,
        InterventionStepNotFound,
        InterventionInvalidState,
        InterventionStepOutOfOrder,
        InterventionValidationFailed,
    )

    class Params(Schema):
        intervention_id = Trimmed(required=True)
        step_id = Trimmed(required=True)
        collected_data = object_or_null()  # null or empty: as saved before
        photos = photos_or_null()  # as collected_data
        notes = text_or_null(5000)  # null: as saved before; they alone complete nothing
        quality_check_passed = Flag(load_default=True)  # kept with the data; false holds nothing up
        issues = lines_or_null()  # kept with the data

    class Result(Schema):
        step = Nested(Step, required=True)
        next_step = Nested(Step, required=True, allow_none=True)  # null: nothing was completed, or it was the last
        progress_percentage = Number(required=True)
        requirements_completed = List(Text(), required=True)  # ["step_1_completed"], or nothing


class InterventionSaveStepProgress(Contract):
    """Keep what there is of a step so far; photos are not counted, and other steps not looked at."""

    name, version = "intervention_save_step_progress", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionStepNotFound, InterventionInvalidState)

    class Params(Schema):
        step_id = Trimmed(required=True)
        intervention_id = text_or_null()
        collected_data = object_or_null()  # null: as saved before
        progress_data = object_or_null()  # another name of collected_data
        photos = photos_or_null()  # as collected_data
        notes = text_or_null(5000)  # as collected_data

        @validates_schema
        def check_names(self, data: dict[str, Any], **_: Any) -> None:
            """Refuse two values for one argument.

            Raises:
                ValidationError: both names of the data are used.
            """
            if data.get("collected_data") is not None and data.get("progress_data") is not None:
                raise ValidationError({"progress_data": ["must be left out where collected_data is given"]})

    class Result(Schema):
        step = Nested(Step, required=True)
