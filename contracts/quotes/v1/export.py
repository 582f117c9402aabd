"""A quote on paper."""

from bus.contract import AUTHENTICATED, MANY, READ, Contract, Schema
from bus.fields import Id, Int64, Text, validate
from contracts.quotes.v1.quotes import OneId
from contracts.workshop.errors import NotFound

PDF = "application/pdf"


class QuoteExportPdf(Contract):
    """Set a quote as a PDF, equal bytes for an equal quote; a long one suits the queue."""

    name, version = "quote_export_pdf", 1
    # The bus holds no snapshot while pages are set, which only a command that may leave the database can ask for.
    effect, access, units, external = READ, AUTHENTICATED, MANY, True
    time_limit_ms = 600_000
    errors = (NotFound,)

    Params = OneId

    class Result(Schema):
        quote_id = Id(required=True)
        file_name = Text(required=True)
        content_type = Text(required=True, validate=validate.Equal(PDF))
        byte_size = Int64(required=True)
        sha256 = Text(required=True)  # of the bytes, in hex
        content_base64 = Text(required=True)
