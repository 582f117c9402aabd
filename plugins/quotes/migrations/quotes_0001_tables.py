"""Quotes, their items, and the counter of their numbers."""

import sqlalchemy as sa
from alembic import op

revision = "quotes_0001"
down_revision = None
branch_labels = ("quotes",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_STATUS = "status IN ('draft', 'sent', 'accepted', 'rejected', 'expired')"
IS_KIND = "kind IN ('labor', 'material', 'service', 'discount')"
#: Index of quotes -> its columns.
INDEXES = {
    "created": ["created_at", "seq"],
    "updated": ["updated_at", "seq"],
    "dearest": ["total", "seq"],
    "of_client": ["client_id", "created_at", "seq"],
    "status": ["status", "created_at", "seq", "valid_until"],
}


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_quotes()
    _index_quotes()
    _create_items()
    op.create_table(
        "quotes_counters",
        sa.Column("name", KEY_TEXT, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _create_quotes() -> None:
    op.create_table(
        "quotes_quotes",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("quote_number", KEY_TEXT, nullable=False),
        sa.Column("client_id", KEY_TEXT, nullable=False),
        sa.Column("task_id", KEY_TEXT),
        sa.Column("status", KEY_TEXT, nullable=False),
        sa.Column("valid_until", sa.BigInteger),
        sa.Column("notes", sa.Text),
        sa.Column("terms", sa.Text),
        sa.Column("subtotal", sa.BigInteger, nullable=False),
        sa.Column("tax_total", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("item_count", sa.BigInteger, nullable=False),
        sa.Column("vehicle_plate", sa.Text),
        sa.Column("vehicle_make", sa.Text),
        sa.Column("vehicle_model", sa.Text),
        sa.Column("vehicle_year", sa.Text),
        sa.Column("vehicle_vin", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("search_text", KEY_TEXT, nullable=False),
        sa.CheckConstraint(IS_STATUS, name="quotes_quotes_status_words"),
        sa.CheckConstraint("subtotal >= 0", name="quotes_quotes_subtotal"),
        sa.CheckConstraint("total = subtotal + tax_total", name="quotes_quotes_sums"),
    )


def _index_quotes() -> None:
    for name in ("id", "quote_number", "number"):
        op.create_index(f"quotes_quotes_{name}", "quotes_quotes", [name], unique=True)
    for name, columns in INDEXES.items():
        op.create_index(f"quotes_quotes_{name}", "quotes_quotes", columns)
    is_running = sa.text("status = 'sent' AND valid_until IS NOT NULL")
    if op.get_context().dialect.name == "sqlite":
        op.create_index("quotes_quotes_searched", "quotes_quotes", ["created_at", "seq", "search_text"])
    op.create_index(
        "quotes_quotes_expiring",
        "quotes_quotes",
        ["valid_until"],
        sqlite_where=is_running,
        postgresql_where=is_running,
    )


def _create_items() -> None:
    op.create_table(
        "quotes_items",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("quote_id", KEY_TEXT, sa.ForeignKey("quotes_quotes.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", KEY_TEXT, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("qty", sa.BigInteger, nullable=False),
        sa.Column("unit_price", sa.BigInteger, nullable=False),
        sa.Column("tax_rate", sa.Integer),
        sa.Column("material_id", KEY_TEXT),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("line_total", sa.BigInteger, nullable=False),
        sa.Column("line_tax", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint(IS_KIND, name="quotes_items_kind"),
        sa.CheckConstraint("qty > 0", name="quotes_items_qty"),
        sa.CheckConstraint("unit_price >= 0", name="quotes_items_unit_price"),
    )
    op.create_index("quotes_items_id", "quotes_items", ["id"], unique=True)
    op.create_index("quotes_items_of_quote", "quotes_items", ["quote_id", "position", "seq"])
