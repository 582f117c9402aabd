"""The words and limits that quotes are described with."""

DRAFT, SENT, ACCEPTED, REJECTED, EXPIRED = "draft", "sent", "accepted", "rejected", "expired"
STATUSES = (DRAFT, SENT, ACCEPTED, REJECTED, EXPIRED)

SERVICE, DISCOUNT = "service", "discount"
#: What an item is; a discount is subtracted.
KINDS = ("labor", "material", SERVICE, DISCOUNT)

MAX_TEXT, MAX_LABEL, MAX_DESCRIPTION = 5_000, 200, 1_000
#: Largest price of one unit, and largest sum of a quote, in cents.
MAX_UNIT_PRICE, MAX_SUM = 1_000_000_000, 1_000_000_000_000_000
#: Percent.
MAX_TAX_RATE, TAX_PLACES = 100, 2
