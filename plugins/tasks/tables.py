"""The tables of the domain. Moments are epoch milliseconds; deleted tasks stay, and so do their numbers.

Who locks what: on SQLite one command writes at a time. On PostgreSQL a command holds a task's row before it decides on
the task, then, each only if it needs it: the client's row, the technician's day (conflicts.py), the numbers of a day
(numbers.py), the task's event in the calendar. Nobody who holds one of these waits for another task.

Not here: their history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
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
from contracts.tasks.words import PRIORITIES, STATUSES

metadata = MetaData()

tasks = Table(
    "tasks_tasks",
    metadata,
    # In the order in which they were made.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("task_number", KEY_TEXT, nullable=False),
    # Of a number like 20260301-007 both parts; null for any other.
    Column("number_day", KEY_TEXT),
    Column("number_of_day", BigInteger),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("vehicle_plate", Text),
    Column("vehicle_model", Text),
    Column("vehicle_make", Text),
    Column("vehicle_year", Text),
    Column("vin", Text),
    Column("ppf_zones", JsonText, nullable=False),
    Column("custom_ppf_zones", JsonText, nullable=False),
    Column("status", KEY_TEXT, nullable=False),
    Column("priority", KEY_TEXT, nullable=False),
    Column("technician_id", KEY_TEXT),
    Column("assigned_at", BigInteger),
    Column("assigned_by", KEY_TEXT),
    Column("scheduled_date", KEY_TEXT, nullable=False),
    Column("start_time", KEY_TEXT),
    Column("end_time", KEY_TEXT),
    Column("date_rdv", KEY_TEXT),
    Column("heure_rdv", KEY_TEXT),
    Column("client_id", KEY_TEXT),
    Column("customer_name", Text),
    Column("customer_email", Text),
    Column("customer_phone", Text),
    Column("customer_address", Text),
    Column("external_id", Text),
    Column("lot_film", Text),
    Column("checklist_completed", Boolean, nullable=False),
    Column("notes", Text),
    Column("tags", JsonText, nullable=False),
    Column("estimated_duration", Integer),
    Column("actual_duration", Integer),
    Column("workflow_id", KEY_TEXT),
    Column("current_workflow_step_id", KEY_TEXT),
    Column("started_at", BigInteger),
    Column("completed_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    Column("updated_by", KEY_TEXT, nullable=False),
    Column("deleted_at", BigInteger),
    Column("deleted_by", KEY_TEXT),
    # What lists are sorted by and searched in, without letter case: databases fold letters differently.
    Column("title_key", KEY_TEXT, nullable=False),
    Column("number_key", KEY_TEXT, nullable=False),
    Column("priority_rank", Integer, nullable=False),
    Column("search_text", KEY_TEXT, nullable=False),
    CheckConstraint(one_of("status", STATUSES), name="tasks_tasks_status"),
    CheckConstraint(one_of("priority", PRIORITIES), name="tasks_tasks_priority"),
    Index("tasks_tasks_id", "id", unique=True),
    Index("tasks_tasks_number", "task_number", unique=True),
    Index("tasks_tasks_number_of_day", "number_day", "number_of_day"),
    Index("tasks_tasks_of_technician", "technician_id", "scheduled_date"),
    Index("tasks_tasks_of_client", "client_id", "seq", "deleted_at"),
    Index("tasks_tasks_of_author", "created_by"),
    Index("tasks_tasks_status", "status"),
    Index("tasks_tasks_deleted", "deleted_at"),
)

# A search reads this and no row that it does not find. PostgreSQL allows entries of 2,704 bytes, a text may have more.
_SEARCHED = (tasks.c.created_at, tasks.c.seq, tasks.c.deleted_at, tasks.c.search_text)
Index("tasks_tasks_searched", *_SEARCHED).ddl_if(dialect="sqlite")

task_history = Table(
    "tasks_history",
    metadata,
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("task_id", KEY_TEXT, ForeignKey("tasks_tasks.id"), nullable=False),
    Column("old_status", KEY_TEXT),
    Column("new_status", KEY_TEXT, nullable=False),
    Column("reason", Text),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", KEY_TEXT, nullable=False),
    Index("tasks_history_id", "id", unique=True),
    Index("tasks_history_of_task", "task_id", "seq"),
)

#: What lists may be sorted by -> the column that is sorted.
SORT_COLUMNS = {
    "created_at": tasks.c.created_at,
    "updated_at": tasks.c.updated_at,
    "scheduled_date": tasks.c.scheduled_date,
    "title": tasks.c.title_key,
    "status": tasks.c.status,
    "priority": tasks.c.priority_rank,
    "task_number": tasks.c.number_key,
}


def all_tables() -> MetaData:
    """The tables as migrations make them, with an index for each order of lists.

    Describing an index over some of the rows imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    is_live = text("deleted_at IS NULL")
    known = {index.name for index in tasks.indexes}
    for name, column in SORT_COLUMNS.items():
        if f"tasks_tasks_by_{name}" not in known:
            Index(f"tasks_tasks_by_{name}", column, tasks.c.seq, sqlite_where=is_live, postgresql_where=is_live)
    return metadata
