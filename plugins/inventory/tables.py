"""The tables of the domain. Moments are epoch milliseconds, quantities thousandths, costs of a unit ten-thousandths.

A total cost is stored nowhere: it follows from the quantity and the cost of a unit, and may be larger than a column
holds. What was booked is never changed and never deleted.

Who locks what: on SQLite one command writes at a time. On PostgreSQL a command that changes a material holds its row
(finding.py); one that also needs an intervention holds that first (consuming.py). Whoever chooses a SKU holds its name
(writing.py), and waits for nothing after that.

Not here: their history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    text,
)

from bus.columns import KEY_TEXT, ROW_ID, JsonText, one_of
from contracts.inventory.words import MATERIAL_TYPES, TRANSACTION_TYPES, UNITS

metadata = MetaData()

materials = Table(
    "inventory_materials",
    metadata,
    # In the order in which they were made.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("sku", KEY_TEXT, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("material_type", KEY_TEXT, nullable=False),
    Column("category", KEY_TEXT),
    Column("subcategory", Text),
    Column("brand", Text),
    Column("model", Text),
    Column("specifications", JsonText),
    Column("unit_of_measure", KEY_TEXT, nullable=False),
    Column("current_stock", BigInteger, nullable=False),
    Column("minimum_stock", BigInteger),
    Column("maximum_stock", BigInteger),
    Column("reorder_point", BigInteger),
    Column("unit_cost", BigInteger),
    Column("currency", KEY_TEXT, nullable=False),
    Column("supplier_name", Text),
    Column("supplier_sku", Text),
    Column("quality_grade", Text),
    Column("certification", Text),
    Column("expiry_date", BigInteger),
    Column("batch_number", Text),
    Column("storage_location", Text),
    Column("warehouse_id", Text),
    Column("is_active", Boolean, nullable=False),
    Column("is_discontinued", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    Column("updated_by", KEY_TEXT, nullable=False),
    # What lists are sorted by and searched in, without letter case: databases fold letters differently.
    Column("name_key", KEY_TEXT, nullable=False),
    Column("search_text", KEY_TEXT, nullable=False),
    CheckConstraint(one_of("material_type", MATERIAL_TYPES), name="inventory_materials_type"),
    CheckConstraint(one_of("unit_of_measure", UNITS), name="inventory_materials_unit"),
    CheckConstraint("current_stock >= 0", name="inventory_materials_stock"),
    CheckConstraint(
        "minimum_stock >= 0 AND maximum_stock >= 0 AND reorder_point >= 0 AND unit_cost >= 0",
        name="inventory_materials_thresholds",
    ),
    Index("inventory_materials_id", "id", unique=True),
    Index("inventory_materials_sku", "sku", unique=True),
    Index("inventory_materials_by_name", "name_key", "seq"),
    Index("inventory_materials_active_by_name", "is_active", "name_key", "seq"),
    # Everything that is counted and added up, so that no row is read for it.
    Index(
        "inventory_materials_counted",
        *("is_active", "material_type", "current_stock", "minimum_stock", "unit_cost", "expiry_date"),
    ),
)

# A search reads this and no row that it does not find. PostgreSQL allows entries of 2,704 bytes, a text may have more.
_SEARCHED = (materials.c.seq, materials.c.is_active, materials.c.name_key, materials.c.search_text)
Index("inventory_materials_searched", *_SEARCHED).ddl_if(dialect="sqlite")

transactions = Table(
    "inventory_transactions",
    metadata,
    # In the order in which the stock changed: whoever changes it holds the material.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("material_id", KEY_TEXT, ForeignKey("inventory_materials.id"), nullable=False),
    Column("transaction_type", KEY_TEXT, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("previous_stock", BigInteger, nullable=False),
    Column("new_stock", BigInteger, nullable=False),
    Column("reference_number", Text),
    Column("reference_type", Text),
    Column("notes", Text),
    Column("unit_cost", BigInteger),
    Column("location_from", Text),
    Column("location_to", Text),
    Column("batch_number", Text),
    Column("expiry_date", BigInteger),
    Column("intervention_id", KEY_TEXT),
    Column("step_id", KEY_TEXT),
    Column("performed_by", KEY_TEXT, nullable=False),
    Column("performed_at", BigInteger, nullable=False),
    CheckConstraint(one_of("transaction_type", TRANSACTION_TYPES), name="inventory_transactions_type"),
    CheckConstraint(
        "quantity >= 0 AND previous_stock >= 0 AND new_stock >= 0", name="inventory_transactions_quantities"
    ),
    Index("inventory_transactions_id", "id", unique=True),
    Index("inventory_transactions_of_material", "material_id", "seq"),
    Index("inventory_transactions_of_type", "material_id", "transaction_type", "seq"),
)

consumptions = Table(
    "inventory_consumptions",
    metadata,
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("intervention_id", KEY_TEXT, nullable=False),
    Column("material_id", KEY_TEXT, ForeignKey("inventory_materials.id"), nullable=False),
    Column("step_id", KEY_TEXT),
    Column("step_number", BigInteger),
    Column("quantity_used", BigInteger, nullable=False),
    Column("waste_quantity", BigInteger, nullable=False),
    Column("waste_reason", Text),
    Column("unit_cost", BigInteger),
    Column("batch_used", Text),
    Column("quality_notes", Text),
    Column("recorded_by", KEY_TEXT, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    CheckConstraint("quantity_used > 0 AND waste_quantity >= 0", name="inventory_consumptions_quantities"),
    Index("inventory_consumptions_id", "id", unique=True),
    Index("inventory_consumptions_of_intervention", "intervention_id", "seq"),
    Index("inventory_consumptions_of_material", "material_id", "seq"),
)

#: Index over some of the active materials -> the column they are sorted by, and which ones.
OF_ACTIVE = {
    "inventory_materials_low": (materials.c.current_stock, " AND current_stock <= minimum_stock"),
    "inventory_materials_expiring": (materials.c.expiry_date, " AND expiry_date IS NOT NULL"),
}


def all_tables() -> MetaData:
    """The tables as migrations make them, with the indexes over some of the materials.

    Describing an index over some of the rows imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    known = {index.name for index in materials.indexes}
    for name, (column, which) in OF_ACTIVE.items():
        if name not in known:
            on_sqlite, on_postgresql = text(f"is_active = 1{which}"), text(f"is_active{which}")
            Index(name, column, materials.c.seq, sqlite_where=on_sqlite, postgresql_where=on_postgresql)
    return metadata
