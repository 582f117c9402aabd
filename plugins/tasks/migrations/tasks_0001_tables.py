"""Tasks, and the changes of their status."""

import sqlalchemy as sa
from alembic import op

revision = "tasks_0001"
down_revision = None
branch_labels = ("tasks",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_STATUS = (
    "status IN ('draft', 'pending', 'scheduled', 'assigned', 'in_progress', 'paused', 'on_hold', "
    "'completed', 'overdue', 'failed', 'invalid', 'cancelled', 'archived')"
)
#: Index -> its columns.
INDEXES = {
    "number_of_day": ["number_day", "number_of_day"],
    "of_technician": ["technician_id", "scheduled_date"],
    "of_client": ["client_id", "seq", "deleted_at"],
    "of_author": ["created_by"],
    "status": ["status"],
    "deleted": ["deleted_at"],
}
#: What lists are sorted by -> the column.
SORTS = {
    "created_at": "created_at",
    "updated_at": "updated_at",
    "scheduled_date": "scheduled_date",
    "title": "title_key",
    "status": "status",
    "priority": "priority_rank",
    "task_number": "number_key",
}


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_tasks()
    _index_tasks()
    _create_history()


def _create_tasks() -> None:
    op.create_table(
        "tasks_tasks",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("task_number", KEY_TEXT, nullable=False),
        sa.Column("number_day", KEY_TEXT),
        sa.Column("number_of_day", sa.BigInteger),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("vehicle_plate", sa.Text),
        sa.Column("vehicle_model", sa.Text),
        sa.Column("vehicle_make", sa.Text),
        sa.Column("vehicle_year", sa.Text),
        sa.Column("vin", sa.Text),
        sa.Column("ppf_zones", sa.Text, nullable=False),
        sa.Column("custom_ppf_zones", sa.Text, nullable=False),
        sa.Column("status", KEY_TEXT, nullable=False),
        sa.Column("priority", KEY_TEXT, nullable=False),
        sa.Column("technician_id", KEY_TEXT),
        sa.Column("assigned_at", sa.BigInteger),
        sa.Column("assigned_by", KEY_TEXT),
        sa.Column("scheduled_date", KEY_TEXT, nullable=False),
        sa.Column("start_time", KEY_TEXT),
        sa.Column("end_time", KEY_TEXT),
        sa.Column("date_rdv", KEY_TEXT),
        sa.Column("heure_rdv", KEY_TEXT),
        sa.Column("client_id", KEY_TEXT),
        sa.Column("customer_name", sa.Text),
        sa.Column("customer_email", sa.Text),
        sa.Column("customer_phone", sa.Text),
        sa.Column("customer_address", sa.Text),
        sa.Column("external_id", sa.Text),
        sa.Column("lot_film", sa.Text),
        sa.Column("checklist_completed", sa.Boolean, nullable=False),
        sa.Column("notes", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("estimated_duration", sa.Integer),
        sa.Column("actual_duration", sa.Integer),
        sa.Column("workflow_id", KEY_TEXT),
        sa.Column("current_workflow_step_id", KEY_TEXT),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("completed_at", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("updated_by", KEY_TEXT, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("deleted_by", KEY_TEXT),
        sa.Column("title_key", KEY_TEXT, nullable=False),
        sa.Column("number_key", KEY_TEXT, nullable=False),
        sa.Column("priority_rank", sa.Integer, nullable=False),
        sa.Column("search_text", KEY_TEXT, nullable=False),
        sa.CheckConstraint(IS_STATUS, name="tasks_tasks_status"),
        sa.CheckConstraint("priority IN ('low', 'medium', 'high', 'urgent')", name="tasks_tasks_priority"),
    )


def _index_tasks() -> None:
    op.create_index("tasks_tasks_id", "tasks_tasks", ["id"], unique=True)
    op.create_index("tasks_tasks_number", "tasks_tasks", ["task_number"], unique=True)
    for name, columns in INDEXES.items():
        op.create_index(f"tasks_tasks_{name}", "tasks_tasks", columns)
    if op.get_context().dialect.name == "sqlite":
        op.create_index("tasks_tasks_searched", "tasks_tasks", ["created_at", "seq", "deleted_at", "search_text"])
    is_live = sa.text("deleted_at IS NULL")
    for name, column in SORTS.items():
        op.create_index(
            f"tasks_tasks_by_{name}",
            "tasks_tasks",
            [column, "seq"],
            sqlite_where=is_live,
            postgresql_where=is_live,
        )


def _create_history() -> None:
    op.create_table(
        "tasks_history",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("task_id", KEY_TEXT, sa.ForeignKey("tasks_tasks.id"), nullable=False),
        sa.Column("old_status", KEY_TEXT),
        sa.Column("new_status", KEY_TEXT, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("changed_by", KEY_TEXT, nullable=False),
    )
    op.create_index("tasks_history_id", "tasks_history", ["id"], unique=True)
    op.create_index("tasks_history_of_task", "tasks_history", ["task_id", "seq"])
