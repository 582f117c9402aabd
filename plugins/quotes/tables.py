"""The tables of the domain.

Moments are epoch milliseconds, money is cents, quantities are thousandths, tax rates hundredths of a percent.
Who locks what: on SQLite one command writes at a time. On PostgreSQL a command holds the quote's row before it decides
on the quote or its items, then what it refers to, and the counter of the numbers last.

Not here: their history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
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

from bus.columns import KEY_TEXT, ROW_ID, one_of
from contracts.quotes.words import KINDS, STATUSES

metadata = MetaData()

quotes = Table(
    "quotes_quotes",
    metadata,
    # In the order in which they were made.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    # What the number counts, and how it is written.
    Column("number", BigInteger, nullable=False),
    Column("quote_number", KEY_TEXT, nullable=False),
    Column("client_id", KEY_TEXT, nullable=False),
    Column("task_id", KEY_TEXT),
    # As it was stored: a sent quote may have expired since.
    Column("status", KEY_TEXT, nullable=False),
    Column("valid_until", BigInteger),
    Column("notes", Text),
    Column("terms", Text),
    # These four follow from the items.
    Column("subtotal", BigInteger, nullable=False),
    Column("tax_total", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("item_count", BigInteger, nullable=False),
    Column("vehicle_plate", Text),
    Column("vehicle_make", Text),
    Column("vehicle_model", Text),
    Column("vehicle_year", Text),
    Column("vehicle_vin", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    # What lists are searched in, without letter case: databases fold letters differently.
    Column("search_text", KEY_TEXT, nullable=False),
    CheckConstraint(one_of("status", STATUSES), name="quotes_quotes_status_words"),
    CheckConstraint("subtotal >= 0", name="quotes_quotes_subtotal"),
    CheckConstraint("total = subtotal + tax_total", name="quotes_quotes_sums"),
    Index("quotes_quotes_id", "id", unique=True),
    Index("quotes_quotes_quote_number", "quote_number", unique=True),
    Index("quotes_quotes_number", "number", unique=True),
    Index("quotes_quotes_created", "created_at", "seq"),
    Index("quotes_quotes_updated", "updated_at", "seq"),
    Index("quotes_quotes_dearest", "total", "seq"),
    Index("quotes_quotes_of_client", "client_id", "created_at", "seq"),
    # With all that says whether a sent quote has expired: counting a status reads no row.
    Index("quotes_quotes_status", "status", "created_at", "seq", "valid_until"),
)

# A search reads this and no row that it does not find. PostgreSQL allows entries of 2,704 bytes, a text may have more.
_SEARCHED = (quotes.c.created_at, quotes.c.seq, quotes.c.search_text)
Index("quotes_quotes_searched", *_SEARCHED).ddl_if(dialect="sqlite")

items = Table(
    "quotes_items",
    metadata,
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("quote_id", KEY_TEXT, ForeignKey("quotes_quotes.id", ondelete="CASCADE"), nullable=False),
    Column("kind", KEY_TEXT, nullable=False),
    Column("label", Text, nullable=False),
    Column("description", Text),
    Column("qty", BigInteger, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("tax_rate", Integer),
    Column("material_id", KEY_TEXT),
    Column("position", BigInteger, nullable=False),
    Column("line_total", BigInteger, nullable=False),
    Column("line_tax", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    CheckConstraint(one_of("kind", KINDS), name="quotes_items_kind"),
    CheckConstraint("qty > 0", name="quotes_items_qty"),
    CheckConstraint("unit_price >= 0", name="quotes_items_unit_price"),
    Index("quotes_items_id", "id", unique=True),
    Index("quotes_items_of_quote", "quote_id", "position", "seq"),
)

counters = Table(
    "quotes_counters",
    metadata,
    Column("name", KEY_TEXT, primary_key=True),
    # The last one given.
    Column("value", BigInteger, nullable=False),
)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the index over sent quotes.

    Describing an index over some of the rows imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "quotes_quotes_expiring" not in {index.name for index in quotes.indexes}:
        is_running = text("status = 'sent' AND valid_until IS NOT NULL")
        Index("quotes_quotes_expiring", quotes.c.valid_until, sqlite_where=is_running, postgresql_where=is_running)
    return metadata
