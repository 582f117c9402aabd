"""The rows of the domain's answers. Moments are epoch milliseconds; whatever is not known is null."""

from bus.contract import Schema
from bus.fields import Boolean, EpochMillis, Id, Int64, List, Number, Object, Text, validate
from contracts.interventions.words import STATUSES, STEP_STATUSES, STEP_TYPES


class Intervention(Schema):
    """The work on one task; what it says of the car is a copy of what the task said when the work began."""

    id = Id(required=True)
    task_id = Id(required=True)
    task_number = Text(required=True)
    status = Text(required=True, validate=validate.OneOf(STATUSES))
    intervention_type = Text(required=True)
    technician_id = Text(required=True)
    client_id = Text(required=True, allow_none=True)
    vehicle_plate = Text(required=True, allow_none=True)
    vehicle_make = Text(required=True, allow_none=True)
    vehicle_model = Text(required=True, allow_none=True)
    vehicle_year = Text(required=True, allow_none=True)
    vehicle_vin = Text(required=True, allow_none=True)
    ppf_zones_config = List(Text(), required=True)
    film_type = Text(required=True)
    film_brand = Text(required=True, allow_none=True)
    film_model = Text(required=True, allow_none=True)
    weather_condition = Text(required=True, allow_none=True)
    lighting_condition = Text(required=True, allow_none=True)
    work_location = Text(required=True)
    temperature_celsius = Number(required=True, allow_none=True)
    humidity_percentage = Number(required=True, allow_none=True)
    start_location_lat = Number(required=True, allow_none=True)
    start_location_lon = Number(required=True, allow_none=True)
    start_location_accuracy = Number(required=True, allow_none=True)
    scheduled_at = EpochMillis(required=True)
    started_at = EpochMillis(required=True, allow_none=True)
    completed_at = EpochMillis(required=True, allow_none=True)
    paused_at = EpochMillis(required=True, allow_none=True)  # null unless paused
    cancelled_at = EpochMillis(required=True, allow_none=True)
    cancel_reason = Text(required=True, allow_none=True)
    estimated_duration = Int64(required=True)  # minutes
    actual_duration = Int64(required=True, allow_none=True)  # minutes
    current_step = Int64(required=True)  # how many steps are completed
    completion_percentage = Number(required=True)  # with at most 2 decimals
    customer_satisfaction = Int64(required=True, allow_none=True)  # 1 to 10
    quality_score = Int64(required=True, allow_none=True)  # 0 to 100
    final_observations = List(Text(), required=True, allow_none=True)
    customer_signature = Text(required=True, allow_none=True)
    customer_comments = Text(required=True, allow_none=True)
    notes = Text(required=True, allow_none=True)
    special_instructions = Text(required=True, allow_none=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True)
    updated_by = Text(required=True)


class Step(Schema):
    """One step of an intervention; what it demands is a copy of what its workflow said when the work began."""

    id = Id(required=True)
    intervention_id = Id(required=True)
    step_number = Int64(required=True)  # from 1
    step_name = Text(required=True)
    step_type = Text(required=True, validate=validate.OneOf(STEP_TYPES))
    step_status = Text(required=True, validate=validate.OneOf(STEP_STATUSES))
    description = Text(required=True, allow_none=True)
    quality_checkpoints = List(Text(), required=True)
    is_mandatory = Boolean(required=True)
    requires_photos = Boolean(required=True)
    min_photos_required = Int64(required=True)
    max_photos_allowed = Int64(required=True)
    estimated_duration_seconds = Int64(required=True)
    duration_seconds = Int64(required=True, allow_none=True)
    started_at = EpochMillis(required=True, allow_none=True)
    completed_at = EpochMillis(required=True, allow_none=True)
    collected_data = Object(required=True, allow_none=True)
    photo_count = Int64(required=True)
    photo_urls = List(Text(), required=True, allow_none=True)
    required_photos_completed = Boolean(required=True)
    notes = Text(required=True, allow_none=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)


class Metrics(Schema):
    """What a finished intervention came to."""

    total_duration_minutes = Int64(required=True)
    completion_rate = Int64(required=True)  # percent
    quality_score = Int64(required=True, allow_none=True)
    customer_satisfaction = Int64(required=True, allow_none=True)
    steps_completed = Int64(required=True)
    total_steps = Int64(required=True)
    photos_taken = Int64(required=True)
