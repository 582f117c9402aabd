"""Interventions and their steps."""

import sqlalchemy as sa
from alembic import op

revision = "interventions_0001"
down_revision = None
branch_labels = ("interventions",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_STATUS = "status IN ('pending', 'in_progress', 'paused', 'completed', 'cancelled')"
IS_STEP_STATUS = "step_status IN ('pending', 'in_progress', 'completed', 'paused', 'failed', 'skipped', 'rework')"
IS_STEP_TYPE = "step_type IN ('inspection', 'preparation', 'installation', 'finalization')"


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_interventions()
    _index_interventions()
    _create_steps()


def _create_interventions() -> None:
    op.create_table(
        "interventions_interventions",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("task_id", KEY_TEXT, nullable=False),
        sa.Column("task_number", KEY_TEXT, nullable=False),
        sa.Column("status", KEY_TEXT, nullable=False),
        sa.Column("intervention_type", KEY_TEXT, nullable=False),
        sa.Column("technician_id", KEY_TEXT, nullable=False),
        sa.Column("client_id", KEY_TEXT),
        sa.Column("vehicle_plate", sa.Text),
        sa.Column("vehicle_make", sa.Text),
        sa.Column("vehicle_model", sa.Text),
        sa.Column("vehicle_year", sa.Text),
        sa.Column("vehicle_vin", sa.Text),
        sa.Column("ppf_zones_config", sa.Text, nullable=False),
        sa.Column("film_type", KEY_TEXT, nullable=False),
        sa.Column("film_brand", sa.Text),
        sa.Column("film_model", sa.Text),
        sa.Column("weather_condition", KEY_TEXT),
        sa.Column("lighting_condition", KEY_TEXT),
        sa.Column("work_location", KEY_TEXT, nullable=False),
        sa.Column("temperature_celsius", sa.Double),
        sa.Column("humidity_percentage", sa.Double),
        sa.Column("start_location_lat", sa.Double),
        sa.Column("start_location_lon", sa.Double),
        sa.Column("start_location_accuracy", sa.Double),
        sa.Column("scheduled_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("completed_at", sa.BigInteger),
        sa.Column("paused_at", sa.BigInteger),
        sa.Column("cancelled_at", sa.BigInteger),
        sa.Column("cancel_reason", sa.Text),
        sa.Column("estimated_duration", sa.Integer, nullable=False),
        sa.Column("actual_duration", sa.Integer),
        sa.Column("current_step", sa.Integer, nullable=False),
        sa.Column("completion_hundredths", sa.Integer, nullable=False),
        sa.Column("customer_satisfaction", sa.Integer),
        sa.Column("quality_score", sa.Integer),
        sa.Column("final_observations", sa.Text),
        sa.Column("customer_signature", sa.Text),
        sa.Column("customer_comments", sa.Text),
        sa.Column("notes", sa.Text),
        sa.Column("special_instructions", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("updated_by", KEY_TEXT, nullable=False),
        sa.CheckConstraint(IS_STATUS, name="interventions_interventions_status"),
        sa.CheckConstraint("completion_hundredths BETWEEN 0 AND 10000", name="interventions_interventions_completion"),
        sa.CheckConstraint("customer_satisfaction BETWEEN 1 AND 10", name="interventions_interventions_satisfaction"),
        sa.CheckConstraint("quality_score BETWEEN 0 AND 100", name="interventions_interventions_quality"),
    )


def _index_interventions() -> None:
    table = "interventions_interventions"
    op.create_index(f"{table}_id", table, ["id"], unique=True)
    op.create_index(f"{table}_of_task", table, ["task_id", "created_at", "seq"])
    op.create_index(f"{table}_of_technician", table, ["technician_id", "created_at", "seq"])
    op.create_index(f"{table}_by_status", table, ["status", "created_at", "seq"])
    op.create_index(f"{table}_by_created_at", table, ["created_at", "seq"])
    is_active = sa.text("status IN ('pending', 'in_progress', 'paused')")
    op.create_index(
        f"{table}_active", table, ["task_id"], unique=True, sqlite_where=is_active, postgresql_where=is_active
    )


def _create_steps() -> None:
    op.create_table(
        "interventions_steps",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("intervention_id", KEY_TEXT, sa.ForeignKey("interventions_interventions.id"), nullable=False),
        sa.Column("step_number", sa.Integer, nullable=False),
        sa.Column("step_name", sa.Text, nullable=False),
        sa.Column("step_type", KEY_TEXT, nullable=False),
        sa.Column("step_status", KEY_TEXT, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("quality_checkpoints", sa.Text, nullable=False),
        sa.Column("is_mandatory", sa.Boolean, nullable=False),
        sa.Column("requires_photos", sa.Boolean, nullable=False),
        sa.Column("min_photos_required", sa.Integer, nullable=False),
        sa.Column("max_photos_allowed", sa.Integer, nullable=False),
        sa.Column("estimated_duration_seconds", sa.Integer, nullable=False),
        sa.Column("duration_seconds", sa.Integer),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("completed_at", sa.BigInteger),
        sa.Column("collected_data", sa.Text),
        sa.Column("photo_count", sa.Integer, nullable=False),
        sa.Column("photo_urls", sa.Text),
        sa.Column("required_photos_completed", sa.Boolean, nullable=False),
        sa.Column("notes", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint(IS_STEP_TYPE, name="interventions_steps_type"),
        sa.CheckConstraint(IS_STEP_STATUS, name="interventions_steps_status"),
    )
    op.create_index("interventions_steps_id", "interventions_steps", ["id"], unique=True)
    op.create_index(
        "interventions_steps_of_intervention", "interventions_steps", ["intervention_id", "step_number"], unique=True
    )
