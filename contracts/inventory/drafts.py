"""What callers say of a material: when they make one, and when they change one.

Names that the server sets are not among them, so nobody can assign those; the stock changes by bookings alone.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import Schema
from bus.fields import EpochMillis, Object, validate
from contracts.inventory.words import MATERIAL_TYPES, UNITS
from contracts.workshop.fields import MAX_MOMENT, Trimmed, word
from contracts.workshop.quantities import Exact, Quantity

MAX_TEXT, MAX_LONG_TEXT = 200, 2000
#: Fractional digits of what a unit costs.
COST_PLACES = 4
#: Those that may not lie above the maximum.
BELOW_MAXIMUM = ("minimum_stock", "reorder_point")


class Currency(Trimmed):
    """Three letters, loaded in upper case."""

    default_error_messages = {"form": "must be three letters"}  # noqa: RUF012  # marshmallow collects this name
    form = "[A-Za-z]{3}"

    def read(self, text: str) -> str:
        """The letters in upper case."""
        if len(text) != 3 or not (text.isascii() and text.isalpha()):  # noqa: PLR2004  # as the message says
            raise self.make_error("form")
        return text.upper()


def cost(**options: Any) -> Exact:
    """What a unit costs, loaded as ten-thousandths."""
    return Exact(places=COST_PLACES, **options)


def text(most: int = MAX_TEXT) -> Trimmed:
    """A text that may be left out or null."""
    return Trimmed(most=most, allow_none=True)


def moment() -> EpochMillis:
    """A moment that may be left out or null."""
    return EpochMillis(allow_none=True, validate=validate.Range(0, MAX_MOMENT))


def threshold_faults(material: dict[str, Any]) -> dict[str, list[str]]:
    """The thresholds of a material that lie above its maximum, each with what is wrong with it."""
    maximum = material.get("maximum_stock")
    if maximum is None:
        return {}
    above = [name for name in BELOW_MAXIMUM if (material.get(name) or 0) > maximum]
    return {name: ["must not be more than maximum_stock"] for name in above}


class _Optional(Schema):
    """What both a new material and a change may hold, and null may stand for."""

    description = text(MAX_LONG_TEXT)
    category = text()
    subcategory = text()
    brand = text()
    model = text()
    specifications = Object(allow_none=True)
    minimum_stock = Quantity(allow_none=True)  # from 0, with at most 3 fractional digits
    maximum_stock = Quantity(allow_none=True)  # from 0, with at most 3 fractional digits
    reorder_point = Quantity(allow_none=True)  # from 0, with at most 3 fractional digits
    unit_cost = cost(allow_none=True)  # from 0, with at most 4 fractional digits
    supplier_name = text()
    supplier_sku = text()
    quality_grade = text()
    certification = text()
    expiry_date = moment()
    batch_number = text()
    storage_location = text()
    warehouse_id = text()


class MaterialDraft(_Optional):
    """A new material; null means the same as absent."""

    sku = Trimmed(most=100, required=True)
    name = Trimmed(most=200, required=True)
    material_type = word(MATERIAL_TYPES, required=True)
    unit_of_measure = Trimmed(allow_none=True, validate=validate.OneOf((*UNITS, None)))
    currency = Currency(allow_none=True)
    current_stock = Quantity(allow_none=True)  # from 0, with at most 3 fractional digits

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: a threshold lies above the maximum.
        """
        faults = threshold_faults(data)
        if faults:
            raise ValidationError(faults)


class MaterialChange(_Optional):
    """Some of a material; what is absent stays, null clears."""

    sku = Trimmed(most=100)
    name = Trimmed(most=200)
    material_type = word(MATERIAL_TYPES)
    unit_of_measure = word(UNITS)
    currency = Currency()
