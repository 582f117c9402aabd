"""The tables of the domain. Callers' keys are text without a limit; their digests are what is unique and looked up.

Who locks what: on SQLite the bus lets one command write at a time. On PostgreSQL a command that decides on a row it
is about to change reads it with ``FOR NO KEY UPDATE`` (``lock``), and always in this order: effort, task, skill,
session. So ordinals have no gaps, an effort has one open session and one end, and no two commands wait for each
other. Checking that a parent exists takes no lock: no command deletes a project, task, effort or session.

Not here: their history (migrations/), how their rows look in results (rows.py).
"""

from sqlalchemy import (
    BigInteger,
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

from bus.columns import KEY_TEXT, ROW_ID, JsonText
from plugins.engine.columns import Digest, Moment

metadata = MetaData()


def _id() -> "Column[int]":
    return Column("id", ROW_ID, Identity(), primary_key=True)


projects = Table(
    "engine_projects",
    metadata,
    _id(),
    Column("path", KEY_TEXT, nullable=False),
    Column("path_digest", Digest, nullable=False),
    Column("name", Text),
    Column("created_at", Moment, nullable=False),
    Index("engine_projects_path", "path_digest", unique=True),
    sqlite_autoincrement=True,
)

skills = Table(
    "engine_skills",
    metadata,
    _id(),
    Column("project_id", BigInteger, ForeignKey("engine_projects.id"), nullable=False),
    Column("name", KEY_TEXT, nullable=False),
    Column("name_digest", Digest, nullable=False),
    Column("phases", JsonText),
    Column("modes", JsonText),
    Column("templates", JsonText),
    Column("cmd_dependencies", JsonText),
    Column("next_skills", JsonText),
    Column("directives", JsonText),
    Column("version", Text),
    Column("description", Text),
    Column("updated_at", Moment, nullable=False),
    Index("engine_skills_name", "project_id", "name_digest", unique=True),
    sqlite_autoincrement=True,
)

tasks = Table(
    "engine_tasks",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("dir_path", KEY_TEXT, nullable=False),
    Column("project_id", BigInteger, ForeignKey("engine_projects.id"), nullable=False),
    Column("workspace", Text),
    Column("title", Text),
    Column("description", Text),
    Column("keywords", Text),
    Column("created_at", Moment, nullable=False),
    Index("engine_tasks_project", "project_id"),
)

efforts = Table(
    "engine_efforts",
    metadata,
    _id(),
    Column("task_digest", Digest, ForeignKey("engine_tasks.digest", ondelete="CASCADE"), nullable=False),
    # The task's dir_path, which never changes: every answer has it, and needs no join for it.
    Column("task_id", KEY_TEXT, nullable=False),
    Column("skill", Text, nullable=False),
    Column("mode", Text),
    Column("ordinal", Integer, nullable=False),
    Column("lifecycle", Text, nullable=False, server_default=text("'active'")),
    Column("current_phase", Text),
    Column("discovered_directives", JsonText),
    Column("discovered_directories", JsonText),
    Column("metadata", JsonText),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    CheckConstraint("lifecycle IN ('active', 'finished')", name="engine_efforts_lifecycle"),
    Index("engine_efforts_ordinal", "task_digest", "ordinal", unique=True),
    Index("engine_efforts_of_task", "task_digest", "lifecycle"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "engine_sessions",
    metadata,
    _id(),
    Column("task_digest", Digest, ForeignKey("engine_tasks.digest", ondelete="CASCADE"), nullable=False),
    Column("task_id", KEY_TEXT, nullable=False),
    Column("effort_id", BigInteger, ForeignKey("engine_efforts.id"), nullable=False),
    Column("prev_session_id", BigInteger, ForeignKey("engine_sessions.id")),
    Column("pid", BigInteger),
    Column("heartbeat_counter", Integer, nullable=False, server_default=text("0")),
    Column("last_heartbeat", Moment, nullable=False),
    Column("context_usage", Double),
    Column("loaded_files", JsonText),
    Column("dehydration_payload", JsonText),
    Column("transcript_path", Text),
    Column("transcript_offset", BigInteger, nullable=False, server_default=text("0")),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("engine_sessions_of_effort", "effort_id", "ended_at"),
    sqlite_autoincrement=True,
)

phase_history = Table(
    "engine_phase_history",
    metadata,
    _id(),
    Column("effort_id", BigInteger, ForeignKey("engine_efforts.id", ondelete="CASCADE"), nullable=False),
    Column("phase_label", Text, nullable=False),
    Column("proof", JsonText),
    Column("reason", Text),
    Column("created_at", Moment, nullable=False),
    Index("engine_phase_history_of_effort", "effort_id", "id"),
    sqlite_autoincrement=True,
)

messages = Table(
    "engine_messages",
    metadata,
    _id(),
    Column("session_id", BigInteger, ForeignKey("engine_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("role", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("tool_name", Text),
    Column("timestamp", Moment, nullable=False),
    Index("engine_messages_of_session", "session_id", "id"),
    sqlite_autoincrement=True,
)

agents = Table(
    "engine_agents",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("label", Text),
    Column("claims", Text),
    Column("targeted_claims", Text),
    Column("manages", Text),
    Column("parent", Text),
    Column("effort_id", BigInteger, ForeignKey("engine_efforts.id")),
    Column("status", Text),
    Index("engine_agents_of_effort", "effort_id"),
)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the index "one un-ended session an effort".

    Describing that index imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "engine_sessions_open" not in {index.name for index in sessions.indexes}:
        is_open = text("ended_at IS NULL")
        Index("engine_sessions_open", sessions.c.effort_id, unique=True, sqlite_where=is_open, postgresql_where=is_open)
    return metadata
