"""The table of the domain. Moments are epoch milliseconds; deleted clients stay, their email and tax id are free.

Who locks what: on SQLite one command writes at a time. On PostgreSQL a command holds the client's row, then the email,
then the tax id it wants (writing.py). Whoever makes a task for a client keeps it from being deleted (within.py).

Not here: its history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    text,
)

from bus.columns import KEY_TEXT, ROW_ID, JsonText

metadata = MetaData()

clients = Table(
    "clients_clients",
    metadata,
    # In the order in which they were made.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", KEY_TEXT),
    Column("phone", Text),
    Column("customer_type", KEY_TEXT, nullable=False),
    Column("address_street", Text),
    Column("address_city", Text),
    Column("address_state", Text),
    Column("address_zip", Text),
    Column("address_country", Text),
    Column("tax_id", KEY_TEXT),
    Column("company_name", Text),
    Column("contact_person", Text),
    Column("notes", Text),
    Column("tags", JsonText, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    Column("deleted_at", BigInteger),
    Column("deleted_by", KEY_TEXT),
    # What lists are sorted by and searched in, without letter case: databases fold letters differently.
    Column("name_key", KEY_TEXT, nullable=False),
    Column("search_text", KEY_TEXT, nullable=False),
    CheckConstraint("customer_type IN ('individual', 'business')", name="clients_clients_type"),
    Index("clients_clients_id", "id", unique=True),
    Index("clients_clients_deleted", "deleted_at"),
)

# A search reads this and no row that it does not find. PostgreSQL allows entries of 2,704 bytes, a text may have more.
_SEARCHED = (*(clients.c[name] for name in ("created_at", "seq", "name_key", "deleted_at")), clients.c.search_text)
Index("clients_clients_searched", *_SEARCHED).ddl_if(dialect="sqlite")

#: What lists may be sorted by -> the column that is sorted; the counts of tasks are beside them.
SORT_COLUMNS = {
    "created_at": clients.c.created_at,
    "updated_at": clients.c.updated_at,
    "name": clients.c.name_key,
    "email": clients.c.email,
    "customer_type": clients.c.customer_type,
}


def all_tables() -> MetaData:
    """The table as migrations make it, with the indexes over live clients.

    Describing an index over some of the rows imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "clients_clients_email" in {index.name for index in clients.indexes}:
        return metadata
    is_live = text("deleted_at IS NULL")
    for name, column in SORT_COLUMNS.items():
        Index(f"clients_clients_by_{name}", column, clients.c.seq, sqlite_where=is_live, postgresql_where=is_live)
    for column in (clients.c.email, clients.c.tax_id):
        is_held = text(f"deleted_at IS NULL AND {column.name} IS NOT NULL")
        Index(f"clients_clients_{column.name}", column, unique=True, sqlite_where=is_held, postgresql_where=is_held)
    return metadata
