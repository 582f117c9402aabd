"""Atoms, tags, and the tree."""

import sqlalchemy as sa
from alembic import op

revision = "lazynote_0001"
down_revision = None
branch_labels = ("lazynote",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_atoms()
    _create_tags()
    _create_atom_tags()
    _create_workspace_nodes()


def _row_id() -> "sa.Column[int]":
    return sa.Column("id", ROW_ID, sa.Identity(), primary_key=True)


def _is_deleted() -> "sa.Column[bool]":
    return sa.Column("is_deleted", sa.Boolean, nullable=False, server_default=sa.false())


def _create_atoms() -> None:
    op.create_table(
        "lazynote_atoms",
        _row_id(),
        sa.Column("uuid", KEY_TEXT, nullable=False),
        sa.Column("owner", KEY_TEXT, nullable=False),
        sa.Column("type", KEY_TEXT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("task_status", KEY_TEXT),
        sa.Column("start_at", sa.BigInteger),
        sa.Column("end_at", sa.BigInteger),
        sa.Column("preview_text", sa.Text),
        sa.Column("preview_image", sa.Text),
        sa.Column("recurrence_rule", sa.Text),
        sa.Column("hlc_timestamp", sa.Text),
        _is_deleted(),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("search_text", KEY_TEXT, nullable=False),
        sa.Column("token_count", sa.Integer, nullable=False),
        sa.CheckConstraint("type IN ('note', 'task', 'event')", name="lazynote_atoms_type"),
        sa.CheckConstraint(
            "task_status IN ('todo', 'in_progress', 'done', 'cancelled')", name="lazynote_atoms_task_status"
        ),
        sa.CheckConstraint("end_at >= start_at", name="lazynote_atoms_times"),
    )
    op.create_index("lazynote_atoms_uuid", "lazynote_atoms", ["uuid"], unique=True)
    op.create_index(
        "lazynote_atoms_latest",
        "lazynote_atoms",
        ["owner", "type", "is_deleted", sa.text("updated_at DESC"), "uuid"],
    )
    is_timed = sa.text("start_at IS NOT NULL OR end_at IS NOT NULL")
    op.create_index(
        "lazynote_atoms_in_time",
        "lazynote_atoms",
        ["owner", "start_at", "end_at", "is_deleted", "task_status"],
        sqlite_where=is_timed,
        postgresql_where=is_timed,
    )
    op.create_index(
        "lazynote_atoms_inbox",
        "lazynote_atoms",
        ["owner", sa.text("updated_at DESC"), "uuid", "task_status", "is_deleted", "start_at", "end_at"],
        sqlite_where=sa.text("start_at IS NULL AND end_at IS NULL AND is_deleted = 0"),
        postgresql_where=sa.text("start_at IS NULL AND end_at IS NULL AND NOT is_deleted"),
    )


def _create_tags() -> None:
    op.create_table(
        "lazynote_tags",
        _row_id(),
        sa.Column("owner", KEY_TEXT, nullable=False),
        sa.Column("name", KEY_TEXT, nullable=False),
    )
    op.create_index("lazynote_tags_name", "lazynote_tags", ["owner", "name"], unique=True)


def _create_atom_tags() -> None:
    op.create_table(
        "lazynote_atom_tags",
        sa.Column("atom_uuid", KEY_TEXT, sa.ForeignKey("lazynote_atoms.uuid", ondelete="CASCADE"), primary_key=True),
        sa.Column("tag_id", sa.BigInteger, sa.ForeignKey("lazynote_tags.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("lazynote_atom_tags_tag", "lazynote_atom_tags", ["tag_id"])


def _create_workspace_nodes() -> None:
    op.create_table(
        "lazynote_workspace_nodes",
        sa.Column("node_uuid", KEY_TEXT, primary_key=True),
        sa.Column("owner", KEY_TEXT, nullable=False),
        sa.Column("kind", KEY_TEXT, nullable=False),
        sa.Column("parent_uuid", KEY_TEXT, sa.ForeignKey("lazynote_workspace_nodes.node_uuid")),
        sa.Column("atom_uuid", KEY_TEXT, sa.ForeignKey("lazynote_atoms.uuid")),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("sort_order", sa.BigInteger, nullable=False),
        _is_deleted(),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("kind IN ('folder', 'note_ref')", name="lazynote_workspace_nodes_kind"),
        sa.CheckConstraint("(kind = 'folder') = (atom_uuid IS NULL)", name="lazynote_workspace_nodes_atom"),
        sa.CheckConstraint("parent_uuid <> node_uuid", name="lazynote_workspace_nodes_parent"),
    )
    op.create_index(
        "lazynote_workspace_nodes_children",
        "lazynote_workspace_nodes",
        ["owner", "parent_uuid", "is_deleted", "sort_order", "node_uuid"],
    )
    op.create_index("lazynote_workspace_nodes_of_atom", "lazynote_workspace_nodes", ["atom_uuid"])
