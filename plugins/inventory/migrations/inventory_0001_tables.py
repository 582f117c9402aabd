"""Materials, every change of their stock, and what interventions used."""

import sqlalchemy as sa
from alembic import op

revision = "inventory_0001"
down_revision = None
branch_labels = ("inventory",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_TYPE = "material_type IN ('ppf_film', 'adhesive', 'cleaning_solution', 'tool', 'consumable')"
IS_UNIT = "unit_of_measure IN ('piece', 'meter', 'liter', 'gram', 'roll')"
IS_TRANSACTION = "transaction_type IN ('stock_in', 'stock_out', 'adjustment', 'transfer', 'waste', 'return')"
ARE_THRESHOLDS = "minimum_stock >= 0 AND maximum_stock >= 0 AND reorder_point >= 0 AND unit_cost >= 0"
#: Table -> its indexes, and the columns of each.
INDEXES = {
    "inventory_materials": {
        "inventory_materials_by_name": ["name_key", "seq"],
        "inventory_materials_active_by_name": ["is_active", "name_key", "seq"],
        "inventory_materials_counted": [
            *("is_active", "material_type", "current_stock", "minimum_stock", "unit_cost", "expiry_date")
        ],
    },
    "inventory_transactions": {
        "inventory_transactions_of_material": ["material_id", "seq"],
        "inventory_transactions_of_type": ["material_id", "transaction_type", "seq"],
    },
    "inventory_consumptions": {
        "inventory_consumptions_of_intervention": ["intervention_id", "seq"],
        "inventory_consumptions_of_material": ["material_id", "seq"],
    },
}
#: Index over some of the active materials -> the column they are sorted by, and which ones.
OF_ACTIVE = {
    "inventory_materials_low": ("current_stock", " AND current_stock <= minimum_stock"),
    "inventory_materials_expiring": ("expiry_date", " AND expiry_date IS NOT NULL"),
}


def upgrade() -> None:
    """Create the tables of the domain, parents first: others refer to a material by its unique id."""
    for table, create in {
        "inventory_materials": _create_materials,
        "inventory_transactions": _create_transactions,
        "inventory_consumptions": _create_consumptions,
    }.items():
        create()
        op.create_index(f"{table}_id", table, ["id"], unique=True)
        for name, columns in INDEXES[table].items():
            op.create_index(name, table, columns)
    op.create_index("inventory_materials_sku", "inventory_materials", ["sku"], unique=True)
    if op.get_context().dialect.name == "sqlite":
        searched = ["seq", "is_active", "name_key", "search_text"]
        op.create_index("inventory_materials_searched", "inventory_materials", searched)
    _index_some()


def _index_some() -> None:
    for name, (column, which) in OF_ACTIVE.items():
        op.create_index(
            name,
            "inventory_materials",
            [column, "seq"],
            sqlite_where=sa.text(f"is_active = 1{which}"),
            postgresql_where=sa.text(f"is_active{which}"),
        )


def _create_materials() -> None:
    op.create_table(
        "inventory_materials",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("sku", KEY_TEXT, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("material_type", KEY_TEXT, nullable=False),
        sa.Column("category", KEY_TEXT),
        sa.Column("subcategory", sa.Text),
        sa.Column("brand", sa.Text),
        sa.Column("model", sa.Text),
        sa.Column("specifications", sa.Text),
        sa.Column("unit_of_measure", KEY_TEXT, nullable=False),
        sa.Column("current_stock", sa.BigInteger, nullable=False),
        sa.Column("minimum_stock", sa.BigInteger),
        sa.Column("maximum_stock", sa.BigInteger),
        sa.Column("reorder_point", sa.BigInteger),
        sa.Column("unit_cost", sa.BigInteger),
        sa.Column("currency", KEY_TEXT, nullable=False),
        sa.Column("supplier_name", sa.Text),
        sa.Column("supplier_sku", sa.Text),
        sa.Column("quality_grade", sa.Text),
        sa.Column("certification", sa.Text),
        sa.Column("expiry_date", sa.BigInteger),
        sa.Column("batch_number", sa.Text),
        sa.Column("storage_location", sa.Text),
        sa.Column("warehouse_id", sa.Text),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("is_discontinued", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("updated_by", KEY_TEXT, nullable=False),
        sa.Column("name_key", KEY_TEXT, nullable=False),
        sa.Column("search_text", KEY_TEXT, nullable=False),
        sa.CheckConstraint(IS_TYPE, name="inventory_materials_type"),
        sa.CheckConstraint(IS_UNIT, name="inventory_materials_unit"),
        sa.CheckConstraint("current_stock >= 0", name="inventory_materials_stock"),
        sa.CheckConstraint(ARE_THRESHOLDS, name="inventory_materials_thresholds"),
    )


def _create_transactions() -> None:
    op.create_table(
        "inventory_transactions",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("material_id", KEY_TEXT, sa.ForeignKey("inventory_materials.id"), nullable=False),
        sa.Column("transaction_type", KEY_TEXT, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("previous_stock", sa.BigInteger, nullable=False),
        sa.Column("new_stock", sa.BigInteger, nullable=False),
        sa.Column("reference_number", sa.Text),
        sa.Column("reference_type", sa.Text),
        sa.Column("notes", sa.Text),
        sa.Column("unit_cost", sa.BigInteger),
        sa.Column("location_from", sa.Text),
        sa.Column("location_to", sa.Text),
        sa.Column("batch_number", sa.Text),
        sa.Column("expiry_date", sa.BigInteger),
        sa.Column("intervention_id", KEY_TEXT),
        sa.Column("step_id", KEY_TEXT),
        sa.Column("performed_by", KEY_TEXT, nullable=False),
        sa.Column("performed_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint(IS_TRANSACTION, name="inventory_transactions_type"),
        sa.CheckConstraint(
            "quantity >= 0 AND previous_stock >= 0 AND new_stock >= 0", name="inventory_transactions_quantities"
        ),
    )


def _create_consumptions() -> None:
    op.create_table(
        "inventory_consumptions",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("intervention_id", KEY_TEXT, nullable=False),
        sa.Column("material_id", KEY_TEXT, sa.ForeignKey("inventory_materials.id"), nullable=False),
        sa.Column("step_id", KEY_TEXT),
        sa.Column("step_number", sa.BigInteger),
        sa.Column("quantity_used", sa.BigInteger, nullable=False),
        sa.Column("waste_quantity", sa.BigInteger, nullable=False),
        sa.Column("waste_reason", sa.Text),
        sa.Column("unit_cost", sa.BigInteger),
        sa.Column("batch_used", sa.Text),
        sa.Column("quality_notes", sa.Text),
        sa.Column("recorded_by", KEY_TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("quantity_used > 0 AND waste_quantity >= 0", name="inventory_consumptions_quantities"),
    )
