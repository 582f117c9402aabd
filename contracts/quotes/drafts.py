"""What callers say of a quote and its items: when they make them, and when they change them.

Names that the server sets are not among them, so nobody can assign those.
"""

from bus.contract import Schema
from bus.fields import EpochMillis, Int64, List, Nested, validate
from contracts.quotes.words import (
    KINDS,
    MAX_DESCRIPTION,
    MAX_LABEL,
    MAX_TAX_RATE,
    MAX_TEXT,
    MAX_UNIT_PRICE,
    TAX_PLACES,
)
from contracts.workshop.fields import MAX_MOMENT, Trimmed, Year, word
from contracts.workshop.quantities import Exact, Quantity

_PRICE = validate.Range(0, MAX_UNIT_PRICE)
_PLACE = validate.Range(min=0)


class _OptionalOfItem(Schema):
    """What both a new item and a change may hold, and null may stand for."""

    description = Trimmed(most=MAX_DESCRIPTION, allow_none=True)
    tax_rate = Exact(places=TAX_PLACES, most=MAX_TAX_RATE, allow_none=True)  # percent, loaded as hundredths
    material_id = Trimmed(allow_none=True)


class ItemDraft(_OptionalOfItem):
    """A new item; null means the same as absent."""

    label = Trimmed(most=MAX_LABEL, required=True)
    qty = Quantity(takes_zero=False, required=True)
    unit_price = Int64(required=True, validate=_PRICE)  # cents
    kind = Trimmed(allow_none=True, validate=validate.OneOf((*KINDS, None)))  # service
    position = Int64(allow_none=True, validate=_PLACE)  # after the others


class ItemChange(_OptionalOfItem):
    """Some of an item; what is absent stays, null clears."""

    label = Trimmed(most=MAX_LABEL)
    qty = Quantity(takes_zero=False)
    unit_price = Int64(validate=_PRICE)  # cents
    kind = word(KINDS)
    position = Int64(validate=_PLACE)


class QuoteChange(Schema):
    """Some of a quote; what is absent stays, null clears."""

    valid_until = EpochMillis(allow_none=True, validate=validate.Range(0, MAX_MOMENT))  # later than now
    notes = Trimmed(most=MAX_TEXT, allow_none=True)
    terms = Trimmed(most=MAX_TEXT, allow_none=True)
    vehicle_plate = Trimmed(most=20, allow_none=True)
    vehicle_make = Trimmed(most=100, allow_none=True)
    vehicle_model = Trimmed(most=100, allow_none=True)
    vehicle_year = Year(allow_none=True)
    vehicle_vin = Trimmed(most=50, allow_none=True)


class QuoteDraft(QuoteChange):
    """A new quote; null means the same as absent."""

    client_id = Trimmed(required=True)
    task_id = Trimmed(allow_none=True)  # or its number
    items = List(Nested(ItemDraft), allow_none=True)
