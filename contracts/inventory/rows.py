"""The rows of the domain's answers. Moments are epoch milliseconds; quantities and costs are exact decimals."""

from bus.contract import Schema
from bus.fields import Boolean, Dict, EpochMillis, Id, Int64, List, Nested, Number, Object, Text, validate
from contracts.inventory.words import MATERIAL_TYPES, TRANSACTION_TYPES, UNITS


class Material(Schema):
    """A material, and how much of it there is."""

    id = Id(required=True)
    sku = Text(required=True)
    name = Text(required=True)
    description = Text(required=True, allow_none=True)
    material_type = Text(required=True, validate=validate.OneOf(MATERIAL_TYPES))
    category = Text(required=True, allow_none=True)
    subcategory = Text(required=True, allow_none=True)
    brand = Text(required=True, allow_none=True)
    model = Text(required=True, allow_none=True)
    specifications = Object(required=True, allow_none=True)
    unit_of_measure = Text(required=True, validate=validate.OneOf(UNITS))
    current_stock = Number(required=True)
    minimum_stock = Number(required=True, allow_none=True)
    maximum_stock = Number(required=True, allow_none=True)
    reorder_point = Number(required=True, allow_none=True)
    unit_cost = Number(required=True, allow_none=True)
    currency = Text(required=True)
    supplier_name = Text(required=True, allow_none=True)
    supplier_sku = Text(required=True, allow_none=True)
    quality_grade = Text(required=True, allow_none=True)
    certification = Text(required=True, allow_none=True)
    expiry_date = EpochMillis(required=True, allow_none=True)
    batch_number = Text(required=True, allow_none=True)
    storage_location = Text(required=True, allow_none=True)
    warehouse_id = Text(required=True, allow_none=True)
    is_active = Boolean(required=True)
    is_discontinued = Boolean(required=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True)
    updated_by = Text(required=True)


class Transaction(Schema):
    """One change of a material's stock; never changed, never deleted."""

    id = Id(required=True)
    material_id = Id(required=True)
    transaction_type = Text(required=True, validate=validate.OneOf(TRANSACTION_TYPES))
    quantity = Number(required=True)  # of an adjustment: the stock after it
    previous_stock = Number(required=True)
    new_stock = Number(required=True)
    reference_number = Text(required=True, allow_none=True)
    reference_type = Text(required=True, allow_none=True)  # initial, manual, consumption, or as it was given
    notes = Text(required=True, allow_none=True)
    unit_cost = Number(required=True, allow_none=True)
    total_cost = Number(required=True, allow_none=True)
    location_from = Text(required=True, allow_none=True)
    location_to = Text(required=True, allow_none=True)
    batch_number = Text(required=True, allow_none=True)
    expiry_date = EpochMillis(required=True, allow_none=True)
    intervention_id = Text(required=True, allow_none=True)
    step_id = Text(required=True, allow_none=True)
    performed_by = Text(required=True)
    performed_at = EpochMillis(required=True)


class Consumption(Schema):
    """What an intervention used of a material; never changed, never deleted."""

    id = Id(required=True)
    intervention_id = Text(required=True)
    material_id = Id(required=True)
    step_id = Text(required=True, allow_none=True)
    step_number = Int64(required=True, allow_none=True)
    quantity_used = Number(required=True)
    waste_quantity = Number(required=True)
    waste_reason = Text(required=True, allow_none=True)
    unit_cost = Number(required=True, allow_none=True)
    total_cost = Number(required=True, allow_none=True)  # of what was used, without the waste
    batch_used = Text(required=True, allow_none=True)
    quality_notes = Text(required=True, allow_none=True)
    recorded_by = Text(required=True)
    recorded_at = EpochMillis(required=True)


class UsedMaterial(Schema):
    """A consumption in the summary of its intervention."""

    material_id = Id(required=True)
    material_name = Text(required=True)
    material_type = Text(required=True)
    quantity_used = Number(required=True)
    unit_cost = Number(required=True, allow_none=True)
    total_cost = Number(required=True, allow_none=True)
    waste_quantity = Number(required=True)


class Cut(Schema):
    """What the answer of a list says beside its rows."""

    total_count = Int64(required=True)  # of all that match
    limit = Int64(required=True)
    offset = Int64(required=True)


class PageOfMaterials(Cut):
    """A part of the materials."""

    items = List(Nested(Material), required=True)


class Materials(Schema):
    """All materials that are asked for."""

    items = List(Nested(Material), required=True)
    total_count = Int64(required=True)


class PageOfTransactions(Cut):
    """A part of the changes of a stock."""

    items = List(Nested(Transaction), required=True)


class PageOfConsumptions(Cut):
    """A part of the uses of a material."""

    items = List(Nested(Consumption), required=True)


class Consumptions(Schema):
    """All that an intervention used."""

    items = List(Nested(Consumption), required=True)
    total_count = Int64(required=True)


class Summary(Schema):
    """What an intervention used, and what that cost."""

    intervention_id = Text(required=True)
    total_materials_used = Int64(required=True)  # rows
    total_cost = Number(required=True)
    materials = List(Nested(UsedMaterial), required=True)


class Statistics(Schema):
    """How many materials there are, and what the active ones are worth."""

    total_materials = Int64(required=True)
    active_materials = Int64(required=True)
    low_stock_materials = Int64(required=True)
    expired_materials = Int64(required=True)
    total_value = Number(required=True)
    materials_by_type = Dict(Text(), Int64(), required=True)  # active ones; types that occur
