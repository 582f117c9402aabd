"""The tables of the domain. Moments are epoch milliseconds.

Who locks what: on SQLite one command writes at a time. On PostgreSQL whoever changes several rows of the inbox holds
them in their order first (inbox.py).

Not here: their history (migrations/).
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, MetaData, Table, Text, text

from bus.columns import KEY_TEXT, ROW_ID, JsonText, one_of
from contracts.notifications.kinds import KINDS

metadata = MetaData()

inbox = Table(
    "notifications_inbox",
    metadata,
    # In the order in which they were told.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("user_id", KEY_TEXT, nullable=False),
    # The job that heard the event: one that runs again tells nobody twice.
    Column("occasion", KEY_TEXT, nullable=False),
    Column("event", KEY_TEXT, nullable=False),
    Column("title", Text, nullable=False),
    Column("data", JsonText, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # Null: unread.
    Column("read_at", BigInteger),
    CheckConstraint(one_of("event", KINDS), name="notifications_inbox_event"),
    Index("notifications_inbox_id", "id", unique=True),
    Index("notifications_inbox_occasion", "occasion", "user_id", unique=True),
    Index("notifications_inbox_of_user", "user_id", "seq"),
)

preferences = Table(
    "notifications_preferences",
    metadata,
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("user_id", KEY_TEXT, nullable=False),
    # The kinds that are not wanted: whoever never heard of a kind wants it.
    Column("unwanted", JsonText, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("notifications_preferences_id", "id", unique=True),
    Index("notifications_preferences_of_user", "user_id", unique=True),
)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the indexes over some of the rows.

    Describing those imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "notifications_inbox_unread" not in {index.name for index in inbox.indexes}:
        _index_some("notifications_inbox_unread", "user_id, seq, read_at", "read_at IS NULL")
        _index_some("notifications_inbox_read", "read_at", "read_at IS NOT NULL")
    return metadata


def _index_some(name: str, columns: str, condition: str) -> None:
    where = text(condition)
    chosen = [inbox.c[column] for column in columns.split(", ")]
    Index(name, *chosen, sqlite_where=where, postgresql_where=where)
