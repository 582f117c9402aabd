"""The tables of the domain. Times are epoch milliseconds.

Operators and other processes may correct rows: nothing of a row is kept in memory from one call to the next.

Who locks what: on SQLite one command writes at a time. On PostgreSQL whoever changes an operation locks its row first;
claims pass over rows that are locked (claiming.py), and whoever enqueues holds the entity (enqueuing.py).

Not here: their history (migrations/).
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, Integer, MetaData, Table, Text, text

from bus.columns import KEY_TEXT, ROW_ID

metadata = MetaData()

queue = Table(
    "sync_queue",
    metadata,
    Column("id", ROW_ID, Identity(), primary_key=True),
    Column("operation_type", KEY_TEXT, nullable=False),
    Column("entity_type", KEY_TEXT, nullable=False),
    Column("entity_id", KEY_TEXT, nullable=False),
    Column("timestamp_utc", BigInteger, nullable=False),
    Column("retry_count", Integer, nullable=False, server_default="0"),
    Column("max_retries", Integer, nullable=False, server_default="3"),
    Column("status", KEY_TEXT, nullable=False, server_default="pending"),
    Column("next_retry_at", BigInteger),
    # Since when somebody holds it; null: nobody does.
    Column("claimed_at", BigInteger),
    Column("user_id", KEY_TEXT, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("last_error", Text),
    # JSON: ids of entities.
    Column("dependencies", Text, nullable=False, server_default="[]"),
    # JSON. The last column: what is read without it is read without its pages.
    Column("data", Text, nullable=False, server_default="{}"),
    CheckConstraint("operation_type IN ('create', 'update', 'delete')", name="sync_queue_operation_type"),
    CheckConstraint(
        "entity_type IN ('task', 'client', 'intervention', 'step', 'photo', 'user')", name="sync_queue_entity_type"
    ),
    CheckConstraint(
        "status IN ('pending', 'processing', 'completed', 'failed', 'abandoned')", name="sync_queue_status"
    ),
    Index("sync_queue_in_turn", "status", "timestamp_utc", "id"),
    Index("sync_queue_of_entity", "entity_type", "entity_id", "id"),
    # An id is never given twice: whoever holds an old one finds nothing, and not something else.
    sqlite_autoincrement=True,
)
#: The first one of an entity, and of what others need, however many are done before it. No other index has its order.
Index(
    "sync_queue_unfinished",
    queue.c.entity_id,
    queue.c.entity_type,
    queue.c.id,
    sqlite_where=text("status <> 'completed'"),
    postgresql_where=text("status <> 'completed'"),
)
Index(
    "sync_queue_old",
    queue.c.updated_at,
    sqlite_where=text("status = 'completed'"),
    postgresql_where=text("status = 'completed'"),
)

settings = Table(
    "sync_settings",
    metadata,
    Column("key", KEY_TEXT, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)
