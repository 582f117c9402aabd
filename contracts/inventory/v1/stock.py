"""The stock of a material: changing it, and what was booked."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Int64, Json
from contracts.inventory.drafts import MAX_LONG_TEXT, MAX_TEXT, cost
from contracts.inventory.errors import InsufficientStock, MaterialInactive, StockLimitExceeded
from contracts.inventory.rows import Material, PageOfConsumptions, PageOfTransactions, Transaction
from contracts.inventory.words import TRANSACTION_TYPES
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import Trimmed, moment_or_null, one_of_or_null, text_or_null, word
from contracts.workshop.quantities import Quantity
from contracts.workshop.roles import WORKERS

#: What a change of a stock may be refused with.
_REFUSALS = (NotFound, MaterialInactive, InsufficientStock, StockLimitExceeded)


class MaterialUpdateStock(Contract):
    """Add to a stock or take from it."""

    name, version = "material_update_stock", 1
    effect, access = WRITE, WORKERS
    errors = _REFUSALS

    class Params(Schema):
        material_id = Trimmed(required=True)
        quantity_change = Quantity(required=True, takes_negative=True, takes_zero=False)  # 3 fractional digits
        reason = Trimmed(required=True, most=500)
        recorded_by = Json(load_default=None, allow_none=True)  # ignored: it is the caller

    Result = Material


class MaterialCreateInventoryTransaction(Contract):
    """Book a change of a stock."""

    name, version = "material_create_inventory_transaction", 1
    effect, access = WRITE, WORKERS
    errors = _REFUSALS

    class Params(Schema):
        material_id = Trimmed(required=True)
        transaction_type = word(TRANSACTION_TYPES, required=True)
        quantity = Quantity(required=True)  # 3 fractional digits; of an adjustment: the stock after it
        reference_number = text_or_null(MAX_TEXT)
        reference_type = text_or_null(MAX_TEXT)
        notes = text_or_null(MAX_LONG_TEXT)
        unit_cost = cost(load_default=None, allow_none=True)  # from 0, with at most 4 fractional digits
        location_from = text_or_null(MAX_TEXT)
        location_to = text_or_null(MAX_TEXT)
        batch_number = text_or_null(MAX_TEXT)
        expiry_date = moment_or_null()
        intervention_id = text_or_null(MAX_TEXT)
        step_id = text_or_null(MAX_TEXT)
        recorded_by = Json(load_default=None, allow_none=True)  # ignored: it is the caller

        @validates_schema
        def check_whole(self, data: dict[str, Any], **_: Any) -> None:
            """Refuse a booking of nothing.

            Raises:
                ValidationError: the quantity is 0, and this is no adjustment.
            """
            if data["quantity"] == 0 and data["transaction_type"] != "adjustment":
                raise ValidationError({"quantity": ["must not be 0"]})

    Result = Transaction


class OfMaterial(Schema):
    """A part of what belongs to a material."""

    material_id = Trimmed(required=True)
    limit = Int64(load_default=None, allow_none=True)  # 50, 1 to 200
    offset = Int64(load_default=None, allow_none=True)  # 0


class MaterialGetTransactionHistory(Contract):
    """Read what was booked on a material, the newest first."""

    name, version = "material_get_transaction_history", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    class Params(OfMaterial):
        transaction_type = one_of_or_null(TRANSACTION_TYPES)

    Result = PageOfTransactions


class MaterialGetConsumptionHistory(Contract):
    """Read what interventions used of a material, the newest first."""

    name, version = "material_get_consumption_history", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OfMaterial
    Result = PageOfConsumptions
