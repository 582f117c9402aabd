"""Many clients at once, as a CSV file whose columns have the names of what a new client may hold."""

from bus.contract import AUTHENTICATED, INTERNAL, MANY, READ, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Int64, List, Nested, Object
from contracts.clients.drafts import ClientDraft
from contracts.clients.v1.actions import ClientConditions
from contracts.workshop.csv_fields import CsvRows, ExportResult, ImportParams, ImportResult
from contracts.workshop.roles import STAFF

#: What is exported, in this order.
COLUMNS = (
    "name",
    "customer_type",
    "company_name",
    "contact_person",
    "email",
    "phone",
    "address_street",
    "address_city",
    "address_state",
    "address_zip",
    "address_country",
    "tax_id",
    "tags",
    "notes",
)


class ClientImportCsv(Contract):
    """Make a client of each row of a CSV file; what a row may not be is said as if it were made by itself."""

    name, version = "client_import_csv", 1
    effect, units, access = WRITE, MANY, STAFF
    time_limit_ms = 3_600_000
    queue = QueuePolicy(by_default=True)

    class Params(ImportParams):
        content = CsvRows(ClientDraft, required=True)  # the file, up to 1,000,000 characters

    Result = ImportResult


class ClientExportCsv(Contract):
    """Write the clients into a CSV file that can be imported, in the order in which they were made."""

    name, version = "client_export_csv", 1
    effect, units, access = WRITE, MANY, AUTHENTICATED
    time_limit_ms = 600_000
    queue = QueuePolicy(by_default=True)

    class Params(Schema):
        filters = Nested(ClientConditions, load_default=None, allow_none=True)

    Result = ExportResult


class ClientExportPage(Contract):
    """Read some of the clients of an export, in the order in which they were made."""

    name, version = "client_export_page", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        filters = Nested(ClientConditions, load_default=None, allow_none=True)
        after = Int64(required=True)  # the last one of the page before; 0: from the first on

    class Result(Schema):
        items = List(Object(), required=True)  # none: there are no more
        last = Int64(required=True)
