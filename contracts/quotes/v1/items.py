"""The items of a draft; each command answers with the whole quote, its sums made anew."""

from bus.contract import WRITE, Contract, Schema
from bus.fields import Nested
from contracts.quotes.drafts import ItemChange, ItemDraft
from contracts.quotes.errors import QuoteInvalidState
from contracts.quotes.rows import Quote
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import Trimmed
from contracts.workshop.roles import WORKERS


class _OneItem(Schema):
    """Which item of which quote."""

    quote_id = Trimmed(required=True)
    item_id = Trimmed(required=True)


class QuoteItemAdd(Contract):
    """Add an item to a draft."""

    name, version = "quote_item_add", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    class Params(Schema):
        quote_id = Trimmed(required=True)
        item = Nested(ItemDraft, required=True)

    Result = Quote


class QuoteItemUpdate(Contract):
    """Change some of an item of a draft."""

    name, version = "quote_item_update", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    class Params(_OneItem):
        data = Nested(ItemChange, required=True)

    Result = Quote


class QuoteItemDelete(Contract):
    """Take an item out of a draft."""

    name, version = "quote_item_delete", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    Params = _OneItem
    Result = Quote
