"""Clients."""

import sqlalchemy as sa
from alembic import op

revision = "clients_0001"
down_revision = None
branch_labels = ("clients",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
#: What lists are sorted by -> the column.
SORTS = {
    "created_at": "created_at",
    "updated_at": "updated_at",
    "name": "name_key",
    "email": "email",
    "customer_type": "customer_type",
}


def upgrade() -> None:
    """Create the table of the domain."""
    op.create_table(
        "clients_clients",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", KEY_TEXT),
        sa.Column("phone", sa.Text),
        sa.Column("customer_type", KEY_TEXT, nullable=False),
        sa.Column("address_street", sa.Text),
        sa.Column("address_city", sa.Text),
        sa.Column("address_state", sa.Text),
        sa.Column("address_zip", sa.Text),
        sa.Column("address_country", sa.Text),
        sa.Column("tax_id", KEY_TEXT),
        sa.Column("company_name", sa.Text),
        sa.Column("contact_person", sa.Text),
        sa.Column("notes", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("deleted_by", KEY_TEXT),
        sa.Column("name_key", KEY_TEXT, nullable=False),
        sa.Column("search_text", KEY_TEXT, nullable=False),
        sa.CheckConstraint("customer_type IN ('individual', 'business')", name="clients_clients_type"),
    )
    op.create_index("clients_clients_id", "clients_clients", ["id"], unique=True)
    op.create_index("clients_clients_deleted", "clients_clients", ["deleted_at"])
    if op.get_context().dialect.name == "sqlite":
        searched = ["created_at", "seq", "name_key", "deleted_at", "search_text"]
        op.create_index("clients_clients_searched", "clients_clients", searched)
    for name, column in SORTS.items():
        _index(f"clients_clients_by_{name}", [column, "seq"], "deleted_at IS NULL")
    for name in ("email", "tax_id"):
        _index(f"clients_clients_{name}", [name], f"deleted_at IS NULL AND {name} IS NOT NULL", unique=True)


def _index(name: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, "clients_clients", columns, unique=unique, sqlite_where=where, postgresql_where=where)
