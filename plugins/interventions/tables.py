"""The tables of the domain. Moments are epoch milliseconds.

Who locks what: on SQLite one command writes at a time. On PostgreSQL a command that touches the task holds the task's
row first, then the intervention's; whoever holds the intervention's row may read and change its steps.

Not here: their history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

from bus.columns import KEY_TEXT, ROW_ID, JsonText, one_of
from contracts.interventions.words import ACTIVE, STATUSES, STEP_STATUSES, STEP_TYPES

metadata = MetaData()

interventions = Table(
    "interventions_interventions",
    metadata,
    # In the order in which they were begun.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("task_id", KEY_TEXT, nullable=False),
    Column("task_number", KEY_TEXT, nullable=False),
    Column("status", KEY_TEXT, nullable=False),
    Column("intervention_type", KEY_TEXT, nullable=False),
    Column("technician_id", KEY_TEXT, nullable=False),
    Column("client_id", KEY_TEXT),
    Column("vehicle_plate", Text),
    Column("vehicle_make", Text),
    Column("vehicle_model", Text),
    Column("vehicle_year", Text),
    Column("vehicle_vin", Text),
    Column("ppf_zones_config", JsonText, nullable=False),
    Column("film_type", KEY_TEXT, nullable=False),
    Column("film_brand", Text),
    Column("film_model", Text),
    Column("weather_condition", KEY_TEXT),
    Column("lighting_condition", KEY_TEXT),
    Column("work_location", KEY_TEXT, nullable=False),
    # What instruments show: nobody adds these up.
    Column("temperature_celsius", Double),
    Column("humidity_percentage", Double),
    Column("start_location_lat", Double),
    Column("start_location_lon", Double),
    Column("start_location_accuracy", Double),
    Column("scheduled_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("completed_at", BigInteger),
    Column("paused_at", BigInteger),
    Column("cancelled_at", BigInteger),
    Column("cancel_reason", Text),
    Column("estimated_duration", Integer, nullable=False),
    Column("actual_duration", Integer),
    Column("current_step", Integer, nullable=False),
    # Hundredths of a percent.
    Column("completion_hundredths", Integer, nullable=False),
    Column("customer_satisfaction", Integer),
    Column("quality_score", Integer),
    Column("final_observations", JsonText),
    Column("customer_signature", Text),
    Column("customer_comments", Text),
    Column("notes", Text),
    Column("special_instructions", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    Column("updated_by", KEY_TEXT, nullable=False),
    CheckConstraint(one_of("status", STATUSES), name="interventions_interventions_status"),
    CheckConstraint("completion_hundredths BETWEEN 0 AND 10000", name="interventions_interventions_completion"),
    CheckConstraint("customer_satisfaction BETWEEN 1 AND 10", name="interventions_interventions_satisfaction"),
    CheckConstraint("quality_score BETWEEN 0 AND 100", name="interventions_interventions_quality"),
    Index("interventions_interventions_id", "id", unique=True),
    Index("interventions_interventions_of_task", "task_id", "created_at", "seq"),
    Index("interventions_interventions_of_technician", "technician_id", "created_at", "seq"),
    Index("interventions_interventions_by_status", "status", "created_at", "seq"),
    Index("interventions_interventions_by_created_at", "created_at", "seq"),
)

steps = Table(
    "interventions_steps",
    metadata,
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("intervention_id", KEY_TEXT, ForeignKey("interventions_interventions.id"), nullable=False),
    Column("step_number", Integer, nullable=False),
    Column("step_name", Text, nullable=False),
    Column("step_type", KEY_TEXT, nullable=False),
    Column("step_status", KEY_TEXT, nullable=False),
    Column("description", Text),
    Column("quality_checkpoints", JsonText, nullable=False),
    Column("is_mandatory", Boolean, nullable=False),
    Column("requires_photos", Boolean, nullable=False),
    Column("min_photos_required", Integer, nullable=False),
    Column("max_photos_allowed", Integer, nullable=False),
    Column("estimated_duration_seconds", Integer, nullable=False),
    Column("duration_seconds", Integer),
    Column("started_at", BigInteger),
    Column("completed_at", BigInteger),
    Column("collected_data", JsonText),
    Column("photo_count", Integer, nullable=False),
    Column("photo_urls", JsonText),
    Column("required_photos_completed", Boolean, nullable=False),
    Column("notes", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    CheckConstraint(one_of("step_type", STEP_TYPES), name="interventions_steps_type"),
    CheckConstraint(one_of("step_status", STEP_STATUSES), name="interventions_steps_status"),
    Index("interventions_steps_id", "id", unique=True),
    Index("interventions_steps_of_intervention", "intervention_id", "step_number", unique=True),
)

#: Of these there is at most one for each task.
IS_ACTIVE = one_of("status", ACTIVE)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the index that keeps a task from being worked on twice.

    Describing an index over some of the rows imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    name = "interventions_interventions_active"
    if name not in {index.name for index in interventions.indexes}:
        is_active = text(IS_ACTIVE)
        Index(name, interventions.c.task_id, unique=True, sqlite_where=is_active, postgresql_where=is_active)
    return metadata
