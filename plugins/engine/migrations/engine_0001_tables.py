"""Projects, skills, tasks, efforts, sessions, phase history, messages and agents."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "engine_0001"
down_revision = None
branch_labels = ("engine",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_projects()
    _create_skills()
    _create_tasks()
    _create_efforts()
    _create_sessions()
    _create_phase_history()
    _create_messages()
    _create_agents()


def _row_id() -> "sa.Column[int]":
    return sa.Column("id", ROW_ID, sa.Identity(), primary_key=True)


def _parent(name: str, kind: type[Any], target: str) -> "sa.Column[Any]":
    """A row goes when its parent goes."""
    return sa.Column(name, kind, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _create_projects() -> None:
    op.create_table(
        "engine_projects",
        _row_id(),
        sa.Column("path", KEY_TEXT, nullable=False),
        sa.Column("path_digest", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_projects_path", "engine_projects", ["path_digest"], unique=True)


def _create_skills() -> None:
    op.create_table(
        "engine_skills",
        _row_id(),
        sa.Column("project_id", sa.BigInteger, sa.ForeignKey("engine_projects.id"), nullable=False),
        sa.Column("name", KEY_TEXT, nullable=False),
        sa.Column("name_digest", sa.LargeBinary, nullable=False),
        sa.Column("phases", sa.Text),
        sa.Column("modes", sa.Text),
        sa.Column("templates", sa.Text),
        sa.Column("cmd_dependencies", sa.Text),
        sa.Column("next_skills", sa.Text),
        sa.Column("directives", sa.Text),
        sa.Column("version", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_skills_name", "engine_skills", ["project_id", "name_digest"], unique=True)


def _create_tasks() -> None:
    op.create_table(
        "engine_tasks",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("dir_path", KEY_TEXT, nullable=False),
        sa.Column("project_id", sa.BigInteger, sa.ForeignKey("engine_projects.id"), nullable=False),
        sa.Column("workspace", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("keywords", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_index("engine_tasks_project", "engine_tasks", ["project_id"])


def _create_efforts() -> None:
    op.create_table(
        "engine_efforts",
        _row_id(),
        _parent("task_digest", sa.LargeBinary, "engine_tasks.digest"),
        sa.Column("task_id", KEY_TEXT, nullable=False),
        sa.Column("skill", sa.Text, nullable=False),
        sa.Column("mode", sa.Text),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("lifecycle", sa.Text, nullable=False, server_default=sa.text("'active'")),
        sa.Column("current_phase", sa.Text),
        sa.Column("discovered_directives", sa.Text),
        sa.Column("discovered_directories", sa.Text),
        sa.Column("metadata", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("finished_at", sa.BigInteger),
        sa.CheckConstraint("lifecycle IN ('active', 'finished')", name="engine_efforts_lifecycle"),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_efforts_ordinal", "engine_efforts", ["task_digest", "ordinal"], unique=True)
    op.create_index("engine_efforts_of_task", "engine_efforts", ["task_digest", "lifecycle"])


def _create_sessions() -> None:
    op.create_table(
        "engine_sessions",
        _row_id(),
        _parent("task_digest", sa.LargeBinary, "engine_tasks.digest"),
        sa.Column("task_id", KEY_TEXT, nullable=False),
        sa.Column("effort_id", sa.BigInteger, sa.ForeignKey("engine_efforts.id"), nullable=False),
        sa.Column("prev_session_id", sa.BigInteger, sa.ForeignKey("engine_sessions.id")),
        sa.Column("pid", sa.BigInteger),
        sa.Column("heartbeat_counter", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("last_heartbeat", sa.BigInteger, nullable=False),
        sa.Column("context_usage", sa.Double),
        sa.Column("loaded_files", sa.Text),
        sa.Column("dehydration_payload", sa.Text),
        sa.Column("transcript_path", sa.Text),
        sa.Column("transcript_offset", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_sessions_of_effort", "engine_sessions", ["effort_id", "ended_at"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "engine_sessions_open",
        "engine_sessions",
        ["effort_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _create_phase_history() -> None:
    op.create_table(
        "engine_phase_history",
        _row_id(),
        _parent("effort_id", sa.BigInteger, "engine_efforts.id"),
        sa.Column("phase_label", sa.Text, nullable=False),
        sa.Column("proof", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_phase_history_of_effort", "engine_phase_history", ["effort_id", "id"])


def _create_messages() -> None:
    op.create_table(
        "engine_messages",
        _row_id(),
        _parent("session_id", sa.BigInteger, "engine_sessions.id"),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("tool_name", sa.Text),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("engine_messages_of_session", "engine_messages", ["session_id", "id"])


def _create_agents() -> None:
    op.create_table(
        "engine_agents",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("claims", sa.Text),
        sa.Column("targeted_claims", sa.Text),
        sa.Column("manages", sa.Text),
        sa.Column("parent", sa.Text),
        sa.Column("effort_id", sa.BigInteger, sa.ForeignKey("engine_efforts.id")),
        sa.Column("status", sa.Text),
    )
    op.create_index("engine_agents_of_effort", "engine_agents", ["effort_id"])
