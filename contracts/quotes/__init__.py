"""Quotes: what work would cost, item by item, until the client says yes or no or the offer runs out.

An accepted quote becomes a task. Money is whole cents, quantities are exact decimals.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.quotes.v1.quotes": (
        "quote_create@1",
        "quote_get@1",
        "quote_list@1",
        "quote_update@1",
        "quote_delete@1",
    ),
    "contracts.quotes.v1.items": (
        "quote_item_add@1",
        "quote_item_update@1",
        "quote_item_delete@1",
    ),
    "contracts.quotes.v1.moves": (
        "quote_mark_sent@1",
        "quote_mark_accepted@1",
        "quote_mark_rejected@1",
    ),
    "contracts.quotes.v1.export": ("quote_export_pdf@1",),
    "contracts.quotes.v1.within": ("quote_expire@1",),
}
