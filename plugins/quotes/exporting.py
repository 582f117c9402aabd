"""Answers ``quote_export_pdf``: read, set, drawn a page at a time, so that it can be watched and stopped in between.

The quote is read once, as it is at the beginning; a run that is begun again after a crash begins with reading it.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from bus.context import Context
from contracts.quotes.v1.export import PDF, QuoteExportPdf
from plugins.quotes.plugin import quotes as plugin


@plugin.handles(QuoteExportPdf)
def quote_export_pdf(ctx: Context, id: str) -> dict[str, Any]:
    """The document, whatever the status of the quote."""
    quote = ctx.call("quote_get", {"id": id})
    document = _document(ctx, quote, _client_name(ctx, quote["client_id"]))
    return {
        "quote_id": quote["id"],
        "file_name": f"{quote['quote_number']}.pdf",
        "content_type": PDF,
        "byte_size": len(document),
        "sha256": hashlib.sha256(document).hexdigest(),
        "content_base64": base64.b64encode(document).decode(),
    }


def _client_name(ctx: Context, client_id: str) -> str:
    """What the client is called; of a deleted one only the id is left."""
    found = ctx.call("client_names", {"client_ids": [client_id]})["items"]
    return found[0]["name"] if found else client_id


def _document(ctx: Context, quote: dict[str, Any], client_name: str) -> bytes:
    from plugins.quotes.pdf import drawing, fonts, sheet  # the other commands have no use for a typesetter

    items = len(quote["items"])
    pages = sheet.pages_of(quote, client_name, fonts.load(), lambda done: _tell(ctx, done, items, "setting items"))
    title, count = f"Quote {quote['quote_number']}", len(pages)
    return drawing.drawn(pages, title, lambda done: _tell(ctx, done, count, "drawing pages"))


def _tell(ctx: Context, done: int, total: int, message: str) -> None:
    ctx.checkpoint()
    ctx.progress(done, total, message)
