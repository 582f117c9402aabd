"""Interventions as a whole: begun, paused, taken up again, cancelled, finished."""

from bus.contract import WRITE, Contract, Schema
from bus.fields import List, Nested, Number, validate
from contracts.interventions.errors import InterventionValidationFailed
from contracts.interventions.fields import (
    Word,
    count_or_null,
    lines_or_null,
    number_or_null,
    object_or_null,
    photos_or_null,
)
from contracts.interventions.rows import Intervention, Metrics, Step
from contracts.interventions.words import (
    FILM_TYPES,
    INTERVENTION_TYPES,
    LIGHTING_CONDITIONS,
    WEATHER_CONDITIONS,
    WORK_LOCATIONS,
)
from contracts.workshop.errors import (
    InterventionAlreadyActive,
    InterventionInvalidState,
    NotFound,
    TaskInvalidTransition,
)
from contracts.workshop.fields import Trimmed, moment_or_null, text_or_null
from contracts.workshop.roles import WORKERS


class Coordinates(Schema):
    """A place on earth."""

    latitude = Number(required=True, validate=validate.Range(-90, 90))
    longitude = Number(required=True, validate=validate.Range(-180, 180))
    accuracy = number_or_null(0)  # metres


class Whole(Schema):
    """An intervention with its steps, in their order."""

    intervention = Nested(Intervention, required=True)
    steps = List(Nested(Step), required=True)


class One(Schema):
    """An intervention without its steps."""

    intervention = Nested(Intervention, required=True)


class InterventionStart(Contract):
    """Begin the work on a task; its steps follow from the number of zones, and the task is in progress."""

    name, version = "intervention_start", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionAlreadyActive, TaskInvalidTransition)

    class Params(Schema):
        task_id = Trimmed(required=True)  # or its number
        intervention_type = Word(INTERVENTION_TYPES)  # null: ppf
        ppf_zones = List(Trimmed(most=100), load_default=None, allow_none=True)  # null: those of the task
        technician_id = text_or_null()  # null: the task's, or else the caller
        film_type = Word(FILM_TYPES)  # null: standard
        film_brand = text_or_null(100)
        film_model = text_or_null(100)
        weather_condition = Word(WEATHER_CONDITIONS)
        lighting_condition = Word(LIGHTING_CONDITIONS)
        work_location = Word(WORK_LOCATIONS)  # null: indoor
        temperature = Number(load_default=None, allow_none=True)  # degrees Celsius
        humidity = number_or_null(0, 100)  # percent
        gps_coordinates = Nested(Coordinates, load_default=None, allow_none=True)
        scheduled_start = moment_or_null()  # null: now
        estimated_duration_minutes = count_or_null(1, 100_000)  # null: 60
        description = text_or_null(5000)
        special_instructions = text_or_null(5000)

    Result = Whole


class InterventionPause(Contract):
    """Pause an intervention that is in progress, and its task with it."""

    name, version = "intervention_pause", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionInvalidState)

    class Params(Schema):
        intervention_id = Trimmed(required=True)

    Result = One


class InterventionResume(Contract):
    """Take up an intervention that is paused, and its task with it."""

    name, version = "intervention_resume", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionInvalidState)

    class Params(Schema):
        intervention_id = Trimmed(required=True)

    Result = One


class InterventionCancel(Contract):
    """Cancel an intervention that has not ended, and its task with it; what was used stays used."""

    name, version = "intervention_cancel", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionInvalidState)

    class Params(Schema):
        intervention_id = Trimmed(required=True)
        reason = text_or_null(500)

    Result = One


class InterventionFinalize(Contract):
    """Finish an intervention whose steps are completed, all but perhaps the last one; its task is completed too."""

    name, version = "intervention_finalize", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, InterventionInvalidState, InterventionValidationFailed)

    class Params(Schema):
        intervention_id = Trimmed(required=True)
        collected_data = object_or_null()  # of the last step, unless it is completed; null or empty: as saved before
        photos = photos_or_null()  # as collected_data; they are not counted
        customer_satisfaction = count_or_null(1, 10)
        quality_score = count_or_null(0, 100)
        final_observations = lines_or_null()
        customer_signature = text_or_null()
        customer_comments = text_or_null(5000)

    class Result(Schema):
        intervention = Nested(Intervention, required=True)
        metrics = Nested(Metrics, required=True)
