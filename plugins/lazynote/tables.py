"""The tables of the domain. Every row belongs to an owner, and every statement names the owner.

Who locks what: on SQLite the bus lets one command write at a time. On PostgreSQL a command takes what it decides upon
before it looks, and always in this order: the owner's tree as a whole (workspace/nodes.py), atoms, tags by name. Only
who holds the tree takes several atoms. Deletion of atoms and nodes is soft; a tag that no atom carries is deleted.

Not here: their history (migrations/), the tables of the search (search/tables.py), how rows look in answers (atoms.py).
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
    false,
    text,
)

from bus.columns import KEY_TEXT, ROW_ID

metadata = MetaData()

atoms = Table(
    "lazynote_atoms",
    metadata,
    # What the search index of SQLite knows an atom by; nothing else does.
    Column("id", ROW_ID, Identity(), primary_key=True),
    Column("uuid", KEY_TEXT, nullable=False),
    Column("owner", KEY_TEXT, nullable=False),
    Column("type", KEY_TEXT, nullable=False),
    Column("content", Text, nullable=False),
    Column("task_status", KEY_TEXT),
    Column("start_at", BigInteger),
    Column("end_at", BigInteger),
    Column("preview_text", Text),
    Column("preview_image", Text),
    # Kept free for repeated events and for merging copies of a vault; nothing writes them.
    Column("recurrence_rule", Text),
    Column("hlc_timestamp", Text),
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    # The tokens of the content with a blank around each, and how many they are.
    Column("search_text", KEY_TEXT, nullable=False),
    Column("token_count", Integer, nullable=False),
    CheckConstraint("type IN ('note', 'task', 'event')", name="lazynote_atoms_type"),
    CheckConstraint("task_status IN ('todo', 'in_progress', 'done', 'cancelled')", name="lazynote_atoms_task_status"),
    CheckConstraint("end_at >= start_at", name="lazynote_atoms_times"),
    Index("lazynote_atoms_uuid", "uuid", unique=True),
)
Index(
    "lazynote_atoms_latest",
    atoms.c.owner,
    atoms.c.type,
    atoms.c.is_deleted,
    atoms.c.updated_at.desc(),
    atoms.c.uuid,
)

tags = Table(
    "lazynote_tags",
    metadata,
    Column("id", ROW_ID, Identity(), primary_key=True),
    Column("owner", KEY_TEXT, nullable=False),
    Column("name", KEY_TEXT, nullable=False),
    Index("lazynote_tags_name", "owner", "name", unique=True),
)

atom_tags = Table(
    "lazynote_atom_tags",
    metadata,
    Column("atom_uuid", KEY_TEXT, ForeignKey("lazynote_atoms.uuid", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", BigInteger, ForeignKey("lazynote_tags.id", ondelete="CASCADE"), primary_key=True),
    Index("lazynote_atom_tags_tag", "tag_id"),
)

workspace_nodes = Table(
    "lazynote_workspace_nodes",
    metadata,
    Column("node_uuid", KEY_TEXT, primary_key=True),
    Column("owner", KEY_TEXT, nullable=False),
    Column("kind", KEY_TEXT, nullable=False),
    # Null: at root level.
    Column("parent_uuid", KEY_TEXT, ForeignKey("lazynote_workspace_nodes.node_uuid")),
    Column("atom_uuid", KEY_TEXT, ForeignKey("lazynote_atoms.uuid")),
    Column("display_name", Text, nullable=False),
    Column("sort_order", BigInteger, nullable=False),
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    CheckConstraint("kind IN ('folder', 'note_ref')", name="lazynote_workspace_nodes_kind"),
    CheckConstraint("(kind = 'folder') = (atom_uuid IS NULL)", name="lazynote_workspace_nodes_atom"),
    CheckConstraint("parent_uuid <> node_uuid", name="lazynote_workspace_nodes_parent"),
    Index("lazynote_workspace_nodes_children", "owner", "parent_uuid", "is_deleted", "sort_order", "node_uuid"),
    Index("lazynote_workspace_nodes_of_atom", "atom_uuid"),
)


def describe_indexes_of_times() -> None:
    """The indexes of atoms with a time, and of those without, are among the others.

    Every note that nobody placed is in the inbox: it is read in its order, and counted, from the index. Both end with
    what their counts look at. Describing them imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "lazynote_atoms_inbox" in {index.name for index in atoms.indexes}:
        return
    is_timed = text("start_at IS NOT NULL OR end_at IS NOT NULL")
    in_time = ("owner", "start_at", "end_at", "is_deleted", "task_status")
    Index(
        "lazynote_atoms_in_time",
        *(atoms.c[name] for name in in_time),
        sqlite_where=is_timed,
        postgresql_where=is_timed,
    )
    Index(
        "lazynote_atoms_inbox",
        atoms.c.owner,
        atoms.c.updated_at.desc(),
        *(atoms.c[name] for name in ("uuid", "task_status", "is_deleted", "start_at", "end_at")),
        sqlite_where=text("start_at IS NULL AND end_at IS NULL AND is_deleted = 0"),
        postgresql_where=text("start_at IS NULL AND end_at IS NULL AND NOT is_deleted"),
    )
