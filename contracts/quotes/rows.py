"""The rows of the domain's answers. Moments are epoch milliseconds, money is cents."""

from bus.contract import Schema
from bus.fields import EpochMillis, Id, Int64, List, Nested, Number, Text, validate
from contracts.quotes.words import KINDS, STATUSES
from contracts.workshop.fields import PageCounts


class Item(Schema):
    """One line of a quote."""

    id = Id(required=True)
    quote_id = Id(required=True)
    kind = Text(required=True, validate=validate.OneOf(KINDS))
    label = Text(required=True)
    description = Text(required=True, allow_none=True)
    qty = Number(required=True)
    unit_price = Int64(required=True)
    tax_rate = Number(required=True, allow_none=True)  # percent
    material_id = Text(required=True, allow_none=True)
    position = Int64(required=True)
    line_total = Int64(required=True)  # below 0 for a discount
    line_tax = Int64(required=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)


class QuoteHead(Schema):
    """A quote without its items."""

    id = Id(required=True)
    quote_number = Text(required=True)
    client_id = Text(required=True)
    task_id = Text(required=True, allow_none=True)
    status = Text(required=True, validate=validate.OneOf(STATUSES))
    valid_until = EpochMillis(required=True, allow_none=True)
    notes = Text(required=True, allow_none=True)
    terms = Text(required=True, allow_none=True)
    subtotal = Int64(required=True)
    tax_total = Int64(required=True)
    total = Int64(required=True)
    vehicle_plate = Text(required=True, allow_none=True)
    vehicle_make = Text(required=True, allow_none=True)
    vehicle_model = Text(required=True, allow_none=True)
    vehicle_year = Text(required=True, allow_none=True)
    vehicle_vin = Text(required=True, allow_none=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True)


class Quote(QuoteHead):
    """A quote."""

    items = List(Nested(Item), required=True)  # by position, then in the order of their making


class ListedQuote(QuoteHead):
    """A quote as lists show it."""

    item_count = Int64(required=True)


class PageOfQuotes(PageCounts):
    """One page of a list."""

    items = List(Nested(ListedQuote), required=True)
